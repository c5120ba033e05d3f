package article

import (
	"bytes"
	"cmp"
	"encoding/json"
	"maps"
	"slices"
)

// readJSONL yields one article for each line. A line that is no JSON object is
// a damaged record; blank lines are nothing.
func (in *input) readJSONL() error {
	out := newJSONOut(in, "jsonl")
	lines := newJSONLines(out)
	for {
		line, err := in.readLine()
		if err != nil && err != errTooLong {
			if stop := lines.flush(); stop != nil {
				return stop
			}
			if stop := cmp.Or(out.flush(), out.unmet()); stop != nil {
				return stop
			}
			return in.end(err)
		}
		tooLong := err == errTooLong
		line = bytes.TrimPrefix(line, byteOrderMark) // of files that were joined
		if line = bytes.TrimSpace(line); len(line) == 0 {
			continue
		}
		if out.good {
			err = lines.add(line, in.line, tooLong)
		} else if tooLong {
			err = out.bad(in.line, "too_long", Messagef("line_too_long", "line %w", errTooLong), line)
		} else {
			err = out.record(line, in.line)
		}
		if err != nil {
			return err
		}
	}
}

// maxUnrecognised is how many records without a known field for their text
// are held back before the whole input is refused.
const maxUnrecognised = 100

// A jsonOut turns JSON objects into articles. Until the first record whose
// text is recognised it holds everything back: if none comes, the input's
// field names are unknown, which is an error of its own.
type jsonOut struct {
	in      *input
	parser  jsonParser
	format  string
	list    string // name of the list that holds the records
	names   []string
	outlet  string // what the object around the list says of itself, for records that name none
	good    bool   // a record with a text was recognised, or enough with headlines alone
	titles  bool   // a record with a headline was
	parsed  int    // records that were JSON objects
	wait    bool   // whether the names of authors are still to come
	waiting []held
	met     uint8 // the fields for which a name that the user gave was met, a bit each
	held    []held
}

func newJSONOut(in *input, format string) *jsonOut {
	return &jsonOut{in: in, parser: jsonParser{fields: in.fields}, format: format}
}

// held is what would have been yielded.
type held struct {
	article Article
	err     *RecordError
	author  string // whose name is elsewhere, by a number
	passed  bool   // a record of another kind than articles
	met     uint8  // as in jsonOut
}

// record parses one object and yields the article, or the damage.
func (o *jsonOut) record(raw []byte, line int) error {
	h, rec := o.parse(&o.parser, raw, line)
	if rec == nil {
		return o.put(h)
	}
	o.parsed++
	if !o.good {
		o.names = o.parser.names(o.names, raw)
		o.titles = o.titles || rec.isArticle()
		if rec.hasText() {
			if err := o.begin(); err != nil {
				return err
			}
		}
	}
	return o.put(h)
}

// begin yields what was held back: the fields are known.
func (o *jsonOut) begin() error {
	o.good = true
	o.in.found(o.format, o.list, recognised(o.in.fields.columns(o.names), o.names))
	return o.flush()
}

// parse makes an article of one object, or tells its damage; the record is nil
// if raw is no object.
func (o *jsonOut) parse(p *jsonParser, raw []byte, line int) (held, *record) {
	in := o.in
	rec, err := p.parse(raw)
	if err != nil {
		return held{err: &RecordError{in.name, line, "json", err, excerpt(raw)}}, nil
	}
	if o.outlet != "" {
		rec.set(choice{field: sourceField, rank: outerRank}, o.outlet)
	}
	rec.titleOfPost()
	a, err := rec.article(&in.opt)
	h := held{met: rec.met()}
	switch {
	case err == errPassed:
		h.passed = true
		return h, &rec
	case err != nil:
		h.err = &RecordError{in.name, line, code(err), err, excerpt(raw)}
		return h, &rec
	}
	if a.Source == "" || a.hosted {
		h.author = rec.value[authorField]
	}
	a.Origin = Origin{File: in.name, Line: line}
	if in.opt.KeepRaw {
		a.Raw = string(raw)
	}
	h.article = a
	return h, &rec
}

// unmet returns a FieldError if no record has a name that the user gave.
func (o *jsonOut) unmet() error {
	for _, name := range slices.Sorted(maps.Keys(o.in.fields.exact)) {
		if o.parsed > 0 && o.met&(1<<o.in.fields.exact[name].field) == 0 {
			return &FieldError{o.in.name, Messagef("no_record_has", "no record has a field %q; fields: %s", name, listNames(o.names)), name, o.names}
		}
	}
	return nil
}

// bad yields a damaged record.
func (o *jsonOut) bad(line int, code string, err error, raw []byte) error {
	return o.put(held{err: &RecordError{o.in.name, line, code, err, excerpt(raw)}})
}

// put numbers a record and yields it.
func (o *jsonOut) put(h held) error {
	o.in.items++
	o.met |= h.met
	h.article.Origin.Item = o.in.items
	if o.good || o.parsed == 0 {
		return o.yield(h)
	}
	o.held = append(o.held, h)
	switch {
	case len(o.held) < maxUnrecognised:
		return nil
	case o.titles && !o.in.fields.named(textField):
		return o.begin()
	}
	return cmp.Or(o.unmet(), noText(o.in.name, "field", o.names))
}

func (o *jsonOut) yield(h held) error {
	switch {
	case h.passed:
		return nil
	case o.wait && len(o.waiting) < maxWaiting:
		o.waiting = append(o.waiting, h)
		return nil
	case o.wait:
		if err := o.release(nil); err != nil {
			return err
		}
	}
	if h.err != nil {
		if !o.in.yield(Article{}, h.err) {
			return errStopped
		}
		return nil
	}
	return o.in.give(h.article)
}

// flush yields what was held back. If neither text nor title of any record was
// recognised, it returns a FieldError instead.
func (o *jsonOut) flush() error {
	if !o.good && o.parsed > 0 {
		if err := o.unmet(); err != nil {
			return err
		}
		if o.titles {
			return o.begin()
		}
		return noText(o.in.name, "field", o.names)
	}
	for _, h := range o.held {
		if err := o.yield(h); err != nil {
			return err
		}
	}
	o.held = nil
	return nil
}

// sniffJSON returns "json" or "jsonl" if the text starts like either, else "".
func sniffJSON(head []byte, f *fields) string {
	text := bytes.TrimSpace(head)
	if len(text) == 0 {
		return ""
	}
	rest := bytes.TrimSpace(text[1:])
	switch {
	case text[0] == '[' && (len(rest) == 0 || bytes.IndexByte([]byte("[{]\""), rest[0]) >= 0):
		return "json"
	case text[0] != '{' || len(rest) > 0 && rest[0] != '"' && rest[0] != '}':
		return ""
	}
	first, more, cut := bytes.Cut(text, []byte("\n"))
	if end := bytes.TrimSpace(first); cut && bytes.IndexByte([]byte("[{,"), end[len(end)-1]) >= 0 {
		return "json" // which goes on in the next line
	}
	if more = bytes.TrimSpace(more); cut && len(more) > 0 && more[0] == '{' {
		if goesOn(first) || isPage(first, f) {
			return "json"
		}
		return "jsonl"
	}
	if cut && json.Valid(first) {
		return "jsonl" // the next line is damaged
	}
	if len(first) < len(text) || holdsList(first) {
		return "json"
	}
	return "jsonl"
}

// goesOn reports whether a line leaves brackets open between two values, as the
// first line of an object does whose list has an element to a line.
func goesOn(line []byte) bool {
	line = bytes.TrimSpace(line)
	if len(line) == 0 || bytes.IndexByte([]byte(",[:"), line[len(line)-1]) < 0 {
		return false
	}
	var v jsonValue
	for _, c := range line {
		v.step(c)
	}
	return v.depth > 0 && !v.inString
}

// holdsList reports whether the members at the start of an object are a list
// or an object rather than the plain values of an article.
func holdsList(text []byte) bool {
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.Token() // {
	for {
		if _, err := dec.Token(); err != nil { // the name
			return false
		}
		value, err := dec.Token()
		if err != nil {
			return false
		}
		if _, opened := value.(json.Delim); opened {
			return value != json.Delim('}')
		}
	}
}
