package corpus

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"qissa/article"
	"qissa/internal/parallel"
	"qissa/vectorize/arabic"
)

// An Affix is what an outlet puts behind its titles («… - المصري اليوم») or before
// them («عام / …»), a separator between.
type Affix struct {
	Outlet string
	Before bool
	Words  string // normalised, one space between
}

// What tells an affix; chosen by eye on real titles. An outlet's own name behind a
// separator is always one.
const (
	affixWords  = 6   // words that it has at most
	affixTitles = 5   // titles of the outlet that have it
	affixShare  = 0.2 // share of the outlet's titles that have it
)

// separators stand, between spaces, before and after what is added to a title.
const separators = "-–—|•·»/"

// separates tells the bytes that may begin a separator.
var separates = func() (is [256]bool) {
	for at := range separators {
		is[separators[at]] = true
	}
	return is
}()

// titleParts returns the parts of a title between separators; nil if it has one.
func titleParts(title string) (parts []string) {
	from := 0
	for at := 0; at < len(title); at++ {
		if !separates[title[at]] {
			continue
		}
		r, size := utf8.DecodeRuneInString(title[at:])
		before, after := title[from:at], title[at+size:]
		between := strings.HasSuffix(before, " ") && strings.HasPrefix(after, " ")
		if strings.ContainsRune(separators, r) && (between || r == '|') {
			parts, from = append(parts, before), at+size
		}
		at += size - 1
	}
	if parts == nil {
		return nil
	}
	return append(parts, title[from:])
}

// An affixKey is an affix of an outlet, by its number.
type affixKey struct {
	outlet int
	before bool
	words  string
}

// findAffixes finds the affixes of outlets that many of their titles have. Of titles
// that say the same the first is counted.
func findAffixes(articles []article.Article, outlet, sizes, counted []int) []Affix {
	count := map[affixKey]int{}
	titles := make([]int, len(sizes))
	for _, i := range counted {
		titles[outlet[i]]++
		parts := titleParts(articles[i].Title)
		for k, part := range parts {
			words := arabic.Normalize(part)
			if words == "" || strings.Count(words, " ") >= affixWords {
				continue
			}
			if k > 0 {
				count[affixKey{outlet[i], false, words}]++
			}
			if k < len(parts)-1 {
				count[affixKey{outlet[i], true, words}]++
			}
		}
	}
	name := make([]string, len(sizes))
	for i, o := range outlet {
		name[o] = articles[i].Source
	}
	var list []Affix
	for k, n := range count {
		if n >= affixTitles && float64(n) >= affixShare*float64(titles[k.outlet]) {
			list = append(list, Affix{name[k.outlet], k.before, k.words})
		}
	}
	slices.SortFunc(list, compareAffixes)
	return list
}

func compareAffixes(a, b Affix) int {
	side := 0
	switch {
	case a.Before && !b.Before:
		side = -1
	case b.Before && !a.Before:
		side = 1
	}
	return cmp.Or(cmp.Compare(a.Outlet, b.Outlet), cmp.Compare(a.Words, b.Words), side)
}

// affixSet tells what belongs to a title and what its outlet puts around it.
type affixSet map[Affix]bool

func newAffixSet(list []Affix) affixSet {
	set := affixSet{}
	for _, a := range list {
		set[a] = true
	}
	return set
}

// withoutAffixes returns the corpus with affixes of titles framed.
func (c *Corpus) withoutAffixes(ctx context.Context, articles []article.Article, affixes []Affix, jobs int) (*Corpus, error) {
	set, margins := newAffixSet(affixes), slices.Clone(c.frames.margins)
	err := parallel.Each(ctx, c.Len(), jobs, nil, func(_, i int) {
		if before, after := set.around(&articles[i]); before+after < c.title[i] {
			margins[i].Before, margins[i].After = int16(before), int16(after)
		}
	})
	return c.withFrames(frames{margins, c.frames.inside}), err
}

// around returns how many words before and after a title are affixes. One part of it
// is left.
func (s affixSet) around(a *article.Article) (before, after int) {
	parts := titleParts(a.Title)
	for len(parts) > 1 {
		words := arabic.Normalize(parts[len(parts)-1])
		if words != "" && !s[Affix{a.Source, false, words}] && !isOutlet(a, words) {
			break
		}
		parts, after = parts[:len(parts)-1], after+countWords(words)
	}
	for len(parts) > 1 {
		words := arabic.Normalize(parts[0])
		if words != "" && !s[Affix{a.Source, true, words}] && !isOutlet(a, words) {
			break
		}
		parts, before = parts[1:], before+countWords(words)
	}
	return before, after
}

// isOutlet reports whether normalised words are the name of an article's outlet.
func isOutlet(a *article.Article, words string) bool {
	return words == arabic.Normalize(a.Source) || a.SourceRaw != "" && words == arabic.Normalize(a.SourceRaw)
}

func countWords(words string) int {
	if words == "" {
		return 0
	}
	return 1 + strings.Count(words, " ")
}
