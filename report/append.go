package report

import (
	"bufio"
	"encoding/json"
	"io"
	"strconv"
	"unicode/utf8"
)

// A jsonText is JSON in the making, written piece by piece into memory that is
// used again. It has the bytes that encoding/json writes, which looks up the
// shape of every value as it goes and takes three times as long.
type jsonText []byte

// separate writes the comma before a member or an element.
func (j *jsonText) separate() {
	if n := len(*j); n > 0 {
		switch (*j)[n-1] {
		case '{', '[', ':', '\n':
		default:
			*j = append(*j, ',')
		}
	}
}

func (j *jsonText) open(bracket byte) {
	j.separate()
	*j = append(*j, bracket)
}

func (j *jsonText) close(bracket byte) { *j = append(*j, bracket) }

// name writes the name of a member, which needs no escape.
func (j *jsonText) name(name string) *jsonText {
	j.separate()
	*j = append(append(append(*j, '"'), name...), '"', ':')
	return j
}

func (j *jsonText) int(n int) {
	j.separate()
	*j = strconv.AppendInt(*j, int64(n), 10)
}

func (j *jsonText) bool(b bool) {
	j.separate()
	*j = strconv.AppendBool(*j, b)
}

func (j *jsonText) share(s share) {
	j.separate()
	*j = s.append(*j)
}

// text writes a string that is null when it is empty.
func (j *jsonText) text(t text) {
	if t != "" {
		j.string(string(t))
	} else {
		j.null()
	}
}

func (j *jsonText) null() {
	j.separate()
	*j = append(*j, "null"...)
}

func appendStrings[S ~string](j *jsonText, list []S) {
	j.open('[')
	for _, s := range list {
		j.string(string(s))
	}
	j.close(']')
}

// appendRecords writes a list of records, each by itself.
func appendRecords[R interface{ append(*jsonText) }](j *jsonText, list []R) {
	j.open('[')
	for _, r := range list {
		r.append(j)
	}
	j.close(']')
}

// appendObjects writes a list of objects, each by its fields.
func appendObjects[T any](j *jsonText, list []T, fields func(T)) {
	j.open('[')
	for _, of := range list {
		j.open('{')
		fields(of)
		j.close('}')
	}
	j.close(']')
}

func (j *jsonText) ints(list []int) {
	j.open('[')
	for _, n := range list {
		j.int(n)
	}
	j.close(']')
}

// spelled are the bytes that stand for themselves in a string: all of ASCII but
// quotes, backslashes, control characters, and what could end a script.
var spelled = func() (plain [utf8.RuneSelf]bool) {
	for c := byte(' '); c < utf8.RuneSelf; c++ {
		plain[c] = c != '"' && c != '\\' && c != '<' && c != '>' && c != '&'
	}
	return plain
}()

// string writes a string. Most code points are of one or two bytes and stand for
// themselves.
func (j *jsonText) string(s string) {
	j.separate()
	out := append(*j, '"')
	from := 0 // what is not written yet
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c < utf8.RuneSelf && spelled[c]:
			i++
			continue
		case c >= 0xC2 && c <= 0xDF && i+1 < len(s) && s[i+1]&0xC0 == 0x80:
			i += 2
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if r >= utf8.RuneSelf && r != '\u2028' && r != '\u2029' && (r != utf8.RuneError || n > 1) {
			i += n
			continue
		}
		out = append(out, s[from:i]...)
		switch i += n; r {
		case '"', '\\':
			out = append(out, '\\', byte(r))
		case '\n':
			out = append(out, '\\', 'n')
		default:
			escaped, _ := json.Marshal(s[i-n : i]) // of a string: cannot fail
			out = append(out, escaped[1:len(escaped)-1]...)
		}
		from = i
	}
	*j = append(append(out, s[from:]...), '"')
}

// writeLines writes n values on one line each.
func writeLines(w io.Writer, n int, value func(j *jsonText, i int)) error {
	b := bufio.NewWriterSize(w, 1<<16)
	var j jsonText
	for i := range n {
		j = j[:0]
		value(&j, i)
		if _, err := b.Write(append(j, '\n')); err != nil {
			return err
		}
	}
	return b.Flush()
}

// list makes an empty slice of a nil one, which JSON would call null.
func list[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}
