package article

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/valyala/fastjson"
)

// A jsonParser turns JSON objects into records. Each goroutine needs its own.
//
// With fastjson 64 MB of Arabic news lines are read at 300 MB/s, with jsontext,
// which decodes each letter beyond ASCII by itself, at 72; encoding/json alone
// takes 89. It also lets control characters pass that sloppy dumps have inside
// strings.
type jsonParser struct {
	fields *fields
	parser fastjson.Parser
}

// What fastjson would take too much memory or time for.
const (
	maxValues = 100_000 // values of one record, about 500 bytes each
	maxLoose  = 1 << 20 // bytes of a record that may have control characters in strings; its errors quote all that follows
)

// parse reads one JSON object. An error says what is wrong in which column.
func (p *jsonParser) parse(raw []byte) (record, error) {
	var rec record
	object, err := p.object(raw)
	if err == nil {
		p.members(object, place{}, 0, &rec)
	}
	return rec, err
}

// names appends to names the keys of an object, and of the objects that are
// looked into, that are not among them.
func (p *jsonParser) names(names []string, raw []byte) []string {
	const most = 1000
	var visit func(o *fastjson.Object, prefix string)
	visit = func(o *fastjson.Object, prefix string) {
		o.Visit(func(key []byte, v *fastjson.Value) {
			name := prefix + string(key)
			if !slices.Contains(names, name) && len(names) < most {
				names = append(names, name)
			}
			if inner := p.inner(name, v); inner != nil {
				visit(inner, p.fields.under(name))
			}
		})
	}
	if object, err := p.object(raw); err == nil {
		visit(object, "")
	}
	return names
}

// object parses raw, which is valid until the next call.
func (p *jsonParser) object(raw []byte) (*fastjson.Object, error) {
	if len(raw) > maxValues && bytes.Count(raw, []byte{','}) > maxValues {
		return nil, Messagef("json_values", "more than %d values in one record", maxValues)
	}
	if len(raw) > maxLoose && !json.Valid(raw) {
		return nil, jsonError(nil, raw)
	}
	value, err := p.parser.ParseBytes(raw)
	if err != nil {
		return nil, jsonError(err, raw)
	}
	object, err := value.Object()
	if err != nil {
		return nil, Messagef("json_no_object", "not a JSON object (%s)", value.Type())
	}
	return object, nil
}

// A place is an object in a record: what stands before the names of its members where
// they are looked up, and its JSON pointer.
type place struct{ prefix, pointer string }

// members puts the members of an object into rec. Their names are of a rank that is lower
// by under.
func (p *jsonParser) members(o *fastjson.Object, in place, under int, rec *record) {
	o.Visit(func(key []byte, v *fastjson.Value) {
		own := key
		if in.prefix != "" {
			key = append([]byte(in.prefix), key...)
		}
		if c, ok := p.fields.find(key); ok {
			if c.rank != given {
				c.rank += under
			}
			if c.field == textField {
				rec.at = in.pointer + "/" + escapePointer.Replace(string(own))
			}
			rec.set(c, plainText(v, 0))
		} else if v.Type() == fastjson.TypeObject {
			name := string(key)
			if inner := p.inner(name, v); inner != nil {
				inside := under
				if isAmong(lesser, key) {
					inside += byRank
				}
				p.members(inner, place{p.fields.under(name), in.pointer + "/" + escapePointer.Replace(string(own))}, inside, rec)
			} else if kind, ok := outletObjects[name]; ok && v.Exists(kind.shows) {
				rec.set(choice{field: sourceField, rank: byRank}, plainText(v.Get(kind.gives), 1))
			}
		}
	})
}

// escapePointer writes a name as a JSON pointer has it.
var escapePointer = strings.NewReplacer("~", "~0", "/", "~1")

// inner returns the object v if its members count as the record's own, else
// nil.
func (p *jsonParser) inner(name string, v *fastjson.Value) *fastjson.Object {
	if v.Type() != fastjson.TypeObject || !p.fields.opens(name) {
		return nil
	}
	if _, known := p.fields.find([]byte(name)); known {
		return nil
	}
	return v.GetObject()
}

// telling are the members of an object that stand for it, the best first.
var telling = []string{"name", "title", "rendered", "value", "text", "content", "$date", "$oid", "$numberLong", "#text", "_text",
	"seconds", "_seconds", "href", "url"}

// plainText returns a JSON value as text: a string, a number, the telling
// member of an object ({"name":…}, {"rendered":…}, {"$date":…}), the elements
// of an array as lines, or in one line if they are pieces of a text. Anything
// else is "".
func plainText(v *fastjson.Value, depth int) string {
	switch v.Type() {
	case fastjson.TypeString:
		return string(v.GetStringBytes())
	case fastjson.TypeNumber:
		return v.String()
	}
	if depth == 3 {
		return ""
	}
	switch v.Type() {
	case fastjson.TypeObject:
		for _, key := range telling {
			if member := v.Get(key); member != nil {
				return plainText(member, depth+1)
			}
		}
	case fastjson.TypeArray:
		var lines []string
		for _, element := range v.GetArray() {
			if s := plainText(element, depth+1); s != "" {
				lines = append(lines, s)
			}
		}
		if inPieces(v.GetArray()) {
			return strings.Join(lines, "")
		}
		return strings.Join(lines, "\n")
	}
	return ""
}

// pieces are what Telegram calls the pieces of a text that are not plain.
const pieces = " plain bold italic underline strikethrough spoiler code pre blockquote link text_link hashtag cashtag mention mention_name bot_command email phone custom_emoji unknown "

// inPieces reports whether the elements of an array are the pieces of a text,
// each a string or {"type":"bold","text":…}, as Telegram writes them.
func inPieces(elements []*fastjson.Value) bool {
	for _, e := range elements {
		if e.Type() == fastjson.TypeObject && e.Exists("text") && isAmong(pieces, e.GetStringBytes("type")) {
			return true
		}
	}
	return false
}

// jsonError says in a reader's words what is wrong with raw, and where. The
// place comes from encoding/json; where that finds no fault, err tells.
func jsonError(err error, raw []byte) error {
	var syntax *json.SyntaxError
	if !errors.As(json.Unmarshal(raw, new(json.RawMessage)), &syntax) {
		return Messagef("json_damaged", "not JSON (%w)", err)
	}
	column := utf8.RuneCount(raw[:max(0, min(int(syntax.Offset)-1, len(raw)))]) + 1
	what := syntax.Error()
	if strings.Contains(what, "unexpected end") {
		return Messagef("json_ends", "not JSON (unexpected end, column %d)", utf8.RuneCount(raw)+1)
	}
	return Messagef("json_syntax", "not JSON (%s, column %d)", what, column)
}
