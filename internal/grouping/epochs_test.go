package grouping

import (
	"slices"
	"testing"
	"time"

	"qissa/article"
	"qissa/cluster"
	"qissa/internal/corpus"
)

// TestPairsAreWeighedByTheLaterArticle compares articles under three models, one after
// the other in time: each pair has the facts that it has under the model of its later
// article alone, and the similarity that the decision of that model makes of them and of
// how dense the surroundings are.
func TestPairsAreWeighedByTheLaterArticle(t *testing.T) {
	articles := withCopies(madeUp(600))
	for i := range 20 {
		articles[i*7].Time, articles[i*7].Precision = time.Time{}, article.None
	}
	all := weighed(t, articles, nil)
	n := len(all.Articles)
	model := func(to int, bias float64) *Model {
		m := *weighed(t, all.Articles[:to], nil).Model()
		m.Boilerplate = corpus.Boilerplate{}
		m.Decisions.Story.Bias += bias
		return &m
	}
	models := []*Model{model(n/4, 0), model(n/2, 0.3), model(n, -0.2)}
	starts := []int64{all.Time[n/3], all.Time[2*n/3] + 1}
	b, err := Read(t.Context(), articles, Options{})
	if err != nil {
		t.Fatal(err)
	}
	w, err := b.Weigh(t.Context(), models[0], Epoch{starts[0], models[1]}, Epoch{starts[1], models[2]}, Epoch{all.Time[n-21] + 1, models[2]})
	if err != nil {
		t.Fatal(err)
	}
	facts, links := decided(t, w)
	epoch := func(i int32) int {
		k := 0
		for k < len(starts) && (w.Time[i] == cluster.Undated || w.Time[i] >= starts[k]) {
			k++
		}
		return k
	}
	alone := make([]*Facts, len(models))
	at := make([]map[[2]int32]int, len(models))
	for k, m := range models {
		alone[k], at[k] = mustFacts(t, weighed(t, articles, m)), map[[2]int32]int{}
		for n, p := range alone[k].Pairs {
			if epoch(p.B) == k {
				at[k][[2]int32{p.A, p.B}] = n
			}
		}
	}
	neighbours := facts.Neighbourhood().Comparer()
	near := facts.near()
	copies, across, decidedOn := facts.copiesFar(near), 0, 0
	for n, p := range facts.Pairs {
		k := epoch(p.B)
		one, pair := alone[k], [2]int32{p.A, p.B}
		i, ok := at[k][pair]
		if !ok || one.Pairs[i].Sim != p.Sim || one.Own(i) != facts.Own(n) || one.TitleCosine(i) != facts.TitleCosine(n) || one.Text[i] != facts.Text[n] {
			t.Fatalf("pair %v of epoch %d: found %v, other facts than under its model alone", p, k, ok)
		}
		delete(at[k], pair)
		if epoch(p.A) != k {
			across++
		}
		if _, fixed := facts.fixed(n, near, copies); !fixed {
			decidedOn++
			if want := models[k].Decisions.Decide(facts.Own(n), neighbours, p); want != links.levels(n) {
				t.Fatalf("pair %v of epoch %d: similarities %v, want %v", p, k, links.levels(n), want)
			}
		}
	}
	for k := range at {
		for pair := range at[k] {
			t.Fatalf("pair %v of epoch %d was not found", pair, k)
		}
	}
	if across < 50 || decidedOn < 500 || !slices.ContainsFunc(facts.Folded, func(of int32) bool { return of != notFolded }) {
		t.Errorf("%d pairs of two epochs, %d decided on: nothing is tested", across, decidedOn)
	}
	if same := mustFacts(t, weighed(t, articles, models[0])); slices.Equal(same.Pairs, facts.Pairs) {
		t.Error("three models give what one gives: nothing is tested")
	}
}

func mustFacts(t *testing.T, w *Weighed) *Facts {
	t.Helper()
	f, err := w.FindFacts(t.Context(), window, nil)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// TestWordsAreThoseOfTheirEpoch knows boilerplate in the second epoch only: the words of
// each article are those under the model of its own time, and so is how rare they are.
func TestWordsAreThoseOfTheirEpoch(t *testing.T) {
	articles := madeUp(300)
	all := weighed(t, articles, nil)
	n, half := len(all.Articles), len(all.Articles)/2
	before := weighed(t, all.Articles[:3], nil).Model()
	after := *all.Model()
	for i := range n {
		words := all.Batch.Words.All(i)
		g := corpus.NGram{Outlet: all.Articles[i].Source}
		for k := range g.Words {
			g.Words[k] = all.Batch.Words.Words[words[len(words)-len(g.Words)+k]]
		}
		after.Boilerplate.Ends = append(after.Boilerplate.Ends, g)
	}
	b, err := Read(t.Context(), articles, Options{})
	if err != nil {
		t.Fatal(err)
	}
	w, err := b.Weigh(t.Context(), before, Epoch{all.Time[half], &after})
	if err != nil {
		t.Fatal(err)
	}
	shorter := 0
	for i := range n {
		if got := w.Words.Own(i); i >= half && got < all.Words.Own(i) {
			shorter++
		} else if i < half && got != all.Words.Own(i) {
			t.Fatalf("article %d has %d words, %d under the model of its time", i, got, all.Words.Own(i))
		}
	}
	if shorter != n-half {
		t.Errorf("%d of %d articles are without their last words", shorter, n-half)
	}
	for k, m := range []*Model{before, &after} {
		one := weighed(t, articles, m)
		i := []int{half - 1, n - 1}[k]
		rarity, of := one.Rarity()(i), map[string]float64{}
		for term, x := range rarity {
			of[one.Words.Terms[term]] = x
		}
		for term, x := range w.Rarity()(i) {
			if of[w.Words.Terms[term]] != x {
				t.Fatalf("epoch %d: %q has rarity %v, %v under its model alone", k, w.Words.Terms[term], x, of[w.Words.Terms[term]])
			}
		}
		mentions, unknown := w.Mentions(i)
		mentionsAlone, unknownAlone := one.Mentions(i)
		if mentions != mentionsAlone || unknown != unknownAlone || unknown == 0 && k == 0 {
			t.Errorf("epoch %d: %d of %d mentions unknown, %d of %d alone", k, unknown, mentions, unknownAlone, mentionsAlone)
		}
	}
}
