package article

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
)

// A record holds the fields of one article as text, before they are judged.
type record struct {
	value    [fieldCount]string
	rank     [fieldCount]int
	hasText  bool // a name stands for the text, even if the text is empty
	repaired bool // the bytes were no clean JSON text and have been mended
}

// set gives a field its value unless a better name has given one.
func (r *record) set(c choice, value string) {
	if c.field == textField {
		r.hasText = true
	}
	if strings.TrimSpace(value) == "" {
		return
	}
	if r.value[c.field] == "" || c.rank < r.rank[c.field] {
		r.value[c.field], r.rank[c.field] = value, c.rank
	}
}

var errEmpty = errors.New("no title and no body")

// article turns the record into an article. Its error is errEmpty.
func (r *record) article(now time.Time, zone *time.Location) (Article, error) {
	v := &r.value
	a := Article{
		ID:     strings.TrimSpace(v[idField]),
		Source: strings.TrimSpace(v[sourceField]),
		URL:    strings.TrimSpace(v[urlField]),
		Title:  v[titleField],
		Body:   v[textField],
	}
	for _, s := range []*string{&a.ID, &a.Source, &a.URL, &a.Title, &a.Body} {
		a.Repaired += clean(s)
	}
	if strings.TrimSpace(a.Title) == "" && strings.TrimSpace(a.Body) == "" {
		return a, errEmpty
	}
	a.TimeRaw, a.Time, a.Precision = times(v[timeField], v[timeRawField], now, zone)
	return a, nil
}

// clean removes NUL from s, makes bytes that are not UTF-8 into U+FFFD, and
// returns the number of both.
func clean(s *string) int {
	n := 0
	if strings.IndexByte(*s, 0) >= 0 {
		n += strings.Count(*s, "\x00")
		*s = strings.ReplaceAll(*s, "\x00", "")
	}
	if !utf8.ValidString(*s) {
		before := strings.Count(*s, "\uFFFD")
		*s = string([]rune(*s))
		n += strings.Count(*s, "\uFFFD") - before
	}
	return n
}

// parseJSON reads one JSON object as a record.
func (f *fields) parseJSON(raw []byte) (record, error) {
	rec, err := f.decodeObject(raw)
	if err == nil {
		return rec, nil
	}
	if mended := mend(raw); mended != nil {
		if again, errAgain := f.decodeObject(mended); errAgain == nil {
			return again, nil
		}
	}
	return record{}, jsonError(err, raw)
}

// mend replaces control characters, which JSON forbids in strings, by spaces,
// and returns nil if there was nothing to mend. (Line breaks inside a record
// come only from readers that allow them between tokens.)
func mend(raw []byte) []byte {
	mended := bytes.ToValidUTF8(bytes.Clone(raw), []byte("\uFFFD"))
	for i, c := range mended {
		if c < ' ' {
			mended[i] = ' '
		}
	}
	if bytes.Equal(mended, raw) {
		return nil
	}
	return mended
}

func (f *fields) decodeObject(raw []byte) (record, error) {
	var rec record
	dec := jsontext.NewDecoder(bytes.NewBuffer(raw), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	if kind := dec.PeekKind(); kind != '{' && kind != 0 {
		return rec, errNotObject
	}
	if err := f.members(dec, "", &rec); err != nil {
		return rec, err
	}
	if _, err := dec.ReadToken(); err != io.EOF {
		if err == nil {
			err = errors.New("text after the object")
		}
		return rec, err
	}
	return rec, nil
}

var errNotObject = errors.New("not an object")

// members reads one object into rec. Names are looked up with prefix before
// them.
func (f *fields) members(dec *jsontext.Decoder, prefix string, rec *record) error {
	if _, err := dec.ReadToken(); err != nil { // {
		return err
	}
	for dec.PeekKind() == '"' {
		token, err := dec.ReadToken()
		if err != nil {
			return err
		}
		name := token.String()
		if prefix != "" {
			name = prefix + name
		}
		c, known := f.find(name)
		switch kind := dec.PeekKind(); {
		case !known && kind == '{' && f.opens(name) && dec.StackDepth() < 8:
			err = f.members(dec, f.under(name), rec)
		case !known:
			err = dec.SkipValue()
		default:
			var raw jsontext.Value
			if raw, err = dec.ReadValue(); err == nil {
				rec.set(c, scalar(raw, 0))
			}
		}
		if err != nil {
			return err
		}
	}
	_, err := dec.ReadToken() // }
	return err
}

// under returns the prefix of the members of the object called name.
func (f *fields) under(name string) string {
	for _, parent := range f.parents {
		if strings.HasPrefix(parent, name+".") {
			return name + "."
		}
	}
	return ""
}

// scalar returns a JSON value as text: a string, a number, the telling member
// of an object ({"name":…}, {"rendered":…}, {"$date":…}), or the elements of an
// array as lines. Anything else is "".
func scalar(raw jsontext.Value, depth int) string {
	switch raw.Kind() {
	case '"':
		s, _ := jsontext.AppendUnquote(nil, raw)
		return string(s)
	case '0':
		return string(raw)
	}
	if depth == 3 {
		return ""
	}
	dec := jsontext.NewDecoder(bytes.NewBuffer(raw), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	switch raw.Kind() {
	case '{':
		dec.ReadToken()
		for dec.PeekKind() == '"' {
			name, _ := dec.ReadToken()
			key := name.String()
			value, err := dec.ReadValue()
			if err != nil {
				return ""
			}
			switch key {
			case "name", "title", "rendered", "value", "text", "$date", "$oid", "$numberLong", "#text", "_text":
				return scalar(value, depth+1)
			}
		}
	case '[':
		dec.ReadToken()
		var lines []string
		for dec.PeekKind() != ']' {
			value, err := dec.ReadValue()
			if err != nil {
				return ""
			}
			if s := scalar(value, depth+1); s != "" {
				lines = append(lines, s)
			}
		}
		return strings.Join(lines, "\n")
	}
	return ""
}

// jsonError says in a reader's words what is wrong with raw, and where.
func jsonError(err error, raw []byte) error {
	if err == errNotObject {
		return fmt.Errorf("not a JSON object (%s)", excerptShort(raw))
	}
	at, what := len(raw), err.Error()
	var syntactic *jsontext.SyntacticError
	if errors.As(err, &syntactic) {
		at, what = int(syntactic.ByteOffset), syntactic.Err.Error()
	}
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		at, what = len(raw), "unexpected end"
	}
	what = strings.TrimPrefix(what, "jsontext: ")
	return fmt.Errorf("not JSON (%s, column %d)", what, utf8.RuneCount(raw[:min(at, len(raw))])+1)
}

func excerptShort(raw []byte) string {
	s := excerpt(raw)
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}
