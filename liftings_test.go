package qissa_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"qissa/article"
)

var writePassages = flag.String("write-passages", "", "also write the real articles of TestLiftings, with the passages put into them, as JSON lines, for eval/peers/passages.py")

// liftings are the ways in which a passage is written where it is put.
var liftings = map[string]func(text string, r *rand.Rand) string{
	"plain":          func(text string, _ *rand.Rand) string { return text },
	"respelled":      respelled,
	"thirds swapped": func(text string, r *rand.Rand) string { return reworded(text, "swapped", r) },
	"one in ten changed": func(text string, r *rand.Rand) string {
		return reworded(text, []string{"exchanged", "dropped", "added"}[r.IntN(3)], r)
	},
}

// Each passage stands where it is said to, written as it is said to be, and the article
// that it was put into is the same around it.
func TestLiftings(t *testing.T) {
	lengths := []int{40}
	if *writePassages != "" {
		lengths = []int{20, 40, 60}
	}
	var written bytes.Buffer
	passageCorpora(t, func(t *testing.T, articles []article.Article) {
		written.Reset() // the real ones come last
		enc := json.NewEncoder(&written)
		for _, words := range lengths {
			for _, how := range slices.Sorted(maps.Keys(liftings)) {
				r := rand.New(rand.NewPCG(uint64(words), 22))
				with, lifted := lift(articles, words, 200, r, func(text string) string { return liftings[how](text, r) })
				if len(lifted) < 100 {
					t.Errorf("%d words, %s: %d passages", words, how, len(lifted))
				}
				for _, l := range lifted {
					source, inserted := l.source.Text(&with[l.from]), l.inserted.Text(&with[l.to])
					if changed := source != inserted; changed != (how != "plain") {
						t.Errorf("%s: %q written as %q", how, source, inserted)
					}
					if without := strings.Replace(with[l.to].Body, inserted+" ", "", 1); without != articles[l.to].Body {
						t.Errorf("%s: the article without %q is not as it was", how, inserted)
					}
				}
				if *writePassages == "" {
					continue
				}
				line := liftedJSON{Words: words, How: how, Texts: fullTexts(with)}
				if written.Len() == 0 {
					line.Before = fullTexts(articles)
				}
				for _, l := range lifted {
					line.Lifted = append(line.Lifted, [6]int{l.from, l.source[0], l.source[1], l.to, l.inserted[0], l.inserted[1]})
				}
				if err := enc.Encode(line); err != nil {
					t.Fatal(err)
				}
			}
		}
	})
	if *writePassages != "" {
		if err := os.WriteFile(*writePassages, written.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// A liftedJSON is articles with passages put into them. Each text is title, line break, body.
type liftedJSON struct {
	Words  int      `json:"words"`
	How    string   `json:"how"`
	Before []string `json:"before,omitempty"` // without the passages; in the first line alone
	Texts  []string `json:"texts"`
	Lifted [][6]int `json:"lifted"` // article and code points where it was, article and code points where it is put
}

// fullTexts returns titles and bodies.
func fullTexts(articles []article.Article) (all []string) {
	for _, a := range articles {
		all = append(all, a.Title+"\n"+a.Body)
	}
	return all
}
