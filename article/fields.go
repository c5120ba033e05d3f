package article

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// A field is a part of an article that a dump can name.
type field uint8

const (
	idField field = iota
	sourceField
	urlField
	titleField
	textField
	timeField
	timeRawField
	fieldCount
)

// fieldNames are our names of the fields, as in [Options.Map].
var fieldNames = [fieldCount]string{"id", "source", "url", "title", "text", "time", "time_raw"}

// guesses are the names that dumps use, folded by foldName, best first. A
// record that has several takes the first that is not empty.
var guesses = [fieldCount]string{
	idField:     "id articleid docid guid uuid newsid postid uri المعرف معرف رقم",
	sourceField: "source site outlet publisher newspaper sourcename sourcesite publication website domain channel provider agency المصدر مصدر الصحيفة صحيفة الموقع",
	urlField:    "url link href permalink articleurl sourceurl canonicalurl webpage الرابط رابط",
	titleField:  "title headline headlines articletitle newstitle header heading name subject العنوان عنوان",
	textField:   "text body content articlebody articletext fulltext story contents bodytext maintext article newstext contentencoded النص نص المحتوى محتوى المتن الخبر description summary abstract excerpt lead snippet الملخص",
	// date before time: tables may have one column for each, and the day alone is a date.
	timeField: "date time published datepublished pubdate publishedat publishdate publicationdate publishedtime datetime timestamp articledate newsdate postdate created createdat datecreated التاريخ تاريخ تاريخالنشر الوقت " +
		"updated updatedat modified modifiedat datemodified",
	timeRawField: "timeraw rawtime dateraw rawdate datetext timetext",
}

// wrappers are objects inside a record whose members count as its own.
const wrappers = " _source article attributes fields node doc "

// A choice is one name that a dump may use for a field.
type choice struct {
	field field
	rank  int // 0 is the best
}

// fields tells which names of a dump mean which field. It is not changed once
// made, so workers can share it.
type fields struct {
	exact   map[string]choice // names the user gave, letter for letter
	guessed map[string]choice // folded names
	parents []string          // "a." for every user name "a.b": objects to look into
	records string            // the list of records, if the user named it
}

// newFields returns the table for the names in chosen; fields that it does not
// name are guessed. A name that was chosen for one field is never guessed for
// another.
func newFields(chosen map[string]string) (*fields, error) {
	f := &fields{exact: map[string]choice{}, guessed: map[string]choice{}}
	taken := map[string]bool{}
	given := [fieldCount]bool{}
	for _, ours := range slices.Sorted(maps.Keys(chosen)) {
		theirs := chosen[ours]
		if ours == "records" {
			f.records = theirs
			continue
		}
		i := slices.Index(fieldNames[:], ours)
		if ours == "body" {
			i = int(textField)
		}
		if i < 0 {
			return nil, &FieldError{Problem: fmt.Sprintf("no field is called %q; the fields are %s, records", ours, strings.Join(fieldNames[:], ", "))}
		}
		if other, twice := f.exact[theirs]; twice {
			return nil, &FieldError{Problem: fmt.Sprintf("%q is given for both %s and %s", theirs, fieldNames[other.field], fieldNames[i])}
		}
		given[i] = true
		taken[foldName(theirs)] = true
		f.exact[theirs] = choice{field: field(i)}
		if dot := strings.LastIndexByte(theirs, '.'); dot > 0 {
			f.parents = append(f.parents, theirs[:dot+1])
		}
	}
	for i, names := range guesses {
		if given[i] {
			continue
		}
		for rank, name := range strings.Fields(names) {
			if !taken[name] {
				f.guessed[name] = choice{field(i), rank}
			}
		}
	}
	return f, nil
}

// find returns the choice that a name of the dump stands for.
func (f *fields) find(name []byte) (choice, bool) {
	if c, ok := f.exact[string(name)]; ok {
		return c, true
	}
	var space [64]byte
	name = bytes.TrimPrefix(name, []byte("_source.")) // as search engines export
	if len(name) > len(space) || string(name) == "_source" {
		return choice{}, false
	}
	c, ok := f.guessed[string(appendFolded(space[:0], name))]
	return c, ok
}

// opens reports whether the members of the object called name are looked at as
// if they were the record's own.
func (f *fields) opens(name string) bool {
	return f.under(name) != "" || strings.Contains(wrappers, " "+name+" ")
}

// under returns what stands before the names of the members of the object
// called name: its own name if the user named one of them, else nothing.
func (f *fields) under(name string) string {
	for _, parent := range f.parents {
		if strings.HasPrefix(parent, name+".") {
			return name + "."
		}
	}
	return ""
}

// columns returns for each field the position of its best name, -1 for none.
func (f *fields) columns(names []string) [fieldCount]int {
	var at [fieldCount]int
	var best [fieldCount]int
	for i := range at {
		at[i] = -1
	}
	for i, name := range names {
		c, ok := f.find([]byte(name))
		if ok && (at[c.field] < 0 || c.rank < best[c.field]) {
			at[c.field], best[c.field] = i, c.rank
		}
	}
	return at
}

// missing returns the first of the names that the user gave which is not among
// names, "" if all are.
func (f *fields) missing(names []string) string {
	for _, name := range slices.Sorted(maps.Keys(f.exact)) {
		if !slices.Contains(names, name) {
			return name
		}
	}
	return ""
}

// recognised names the columns chosen, ours to theirs.
func recognised(at [fieldCount]int, names []string) map[string]string {
	m := map[string]string{}
	for i, column := range at {
		if column >= 0 {
			m[fieldNames[i]] = names[column]
		}
	}
	return m
}

// noText returns the error for a dump in which no name stands for the text.
func noText(file, what string, names []string) error {
	title, text := "TITLE", "TEXT"
	for _, name := range names { // an example in the dump's own words
		low := strings.ToLower(name)
		switch {
		case strings.Contains(low, "hdr"), strings.Contains(low, "head"), strings.Contains(low, "title"):
			title = name
		case strings.Contains(low, "text"), strings.Contains(low, "story"), strings.Contains(low, "body"), strings.Contains(low, "content"), strings.Contains(low, "html"):
			text = name
		}
	}
	return &FieldError{file, fmt.Sprintf("no %s looks like the article text; %ss: %s; say e.g. --map title=%s,text=%s",
		what, what, listNames(names), title, text)}
}

// A FieldError says that the fields of a dump were not recognised, or that the
// user's names for them do not fit.
type FieldError struct {
	File    string // "" if it is about no file
	Problem string
}

func (e *FieldError) Error() string {
	if e.File == "" {
		return e.Problem
	}
	return e.File + ": " + e.Problem
}

// listNames joins names for a message, at most 30 of them.
func listNames(names []string) string {
	const most = 30
	if len(names) > most {
		return strings.Join(names[:most], ", ") + fmt.Sprintf(" and %d more", len(names)-most)
	}
	return strings.Join(names, ", ")
}

// foldName makes spellings of one name equal: Published_At, published-at and
// publishedAt.
func foldName(name string) string { return string(appendFolded(nil, []byte(name))) }

func appendFolded(dst, name []byte) []byte {
	for _, c := range name {
		switch {
		case 'A' <= c && c <= 'Z':
			dst = append(dst, c+'a'-'A')
		case c == '_', c == '-', c == ' ', c == '.', c == ':', c == '@', c == '\t':
		default:
			dst = append(dst, c)
		}
	}
	return dst
}
