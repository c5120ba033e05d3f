package archive

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"qissa"
	"qissa/article"
	"qissa/internal/invented"
	"qissa/internal/needs"
)

// Twins are two archives of one history, of which one forgets.
type twins struct {
	*history          // keeps all
	short    *history // forgets
	keep     time.Duration
	late     int // articles that were too old
}

func newTwins(t *testing.T, seed uint64) *twins {
	h := newHistory(t, seed, 40)
	h.pool = pool(h.rand, 300, 60, h.opt.Window)
	other := newHistory(t, seed, 40)
	other.opt, other.pool, other.model = h.opt, h.pool, h.model
	w := &twins{history: h, short: other, keep: (time.Duration(behind(int64(h.opt.Window/time.Second)))*time.Second + 2*h.opt.Window)}
	other.write("keep", func(ctx context.Context, a *Archive) (*Summary, error) { return &Summary{}, a.SetKeep(ctx, w.keep) })
	return w
}

// affair returns reports on what goes on for weeks, each another version of the one before
// and not a window after it, but for every seventh, which comes late. Equal steps of time
// would be those of a crawler, which tells its articles, old ones too, in another way.
func affair(r *rand.Rand, window time.Duration) (intime, late []article.Article) {
	words := invented.Report(r, 900, 60, 3)
	for i, at := 0, start.Add(8*24*time.Hour); at.Before(start.Add(40 * 24 * time.Hour)); i, at = i+1, at.Add(window*7/10) {
		for range 12 {
			words[r.IntN(len(words))] = invented.Word(r.IntN(4096))
		}
		a := article.Article{
			ID: fmt.Sprint("affair-", i), Source: fmt.Sprint("outlet ", i%5), Title: strings.Join(words[:6], " "), Body: strings.Join(words, " "),
			Time: at.Add(time.Duration(r.Int64N(int64(window / 10)))), Precision: article.Exact, Origin: article.Origin{File: "affair.jsonl", Line: i + 1, Item: i + 1},
		}
		if i%7 == 6 {
			late = append(late, a)
		} else {
			intime = append(intime, a)
		}
	}
	return intime, late
}

// both makes a batch of both.
func (w *twins) both(what string, do func(ctx context.Context, a *Archive) (*Summary, error)) *Summary {
	w.t.Helper()
	w.short.now = w.now
	w.history.write(what, do)
	return w.short.write(what, do)
}

// horizon returns the time before which nothing is let in.
func (w *twins) horizon() time.Time {
	a := w.short.read()
	defer a.Close()
	return a.Horizon()
}

// feedBoth feeds articles; the one that keeps all is not given those that are too old.
func (w *twins) feedBoth(articles []article.Article) {
	w.t.Helper()
	horizon := w.horizon()
	intime := slices.DeleteFunc(slices.Clone(articles), func(a article.Article) bool { return when(&a, w.now) < horizon.Unix() })
	w.short.now = w.now
	w.history.feed(intime)
	w.late += w.short.feed(articles).TooOld
}

// step does something of what users do, with what is not too old.
func (w *twins) step(fresh []article.Article) {
	w.t.Helper()
	horizon := w.horizon()
	var intime []article.Article
	for id, a := range w.fed {
		if !a.Time.Before(horizon) {
			a.ID = id
			intime = append(intime, a)
		}
	}
	slices.SortFunc(intime, func(a, b article.Article) int { return strings.Compare(a.ID, b.ID) })
	one := func() article.Article { return intime[w.rand.IntN(len(intime))] }
	switch x := w.rand.IntN(8); {
	case x == 0 && len(intime) > 5:
		a := one()
		delete(w.fed, a.ID)
		w.gone[a.ID], w.short.gone[a.ID] = true, true
		w.both("withdraw "+a.ID, func(ctx context.Context, x *Archive) (*Summary, error) {
			return x.Withdraw(ctx, Batch{At: w.now}, []string{a.ID}, false, w.opt)
		})
	case x == 1 && len(intime) > 5:
		a, b := one(), one()
		c := Correction{Correction: qissa.Correction{Together: w.rand.IntN(2) == 0, A: a.ID, B: b.ID, Where: "here:1"}}
		far := a.Time.Sub(b.Time).Abs() > 5*w.opt.Window // a part as long as that holds back what is forgotten
		if a.ID == b.ID || far || qissa.Contradiction(append(slices.Clone(w.orders), c.Correction)) != nil {
			break
		}
		w.orders = append(w.orders, c.Correction)
		w.both(fmt.Sprint("correct ", c), func(ctx context.Context, x *Archive) (*Summary, error) {
			return x.Correct(ctx, Batch{At: w.now}, []Correction{c}, w.opt)
		})
	case x == 2 && len(intime) > 5:
		a := one()
		a.Title += " " + w.pool[w.rand.IntN(len(w.pool))].Title
		w.feedBoth([]article.Article{a})
	case x == 3:
		again := slices.Clone(w.pool[:w.rand.IntN(len(w.pool))]) // known, new, and too old; without a time it would be of today
		w.feedBoth(slices.DeleteFunc(again, func(a article.Article) bool { return a.Time.IsZero() }))
	}
	w.feedBoth(fresh)
}

// compare holds the archive that forgets against the other one.
func (w *twins) compare() (forgotten int) {
	w.t.Helper()
	ctx := w.t.Context()
	short, long := w.short.read(), w.read()
	defer short.Close()
	defer long.Close()
	got, err := short.Result(ctx, All, nil)
	if err != nil {
		w.t.Fatal(err)
	}
	want, err := long.Result(ctx, All, nil)
	if err != nil {
		w.t.Fatal(err)
	}
	there := map[string]bool{}
	for _, a := range got.Articles {
		there[a.ID] = true
	}
	x, y := files(w.t, got), files(w.t, want)
	for name, of := range map[string]func([]byte) []byte{
		"stories.jsonl": func(b []byte) []byte { return storiesOf(w.t, b, there) },
		"pairs.jsonl": func(b []byte) []byte {
			left, err := pairsOf(b, func(id string) bool { return there[id] })
			if err != nil {
				w.t.Fatal(err)
			}
			return left
		},
		"articles.csv": func(b []byte) []byte { return rowsOf(w.t, b, there) },
	} {
		if a, b := of(x[name]), of(y[name]); !bytes.Equal(a, b) {
			w.t.Fatalf("%s is another than without pruning: %s\nhistory: %s", name, firstDifference(a, b), strings.Join(w.short.log, "; "))
		}
	}
	newest := time.Time{}
	for _, a := range want.Articles {
		if a.HasClock() && a.Time.After(newest) {
			newest = a.Time
		}
	}
	for _, s := range want.Stories {
		in := 0
		for _, m := range s.Members {
			if there[want.Articles[m.Article].ID] {
				in++
			}
		}
		if in > 0 {
			if in < len(s.Members) {
				w.t.Errorf("%s lost %d of %d articles", s.ID, len(s.Members)-in, len(s.Members))
			}
			continue
		}
		forgotten++
		if id, state, err := short.Resolve(ctx, s.ID); id != s.ID || state != pruned || err != nil {
			w.t.Errorf("%s was forgotten, and leads to %s, which is %s, %v", s.ID, id, state, err)
		}
		if _, state, _ := long.Resolve(ctx, s.ID); state != "closed" {
			w.t.Errorf("%s was forgotten, but is %s", s.ID, state)
		}
		if last := want.Articles[s.Members[len(s.Members)-1].Article].Time; !last.Before(newest.Add(-w.keep)) {
			w.t.Errorf("%s was forgotten, but ended at %v", s.ID, last)
		}
	}
	if wrong, err := short.Check(ctx); err != nil || len(wrong) > 0 {
		w.t.Fatalf("check: %v %q\nhistory: %s", err, wrong, strings.Join(w.short.log, "; "))
	}
	w.short.checkOutlets()
	return forgotten
}

// storiesOf returns the lines of the stories whose first articles are there, and of
// their neighbours those that are, with their fields in the order of letters.
func storiesOf(t *testing.T, lines []byte, there map[string]bool) []byte {
	t.Helper()
	type record struct {
		ID       string
		Articles []struct{ ID string }
	}
	first := map[string]string{}
	for line := range bytes.Lines(lines) {
		var r record
		if err := json.Unmarshal(line, &r); err != nil {
			t.Fatal(err)
		}
		first[r.ID] = r.Articles[0].ID
	}
	var all []byte
	for line := range bytes.Lines(lines) {
		var r record
		if err := json.Unmarshal(line, &r); err != nil {
			t.Fatal(err)
		}
		if !there[r.Articles[0].ID] {
			continue
		}
		line, err := within(line, func(id string) bool { return there[first[id]] })
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, line...)
	}
	return all
}

// rowsOf returns the rows of the articles that are there.
func rowsOf(t *testing.T, table []byte, there map[string]bool) []byte {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(table)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var all []byte
	for _, r := range rows[1:] {
		if there[r[0]] { // the id
			all = fmt.Appendln(all, r)
		}
	}
	return all
}

// TestPrune feeds twins, with updates, corrections and withdrawals, of which one forgets
// what ended long ago: what it holds is always what the other holds, less whole stories.
func TestPrune(t *testing.T) {
	histories := 2
	if needs.Long() {
		histories = 60
	}
	forgotten, tooOld, bridges := 0, 0, 0
	for seed := range histories {
		w := newTwins(t, uint64(2000+4*seed+1+seed%2))
		rest, late := affair(w.rand, w.opt.Window)
		rest = append(rest, w.pool[:200]...)
		slices.SortStableFunc(rest, func(a, b article.Article) int { return a.Time.Compare(b.Time) })
		for len(rest) > 0 {
			n := min(len(rest), 10+w.rand.IntN(60))
			w.now = w.now.Add(24 * time.Hour)
			if last := rest[n-1].Time; last.After(w.now) {
				w.now = last
			}
			w.step(rest[:n])
			rest = rest[n:]
			// Two that stand just behind the horizon: what they change reaches as far back as anything can.
			if h := w.horizon(); !h.IsZero() {
				late = slices.DeleteFunc(late, func(a article.Article) bool { return a.Time.Before(h) })
				aimed := late[:min(2, len(late))]
				late, bridges = late[len(aimed):], bridges+len(aimed)
				w.feedBoth(aimed)
			}
			w.compare() // what stands at the edge now is forgotten at the end
		}
		forgotten += w.compare()
		tooOld += w.late
	}
	if forgotten == 0 || tooOld == 0 || bridges == 0 {
		t.Errorf("%d stories were forgotten, %d articles too old, %d at the horizon: nothing is tested", forgotten, tooOld, bridges)
	}
	t.Logf("%d stories were forgotten, %d articles too old, %d at the horizon", forgotten, tooOld, bridges)
}

// TestPruneTells tells what became of what was forgotten, once, and forgets nothing twice.
func TestPruneTells(t *testing.T) {
	w := newTwins(t, 2001)
	w.now = start.Add(70 * 24 * time.Hour)
	w.short.now = w.now
	s := w.short.feed(w.pool)
	if s.PrunedStories == 0 || s.PrunedArticles < s.PrunedStories || s.Totals.Articles != len(w.pool)-s.PrunedArticles {
		t.Errorf("%d stories with %d articles were forgotten, %d of %d are left", s.PrunedStories, s.PrunedArticles, s.Totals.Articles, len(w.pool))
	}
	a := w.short.read()
	changes, err := a.Changes(t.Context(), Since{})
	if err != nil {
		t.Fatal(err)
	}
	gone, last := map[string]bool{}, int64(0)
	for _, c := range changes {
		if c.Cause == "prune" {
			gone[c.Story] = true
			if c.Kind != "gone" || c.Event <= last {
				t.Errorf("%+v", c)
			}
		} else if gone[c.Story] {
			t.Errorf("%s was forgotten, but is %s", c.Story, c.Kind)
		}
		last = max(last, c.Event)
	}
	if len(gone) != s.PrunedStories {
		t.Errorf("%d stories are told to be gone, want %d", len(gone), s.PrunedStories)
	}
	left, err := a.texts(t.Context(), `SELECT id FROM story WHERE state IN ('open', 'closed') ORDER BY first`)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Rerun(t.Context(), left[:1], Cut{}, w.opt); !errors.Is(err, ErrForgotten) {
		t.Errorf("the first story is compared again, without what stood around it: %v", err)
	}
	if _, err := a.Rerun(t.Context(), left[len(left)-1:], Cut{}, w.opt); err != nil {
		t.Errorf("the last one is not compared again: %v", err)
	}
	a.Close()
	again := w.short.write("prune", func(ctx context.Context, a *Archive) (*Summary, error) { return a.Prune(ctx, Batch{At: w.now}) })
	if again.Batch != 0 {
		t.Errorf("pruned twice: %+v", again)
	}
}

// TestKeepTooShort refuses to forget what may still change.
func TestKeepTooShort(t *testing.T) {
	h := newHistory(t, 2004, 40)
	var short *KeepError
	h.write("keep", func(ctx context.Context, a *Archive) (*Summary, error) {
		err := a.SetKeep(ctx, 30*24*time.Hour)
		if !errors.As(err, &short) || short.Least != 50*24*time.Hour {
			t.Errorf("30 days are enough: %v", err)
		}
		return &Summary{}, a.SetKeep(ctx, short.Least)
	})
}
