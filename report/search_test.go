package report

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/chromedp/chromedp"

	"qissa/vectorize/arabic"
)

// The page folds what is asked as the engine folds what it reads, but that it joins no
// single letters.
func TestFoldingIsTheEngines(t *testing.T) {
	code, err := assets.ReadFile("html/js/fold.js")
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, r := range foldingRanges {
		for c := r[0]; c <= r[1]; c++ {
			texts = append(texts, "اب"+string(c)+"جد", string(c))
			if (c < 0x100 || c >= 0x600) && (unicode.IsLetter(c) || unicode.IsDigit(c)) {
				texts = append(texts, "3"+string(c)+"a")
			}
		}
	}
	texts = append(texts, "", " ", strings.Repeat("ﷺ", 200), "أَعْمَال ٣٤٥abc٦", "ـــ", "\U0001F600قال\U00010330", "قال.ثم", "İstanbul")
	asked, _ := json.Marshal(texts)
	table, _ := json.Marshal(foldingTable())
	r := sample()
	b := open(t, r, HTMLOptions{Run: sampleRun(r)}, "", 1280)
	b.ready()
	var folded []string
	b.run(chromedp.Evaluate(fmt.Sprintf("(() => { %s\nreadFolding(%s); return %s.map(fold); })()", code, table, asked), &folded))
	wrong := 0
	for i, text := range texts {
		if want := strings.Join(strings.Fields(arabic.Normalize(text)), " "); folded[i] != want && wrong < 10 {
			wrong++
			t.Errorf("%q is folded to %q, want %q", text, folded[i], want)
		}
	}
	b.clean()
}

// searchCost is what searches did so far: stories folded, places found, parts of the
// index read.
func (b *browser) searchCost() (cost [3]int) {
	b.t.Helper()
	for i, n := range strings.Fields(b.text(`document.documentElement.dataset.search || '0 0 0'`)) {
		cost[i], _ = strconv.Atoi(n)
	}
	return cost
}

// A search folds each story once, finds a word twice in it at most, and reads one part of
// the index for a word.
func TestSearchCost(t *testing.T) {
	const stories = 10_000
	r := singles(stories)
	for i := range r.Articles {
		r.Articles[i].Body = fmt.Sprintf("كلمة%s في نص", slices.Repeat([]string{"ا", "ب", "ت"}, 1)[i%3]+strings.Repeat("ن", i%30))
	}
	b := open(t, r, HTMLOptions{Run: sampleRun(r), Texts: "lead"}, "", 1280)
	b.ready()
	b.search("رقم 77")
	b.wait(`document.documentElement.dataset.search !== undefined`)
	first := b.searchCost()
	if parts := 1 + stories/indexPart; first[0] != stories || first[1] > 4*stories || first[2] > min(2, parts) {
		t.Errorf("the first search folds %d stories, finds %d places, reads %d parts", first[0], first[1], first[2])
	}
	b.search("ر")
	b.wait(`document.documentElement.dataset.search !== '` + fmt.Sprintf("%d %d %d", first[0], first[1], first[2]) + `'`)
	if next := b.searchCost(); next[0] != stories || next[1]-first[1] > 2*stories || next[2]-first[2] > 1 {
		t.Errorf("the next search folds %d stories more, finds %d places, reads %d parts", next[0]-first[0], next[1]-first[1], next[2]-first[2])
	}
	b.clean()
}
