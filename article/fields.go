package article

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
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
	kindField   // what sort of record it is, by which those that are no articles are known
	authorField // who wrote it, by a number
	fieldCount
)

// fieldNames are our names of the fields, as in [Options.Map]; the kind of a
// record has none.
var fieldNames = [kindField]string{"id", "source", "url", "title", "text", "time", "time_raw"}

// A choice is one name that a dump may use for a field.
type choice struct {
	field field
	rank  int  // 0 is the best
	weak  bool // the name says little by itself
	utc   bool // the name says that a time is in UTC
}

// given is the rank of a name that the user gave.
const given = -1

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
	named := [fieldCount]bool{}
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
			return nil, &FieldError{Problem: Messagef("no_field", "no field is called %q; the fields are %s, records", ours, strings.Join(fieldNames[:], ", ")),
				Missing: ours, Names: fieldNames[:]}
		}
		if other, twice := f.exact[theirs]; twice {
			return nil, &FieldError{Problem: Messagef("given_twice", "%q is given for both %s and %s", theirs, fieldNames[other.field], fieldNames[i])}
		}
		named[i] = true
		taken[foldName(theirs)] = true
		f.exact[theirs] = choice{field: field(i), rank: given}
		if dot := strings.LastIndexByte(theirs, '.'); dot > 0 {
			f.parents = append(f.parents, theirs[:dot+1])
		}
	}
	for i, names := range guesses {
		if named[i] {
			continue
		}
		worse := 0
		for rank, name := range strings.Fields(names) {
			switch {
			case name == "|":
				worse = behindBar
			case !taken[name]:
				f.guessed[name] = choice{field(i), worse + rank, strings.Contains(weak, " "+name+" "), strings.Contains(inUTC, " "+name+" ")}
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
	under := 0
	if dot := bytes.IndexByte(name, '.'); dot > 0 && isAmong(wrappers, name[:dot]) { // as search engines export
		if isAmong(lesser, name[:dot]) {
			under = byRank
		}
		name = name[dot+1:]
	}
	if len(name) > len(space) || string(name) == "_source" {
		return choice{}, false
	}
	c, ok := f.guessed[string(appendFolded(space[:0], name))]
	c.rank += under
	return c, ok
}

// isAmong reports whether a name stands in a list of them, each between spaces.
func isAmong(list string, name []byte) bool {
	return len(name) > 0 && bytes.IndexByte(name, ' ') < 0 && strings.Contains(list, " "+string(name)+" ")
}

// opens reports whether the members of the object called name are looked at as
// if they were the record's own.
func (f *fields) opens(name string) bool {
	return f.under(name) != "" || isAmong(wrappers, []byte(name))
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

// named reports whether the user named what stands for a field.
func (f *fields) named(which field) bool {
	for _, c := range f.exact {
		if c.field == which {
			return true
		}
	}
	return false
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
	for i, ours := range fieldNames {
		if at[i] >= 0 {
			m[ours] = names[at[i]]
		}
	}
	return m
}

// choices returns what each of the columns stands for, and whether the rows of
// such a table are articles.
func (f *fields) choices(names []string) (found []column, articles bool) {
	var rec record
	for i, name := range names {
		if c, ok := f.find([]byte(name)); ok {
			found = append(found, column{i, "/" + strconv.Itoa(i), c})
			rec.note(c)
		}
	}
	return found, rec.isArticle()
}

// A column of a table, by its number, also as a JSON pointer, and what it stands for.
type column struct {
	at      int
	pointer string
	choice  choice
}

// noText returns the error for a dump in which no name stands for the text or
// the title.
func noText(file, what string, names []string) error {
	title, text := "", ""
	for _, name := range names { // an example in the dump's own words
		low := strings.ToLower(name)
		switch {
		case title == "" && containsAny(low, "hdr", "head", "title", "عنوان"):
			title = name
		case text == "" && containsAny(low, "text", "story", "body", "content", "html", "نص", "خبر"):
			text = name
		}
	}
	example := "title=" + cmp.Or(title, "TITLE") + ",text=" + cmp.Or(text, "TEXT")
	if title != "" && text == "" {
		example = "title=" + title + ", for headlines alone are read too"
	}
	return &FieldError{File: file, Names: names, Problem: Messagef("no_text_field", "no %s looks like the article text or its title; %ss: %s; say e.g. --map %s",
		what, what, listNames(names), example)}
}

func containsAny(s string, parts ...string) bool {
	return slices.ContainsFunc(parts, func(part string) bool { return strings.Contains(s, part) })
}

// A FieldError says that the fields of a dump were not recognised, or that the
// user's names for them do not fit.
type FieldError struct {
	File    string   // "" if it is about no file
	Problem *Message // what is wrong, without the name of the file
	Missing string   // the user's name that is not there, "" if that is not the problem
	Names   []string // that are there
}

func (e *FieldError) Error() string {
	if e.File == "" {
		return e.Problem.Text
	}
	return e.File + ": " + e.Problem.Text
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

// CheckMap returns a [*FieldError] if a map for [Options.Map] names a field that
// there is not, or gives one name for two.
func CheckMap(chosen map[string]string) error {
	_, err := newFields(chosen)
	return err
}
