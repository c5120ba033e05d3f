package article

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
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
			err = s.out.bad(s.in.line+1, "json", fmt.Errorf("not JSON (%w)", err), s.value)
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
	if stop := s.out.flush(); stop != nil {
		return stop
	}
	var damage *damagedJSON
	if errors.As(err, &damage) {
		return s.out.bad(s.in.line+1, "json", damage, s.value)
	}
	if s.in.items == 0 && err == io.EOF && len(s.names) > 0 {
		return &FieldError{s.in.name, fmt.Sprintf("no list of articles found; keys are %s; name it with --map records=%s",
			listNames(s.names), s.names[len(s.names)-1])}
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
		return fmt.Errorf("%s:%d: not JSON (starts with %q)", s.in.name, s.in.line+1, c)
	}
	return s.end(&damagedJSON{fmt.Sprintf("%q where an object should start; the rest is not read", c)})
}

// A damagedJSON is damage outside of any record, after which nothing can be
// told from the brackets.
type damagedJSON struct{ what string }

func (e *damagedJSON) Error() string { return "not JSON (" + e.what + ")" }

// A jsonScanner finds the ends of JSON values without parsing them. in.line
// counts the line breaks passed.
type jsonScanner struct {
	in    *input
	out   *jsonOut
	value []byte   // the last value taken
	names []string // keys of the top-level objects, for a message
}

// next returns the next byte that is no white space, and stays before it.
func (s *jsonScanner) next() (byte, error) {
	for {
		c, err := s.in.text.ReadByte()
		switch {
		case err != nil:
			return 0, err
		case c == '\n':
			s.in.line++
		case c != ' ' && c != '\t' && c != '\r':
			return c, s.in.text.UnreadByte()
		}
	}
}

// skip moves over the byte that next returned.
func (s *jsonScanner) skip() { s.in.text.Discard(1) }

// errBroken says that a value is not closed where it should be; the next one
// starts here.
var errBroken = errors.New("a quote or bracket is not closed")

// take moves over one value and keeps it in s.value. The value may start
// behind opened brackets '['. Its errors are errTooLong, when the value was
// passed but only its start kept, and errBroken; others come from the input.
func (s *jsonScanner) take(opened int) error {
	s.value = append(s.value[:0], "["[:opened]...)
	var (
		objects  uint64 // for each open bracket, innermost lowest: is it '{'?
		depth    = opened
		before   byte // the last byte that was no white space, outside strings
		inString bool
		escaped  bool
		long     bool
	)
	for {
		if _, err := s.in.text.Peek(1); err != nil {
			if err == io.EOF && depth == 0 && len(s.value) > 0 {
				return nil // a bare number at the very end
			}
			return unexpectedEnd(err)
		}
		window, _ := s.in.text.Peek(s.in.text.Buffered())
		n, done, broken := len(window), false, false
	scan:
		for i, c := range window {
			switch {
			case c == '\n':
				s.in.line++
				if inString && s.startsObject(window[i+1:]) {
					n, broken = i+1, true
					break scan
				}
				if depth == 0 && !inString {
					n, done = i, true
					s.in.line--
					break scan
				}
				escaped = false
				continue
			case escaped:
				escaped = false
			case inString:
				if c == '\\' {
					escaped = true
				} else if c == '"' {
					inString = false
					if depth == 0 {
						n, done = i+1, true
						break scan
					}
				}
			case c == ' ' || c == '\t' || c == '\r':
				if depth == 0 {
					n, done = i, true
					break scan
				}
				continue
			case c == '"':
				inString = true
			case c == '{' && depth > 0 && objects&1 == 1 && (before == ',' || before == '{'):
				n, broken = i, true
				break scan
			case c == '{' || c == '[':
				depth++
				objects = objects<<1 | uint64(c>>5&1) // '{' is 0x7b, '[' 0x5b
			case c == '}' || c == ']':
				if depth == 0 {
					n, done = i, true
					break scan
				}
				depth--
				objects >>= 1
				if depth == 0 {
					n, done = i+1, true
					break scan
				}
			case depth == 0 && (c == ',' || c == ':'):
				n, done = i, true
				break scan
			}
			before = c
		}
		if len(s.value)+n > maxRecord {
			s.value, long = s.value[:min(len(s.value), 4<<10)], true
		}
		if !long {
			s.value = append(s.value, window[:n]...)
		}
		s.in.text.Discard(n)
		switch {
		case broken:
			return errBroken
		case done && long:
			return errTooLong
		case done:
			return nil
		}
	}
}

// startsObject reports whether the text after a line break inside a string
// looks like the start of the next record: a quote was lost before.
func (s *jsonScanner) startsObject(rest []byte) bool {
	rest = bytes.TrimLeft(rest[:min(len(rest), 200)], " \t\r")
	return len(rest) > 2 && rest[0] == '{' && bytes.TrimLeft(rest[1:], " \t\r\n")[:1][0] == '"'
}

func unexpectedEnd(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

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
			return &damagedJSON{fmt.Sprintf("%q between the elements of a list; the rest is not read", c)}
		}
		line := s.in.line + 1
		if err := s.element(line, s.take(0)); err != nil {
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
		return s.out.bad(line, "too_long", fmt.Errorf("record %w", err), s.value)
	case errBroken:
		return s.out.bad(line, "json", fmt.Errorf("not JSON (%w)", err), s.value)
	default:
		return err
	}
}

// object looks through an object for lists of articles and yields them. An
// object that holds none but has a text is an article. Found reports whether
// either was so. Path is "" or ends in a full stop.
func (s *jsonScanner) object(path string, depth int) (found bool, err error) {
	line := s.in.line + 1
	s.skip()            // {
	flat := []byte{'{'} // the object without what was looked through
	var rec record
	tooLong := false
	for {
		c, err := s.next()
		if err != nil {
			return found, unexpectedEnd(err)
		}
		if c == ',' || c == '}' {
			s.skip()
			if c == '}' {
				break
			}
			continue
		}
		if c == '{' {
			return true, s.element(line, errBroken)
		}
		if c != '"' {
			return found, &damagedJSON{fmt.Sprintf("%q where a name should start; the rest is not read", c)}
		}
		if err := s.take(0); err != nil {
			return found, err
		}
		key := bytes.Clone(s.value)
		name := path + unquote(key)
		if depth == 1 && len(s.names) < 1000 {
			s.names = append(s.names, name)
		}
		if c, err = s.next(); err != nil {
			return found, unexpectedEnd(err)
		}
		if c != ':' {
			return found, &damagedJSON{fmt.Sprintf("%q where a colon should stand; the rest is not read", c)}
		}
		s.skip()
		if c, err = s.next(); err != nil {
			return found, unexpectedEnd(err)
		}
		choice, known := s.in.fields.find([]byte(name[len(path):]))
		own := known || rec.hasText || rec.value[titleField] != "" || s.in.fields.opens(name)
		inside := false
		switch {
		case c == '[':
			inside, err = s.list(name)
		case c == '{' && !own && depth < 4:
			inside, err = s.object(name+".", depth+1)
		default:
			err = s.take(0)
		}
		if err == errTooLong {
			tooLong = true
			err = s.out.bad(line, "too_long", fmt.Errorf("value of %q %w", name, err), s.value)
		}
		if err != nil {
			return found, err
		}
		found = found || inside
		if inside || tooLong || len(flat)+len(s.value) > maxRecord {
			continue
		}
		if len(s.value) > 0 {
			flat = append(append(append(flat, key...), ':'), s.value...)
			flat = append(flat, ',')
		}
		if known {
			rec.set(choice, "x")
		}
	}
	flat = append(bytes.TrimSuffix(flat, []byte(",")), '}')
	s.value = s.value[:0]
	if found || tooLong || s.in.fields.records != "" {
		return found, nil
	}
	if rec, err := s.out.parser.parse(flat); err == nil && !rec.hasText {
		return false, nil
	}
	return true, s.out.record(flat, line)
}

// list reads the list called name. If its first element looks like an article,
// or the user named the list, all of its elements are yielded and found is
// true. Otherwise the list is left in s.value.
func (s *jsonScanner) list(name string) (found bool, err error) {
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
		return false, s.take(1)
	}
	line := s.in.line + 1
	err = s.take(0)
	if err == nil && !s.isArticle(name) {
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
// name, looks like an article: it has a text, and, lest it be a paragraph of
// one, a title where the list is called like a text.
func (s *jsonScanner) isArticle(name string) bool {
	rec, err := s.out.parser.parse(s.value)
	c, known := s.in.fields.find([]byte(name[strings.LastIndexByte(name, '.')+1:]))
	return err == nil && rec.hasText && (!known || c.field != textField || rec.value[titleField] != "")
}

// rest takes the rest of the list whose first element was just taken, so that
// s.value holds the whole list.
func (s *jsonScanner) rest() error {
	first := bytes.Clone(s.value)
	if err := s.take(1); err != nil {
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
