package qissa

import (
	"cmp"
	"slices"

	"qissa/cluster"
	"qissa/internal/overlap"
)

// byPreference returns the articles in the order of preference.
func (d *dedup) byPreference() []int { return preferred(d.batch.Order, d.opt.Prefer, d.opt.Keep) }

// preferred returns articles, by canonical number, in the order of preference: first those
// that are kept whatever they repeat. Number is that of each in the input.
func preferred(number []int, prefer func(a, b int) int, keep func(i int) bool) []int {
	order := make([]int, len(number))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		if keep != nil {
			if keepA, keepB := keep(number[a]), keep(number[b]); keepA != keepB {
				if keepA {
					return -1
				}
				return 1
			}
		}
		if prefer == nil {
			return cmp.Compare(number[a], number[b])
		}
		return cmp.Or(prefer(number[a], number[b]), cmp.Compare(a, b))
	})
	return order
}

// decide keeps an article unless it repeats one that is kept already.
func (d *dedup) decide(a int) {
	number := d.batch.Order
	d.undecided[d.first[a]]--
	if !d.always(a) {
		if best := d.bestOf(a, d.kept); best != nil {
			best.Of = number[best.Of]
			d.repeat[number[a]] = best
			return
		}
	}
	d.kept.add(d, a)
}

// mayRepeat tells whether of two words one may repeat the other. Other numbers make a
// template another text.
func (d *dedup) mayRepeat(a, b int32) bool {
	gone := func(words int32) bool { return d.undecided[words] == 0 && len(d.kept.words[words]) == 0 }
	if gone(a) || gone(b) {
		return false
	}
	numbers, _ := overlap.CommonNumbers(d.words, int(a), int(b))
	return numbers.Share >= overlap.LeastNumbers
}

// A keptSet is the articles that are kept so far.
type keptSet struct {
	words [][]int32            // by words, ascending: earliest first, undated last
	atURL map[wordsAtURL]int32 // the first of each that has candidates at its address
	exact map[[3]string]int    // of those too short to compare, by what two records of one article have in common
	group map[int]int          // the first of each story or storyline
}

func newKeptSet(articles int) keptSet {
	return keptSet{make([][]int32, articles), map[wordsAtURL]int32{}, map[[3]string]int{}, map[int]int{}}
}

func (k keptSet) add(d *dedup, a int) {
	words := d.first[a]
	at, _ := slices.BinarySearch(k.words[words], int32(a))
	k.words[words] = slices.Insert(k.words[words], at, int32(a))
	page := wordsAtURL{words, d.batch.Articles[a].URL}
	if _, ok := k.atURL[page]; !ok && d.sameURL[page] != nil {
		k.atURL[page] = int32(a)
	}
	if !d.comparable(a) {
		k.exact[identity(&d.batch.Articles[a])] = a
	}
	if _, ok := k.group[d.group[a]]; !ok {
		k.group[d.group[a]] = a
	}
}

// nearest returns the article nearest in time of those with the same words.
func (k keptSet) nearest(words int32, a int, time []int64) (other int32, ok bool) {
	list := k.words[words]
	if len(list) == 0 {
		return 0, false
	}
	at, _ := slices.BinarySearch(list, int32(a))
	if last := list[len(list)-1]; time[last] == cluster.Undated || at == len(list) {
		return last, true // an undated one is never too far
	}
	if other = list[at]; at > 0 && time[a]-time[list[at-1]] <= time[other]-time[a] {
		other = list[at-1]
	}
	return other, true
}

// comparable tells whether an article has words enough to be compared.
func (d *dedup) comparable(a int) bool { return !d.words.TooShort(a) && d.words.Own(a) > 0 }

func (d *dedup) always(a int) bool { return d.opt.Keep != nil && d.opt.Keep(d.batch.Order[a]) }

// bestOf returns the kept article that a repeats most, by its canonical number,
// nil if it repeats none.
func (d *dedup) bestOf(a int, kept keptSet) *Repeat {
	var best *Repeat
	consider := func(other int32, p candidate) {
		if d.batch.Beyond(int32(a), other, d.opt.Window) {
			return
		}
		kind := d.kind(a, other, p)
		if x := (Repeat{int(other), kind, p.copied, p.covers}); kind != "" && (best == nil || x.closer(best)) {
			best = &x
		}
	}
	words := d.first[a]
	if other, ok := kept.nearest(words, a, d.batch.Time); ok && d.comparable(a) {
		consider(other, candidate{words, 1, 1})
	}
	for _, p := range d.candidates[words] {
		if other, ok := kept.nearest(p.words, a, d.batch.Time); ok {
			consider(other, p)
		}
	}
	url := d.batch.Articles[a].URL
	for _, p := range d.sameURL[wordsAtURL{words, url}] {
		if other, ok := kept.atURL[wordsAtURL{p.words, url}]; ok {
			consider(other, p)
		}
	}
	if best != nil {
		return best
	}
	if !d.comparable(a) { // only those are in exact: the body is not read for nothing
		if other, ok := kept.exact[identity(&d.batch.Articles[a])]; ok {
			return &Repeat{other, RepeatVerbatim, 1, 1}
		}
	}
	if other, ok := kept.group[d.group[a]]; ok && (d.opt.Level == LevelStory || d.opt.Level == LevelStoryline) {
		x := Repeat{Of: other, How: SameStory}
		if d.story[a] != d.story[other] {
			x.How = SameStoryline
		}
		var aligner cluster.Aligner
		aligner.Start(d.words.Text(a))
		x.Copied, x.Covers = aligner.Shares(d.words.Text(other))
		return &x
	}
	return nil
}
