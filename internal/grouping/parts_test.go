package grouping

import (
	"slices"
	"testing"

	"qissa/article"
	"qissa/cluster"
	"qissa/internal/parallel"
	"qissa/internal/sparse"
)

// These tests hold parts of the articles, under one model and with enough of what was
// published around them, against one run over all of them, bit for bit. Archives and
// engines rest on them.

// A whole is one run over all articles under a model of them.
type whole struct {
	model  *Model
	facts  *Facts
	links  *Links
	number map[string]int32 // of each article, by id
	at     map[[2]int32]int // number of each pair
}

func runWhole(t *testing.T, articles []article.Article) *whole {
	t.Helper()
	w := weighed(t, articles, nil)
	all := &whole{model: w.Model(), number: map[string]int32{}, at: map[[2]int32]int{}}
	all.facts, all.links = decided(t, w)
	for i := range w.Articles {
		all.number[w.Articles[i].ID] = int32(i)
	}
	for n, p := range all.facts.Pairs {
		all.at[[2]int32{p.A, p.B}] = n
	}
	return all
}

func weighed(t *testing.T, articles []article.Article, m *Model) *Weighed {
	t.Helper()
	b, err := Read(t.Context(), articles, Options{})
	if err != nil {
		t.Fatal(err)
	}
	w, err := b.Weigh(t.Context(), m)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func decided(t *testing.T, w *Weighed) (*Facts, *Links) {
	t.Helper()
	f, err := w.FindFacts(t.Context(), window, nil)
	if err != nil {
		t.Fatal(err)
	}
	l, err := f.Decide(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return f, l
}

// A part is a run over some of the articles.
type part struct {
	of     *whole
	facts  *Facts
	links  *Links
	number []int32 // of each article in the whole
}

// run runs the articles of the whole that were published in [from, to).
func (all *whole) run(t *testing.T, from, to int64) part {
	t.Helper()
	w := all.facts.weighed
	some := between(w.Articles, w.Time, from, to)
	p := part{of: all}
	p.facts, p.links = decided(t, weighed(t, some, all.model))
	for i := range p.facts.weighed.Articles {
		p.number = append(p.number, all.number[p.facts.weighed.Articles[i].ID])
	}
	return p
}

func between(articles []article.Article, times []int64, from, to int64) []article.Article {
	lo, _ := slices.BinarySearch(times, from)
	hi, _ := slices.BinarySearch(times, to)
	return articles[lo:hi]
}

// same checks the pairs whose later article was published in [from, to), with an
// earlier one from earliest on, and marks those of the whole that were met.
func (p part) same(t *testing.T, earliest, from, to int64, met []bool) {
	t.Helper()
	f, all := p.facts, p.of
	for n, pair := range f.Pairs {
		a, b := f.weighed.Time[pair.A], f.weighed.Time[pair.B]
		if b < from || b >= to || a < earliest {
			continue
		}
		k, ok := all.at[[2]int32{p.number[pair.A], p.number[pair.B]}]
		if !ok {
			t.Fatalf("pair %v is none of the whole", pair)
		}
		met[k] = true
		whole := all.facts
		if pair.Sim != whole.Pairs[k].Sim || f.Own(n) != whole.Own(k) || f.TitleCosine(n) != whole.TitleCosine(k) || f.Text[n] != whole.Text[k] {
			t.Fatalf("pair %v: facts %v %v %v %v, of the whole %v %v %v %v", pair,
				pair.Sim, f.Own(n), f.TitleCosine(n), f.Text[n], whole.Pairs[k].Sim, whole.Own(k), whole.TitleCosine(k), whole.Text[k])
		}
		if got, want := p.links.levels(n), all.links.levels(k); got != want {
			t.Fatalf("pair %v: similarity %v, of the whole %v", pair, got, want)
		}
	}
}

// levels returns both similarities of a pair.
func (l *Links) levels(n int) cluster.Levels {
	return cluster.Levels{Story: l.Same(n), Storyline: l.Line(n)}
}

// missed fails for pairs that no part has met.
func (all *whole) missed(t *testing.T, met []bool) {
	t.Helper()
	if n := len(met) - countTrue(met); n > 0 {
		t.Errorf("%d of %d pairs were found in no part", n, len(met))
	}
}

func countTrue(met []bool) (n int) {
	for _, m := range met {
		if m {
			n++
		}
	}
	return n
}

const hour = int64(3600)

// bounds returns times of the first and behind the last article.
func (all *whole) bounds() (first, end int64) {
	times := all.facts.weighed.Time
	return times[0], times[len(times)-1] + 1
}

// TestBatchesEqualTheWhole feeds articles batch by batch, each with 216 hours before
// it: what could have changed is decided anew. At the end all links, and so all groups,
// are those of one run.
func TestBatchesEqualTheWhole(t *testing.T) {
	for _, corpus := range corpora(t) {
		all := runWhole(t, corpus.articles)
		first, end := all.bounds()
		links := map[int]cluster.Levels{}
		for from := first; from < end; from += corpus.batch {
			to := min(from+corpus.batch, end)
			p := all.run(t, from-216*hour, to)
			for n, pair := range p.facts.Pairs {
				// New articles change the density of their partners, 72 hours before them,
				// and so the similarity of pairs whose other end is 72 hours further.
				if a := p.facts.weighed.Time[pair.A]; a >= from-144*hour {
					k, ok := all.at[[2]int32{p.number[pair.A], p.number[pair.B]}]
					if !ok {
						t.Fatalf("%s: pair %v is none of the whole", corpus.name, pair)
					}
					links[k] = p.links.levels(n)
				}
			}
		}
		if len(links) != len(all.facts.Pairs) || len(links) == 0 {
			t.Errorf("%s: %d pairs by batches, %d of the whole", corpus.name, len(links), len(all.facts.Pairs))
		}
		fed := *all.links
		fed.same, fed.line = sparse.New[float64](len(all.facts.Pairs)), sparse.New[float64](len(all.facts.Pairs))
		for k := range all.facts.Pairs {
			if want := all.links.levels(k); links[k] != want {
				t.Fatalf("%s: pair %d has similarity %v by batches, %v in the whole", corpus.name, k, links[k], want)
			}
			fed.add(k, links[k])
		}
		want, err := all.links.Group(t.Context(), 0.35)
		if err != nil {
			t.Fatal(err)
		}
		got, err := fed.Group(t.Context(), 0.35)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: other groups by batches, %v", corpus.name, err)
		}
		wantLines, err := all.links.Storylines(t.Context(), want, LineCut)
		if err != nil {
			t.Fatal(err)
		}
		gotLines, err := fed.Storylines(t.Context(), got, LineCut)
		if err != nil || !slices.Equal(gotLines, wantLines) {
			t.Errorf("%s: other storylines by batches, %v", corpus.name, err)
		}
		t.Logf("%s: %d articles, %d pairs, equal by batches of %d hours", corpus.name, len(corpus.articles), len(links), corpus.batch/hour)
	}
}

// TestShardsEqualTheWhole runs stretches of time with 144 hours before and 72 after
// them.
func TestShardsEqualTheWhole(t *testing.T) {
	for _, corpus := range corpora(t) {
		all := runWhole(t, corpus.articles)
		first, end := all.bounds()
		met := make([]bool, len(all.facts.Pairs))
		for from := first; from < end; from += 3 * corpus.batch {
			to := min(from+3*corpus.batch, end)
			all.run(t, from-144*hour, to+72*hour).same(t, from-72*hour, from, to, met)
		}
		all.missed(t, met)
	}
}

// TestFactsOfBatchesEqualTheWhole finds the facts of each batch with what was published
// 144 hours before it, also where hundreds of copies are about, and decides once.
func TestFactsOfBatchesEqualTheWhole(t *testing.T) {
	for _, corpus := range corpora(t) {
		articles := withCopies(corpus.articles)
		all := runWhole(t, articles)
		first, end := all.bounds()
		w := all.facts.weighed
		met := make([]bool, len(all.facts.Pairs))
		merged := &Facts{weighed: w, window: window, Folded: slices.Clone(all.facts.Folded), Pairs: all.facts.Pairs, Text: make([]Text, len(met))}
		own, title := make([]cluster.Levels, len(met)), make([]float32, len(met))
		for from := first; from < end; from += corpus.batch {
			to := min(from+corpus.batch, end)
			some := between(w.Articles, w.Time, from-144*hour, to)
			batch := weighed(t, some, all.model)
			fresh := func(i int32) bool { return batch.Time[i] >= from }
			f, err := batch.FindFacts(t.Context(), window, fresh)
			if err != nil {
				t.Fatal(err)
			}
			for n, pair := range f.Pairs {
				k, ok := all.at[[2]int32{all.number[batch.Articles[pair.A].ID], all.number[batch.Articles[pair.B].ID]}]
				if !ok || met[k] || pair.Sim != all.facts.Pairs[k].Sim {
					t.Fatalf("%s: pair %v: in the whole %v, met before %v", corpus.name, pair, ok, ok && met[k])
				}
				met[k] = true
				merged.Text[k], own[k], title[k] = f.Text[n], f.Own(n), f.TitleCosine(n)
			}
		}
		all.missed(t, met)
		for b := range parallel.Blocks(len(met)) {
			from, to := parallel.Range(b, len(met))
			merged.own, merged.title = append(merged.own, own[from:to]), append(merged.title, title[from:to])
		}
		links, err := merged.Decide(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		far := 0
		for k := range met {
			if got, want := links.levels(k), all.links.levels(k); got != want {
				t.Fatalf("%s: pair %d has similarity %v by batches, %v in the whole", corpus.name, k, got, want)
			}
			if !all.links.IsNear(k) {
				far++
			}
		}
		folded := 0
		for i := range w.Articles {
			if all.links.IsFolded(int32(i)) {
				folded++
			}
		}
		if far == 0 || folded == 0 {
			t.Errorf("%s: %d pairs far, %d articles folded: nothing is tested", corpus.name, far, folded)
		}
		t.Logf("%s: %d articles, %d pairs, %d of them far, %d articles folded", corpus.name, len(articles), len(met), far, folded)
	}
}

// TestStorylinesOfStretchesEqualTheWhole finds storylines from the links of a stretch of
// time and of what stands within LineSpan and a window before and after it: those of the
// stretch are those of the whole.
func TestStorylinesOfStretchesEqualTheWhole(t *testing.T) {
	for _, corpus := range corpora(t) {
		all := runWhole(t, corpus.articles)
		stories, lines := storiesAndLines(t, all.links)
		first, end := all.bounds()
		around, partial := Seconds(LineSpan)+Seconds(window), 0
		for from := first; from < end; from += corpus.batch {
			to := min(from+corpus.batch, end)
			if from-around > first || to+around < end {
				partial++
			}
			gotStories, gotLines := storiesAndLines(t, all.links.between(from-around, to+around))
			for i, at := range all.links.time {
				if from <= at && at < to && (gotStories[i] != stories[i] || gotLines[i] != lines[i]) {
					t.Fatalf("%s: article %d in story %d, storyline %d of a stretch, %d and %d of the whole", corpus.name, i, gotStories[i], gotLines[i], stories[i], lines[i])
				}
			}
		}
		if partial == 0 {
			t.Errorf("%s: every stretch holds all articles: nothing is tested", corpus.name)
		}
	}
}

func storiesAndLines(t *testing.T, l *Links) (stories, lines cluster.Partition) {
	t.Helper()
	stories, err := l.Group(t.Context(), 0.3)
	if err != nil {
		t.Fatal(err)
	}
	if lines, err = l.Storylines(t.Context(), stories, LineCut); err != nil {
		t.Fatal(err)
	}
	return stories, lines
}

// between returns the links between articles that were published in [from, to).
func (l *Links) between(from, to int64) *Links {
	var pairs []cluster.Pair
	var same []cluster.Levels
	for n, p := range l.Pairs {
		if l.time[p.A] >= from && l.time[p.B] < to {
			pairs, same = append(pairs, p), append(same, l.levels(n))
		}
	}
	return LinksOf(l.time, pairs, same)
}
