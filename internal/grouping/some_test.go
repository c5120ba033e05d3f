package grouping

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"qissa/article"
	"qissa/cluster"
	"qissa/internal/invented"
)

// mixed are articles on few events of a week, with copies, edited copies, templates, the
// same words many times, articles of one outlet and, if asked for, some without a date.
func mixed(r *rand.Rand, n int, undated bool) []article.Article {
	all := make([]article.Article, n)
	for i := range all {
		body := invented.Report(r, r.IntN(n/6), 30+r.IntN(30), 2)
		if i > 0 && r.IntN(2) == 0 {
			body = strings.Fields(all[r.IntN(min(i, 9))].Body)
			switch r.IntN(4) {
			case 0:
				body[r.IntN(len(body))] = invented.Common(r)
			case 1:
				body = append(body, fmt.Sprint(1000+r.IntN(50)), fmt.Sprint(2000+i), fmt.Sprint(3000+i), fmt.Sprint(4000+i))
			}
		}
		all[i] = article.Article{
			ID: fmt.Sprint(i), Source: fmt.Sprint("outlet ", r.IntN(3)), Title: strings.Join(body[:5], " "), Body: strings.Join(body, " "),
			Time: time.Date(2025, 7, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(r.IntN(7*86400)) * time.Second), Precision: article.Exact,
		}
		if undated && r.IntN(4) == 0 {
			all[i].Time, all[i].Precision = time.Time{}, article.None
		}
	}
	return all
}

// A search is how facts are looked for.
type search struct {
	limits limits
	window time.Duration
	model  *Model
	epochs []Epoch
	fresh  func(i int32) bool
}

func (s search) weigh(t *testing.T, articles []article.Article) *Weighed {
	t.Helper()
	b, err := Read(t.Context(), articles, Options{})
	if err != nil {
		t.Fatal(err)
	}
	b.limits = s.limits
	w, err := b.Weigh(t.Context(), s.model, s.epochs...)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// inParts finds the facts of articles, each of which is in a part, in two parts at a time,
// and tells how many were found so.
func (s search) inParts(t *testing.T, all *Weighed, part []int, parts int) (together []Fact, found int) {
	t.Helper()
	of := func(p, q int) (some []int32, articles []article.Article) {
		for i := range part {
			if part[i] == p || part[i] == q {
				some, articles = append(some, int32(i)), append(articles, all.Articles[i])
			}
		}
		return some, articles
	}
	marks := make([]Mark, len(part))
	for p := range parts {
		some, articles := of(p, p)
		found, err := s.weigh(t, articles).Marks(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		for k, i := range some {
			marks[i] = found[k]
		}
	}
	around := s.limits.around(all.Time, marks, s.window)
	for p := range parts {
		for q := range p + 1 {
			some, articles := of(p, q)
			f, err := s.weigh(t, articles).FindSome(t.Context(), s.window, around, some, func(a, b int32) bool {
				return s.fresh(some[max(a, b)]) && (p == q || part[some[a]] != part[some[b]])
			})
			if err != nil {
				t.Fatal(err)
			}
			for n := range f.Pairs {
				x := f.Fact(n)
				x.A, x.B = some[x.A], some[x.B]
				together = append(together, x)
			}
		}
	}
	found = len(together)
	return s.limits.together(all.Time, together, s.epochs), found
}

// Facts found in parts, two at a time, are those of all articles together: whatever is set
// aside, too far among its like, or past the bounds of partners and of what is aligned.
func TestFactsOfPartsAreThoseOfAll(t *testing.T) {
	cut, kinds := 0, map[Text]int{}
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 31))
		articles := mixed(r, 30+r.IntN(120), seed%3 == 0)
		s := search{
			limits: limits{duplicates: 1 + r.IntN(5), instances: int32(1 + r.IntN(6)), near: 1 + r.IntN(6), partners: cluster.Nearest{Dated: 1 + r.IntN(12), Undated: 1 + r.IntN(12), Alike: 0.7}},
			window: []time.Duration{72 * time.Hour, 20 * time.Hour, 0}[r.IntN(3)],
			model:  weighed(t, articles[:20], nil).Model(),
			epochs: []Epoch{{Start: time.Date(2025, 7, 4, 0, 0, 0, 0, time.UTC).Unix(), Model: weighed(t, articles, nil).Model()}}[:r.IntN(2)],
			fresh:  func(i int32) bool { return i >= 10 },
		}
		all := s.weigh(t, articles)
		whole, err := all.FindFacts(t.Context(), s.window, s.fresh)
		if err != nil {
			t.Fatal(err)
		}
		var want []Fact
		for n := range whole.Pairs {
			want = append(want, whole.Fact(n))
			kinds[whole.Text[n]]++
		}
		part := make([]int, len(all.Time))
		for i := range part {
			part[i] = r.IntN(4)
		}
		got, found := s.inParts(t, all, part, 4)
		if !slices.Equal(got, want) {
			t.Fatalf("seed %d, limits %+v, window %v: %d facts, want %d", seed, s.limits, s.window, len(got), len(want))
		}
		cut += found - len(got)
	}
	for text := range Folded + 1 {
		if kinds[text] < 50 && text != OtherDay && text != OneItem {
			t.Errorf("%d facts of kind %d: nothing is tested", kinds[text], text)
		}
	}
	if cut < 100 {
		t.Errorf("%d facts were left out: nothing is tested", cut)
	}
}
