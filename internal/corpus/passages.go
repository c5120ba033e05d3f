package corpus

import (
	"cmp"
	"context"
	"slices"

	"qissa/article"
	"qissa/cluster"
	"qissa/internal/parallel"
	"qissa/internal/winnow"
)

// What tells a passage from news. Two articles that repeat the same words report
// different things if hardly a term of their titles is the same, nor of what the one
// has and the other does not repeat: of copies and of updates neither is true.
const (
	leastDifferent = 3   // articles that have it, each different from the others
	mostHolders    = 48  // articles that have it, of which these are looked for
	titleAlike     = 0.3 // share of the terms of the shorter title from which two are of one story
	restAlike      = 0.2 // likewise of the rest of two texts
	mostOutlets    = 2   // outlets that repeat it: what more of them do is everybody's
	leastRest      = 12  // words of a rest that tells anything
	titleTold      = 0.5 // share of a title's terms in the passage from which it is the article's own text, where it has no other
)

// findPassages finds the passages of each outlet, by outlet, then in the order of
// their hashes. Of the counted articles those are looked at that sampling leaves.
// Cost linear in the words, and in the pairs of articles of one outlet that repeat
// each other under different titles.
func (c *Corpus) findPassages(ctx context.Context, articles []article.Article, outlet, sizes, counted []int, jobs int) ([]Passage, error) {
	of := make([][]int, len(sizes))
	for _, i := range counted {
		of[outlet[i]] = append(of[outlet[i]], i)
	}
	found := make([][]Passage, len(sizes))
	hash := c.Hashes()
	err := parallel.EachWith(ctx, len(sizes), jobs, func(int) func(int) {
		f := passageFinder{c: c, hash: hash, seen: make([]uint32, len(c.Terms))}
		return func(o int) {
			if len(of[o]) < leastDifferent {
				return
			}
			f.known, f.different = map[uint64]bool{}, map[[2]int32]bool{}
			for _, words := range f.find(of[o]) {
				found[o] = append(found[o], Passage{articles[of[o][0]].Source, words})
			}
		}
	})
	all := withoutCommon(slices.Concat(found...))
	slices.SortStableFunc(all, func(a, b Passage) int { return cmp.Compare(a.Outlet, b.Outlet) })
	return all, err
}

// withoutCommon leaves out the passages that several other outlets repeat too, as far
// as half of their words go: an honorific, a verse.
func withoutCommon(all []Passage) []Passage {
	outlets := map[uint64]map[string]bool{} // by gram
	gramsOf := func(p Passage) []uint64 {
		words := make([]uint32, len(p.Words))
		for i := range words {
			words[i] = uint32(i)
		}
		return grams(nil, words, winnow.Texts(p.Words))
	}
	for _, p := range all {
		for _, h := range gramsOf(p) {
			if outlets[h] == nil {
				outlets[h] = map[string]bool{}
			}
			outlets[h][p.Outlet] = true
		}
	}
	return slices.DeleteFunc(all, func(p Passage) bool {
		common, of := 0, gramsOf(p)
		for _, h := range of {
			if len(outlets[h]) > mostOutlets {
				common++
			}
		}
		return 2*common >= len(of)
	})
}

// A passageFinder finds the passages of one outlet.
type passageFinder struct {
	c         *Corpus
	hash      []uint64          // of each distinct word
	known     map[uint64]bool   // grams of passages found
	different map[[2]int32]bool // pairs of articles that were compared
	aligner   cluster.Aligner

	coveredX, coveredY []bool
	seen               []uint32 // by term: when it was met last; see alike
	round              uint32
}

// A mark is a place in the body of an article whose words have a hash.
type mark struct {
	hash        uint64
	article, at int32
}

// find returns the passages of articles, those that most of them hold first.
func (f *passageFinder) find(articles []int) (passages [][]string) {
	for _, holders := range byHolders(f.repeated(articles)) {
		if f.known[holders[0].hash] {
			continue
		}
		words := f.common(holders)
		if len(words) < leastPassage || f.unknown(words) < passageGram {
			continue // words that happen to follow a passage now and then are none
		}
		var text []string
		for _, w := range words {
			text = append(text, f.c.Words[w])
		}
		passages = append(passages, text)
		for _, h := range grams(nil, words, f.hash) {
			f.known[h] = true
		}
	}
	return passages
}

// unknown returns how many words stand in no passage that was found.
func (f *passageFinder) unknown(words []uint32) int {
	n, covered := len(words), 0
	for at, h := range grams(nil, words, f.hash) {
		if f.known[h] {
			n -= at + passageGram - max(at, covered)
			covered = at + passageGram
		}
	}
	return n
}

// byHolders returns the marks, which are by hash, of each hash that enough articles
// hold, those with most of them first.
func byHolders(marks []mark) (all [][]mark) {
	for from := 0; from < len(marks); {
		to := from + 1
		for to < len(marks) && marks[to].hash == marks[from].hash {
			to++
		}
		if to-from >= leastDifferent {
			all = append(all, marks[from:to])
		}
		from = to
	}
	slices.SortFunc(all, func(a, b []mark) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a[0].hash, b[0].hash)) })
	return all
}

// repeated returns the marks that may stand in several articles, by hash, one of each
// article.
func (f *passageFinder) repeated(articles []int) []mark {
	words := 0
	for _, i := range articles {
		words += len(f.body(int32(i)))
	}
	var memory []uint64
	all := make([]mark, 0, words/4) // of nine words two are marked, by chance
	for _, i := range articles {
		memory = grams(memory[:0], f.body(int32(i)), f.hash)
		winnow.Choose(memory, winnowingOver, func(at int) { all = append(all, mark{memory[at], int32(i), int32(at)}) })
	}
	size := 1
	for size < 4*len(all) {
		size *= 2
	}
	often := make([]uint8, size)
	slot := func(h uint64) *uint8 { return &often[h>>20&uint64(size-1)] }
	for _, m := range all {
		if n := slot(m.hash); *n < leastDifferent {
			*n++
		}
	}
	repeated := slices.DeleteFunc(all, func(m mark) bool { return *slot(m.hash) < leastDifferent })
	slices.SortFunc(repeated, func(a, b mark) int {
		return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.article, b.article), cmp.Compare(a.at, b.at))
	})
	return slices.CompactFunc(repeated, func(a, b mark) bool { return a.hash == b.hash && a.article == b.article })
}

// differing returns enough of the marks whose articles are different, each from all
// others; nil if there are not as many.
func (f *passageFinder) differing(holders []mark) []mark {
	var chosen []mark
	for _, m := range holders {
		if !slices.ContainsFunc(chosen, func(x mark) bool { return !f.differ(x.article, m.article) }) {
			if chosen = append(chosen, m); len(chosen) == leastDifferent {
				return chosen
			}
		}
	}
	return nil
}

// differ reports whether two articles that repeat the same words are of different
// stories.
func (f *passageFinder) differ(a, b int32) bool {
	if f.alike(f.c.Title(int(a)), f.c.Title(int(b))) >= titleAlike {
		return false
	}
	key := [2]int32{a, b}
	is, known := f.different[key]
	if !known {
		is = f.differInText(a, b)
		f.different[key] = is
	}
	return is
}

func (f *passageFinder) differInText(a, b int32) bool {
	x, y := f.body(a), f.body(b)
	f.aligner.Start(cluster.Text{Words: x})
	al := f.aligner.Align(cluster.Text{Words: y})
	f.coveredX, f.coveredY = zeroed(f.coveredX, len(x)), zeroed(f.coveredY, len(y))
	for _, r := range al.Runs {
		for k := range r.Words {
			f.coveredX[r.A+k], f.coveredY[r.B+k] = true, true
		}
	}
	restX, restY := rest(x, f.coveredX, false), rest(y, f.coveredY, false)
	if len(restX) < leastRest && f.tells(a, rest(x, f.coveredX, true)) || len(restY) < leastRest && f.tells(b, rest(y, f.coveredY, true)) {
		return false
	}
	return f.alike(restX, restY) < restAlike
}

// tells reports whether words tell what the title of an article says.
func (f *passageFinder) tells(a int32, words []uint32) bool {
	return f.alike(f.c.Title(int(a)), words) >= titleTold
}

func (f *passageFinder) body(i int32) []uint32 { return f.c.All(int(i))[f.c.title[i]:] }

// alike returns the share of the distinct index terms, numbers apart, of the words that
// have fewer of them that stand in the others; 0 if these have none.
func (f *passageFinder) alike(a, b []uint32) float64 {
	f.round += 2
	inA, inB, both := 0, 0, 0
	for _, w := range a {
		if t := f.c.Term[w]; t != NoTerm && f.seen[t] < f.round && !f.c.IsNumber(w) {
			f.seen[t] = f.round
			inA++
		}
	}
	for _, w := range b {
		if t := f.c.Term[w]; t != NoTerm && f.seen[t] <= f.round && !f.c.IsNumber(w) {
			if f.seen[t] == f.round {
				both++
			}
			f.seen[t] = f.round + 1
			inB++
		}
	}
	if both == 0 {
		return 0
	}
	return float64(both) / float64(min(inA, inB))
}

func zeroed(s []bool, n int) []bool {
	s = slices.Grow(s[:0], n)[:n]
	clear(s)
	return s
}

// rest returns the words that are covered, or those that are not.
func rest(words []uint32, covered []bool, is bool) (left []uint32) {
	for i, w := range words {
		if covered[i] == is {
			left = append(left, w)
		}
	}
	return left
}

// common returns the words around marks that articles have of which each is different
// from the others, without those at either end that less than half of all of the
// articles have there; nil if not enough are different.
func (f *passageFinder) common(holders []mark) []uint32 {
	if n := len(holders); n > mostHolders {
		some := make([]mark, mostHolders)
		for k := range some {
			some[k] = holders[k*n/mostHolders]
		}
		holders = some
	}
	chosen := f.differing(holders)
	if chosen == nil {
		return nil
	}
	body, at := f.body(chosen[0].article), int(chosen[0].at)
	have := func(marks []mark, offset int) (n int) {
		for _, m := range marks {
			if other, i := f.body(m.article), int(m.at)+offset; i >= 0 && i < len(other) && at+offset >= 0 && at+offset < len(body) && other[i] == body[at+offset] {
				n++
			}
		}
		return n
	}
	is := func(offset int) bool {
		return have(chosen, offset) == len(chosen) && 2*have(holders, offset) >= len(holders)
	}
	from, to := 0, 0
	for is(to) {
		to++
	}
	for is(from - 1) {
		from--
	}
	return body[at+from : at+to]
}
