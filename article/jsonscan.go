package article

import (
	"bytes"
	"errors"
	"io"
)

// A jsonScanner finds the ends of JSON values without parsing them. in.line
// counts the line breaks passed.
type jsonScanner struct {
	in     *input
	out    *jsonOut
	value  []byte   // the last value taken
	names  []string // keys of the top-level objects, for a message
	others []string // keys of the elements of lists that are not articles, for another
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
		case c == byteOrderMark[0]:
			s.in.text.UnreadByte()
			if mark, _ := s.in.text.Peek(len(byteOrderMark)); !bytes.Equal(mark, byteOrderMark) {
				return c, nil
			}
			s.in.text.Discard(len(byteOrderMark)) // of files that were joined
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

// take moves over one value and keeps it in s.value. opened is "[" if the
// bracket of the value is behind, else "". Its errors are errTooLong, when the
// value was passed but only its start kept, and errBroken; others come from the
// input.
func (s *jsonScanner) take(opened string) error {
	s.value = append(s.value[:0], opened...)
	v, long := jsonValue{depth: len(opened)}, false
	for {
		if _, err := s.in.text.Peek(1); err != nil {
			if err == io.EOF && v.depth == 0 && !v.inString && len(s.value) > 0 {
				return nil // a bare number at the very end
			}
			return unexpectedEnd(err)
		}
		window, _ := s.in.text.Peek(s.in.text.Buffered())
		n, end := len(window), more
		for i := 0; i < len(window); i++ {
			if v.inString && !v.escaped {
				if i += plainLength(window[i:]); i == len(window) {
					break
				}
			}
			if end = v.step(window[i]); end != more {
				n = i
				if end == endsHere || end == breakInString {
					n++
				}
				break
			}
		}
		s.in.line += bytes.Count(window[:n], []byte("\n"))
		if long = long || len(s.value)+n > maxRecord; long {
			s.value = s.value[:min(len(s.value), 4<<10)]
		} else {
			s.value = append(s.value, window[:n]...)
		}
		s.in.text.Discard(n)
		switch {
		case end == broken, end == breakInString && s.objectFollows():
			return errBroken
		case end == more, end == breakInString:
		case long:
			return errTooLong
		default:
			return nil
		}
	}
}

// plainLength returns how far the bytes of a string mean nothing but themselves.
func plainLength(b []byte) int {
	for i, c := range b {
		if c == '"' || c == '\\' || c == '\n' {
			return i
		}
	}
	return len(b)
}

// objectFollows reports whether the line looks like the start of a record. If
// so inside a string, a quote was lost before.
func (s *jsonScanner) objectFollows() bool {
	line, _ := s.in.text.Peek(200) // an error comes again when reading
	rest, ok := bytes.CutPrefix(bytes.TrimLeft(line, " \t\r"), []byte("{"))
	return ok && bytes.HasPrefix(bytes.TrimLeft(rest, " \t\r\n"), []byte(`"`))
}

func unexpectedEnd(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// A jsonValue is how far a value has been passed.
type jsonValue struct {
	depth    int    // open brackets
	objects  uint64 // for each of the innermost 64, lowest first: is it '{'?
	before   byte   // the last byte that was no white space, outside strings
	inString bool
	escaped  bool
}

// What a byte means for the value.
const (
	more = iota
	endsHere
	endsBefore
	broken        // the value is not closed, and another starts here
	breakInString // a line break, which JSON does not allow there
)

// step takes the next byte.
func (v *jsonValue) step(c byte) int {
	if v.inString {
		switch {
		case c == '\n':
			v.escaped = false
			return breakInString
		case v.escaped:
			v.escaped = false
		case c == '\\':
			v.escaped = true
		case c == '"':
			v.inString = false
			if v.depth == 0 {
				return endsHere
			}
		}
		return more
	}
	switch c {
	case ' ', '\t', '\r', '\n':
		if v.depth == 0 {
			return endsBefore
		}
		return more
	case ',', ':':
		if v.depth == 0 {
			return endsBefore
		}
	case '"':
		v.inString = true
	case '{':
		if v.depth > 0 && v.objects&1 == 1 && (v.before == ',' || v.before == '{') {
			return broken
		}
		v.depth++
		v.objects = v.objects<<1 | 1
	case '[':
		v.depth++
		v.objects <<= 1
	case '}', ']':
		if v.depth == 0 {
			return endsBefore
		}
		v.depth--
		v.objects >>= 1
		if v.depth == 0 {
			return endsHere
		}
	}
	v.before = c
	return more
}
