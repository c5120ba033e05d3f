package corpus

import (
	"slices"
	"strings"
	"testing"

	"qissa/article"
)

// An article without a title is told by its first words, which then are not of its body
// again; titles stay as they are.
func TestSections(t *testing.T) {
	words := func(n int, of string) string { return strings.TrimSpace(strings.Repeat(of+" ", n)) }
	for _, test := range []struct{ title, text, wantTitle, wantBody string }{
		{"وصول القافلة", words(30, "خبر"), "وصول القافله", words(30, "خبر")},
		{"", words(20, "نص") + " " + words(3, "خبر"), words(20, "نص"), words(3, "خبر")},
		{"", "خبر قصير", "خبر قصير", ""},
		{"", "", "", ""},
		{"؟؟", "خبر قصير", "خبر قصير", ""},
		{"وصول القافلة", "", "وصول القافله", ""},
	} {
		c := readOne(t, article.Article{Title: test.title, Body: test.text})
		title, body := c.Sections(0)
		got := [2]string{c.join(title), c.join(body)}
		if want := [2]string{test.wantTitle, test.wantBody}; got != want {
			t.Errorf("%q, %q: sections %q, want %q", test.title, test.text, got, want)
		}
	}
}

func (c *Corpus) join(words []uint32) string {
	var text []string
	for w := range slices.Values(words) {
		text = append(text, c.Words[w])
	}
	return strings.Join(text, " ")
}
