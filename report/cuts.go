package report

import (
	"bytes"
	"cmp"
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"qissa"
	"qissa/article"
)

// A cutJSON is sentences that were cut out of the text of an article.
type cutJSON struct {
	From int              `json:"from"` // code point of the text, as it was before, where it begins
	To   int              `json:"to"`   // likewise where it ends
	How  qissa.RepeatKind `json:"how"`  // passages, boilerplate or contaminated
	Text quoted           `json:"text"` // what was cut, with the escapes that the record has
	Of   *placeJSON       `json:"of"`   // the article in which most of it stands; null for boilerplate
	At   *[2]int          `json:"at"`   // where there: code points of title, line break and text; null for boilerplate
}

// A quoted text is a string of JSON, with the escapes that it has.
type quoted struct{ json.RawMessage }

// A cutRecord is a record without the sentences that were cut out of it.
type cutRecord struct {
	raw   string            // the record: JSON, or a row of a table
	from  int               // code point of the text field with which the article's text begins
	texts []json.RawMessage // of each cut, as JSON
	was   json.RawMessage   // the field of the text as it was, if the text is not in it as it is
}

// cutOut cuts sentences out of a record: out of the string of JSON or the cell in which the
// text stands, byte by byte. Where the text was made of something else, HTML or several
// pieces, the field becomes what is left of the text.
func cutOut(a *article.Article, raw, body string, cuts []qissa.Cut) (cutRecord, error) {
	if a.Table != nil {
		cells := a.Table.Cells(raw)
		at, _ := strconv.Atoi(strings.TrimPrefix(a.BodyAt, "/"))
		field := cells[at]
		left, texts, begins := cutText(field, body, cuts, codePoints)
		c := cutRecord{from: begins, texts: allJSON(texts)}
		if begins < 0 {
			c.from, c.was = 0, plainJSON(field)
		}
		cells[at] = left
		c.raw = a.Table.Row(cells)
		return c, nil
	}
	from, to, err := valueAt(raw, cmp.Or(a.BodyAt, "/text")) // of one without a record, as ownRecord has it
	if err != nil {
		return cutRecord{}, err
	}
	field, inside := raw[from:to], ""
	if strings.HasPrefix(field, `"`) {
		inside = field[1 : len(field)-1]
	}
	left, texts, begins := cutText(inside, body, cuts, escapedPoints)
	if begins < 0 {
		return cutRecord{raw[:from] + string(plainJSON(left)) + raw[to:], 0, allJSON(texts), json.RawMessage(field)}, nil
	}
	c := cutRecord{raw: raw[:from] + `"` + left + `"` + raw[to:], from: begins}
	for _, t := range texts {
		c.texts = append(c.texts, json.RawMessage(`"`+t+`"`))
	}
	return c, nil
}

// cutText cuts sentences of a text out of a field that has it from a code point on; points
// gives the code points of the field, and the byte at which each begins. If the field has
// it not, begins is -1 and it is the text that is cut.
func cutText(field, body string, cuts []qissa.Cut, points func(string) (string, []int)) (left string, texts []string, begins int) {
	text, at := points(field)
	begins = strings.Index(text, body)
	if begins >= 0 {
		begins = utf8.RuneCountInString(text[:begins])
		at = at[begins:]
	} else {
		field = body
		_, at = codePoints(body)
	}
	end := 0
	for _, cut := range cuts {
		from, to := at[cut.Span[0]], at[cut.Span[1]]
		left += field[end:from]
		texts = append(texts, field[from:to])
		end = to
	}
	return left + field[end:], texts, begins
}

func allJSON(texts []string) (all []json.RawMessage) {
	for _, t := range texts {
		all = append(all, plainJSON(t))
	}
	return all
}

// codePoints returns a text, the byte at which each of its code points begins, and its
// length.
func codePoints(text string) (string, []int) {
	at := make([]int, 0, len(text)/2+1)
	for i := range text {
		at = append(at, i)
	}
	return text, append(at, len(text))
}

// escapedPoints is codePoints of a string as it stands in JSON, without quotes.
func escapedPoints(source string) (string, []int) {
	var text strings.Builder
	var at []int
	for i := 0; i < len(source); {
		at = append(at, i)
		if source[i] != '\\' || i+1 == len(source) {
			r, size := utf8.DecodeRuneInString(source[i:])
			text.WriteRune(r)
			i += size
			continue
		}
		r, size := rune(source[i+1]), 2
		if short := strings.IndexRune(`bfnrt`, r); short >= 0 {
			r = rune("\b\f\n\r\t"[short])
		} else if r == 'u' {
			if r, size = hexRune(source[i:]), 6; utf16.IsSurrogate(r) {
				if both := utf16.DecodeRune(r, hexRune(source[min(i+6, len(source)):])); both != utf8.RuneError {
					r, size = both, 12
				}
			}
		}
		text.WriteRune(r)
		i = min(i+size, len(source))
	}
	return text.String(), append(at, len(source))
}

// hexRune reads \u0645.
func hexRune(s string) rune {
	if len(s) < 6 || s[0] != '\\' || s[1] != 'u' {
		return utf8.RuneError
	}
	n, err := strconv.ParseUint(s[2:6], 16, 16)
	if err != nil {
		return utf8.RuneError
	}
	return rune(n)
}

// valueAt returns where the value that a JSON pointer names stands in a record.
func valueAt(raw, pointer string) (from, to int, err error) {
	clean := []byte(raw)
	for i, c := range clean {
		if c < ' ' { // sloppy dumps have line breaks inside strings
			clean[i] = ' '
		}
	}
	dec := json.NewDecoder(bytes.NewReader(clean))
	for _, name := range strings.Split(pointer, "/")[1:] {
		name = strings.ReplaceAll(strings.ReplaceAll(name, "~1", "/"), "~0", "~")
		if _, err := dec.Token(); err != nil { // the bracket
			return 0, 0, err
		}
		for {
			key, err := dec.Token()
			if err != nil {
				return 0, 0, err
			}
			if key == name {
				break
			}
			var other json.RawMessage
			if err := dec.Decode(&other); err != nil {
				return 0, 0, err
			}
		}
	}
	var value json.RawMessage
	err = dec.Decode(&value)
	to = int(dec.InputOffset())
	return to - len(value), to, err
}

// plainJSON returns a text as JSON, without escapes that it does not need.
func plainJSON(text string) json.RawMessage {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.Encode(text) // a text can be written
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}
