package report

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"qissa/internal/carry"
)

func TestReadGroups(t *testing.T) {
	const lines = `{"id":"s_1","storyline":{"id":"l_1","title":"القمة","size":3,"stories":2},"title":"افتتاح القمة","articles":[{"id":"a","title":"افتتاح \"القمة\""},{"id":"b","title":null}]}

{"id":"s_2","storyline":{"id":"l_1","title":"القمة","size":3,"stories":2},"title":null,"articles":[{"id":"c","title":"ختام القمة"}]}
`
	stories := []Group{
		{"s_1", "افتتاح القمة", []string{"a", "b"}, []string{`افتتاح "القمة"`, ""}},
		{"s_2", "", []string{"c"}, []string{"ختام القمة"}},
	}
	storylines := []Group{{"l_1", "القمة", []string{"a", "b", "c"}, []string{`افتتاح "القمة"`, "", "ختام القمة"}}}
	for wide, want := range map[bool][]Group{false: stories, true: storylines} {
		if got, err := ReadGroups(strings.NewReader(lines), wide); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("storylines %v: %v, %v\n want %v", wide, got, err, want)
		}
	}
	for _, c := range []struct{ lines, want string }{
		{`{"id":"s_1","articles":[]}`, "stories.jsonl:1: a story without id or articles"},
		{`{"id":"s_1","articles":[{"id":"a"},{"id":"a"}]}`, `stories.jsonl:1: article "a" stands in two stories`},
		{`{"id":"s_1","articles":[{"id":"a"}]}` + "\n" + `{"id":"s_1","articles":[{"id":"b"}]}`, `stories.jsonl:2: a second story with the id "s_1"`},
		{"\n{\"id\":\"s_1\",", "stories.jsonl:2: not a record of a run: unexpected end of JSON input"},
	} {
		if _, err := ReadGroups(strings.NewReader(c.lines), false); err == nil || err.Error() != c.want {
			t.Errorf("%s: %v, want %s", c.lines, err, c.want)
		}
	}
	if _, err := ReadGroups(strings.NewReader(`{"id":"s_1","articles":[{"id":"a"}]}`), true); err == nil || !strings.Contains(err.Error(), "knows no storylines") {
		t.Errorf("without storylines: %v", err)
	}
}

// What is read quickly is a story to encoding/json too, with the same head.
func FuzzStoryHead(f *testing.F) {
	r := sample()
	var real strings.Builder
	if err := StoriesJSONL(&real, r); err != nil {
		f.Fatal(err)
	}
	for line := range strings.Lines(real.String()) {
		f.Add([]byte(line))
	}
	for _, line := range []string{`{"id":"s","articles":[{"id":"a\\","title":"\"}]"}],"x":[{"]":"}"},1,null,"\\\""]}`, ` { "id" : "s" , "articles" : [ { "id" : "a" } ] } `,
		`{"articles":[{"id":"a"}],"id":"s","articles":[{"id":"b"}]}`, `{"id":"s","storyline":null,"articles":[{"id":"a","title":null}]}`, `{"id":"s"`, `{}`, `{"id":"s","articles":[{"id":"a"}]}{`} {
		f.Add([]byte(line))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		got, ok := (&headReader{}).quick(line)
		var want storyHead
		if !ok || !json.Valid(line) {
			return // left to encoding/json, or to its error
		}
		if err := json.Unmarshal(line, &want); err != nil || slices.ContainsFunc(memberNames(line), foldedOnly) {
			return
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s\n gives %+v, encoding/json %+v", line, got, want)
		}
	})
}

// memberNames are the strings in front of colons, as encoding/json sees them.
func memberNames(line []byte) (names []string) {
	dec := json.NewDecoder(strings.NewReader(string(line)))
	for {
		token, err := dec.Token()
		if err != nil {
			return names
		}
		if s, ok := token.(string); ok {
			names = append(names, s)
		}
	}
}

// foldedOnly tells whether encoding/json takes a name for one of ours that fastjson does not: ID for id. qissa writes none such, nor twice the same.
func foldedOnly(name string) bool {
	for _, ours := range []string{"id", "title", "storyline", "articles"} {
		if name != ours && strings.EqualFold(name, ours) {
			return true
		}
	}
	return false
}

// groupsOf reads "s_1:title:ab": groups whose articles are letters.
func groupsOf(s string) []Group {
	var list []Group
	for _, part := range strings.Fields(s) {
		f := strings.Split(part, ":")
		list = append(list, Group{f[0], f[1], strings.Split(f[2], ""), make([]string, len(f[2]))})
	}
	return list
}

func TestDiff(t *testing.T) {
	for _, c := range []struct{ what, before, after, summary string }{
		{"nothing", "s_1:قمة:ab s_2:نفط:c", "s_2:نفط:c s_1:قمة:ba", "2 stories before, 2 now: 2 unchanged"},
		{"another title alone", "s_1:قمة:ab", "s_1:ختام:ab", "1 story before, 1 now: 0 unchanged; 1 title changed"},
		{"grown under another title", "s_1:قمة:ab", "s_1:ختام:abc", "1 story before, 1 now: 0 unchanged, 1 grown; 1 title changed"},
		{"everything at once", "s_1:a:abc s_2:b:de s_3:c:fgh s_4:d:i s_5:e:j", "s_1:a:abcde s_3:c:fg s_6:f:h s_5:e:jk s_7:g:l",
			"5 stories before, 5 now: 0 unchanged, 1 new, 2 grown, 1 shrunk, 1 merged, 1 split, 1 gone"},
	} {
		d := Compare(groupsOf(c.before), groupsOf(c.after))
		if got := d.Summary("story", "stories"); got != c.summary {
			t.Errorf("%s: %s\n want %s", c.what, got, c.summary)
		}
		if d.Same() != (c.what == "nothing") {
			t.Errorf("%s: the same: %v", c.what, d.Same())
		}
	}
}

func TestDiffIsWritten(t *testing.T) {
	d := Compare(groupsOf("s_1:القمة:abc s_2:الختام:de s_3:النفط:fgh s_4:السوق:i s_5:المطر:j s_8:العيد:m"), groupsOf("s_1:القمة:abcde s_3:النفط:fg s_6:البرميل:h s_5:السيل:jk s_7:الكرة:l s_8:عيد:m"))
	golden(t, "diff.txt", write(t, func(w *strings.Builder) error { return d.Table(w, 10, false) }))
	golden(t, "diff.jsonl", write(t, func(w *strings.Builder) error { return d.JSONL(w) }))
	for _, lang := range []string{"ar", "en"} {
		golden(t, "diff-"+lang+".md", write(t, func(w *strings.Builder) error { return d.Markdown(w, lang, 10) }))
	}
}

// Ids that are numbers of lines name other articles in another run.
func TestDiffTellsStrangeIDs(t *testing.T) {
	before, after := Group{ID: "s_1"}, Group{ID: "s_1"}
	for i := range 60 {
		id := string(rune('ا' + i))
		before.Articles, before.Headlines = append(before.Articles, id), append(before.Headlines, id)
		after.Articles, after.Headlines = append(after.Articles, id), append(after.Headlines, id)
	}
	if _, shared, is := Compare([]Group{before}, []Group{after}).Strange(); is || shared != 60 {
		t.Errorf("the same headlines: strange %v of %d", is, shared)
	}
	for i := range 12 {
		after.Headlines[i] = "آخر"
	}
	if strange, _, is := Compare([]Group{before}, []Group{after}).Strange(); !is || strange != 12 {
		t.Errorf("12 of 60 other headlines: strange %v, %d", is, strange)
	}
}

func TestEveryKindOfChangeHasWords(t *testing.T) {
	for _, code := range languageCodes {
		l, err := speak(code)
		if err != nil {
			t.Fatal(err)
		}
		for _, kind := range diffKinds {
			if l.Text[diffHeading(kind)] == "" {
				t.Errorf("%s has no words for %s", code, kind)
			}
		}
	}
	if slices.Contains(diffKinds, carry.Unchanged) {
		t.Error("what is unchanged is told")
	}
}
