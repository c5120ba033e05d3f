package article

import (
	"errors"
	"html"
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// A record holds the fields of one article as text, before they are judged.
type record struct {
	value [fieldCount]string
	rank  [fieldCount]int
	names [fieldCount]nameSort // the best name that stands for the field, even if the field is empty
	utc   bool                 // the time is in UTC if it names no zone

	row    string // of a table, as CSV, if it is to be kept
	table  *Table
	at     string // where the value stands that is set next, as in Article.BodyAt
	textAt string // where the text stood
}

// A nameSort tells whether a record has a name for a field.
type nameSort uint8

const (
	noName nameSort = iota
	weakName
	guessedName
	givenName // by the user
)

// note keeps that a name stands for a field.
func (r *record) note(c choice) {
	sort := guessedName
	switch {
	case c.rank == given:
		sort = givenName
	case c.weak:
		sort = weakName
	}
	r.names[c.field] = max(r.names[c.field], sort)
}

// hasText reports whether a name stands for the text.
func (r *record) hasText() bool { return r.names[textField] != noName }

// isArticle reports whether the names of the record are those of an article,
// which a headline is too.
func (r *record) isArticle() bool {
	return r.hasText() || r.names[titleField] > weakName || r.names[titleField] == weakName && r.isPlaced()
}

// isPlaced reports whether a name stands for the time or the address.
func (r *record) isPlaced() bool { return r.names[timeField] != noName || r.names[urlField] != noName }

// met returns the fields for which the record has a name that the user gave, a
// bit each.
func (r *record) met() (fields uint8) {
	for f, sort := range r.names {
		if sort == givenName {
			fields |= 1 << f
		}
	}
	return fields
}

// set gives a field its value unless a better name has given one.
func (r *record) set(c choice, value string) {
	r.note(c)
	if strings.TrimSpace(value) == "" {
		return
	}
	held := r.value[c.field]
	better := held == "" || c.rank < r.rank[c.field]
	switch c.field {
	case textField:
		if held != "" && (better && hollow(value) && !hollow(held) || !better && hollow(held) && !hollow(value)) {
			better = !better
		}
	case sourceField:
		if strings.HasPrefix(value, "<a ") { // the program that a post was written with
			return
		}
	case timeField:
		if better {
			r.utc = c.utc
		}
	}
	if better {
		if r.value[c.field], r.rank[c.field] = value, c.rank; c.field == textField {
			r.textAt = r.at
		}
	}
}

// hollow reports whether a text says nothing: what is left where a service takes
// letters out that are not Latin, or a notice in place of it.
func hollow(s string) bool {
	const long = 1000 // bytes; such services cut texts to 200 characters
	if len(s) > long {
		return false
	}
	if s = uncut(s); isNotice(s) {
		return true
	}
	letters, others := 0, 0
	for _, r := range s {
		switch {
		case unicode.IsLetter(r):
			letters++
		case !unicode.IsSpace(r):
			others++
		}
	}
	return letters <= others
}

// isNotice reports whether services write s where they have no text or title.
func isNotice(s string) bool { return s == "[Removed]" || s == "ONLY AVAILABLE IN PAID PLANS" }

// uncut takes the sign off a text that goes on elsewhere.
func uncut(s string) string {
	if !strings.HasSuffix(s, " chars]") {
		return s
	}
	return cutShort.ReplaceAllString(s, "")
}

// cutShort is how a service ends a text that goes on elsewhere.
var cutShort = regexp.MustCompile(`\s*(?:…|\.\.\.)?\s*\[\+\d+ chars\]$`)

// Why a record is no article, and the word for it in RecordError.Code.
var (
	errEmpty    = error(Messagef("empty", "no title and no body"))
	errEncoding = error(Messagef("encoding", "the text is not UTF-8"))
	errPassed   = errors.New("a record of another kind") // which is nobody's loss, and not told
)

func code(err error) string {
	if err == errEmpty {
		return "empty"
	}
	return "encoding"
}

// longTitle is how many characters a title may have; a longer one is a text. Of
// 76,840 titles in four dumps the longest has 181.
const longTitle = 300

// article turns the record into an article. Its error is errEmpty, or
// errEncoding if more than a tenth of the text came damaged, or errPassed.
func (r *record) article(opt *Options) (Article, error) {
	v := &r.value
	if passedOver(v[kindField], v[textField]) {
		return Article{}, errPassed
	}
	a := Article{
		ID:     strings.TrimSpace(v[idField]),
		Source: strings.TrimSpace(v[sourceField]),
		URL:    strings.TrimSpace(v[urlField]),
		Title:  v[titleField],
		Body:   v[textField],
		Raw:    r.row, Table: r.table, BodyAt: r.textAt,
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
	a.judgeTexts()
	if strings.TrimSpace(a.Title) == "" && strings.TrimSpace(a.Body) == "" {
		return a, errEmpty
	}
	if a.Repaired > 10 && a.Repaired > (len(a.Title)+len(a.Body))/20 { // two bytes a letter
		return a, errEncoding
	}
	a.setOutlet(a.Source, opt.Outlet)
	written, published := v[timeField], v[timeRawField]
	clean(&written)
	clean(&published)
	zone := opt.Zone
	if r.utc {
		zone = time.UTC
	}
	a.TimeRaw, a.Time, a.Precision = times(written, published, opt.Now, zone)
	if !opt.Latest.IsZero() && a.Time.After(opt.Latest) {
		a.Time, a.Precision = time.Time{}, None
	}
	return a, nil
}

// judgeTexts makes a title that is too long for one a text, and takes out what
// services write where they have none.
func (a *Article) judgeTexts() {
	for _, s := range []*string{&a.Title, &a.Body} {
		if isNotice(*s) {
			*s = ""
		}
	}
	a.Body = uncut(a.Body)
	if len(a.Title) > longTitle && utf8.RuneCountInString(a.Title) > longTitle {
		a.Title, a.Body, a.BodyAt = "", strings.TrimSpace(a.Title+"\n"+a.Body), ""
	}
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
