package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"qissa"
)

// The page has the passages that a story has in common with others, who has them of whom,
// the longest first, and the texts of both to show side by side.
func TestBorrowedOnThePage(t *testing.T) {
	r := sample()
	lent := func(a, b, words int, order qissa.Order) qissa.Pair {
		return qissa.Pair{A: a, B: b, Decision: qissa.Apart, Why: qissa.WhyBelowThreshold, Borrowed: words, BorrowOrder: order, Passages: []qissa.Passage{{A: qissa.Span{0, 4}, B: qissa.Span{1, 5}, Words: words}}}
	}
	r.Pairs[0].Borrowed, r.Pairs[0].BorrowOrder = 30, qissa.ByTime // within a story: its matrix tells
	r.Pairs = append(r.Pairs, lent(1, 4, 31, qissa.Unknown), lent(2, 3, 40, qissa.ByTime))
	l := newLayout(&view{language: &language{}, r: r}, "shared")
	for story, want := range []bool{true, true, true, false} {
		if text, _ := l.embedded(story); text != want {
			t.Errorf("story %d: whole texts in the page %v, want %v", story, text, want)
		}
	}
	for story, want := range [][]any{
		{[]any{"borrowed_by", 2.0, 3.0, 40.0}, []any{"borrow_unknown", 1.0, 4.0, 31.0}},
		{[]any{"borrows_from", 3.0, 2.0, 40.0}},
		{[]any{"borrow_unknown", 4.0, 1.0, 31.0}},
		{},
	} {
		var details bytes.Buffer
		p := pack(&details)
		p.json(l.details(story, new([]byte)).append)
		if err := p.close(); err != nil {
			t.Fatal(err)
		}
		out := inNode(t, fmt.Sprintf(`
const storyOf = a => a < 3 ? 0 : a - 2;
const packed = Buffer.from(%q, 'base64');
const details = JSON.parse(new TextDecoder('windows-1256').decode(require('zlib').gunzipSync(packed)));
if (%d < 3 && !details.pairs.filter(p => p.borrowed).every(p => p.runs.length === 5)) throw new Error('no passage to mark');
console.log(JSON.stringify(borrowings(%d, details).map(p => [p.how, p.own, p.other, p.words])));`, details.String(), story, story), "borrowed")
		got := []any{}
		if err := json.Unmarshal(out, &got); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("story %d: %v, want %v", story, got, want)
		}
	}
}

// Without scripts the page lists them too, each article of another story once.
func TestBorrowedOnThePlainPage(t *testing.T) {
	r := sample()
	for _, p := range [][3]int{{0, 3, 33}, {1, 3, 41}, {1, 4, 31}} {
		r.Pairs = append(r.Pairs, qissa.Pair{A: p[0], B: p[1], Decision: qissa.Apart, Why: qissa.WhyBelowThreshold, Borrowed: p[2], BorrowOrder: qissa.ByTime})
	}
	for lang, want := range map[string][]string{"en": {"41 words", "31 words"}, "ar": {"41 كلمة", "31 كلمة"}} {
		v, err := newView(r, HTMLOptions{Lang: lang})
		if err != nil {
			t.Fatal(err)
		}
		rows, more := v.borrowed(0)
		if len(rows) != len(want) || more != "" {
			t.Fatalf("%s: %+v, %q", lang, rows, more)
		}
		var page bytes.Buffer
		if err := HTML(&page, r, HTMLOptions{Lang: lang}); err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			if row.Title != v.title([]int{3, 4}[i]) || !strings.Contains(row.How, want[i]) || !strings.Contains(page.String(), row.How) {
				t.Errorf("%s: row %d is %+v, want %s, and on the page", lang, i, row, want[i])
			}
		}
	}
}
