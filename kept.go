package qissa

import (
	"cmp"
	"slices"

	"qissa/cluster"
)

// byPreference returns the articles in the order of preference.
func (r *repeats) byPreference() []int {
	number := r.c.Order
	order := make([]int, len(number))
	for i := range order {
		order[i] = i
	}
	prefer := func(a, b int) int {
		if r.opt.Prefer == nil {
			return cmp.Compare(number[a], number[b])
		}
		return cmp.Or(r.opt.Prefer(number[a], number[b]), cmp.Compare(a, b))
	}
	slices.SortFunc(order, func(a, b int) int {
		if keepA, keepB := r.always(a), r.always(b); keepA != keepB {
			if keepA {
				return -1
			}
			return 1
		}
		return prefer(a, b)
	})
	return order
}

// decide keeps an article unless it repeats one that is kept already.
func (r *repeats) decide(a int) {
	number := r.c.Order
	r.undecided[r.words[a]]--
	if !r.always(a) {
		if best := r.bestOf(a, r.kept); best != nil {
			best.Of = number[best.Of]
			r.repeat[number[a]] = best
			return
		}
	}
	r.kept.add(r, a)
}

// mayRepeat tells whether of two words one may repeat the other. Other numbers make a
// template another text.
func (r *repeats) mayRepeat(a, b int32) bool {
	gone := func(words int32) bool { return r.undecided[words] == 0 && len(r.kept.words[words]) == 0 }
	if gone(a) || gone(b) {
		return false
	}
	numbers, _ := r.c.texts.commonNumbers(int(a), int(b))
	return numbers.share >= numberShare
}

// kept are the articles that are kept so far.
type kept struct {
	words [][]int32            // by words, ascending: earliest first, undated last
	atURL map[wordsAtURL]int32 // the first of each that has partners at its address
	exact map[[3]string]int    // of those too short to compare, by what two records of one article have in common
	story map[int]int          // the first of each
}

func newKept(articles int) kept {
	return kept{make([][]int32, articles), map[wordsAtURL]int32{}, map[[3]string]int{}, map[int]int{}}
}

func (k kept) add(r *repeats, a int) {
	words := r.words[a]
	at, _ := slices.BinarySearch(k.words[words], int32(a))
	k.words[words] = slices.Insert(k.words[words], at, int32(a))
	page := wordsAtURL{words, r.c.Articles[a].URL}
	if _, ok := k.atURL[page]; !ok && r.sameURL[page] != nil {
		k.atURL[page] = int32(a)
	}
	if !r.comparable(a) {
		k.exact[identity(&r.c.Articles[a])] = a
	}
	if _, ok := k.story[r.story[a]]; !ok {
		k.story[r.story[a]] = a
	}
}

// nearest returns the article nearest in time of those with the same words.
func (k kept) nearest(words int32, a int, c *Candidates) (other int32, ok bool) {
	list := k.words[words]
	if len(list) == 0 {
		return 0, false
	}
	at, _ := slices.BinarySearch(list, int32(a))
	if last := list[len(list)-1]; c.Time[last] == cluster.Undated || at == len(list) {
		return last, true // an undated one is never too far
	}
	if other = list[at]; at > 0 && c.Time[a]-c.Time[list[at-1]] <= c.Time[other]-c.Time[a] {
		other = list[at-1]
	}
	return other, true
}

// comparable tells whether an article has words enough to be compared.
func (r *repeats) comparable(a int) bool { return !r.c.texts.tooShort(a) && r.c.texts.own(a) > 0 }

func (r *repeats) always(a int) bool { return r.opt.Keep != nil && r.opt.Keep(r.c.Order[a]) }

// bestOf returns the kept article that a repeats most, by its canonical number,
// nil if it repeats none.
func (r *repeats) bestOf(a int, kept kept) *Repeat {
	var best *Repeat
	consider := func(other int32, p partner) {
		if r.c.beyond(int32(a), other, r.opt.Window) {
			return
		}
		how := r.how(a, other, p)
		if x := (Repeat{int(other), how, p.copied, p.covers}); how != "" && (best == nil || x.closer(best)) {
			best = &x
		}
	}
	words := r.words[a]
	if other, ok := kept.nearest(words, a, r.c); ok && r.comparable(a) {
		consider(other, partner{words, 1, 1})
	}
	for _, p := range r.partners[words] {
		if other, ok := kept.nearest(p.words, a, r.c); ok {
			consider(other, p)
		}
	}
	url := r.c.Articles[a].URL
	for _, p := range r.sameURL[wordsAtURL{words, url}] {
		if other, ok := kept.atURL[wordsAtURL{p.words, url}]; ok {
			consider(other, p)
		}
	}
	if best != nil {
		return best
	}
	if other, ok := kept.exact[identity(&r.c.Articles[a])]; ok {
		return &Repeat{other, How(Verbatim), 1, 1}
	}
	if other, ok := kept.story[r.story[a]]; ok && r.opt.Level == LevelStory {
		x := Repeat{Of: other, How: SameStory}
		var aligner cluster.Aligner
		aligner.Start(r.c.texts.text(a))
		x.Copied, x.Covers = aligner.Shares(r.c.texts.text(other))
		return &x
	}
	return nil
}
