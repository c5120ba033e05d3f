package article

import (
	"errors"
	"html"
	"strings"
	"time"
)

// A record holds the fields of one article as text, before they are judged.
type record struct {
	value   [fieldCount]string
	rank    [fieldCount]int
	hasText bool // a name stands for the text, even if the text is empty
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

// Why a record is no article, and the word for it in RecordError.Code.
var (
	errEmpty    = errors.New("no title and no body")
	errEncoding = errors.New("the text is not UTF-8")
)

func code(err error) string {
	if err == errEmpty {
		return "empty"
	}
	return "encoding"
}

// article turns the record into an article. Its error is errEmpty, or
// errEncoding if more than a tenth of the text came damaged.
func (r *record) article(now time.Time, zone *time.Location) (Article, error) {
	v := &r.value
	a := Article{
		ID:     strings.TrimSpace(v[idField]),
		Source: strings.TrimSpace(v[sourceField]),
		URL:    strings.TrimSpace(v[urlField]),
		Title:  v[titleField],
		Body:   v[textField],
	}
	for _, s := range []*string{&a.Title, &a.Body} {
		if strings.Contains(*s, ">") && markup.MatchString(*s) || strings.Contains(*s, "&gt;") && markup.MatchString(html.UnescapeString(*s)) {
			*s = withoutMarkup(*s)
		}
	}
	a.Title, a.Source = withoutEntities(a.Title), withoutEntities(a.Source)
	for _, s := range []*string{&a.ID, &a.Source, &a.URL, &a.Title, &a.Body} {
		a.Repaired += clean(s)
		if once, twice := repairTwice(*s); twice {
			*s, a.Recoded = once, true
		}
	}
	if strings.TrimSpace(a.Title) == "" && strings.TrimSpace(a.Body) == "" {
		return a, errEmpty
	}
	if a.Repaired > 10 && a.Repaired > (len(a.Title)+len(a.Body))/20 { // two bytes a letter
		return a, errEncoding
	}
	written, published := v[timeField], v[timeRawField]
	clean(&written)
	clean(&published)
	a.TimeRaw, a.Time, a.Precision = times(written, published, now, zone)
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
	if !valid(*s) {
		before := strings.Count(*s, "\uFFFD")
		*s = string([]rune(*s))
		n += strings.Count(*s, "\uFFFD") - before
	}
	return n
}
