package grouping

import (
	"context"
	"slices"
	"time"
	"unsafe"

	"qissa/cluster"
	"qissa/internal/corpus"
	"qissa/internal/overlap"
	"qissa/internal/parallel"
	"qissa/internal/sparse"
)

// alignCosine is the least cosine of whole texts at which words are aligned before
// grouping: half a text in common gives more.
const alignCosine = 0.4

// partsWithin is how far apart parts of an agency item come at most: they are sent one
// after the other, and the weekly session of a cabinet has the same title each week.
const partsWithin = 24 * time.Hour

// nightLong is how far apart reports of a rising toll come at most; bulletins of a day
// come a day apart.
const nightLong = 18 * time.Hour

// A Text tells what the words of two articles alone say of them.
type Text uint8

// The kinds of text facts.
const (
	Different  Text = iota // the cosine of the whole texts is too low to ask
	Unaligned              // alike, but far from the nearest of many: not aligned
	Aligned                // aligned, and neither of the following
	OneText                // nearly all words of each stand in the other
	OtherIssue             // one template filled in with other numbers
	OtherDay               // bulletins of different days
	OneItem                // parts of one agency item
	Folded                 // the same words, of which there are so many that the later one is set aside
)

// Facts are what is true of pairs of articles, whatever else there is.
type Facts struct {
	Pairs   []cluster.Pair // by (A, B); Sim is the mixed cosine
	Text    []Text         // of each pair
	Folded  []int32        // for each article that is set aside the one it follows, else -1; nil for none
	Counts  cluster.JoinCounts
	Overlap sparse.Values[overlap.Overlap] // of the pairs whose words were aligned

	Features sparse.Values[[cluster.NumOwn]float64] // of the pairs that [Options].Features asks for

	weighed  *Weighed
	window   time.Duration
	asked    func(a, b int32) bool // the pairs that are asked for; nil for all
	fresh    func(i int32) bool    // of articles with one of which they are; nil where that is not known
	some     bool                  // others are found elsewhere: which are near is not known
	era      *era                  // of the later articles; nil where they are of several
	compared []bool                // of each article: neither too short nor folded; likewise
	own      [][]cluster.Levels    // log odds of the features that the two have by themselves, by block of pairs
	title    [][]float32           // title cosine, by block of pairs
}

// Own returns the log odds that the pair is one story, and that it is of one storyline,
// as far as the two articles tell by themselves.
func (f *Facts) Own(pair int) cluster.Levels { return f.own[pair/parallel.Block][pair%parallel.Block] }

// TitleCosine returns the cosine of the titles of a pair.
func (f *Facts) TitleCosine(pair int) float32 {
	return f.title[pair/parallel.Block][pair%parallel.Block]
}

// Neighbourhood sums up the pairs of each article.
func (f *Facts) Neighbourhood() *cluster.Neighbourhood {
	return cluster.Neighbours(len(f.weighed.Time), f.Pairs, f.TitleCosine, f.weighed.opt.Jobs)
}

// FindFacts finds the pairs of similar articles within the window, 0 for no limit,
// and what is true of each. Fresh limits the pairs to those with an article for which it is true; nil for all.
//
// The result is exact. Cost linear in the words and in the similar pairs. The rows by
// which pairs are found and those by which they are decided on take the most memory
// of a run, and never exist together.
func (w *Weighed) FindFacts(ctx context.Context, window time.Duration, fresh func(i int32) bool) (*Facts, error) {
	around, err := w.surroundings(ctx, window)
	if err != nil {
		return nil, err
	}
	f := &Facts{weighed: w, window: window, fresh: fresh}
	if fresh != nil {
		f.asked = func(a, b int32) bool { return fresh(a) || fresh(b) }
	}
	return f.find(ctx, around)
}

// find finds the facts of the pairs that are asked for.
func (f *Facts) find(ctx context.Context, around *surroundings) (*Facts, error) {
	w := f.weighed
	items := w.Words.FindItems()
	var parts []*Facts
	for k := range w.eras {
		if k < len(w.eras)-1 && !f.reaches(&w.eras[k]) {
			continue
		}
		part := *f
		part.Folded, part.compared, part.era = around.folded, around.compared, &w.eras[k]
		part.limit()
		cosines, err := part.join(ctx, around.instances)
		if err != nil {
			return nil, err
		}
		if err := part.findOwn(ctx, cosines, around.bulletins, items); err != nil {
			return nil, err
		}
		parts = append(parts, &part)
	}
	all := merged(parts)
	return all, all.align(ctx)
}

// inPairs returns which articles are in a pair.
func (f *Facts) inPairs() []bool {
	in := make([]bool, len(f.compared))
	for _, p := range f.Pairs {
		in[p.A], in[p.B] = f.compared[p.A], f.compared[p.B]
	}
	return in
}

// Rows returns the rows by which pairs are found. Those of articles too short to be
// compared are empty.
func (w *Weighed) Rows(ctx context.Context) (cluster.Rows, error) {
	compared, err := w.compared(ctx, nil)
	if err != nil {
		return cluster.Rows{}, err
	}
	e := &w.eras[len(w.eras)-1]
	sections, err := e.weights.Sections(ctx, e.words, w.lengths, compared, w.opt.Jobs)
	if err != nil {
		return cluster.Rows{}, err
	}
	return sections.Rows, nil
}

// join finds the pairs, and their cosines by section.
func (f *Facts) join(ctx context.Context, instances instances) ([][]cluster.Cosines, error) {
	w, e, opt := f.weighed, f.era, f.weighed.opt
	sections, err := e.weights.Sections(ctx, e.words, w.lengths, f.compared, opt.Jobs)
	if err != nil {
		return nil, err
	}
	join := cluster.Join{
		MinSim: e.model.LeastSim, Window: Seconds(f.window), Nearest: w.limits.partners, Jobs: opt.Jobs, Progress: opt.stage(StageComparing),
		Compared: func(a, b int32) bool { return int(max(a, b)) >= e.from && instances.near(a, b) },
		Spill:    func(pairs []cluster.Pair) []cluster.Pair { return spilled(pairs, opt.Spill) },
	}
	if f.asked != nil {
		join.Compared = func(a, b int32) bool {
			return int(max(a, b)) >= e.from && f.asked(a, b) && instances.near(a, b)
		}
	}
	f.Pairs, f.Counts, err = cluster.Pairs(ctx, sections.Rows, w.Time, join)
	if err != nil {
		return nil, err
	}
	f.pairFolded()
	opt.stage(StageSections)
	return sectionCosines(ctx, sections, f.Pairs, opt)
}

// pairFolded adds the pairs of folded articles with those that they follow.
func (f *Facts) pairFolded() {
	found := len(f.Pairs)
	for i, of := range f.Folded {
		if of != notFolded && f.era.from <= i && i < f.era.to && (f.asked == nil || f.asked(of, int32(i))) {
			f.Pairs = append(f.Pairs, cluster.Pair{A: of, B: int32(i), Sim: 1})
		}
	}
	if len(f.Pairs) > found {
		slices.SortFunc(f.Pairs, byArticles)
	}
}

// sectionCosines returns the cosines of all pairs by section, by block of pairs. They
// are spilled: they are read once.
func sectionCosines(ctx context.Context, sections *cluster.Sections, pairs []cluster.Pair, opt Options) ([][]cluster.Cosines, error) {
	all := make([][]cluster.Cosines, parallel.Blocks(len(pairs)))
	comparers := make([]*cluster.SectionComparer, opt.Jobs)
	for w := range comparers {
		comparers[w] = sections.Comparer()
	}
	return all, parallel.ForBlocks(ctx, len(all), opt.Jobs, nil, func(worker, b int) {
		from, to := parallel.Range(b, len(pairs))
		cosines := make([]cluster.Cosines, to-from)
		for i, p := range pairs[from:to] {
			comparers[worker].Prefetch(pairs[from+i : to])
			cosines[i] = comparers[worker].Cosines(p)
		}
		all[b] = spilled(cosines, opt.Spill)
	})
}

// toAlign marks, until words are aligned, a pair whose whole texts are alike.
const toAlign Text = 1 << 7

// findOwn finds what the decision reads of the two articles of a pair alone.
func (f *Facts) findOwn(ctx context.Context, cosines [][]cluster.Cosines, bulletins corpus.Bulletins, items corpus.Items) error {
	w, opt := f.weighed, f.weighed.opt
	opt.stage(StageFirstWords)
	documents, err := w.documents(ctx, f.era, f.inPairs())
	if err != nil {
		return err
	}
	f.Text = make([]Text, len(f.Pairs))
	f.Features = sparse.New[[cluster.NumOwn]float64](len(f.Pairs))
	f.own, f.title = make([][]cluster.Levels, len(cosines)), make([][]float32, len(cosines))
	comparers := documents.Comparers(opt.Jobs)
	return parallel.ForBlocks(ctx, len(cosines), opt.Jobs, nil, func(worker, b int) {
		from, to := parallel.Range(b, len(f.Pairs))
		own, title := make([]cluster.Levels, to-from), make([]float32, to-from)
		for i, p := range f.Pairs[from:to] {
			comparers[worker].Prefetch(f.Pairs[from+i:])
			cos := cosines[b][i]
			features := comparers[worker].Own(p, cos)
			if opt.Features != nil && opt.Features(p.A, p.B) {
				f.Features.Add(from+i, features)
			}
			own[i], title[i] = f.era.model.Decisions.Own(features), cos[cluster.Title]
			f.Text[from+i] = f.text(p, cos, bulletins, items)
		}
		f.own[b], f.title[b] = spilled(own, opt.Spill), spilled(title, opt.Spill)
	})
}

// text tells what is known of the words of a pair before they are aligned.
func (f *Facts) text(p cluster.Pair, cos cluster.Cosines, bulletins corpus.Bulletins, items corpus.Items) Text {
	t := Different
	switch {
	case isFolded(f.Folded, p.B):
		return Folded
	case bulletins.OtherDay(p.A, p.B):
		t = OtherDay
	case items.Same(p.A, p.B) && !f.weighed.Apart(p.A, p.B, partsWithin):
		t = OneItem
	case cos[cluster.Whole] >= alignCosine:
		t = Unaligned
	}
	if cos[cluster.Whole] >= alignCosine {
		t |= toAlign
	}
	return t
}

// documents returns what the decision reads of the articles, under the model of an era.
func (w *Weighed) documents(ctx context.Context, e *era, compared []bool) (*cluster.Documents, error) {
	views, err := e.weights.Views(ctx, e.words, w.lengths, compared, w.opt.Jobs)
	if err != nil {
		return nil, err
	}
	n := e.words.Len()
	d := &cluster.Documents{
		Headline: views.Headline, Opening: views.Opening, Decayed: views.Decayed,
		Rarity: e.weights.IDF[cluster.Whole], Number: make([]bool, len(e.words.Terms)), Time: w.Time,
		Source: make([]int32, 0, n), Length: make([]int32, n), Trend: make([]int8, n),
		Place: make([]bool, len(e.words.Terms)), Cues: make([]cluster.Cues, n),
	}
	for n, term := range e.words.Terms {
		d.Place[n] = corpus.IsPlace(term)
		d.Number[n] = term != "" && term[0] >= '0' && term[0] <= '9'
	}
	sources := map[string]int32{"": -1}
	for i := range w.Articles {
		name := w.Articles[i].Source
		if _, ok := sources[name]; !ok {
			sources[name] = int32(len(sources))
		}
		d.Source = append(d.Source, sources[name])
	}
	return d, parallel.Each(ctx, n, w.opt.Jobs, nil, func(_, i int) {
		d.Cues[i] = e.words.Cues(i)
		d.Length[i], d.Trend[i] = int32(e.words.Indexed(i)), e.words.Trend(i)
	})
}

// align aligns the words of the pairs that are alike and near, and of folded ones.
func (f *Facts) align(ctx context.Context) (err error) {
	opt := f.weighed.opt
	opt.stage(StageAligning)
	near := f.near()
	f.Overlap, err = overlap.Align(ctx, f.weighed.Words, f.Pairs, opt.Jobs, func(n int) bool {
		unknown := f.some && f.weighed.Time[f.Pairs[n].B] == cluster.Undated // see [Together]
		return f.Text[n]&toAlign != 0 && (isNear(near, n) || unknown) || f.Text[n] == Folded
	})
	for n := range f.Text {
		f.Text[n] &^= toAlign
		if o := f.Overlap.At(n); o != nil && f.Text[n] == Unaligned {
			if f.Text[n] = textOf(o); f.Text[n] == OtherIssue && f.tollRises(f.Pairs[n]) {
				f.Text[n] = Aligned
			}
		}
	}
	return err
}

// near returns which pairs, by number, are compared word by word; nil for all.
func (f *Facts) near() sparse.Values[struct{}] {
	return nearPairs(len(f.weighed.Time), f.Pairs, f.weighed.limits.near)
}

// tollRises reports whether the later of two articles of one night tells of as many
// victims as the earlier one or more: what is written in the same words is then no other
// issue, but the same night later on.
func (f *Facts) tollRises(p cluster.Pair) bool {
	w, a, b := f.weighed, int(p.A), int(p.B)
	if w.Time[a] == cluster.Undated || w.Time[b] == cluster.Undated || w.Apart(p.A, p.B, nightLong) {
		return false
	}
	before, after := w.Words.Toll(a), w.Words.Toll(b)
	return before > 0 && before <= after
}

func textOf(o *overlap.Overlap) Text {
	switch {
	case o.Copied(overlap.OneText):
		return OneText
	case o.OtherIssue():
		return OtherIssue
	}
	return Aligned
}

// spilled moves values to where spill puts them; nil leaves them.
func spilled[T float32 | cluster.Levels | cluster.Cosines | cluster.Pair](values []T, spill func([]byte) []byte) []T {
	if spill == nil || len(values) == 0 {
		return values
	}
	kept := spill(unsafe.Slice((*byte)(unsafe.Pointer(&values[0])), len(values)*int(unsafe.Sizeof(values[0]))))
	return unsafe.Slice((*T)(unsafe.Pointer(&kept[0])), len(values))
}
