package article

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// readJSON yields the objects of JSON text of any layout: the elements of a
// top-level array, of every list inside a top-level object whose elements look
// like articles, or top-level objects that are articles themselves. Elements
// are cut out by their brackets first and parsed one by one, so that a damaged
// one costs no other and memory holds one at a time.
func (in *input) readJSON() error {
	s := &jsonScanner{in: in, out: newJSONOut(in, "json")}
	for {
		c, err := s.next()
		if err == nil {
			switch c {
			case '[':
				s.skip()
				err = s.elements()
			case '{':
				_, err = s.object("", 1)
			case ',': // between objects that somebody joined
				s.skip()
			default:
				return s.notJSON()
			}
		}
		switch {
		case err == errBroken:
			err = s.out.bad(s.in.line+1, "json", Messagef("json_unclosed", "not JSON (%w)", err), s.value)
			if err != nil {
				return err
			}
		case err == errStopped, errors.As(err, new(*FieldError)):
			return err
		case err != nil:
			return s.end(err)
		}
	}
}

// end tells how the text ended.
func (s *jsonScanner) end(err error) error {
	if stop := cmp.Or(s.out.flush(), s.out.unmet()); stop != nil {
		return stop
	}
	var damage *damagedJSON
	if errors.As(err, &damage) {
		return s.out.bad(s.in.line+1, "json", damage.why, s.value)
	}
	if s.in.items == 0 && err == io.EOF && len(s.names) > 0 {
		for _, name := range slices.Sorted(maps.Keys(s.in.fields.exact)) {
			if len(s.others) > 0 && !slices.Contains(s.others, name) {
				return &FieldError{s.in.name, Messagef("no_record_has", "no record has a field %q; fields: %s", name, listNames(s.others)), name, s.others}
			}
		}
		return &FieldError{s.in.name, Messagef("no_list", "no list of articles found; keys are %s; name it with --map records=%s",
			listNames(s.names), s.names[len(s.names)-1]), s.in.fields.records, s.names}
	}
	return s.in.end(err)
}

// notJSON ends the reading at a character that starts no object or array.
func (s *jsonScanner) notJSON() error {
	c, _, err := s.in.text.ReadRune()
	if err != nil {
		return s.end(err)
	}
	if s.in.items == 0 {
		return fmt.Errorf("%s:%d: %w", s.in.name, s.in.line+1, Messagef("json_start", "not JSON (starts with %q)", c))
	}
	return s.end(&damagedJSON{Messagef("json_no_start", "not JSON (%q where an object should start; the rest is not read)", c)})
}

// A damagedJSON is damage outside of any record, after which nothing can be
// told from the brackets.
type damagedJSON struct{ why *Message }

func (e *damagedJSON) Error() string { return e.why.Text }

// elements yields the elements of a list up to its end; '[' is behind.
func (s *jsonScanner) elements() error {
	for {
		c, err := s.next()
		if err != nil {
			return unexpectedEnd(err)
		}
		switch c {
		case ',':
			s.skip()
			continue
		case ']':
			s.skip()
			return nil
		case '}', ':':
			return &damagedJSON{Messagef("json_between", "not JSON (%q between the elements of a list; the rest is not read)", c)}
		}
		line := s.in.line + 1
		if err := s.element(line, s.take("")); err != nil {
			return err
		}
	}
}

// element yields the element of a list that was just taken, with err.
func (s *jsonScanner) element(line int, err error) error {
	switch err {
	case nil:
		return s.out.record(s.value, line)
	case errTooLong:
		return s.out.bad(line, "too_long", Messagef("record_too_long", "record %w", err), s.value)
	case errBroken:
		return s.out.bad(line, "json", Messagef("json_unclosed", "not JSON (%w)", err), s.value)
	default:
		return err
	}
}

// object looks through an object for lists of articles and yields them. An
// object that holds none but has a text or a headline is an article. Found reports whether
// either was so. Path is "" or ends in a full stop.
func (s *jsonScanner) object(path string, depth int) (found bool, err error) {
	line := s.in.line + 1
	s.skip()            // {
	flat := []byte{'{'} // the object without what was looked through
	named, tooLong := false, false
	var outer outerObject
	for {
		key, c, err := s.key()
		switch {
		case err == errBroken:
			return true, s.element(line, err)
		case err != nil:
			return found, err
		case c == '}':
			if depth == 1 {
				s.out.outlet = ""
				if err := s.out.release(nil); err != nil {
					return found, err
				}
			}
			flat = append(bytes.TrimSuffix(flat, []byte(",")), '}')
			if found || tooLong || s.in.fields.records != "" {
				return found, nil
			}
			return s.single(flat, line)
		}
		name := path + unquote(key)
		if depth == 1 && len(s.names) < 1000 {
			s.names = append(s.names, name)
		}
		choice, known := s.in.fields.find([]byte(name[len(path):]))
		inside := false
		switch {
		case c == '[':
			s.out.outlet, s.out.wait = outer.outlet(name[len(path):]), depth == 1 && name == "data"
			inside, err = s.list(name, depth)
		case depth == 1 && name == "includes" && s.out.wait:
			if err = s.take(""); err == nil {
				inside, err = true, s.out.included(s.value)
			}
		case c == '{' && depth < 4 && !named && !known && !s.in.fields.opens(name):
			inside, err = s.object(name+".", depth+1)
			s.value = s.value[:0]
		default:
			err = s.take("")
			outer.note(name[len(path):], s.value)
		}
		if err == errTooLong {
			tooLong = true
			err = s.out.bad(line, "too_long", Messagef("value_too_long", "value of %q %w", name, err), s.value)
		}
		if err != nil {
			return found, err
		}
		found = found || inside
		named = named || known && (choice.field == titleField || choice.field == textField)
		if !inside && !tooLong && len(s.value) > 0 && len(flat)+len(s.value) < maxRecord {
			flat = append(append(append(flat, key...), ':'), s.value...)
			flat = append(flat, ',')
		}
	}
}

// key moves over the name of the next member and the colon, and returns the
// name as written with the first byte of its value; at the end of the object,
// which it moves over, that byte is '}'.
func (s *jsonScanner) key() (key []byte, value byte, err error) {
	c, err := s.next()
	for err == nil && c == ',' {
		s.skip()
		c, err = s.next()
	}
	switch {
	case err != nil:
		return nil, 0, unexpectedEnd(err)
	case c == '}':
		s.skip()
		return nil, c, nil
	case c == '{':
		return nil, 0, errBroken
	case c != '"':
		return nil, 0, &damagedJSON{Messagef("json_no_name", "not JSON (%q where a name should start; the rest is not read)", c)}
	}
	if err := s.take(""); err != nil {
		return nil, 0, err
	}
	key = bytes.Clone(s.value)
	if c, err = s.next(); err == nil && c != ':' {
		err = &damagedJSON{Messagef("json_no_colon", "not JSON (%q where a colon should stand; the rest is not read)", c)}
	}
	if err == nil {
		s.skip()
		c, err = s.next()
	}
	return key, c, unexpectedEnd(err)
}

// single yields an object that holds no list, if it has a text.
func (s *jsonScanner) single(object []byte, line int) (found bool, err error) {
	if rec, err := s.out.parser.parse(object); err == nil && !s.listed(&rec) {
		return false, nil
	}
	return true, s.out.record(object, line)
}

// list reads the list called name. If its first element looks like an article,
// or the user named the list, all of its elements are yielded and found is
// true. Otherwise the list is left in s.value.
func (s *jsonScanner) list(name string, depth int) (found bool, err error) {
	if name == "chats.list" {
		return s.chats(name, depth)
	}
	s.skip() // [
	c, err := s.next()
	if err != nil {
		return false, unexpectedEnd(err)
	}
	named := s.in.fields.records
	if named != "" && named == name {
		s.out.list = name
		return true, s.elements()
	}
	if named != "" || c != '{' {
		return false, s.take("[")
	}
	line := s.in.line + 1
	err = s.take("")
	if err == nil && !s.isArticle(name) {
		s.others = s.out.parser.names(s.others, s.value)
		return false, s.rest()
	}
	if s.out.list == "" {
		s.out.list = name
	}
	if err := s.element(line, err); err != nil {
		return true, err
	}
	return true, s.elements()
}

// isArticle reports whether the value just taken, the first of the list called
// name, looks like an article: it is one by its names, and, lest it be a
// paragraph of one, has a title where the list is called like a text.
func (s *jsonScanner) isArticle(name string) bool {
	rec, err := s.out.parser.parse(s.value)
	c, known := s.in.fields.find([]byte(name[strings.LastIndexByte(name, '.')+1:]))
	return err == nil && s.listed(&rec) && (!known || c.field != textField || rec.value[titleField] != "")
}

// listed reports whether a record is an article even where records of other
// kinds may stand: a headline alone needs a time or an address, or the user's
// word.
func (s *jsonScanner) listed(rec *record) bool {
	return rec.hasText() || rec.names[titleField] == givenName || rec.names[titleField] != noName && rec.isPlaced()
}

// rest takes the rest of the list whose first element was just taken, so that
// s.value holds the whole list.
func (s *jsonScanner) rest() error {
	first := bytes.Clone(s.value)
	if err := s.take("["); err != nil {
		return err
	}
	s.value = append(append([]byte{'['}, first...), s.value[1:]...)
	return nil
}

// unquote returns a JSON string as text.
func unquote(raw []byte) string {
	var s string
	if json.Unmarshal(raw, &s) != nil {
		return string(bytes.Trim(raw, `"`))
	}
	return s
}
