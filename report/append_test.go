package report

import (
	"bytes"
	"encoding/json"
	"testing"

	"qissa"
)

// asJSON fails unless a value is written as encoding/json writes it.
func asJSON(t *testing.T, value any, write func(*jsonText)) {
	t.Helper()
	want, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	var got jsonText
	if write(&got); !bytes.Equal(got, want) {
		t.Errorf("wrote %s\nwant  %s", got, want)
	}
}

func TestRecordsAreWrittenAsJSON(t *testing.T) {
	r := sample()
	for _, s := range r.Stories {
		asJSON(t, storyRecord(r, s), storyRecord(r, s).append)
	}
	for _, p := range r.Pairs {
		asJSON(t, pairRecord(r, p), pairRecord(r, p).append)
	}
	for _, texts := range []string{"none", "lead", "shared", "all"} {
		v, err := newView(r, HTMLOptions{Texts: texts})
		if err != nil {
			t.Fatal(err)
		}
		l := newLayout(v, texts)
		for n := range r.Stories {
			asJSON(t, l.details(n, nil), l.details(n, nil).append)
		}
	}
	full := detailsJSON{
		Articles: []articleDetails{{ID: "1", URL: "https://a.example", Raw: "قبل ساعة", Credit: []string{"واس"}, Lead: "بدأ", Cut: true, Parts: []int{0, 9}}},
		Pairs:    []pairDetails{{A: 1, B: -1, AInB: 0.5, Runs: []int{1, 2}, OnlyA: [][3]int{{0, 1, 2}, {1, 3, 4}}, OnlyB: [][3]int{}}},
		Near:     []string{"copy", "linkage"},
		Outside:  map[int]string{9: "i", 10: "j", 100: "k"},
		Origins:  []originDetails{{1, "واس", 2}, {3, "", 1}},
		Figures:  []figureDetails{{1, "قتلى", true, []figureValueIn{{"7", []int{1, 2}}}}, {0, "", false, []figureValueIn{{"الأحد", []int{3}}}}},
	}
	asJSON(t, full, full.append)
	empty := storyRecord(&qissa.Result{Articles: r.Articles, Words: r.Words}, qissa.Story{First: -1, Earliest: -1, Last: -1, Bridge: -1})
	asJSON(t, empty, empty.append)
}

func FuzzJSONString(f *testing.F) {
	for _, s := range []string{
		"", "قِصّة «الخبر»", "a\"b\\c/d", "\x00\x1f\x7f\b\f\n\r\t", "</script><!--&amp;", "\u2028\u2029\u200f", "\xff\xc3\xd9", "\xc0\x80", "\ufffd😀", "ق\xd9",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		asJSON(t, s, func(j *jsonText) { j.string(s) })
	})
}
