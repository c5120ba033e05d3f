package article

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
)

// sampleXML is how many bytes of XML are looked at to tell which of its elements
// are the records.
const sampleXML = 4 << 20

// isXML reports whether a text starts like XML of any sort, or like a document
// of a collection in SGML.
func isXML(head []byte) bool {
	text := bytes.TrimSpace(head)
	return bytes.HasPrefix(text, []byte("<?xml")) || bytes.HasPrefix(text, []byte("<DOC>")) || bytes.HasPrefix(text, []byte("<DOC "))
}

// readXML yields the records of XML of any vocabulary, a news sitemap among
// them: the elements that have a title or a text. Documents that stand one after
// the other without a root, as in SGML collections, are read too.
func (in *input) readXML() error {
	sample, err := io.ReadAll(io.LimitReader(in.text, sampleXML))
	switch {
	case err != nil && !errors.Is(err, io.ErrUnexpectedEOF):
		return in.end(err)
	case len(bytes.TrimSpace(sample)) == 0:
		return in.end(io.EOF)
	}
	shape := newXMLShape(in.fields)
	shape.read(bytes.NewReader(sample))
	at, names := shape.records()
	if at == "" {
		return &FieldError{File: in.name, Names: shape.names, Problem: Messagef("xml_no_article",
			"XML without an element that has a title or a text; elements: %s; say e.g. --map title=TITLE,text=TEXT", listNames(shape.names))}
	}
	for _, name := range slices.Sorted(maps.Keys(in.fields.exact)) {
		if !slices.Contains(shape.names, name) && !slices.Contains(names, name) {
			return &FieldError{in.name, Messagef("no_element", "no element is called %q; elements: %s", name, listNames(shape.names)), name, shape.names}
		}
	}
	in.found("xml", at, recognised(in.fields.columns(names), names))
	return in.xmlRecords(io.MultiReader(bytes.NewReader(sample), in.text), at)
}

// xmlRecords yields the elements with the given path.
func (in *input) xmlRecords(r io.Reader, at string) error {
	d := newXMLDecoder(r)
	path := xmlPath{}
	for {
		token, err := d.Token()
		if err != nil {
			return in.xmlEnd(err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			path.push(t.Name.Local)
			if path.String() != at {
				continue
			}
			line, _ := d.InputPos()
			record, err := parseElement(d, t)
			path.pop()
			if err == errTooLong {
				in.items++
				err = in.bad(line, "too_long", Messagef("element_too_long", "element %w", errTooLong), nil)
			} else if err != nil {
				return in.xmlEnd(err)
			} else {
				err = in.judged(record.record(in.fields), line, func() []byte { return []byte(record.all()) })
			}
			if err != nil {
				return err
			}
		case xml.EndElement:
			path.pop()
		}
	}
}

// xmlEnd tells how XML ended.
func (in *input) xmlEnd(err error) error {
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) {
		return in.bad(syntax.Line, "truncated", Messagef("damaged_after", "damaged after record %d; everything before it was used (%s)", in.items, syntax.Msg), nil)
	}
	return in.end(err)
}

// newXMLDecoder returns a decoder that overlooks what sloppy exports hold.
func newXMLDecoder(r io.Reader) *xml.Decoder {
	legal := runes.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF {
			return ' '
		}
		return r
	})
	d := xml.NewDecoder(transform.NewReader(r, legal))
	d.Strict = false
	d.Entity = xml.HTMLEntity
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // it is UTF-8 by now
	return d
}

// An xmlPath is where in a document one is: "urlset.url".
type xmlPath struct {
	names []string
	text  []string // of each depth
}

func (p *xmlPath) push(name string) {
	text := name
	if n := len(p.text); n > 0 {
		text = p.text[n-1] + "." + name
	}
	p.names, p.text = append(p.names, name), append(p.text, text)
}

func (p *xmlPath) pop() {
	if n := len(p.names); n > 0 {
		p.names, p.text = p.names[:n-1], p.text[:n-1]
	}
}

func (p *xmlPath) String() string {
	if len(p.text) == 0 {
		return ""
	}
	return p.text[len(p.text)-1]
}

// An element is a part of a document.
type element struct {
	name     string
	text     string // of its own
	attrs    []xml.Attr
	children []*element
	parts    []any // text and children in order: string or *element
}

// maxElements bounds the memory that one record takes.
const maxElements = 100_000

// parseElement reads the element that t starts. It passes over one that is too
// long, with errTooLong.
func parseElement(d *xml.Decoder, t xml.StartElement) (*element, error) {
	from, count := d.InputOffset(), 0
	root := &element{name: t.Name.Local, attrs: slices.Clone(t.Attr)}
	open := []*element{root}
	tooLong := false
	for len(open) > 0 {
		token, err := d.Token()
		if err != nil {
			return nil, unexpectedEnd(err)
		}
		top := open[len(open)-1]
		tooLong = tooLong || d.InputOffset()-from > maxRecord || count > maxElements
		switch t := token.(type) {
		case xml.StartElement:
			count++
			child := &element{name: t.Name.Local, attrs: slices.Clone(t.Attr)}
			if !tooLong {
				top.children, top.parts = append(top.children, child), append(top.parts, child)
			}
			open = append(open, child)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if !tooLong {
				top.text += string(t)
				top.parts = append(top.parts, string(t))
			}
		}
	}
	if tooLong {
		return nil, errTooLong
	}
	return root, nil
}

// all is the text of an element and of those in it, blocks on lines of their own.
func (e *element) all() string {
	var b strings.Builder
	var write func(*element)
	write = func(e *element) {
		for _, part := range e.parts {
			switch part := part.(type) {
			case string:
				b.WriteString(part)
			case *element:
				block := isAmong(blocks, []byte(strings.ToLower(part.name)))
				if block {
					b.WriteByte('\n')
				}
				write(part)
				if block {
					b.WriteByte('\n')
				}
			}
		}
	}
	write(e)
	return strings.TrimSpace(b.String())
}
