package archive

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"qissa"
	"qissa/article"
	"qissa/internal/invented"
	"qissa/internal/needs"
	"qissa/report"
)

// A history is an archive and what it must hold.
type history struct {
	t     *testing.T
	rand  *rand.Rand
	path  string
	model *qissa.Model
	opt   qissa.Options

	pool   []article.Article
	now    time.Time
	fed    map[string]article.Article // by id, as they are now
	gone   map[string]bool            // withdrawn
	orders []qissa.Correction         // in force
	log    []string
	epochs int             // models that it had when it was last checked
	told   []report.Change // when it happened
	local  int             // batches that did not read all
	spared int             // articles whose texts were not read, as sheets told enough
	whole  bool            // every batch is to read all
	known  bool            // none is to
	renew  int             // a new model after so many articles; 0 for as many as else
	forget *rand.Rand      // what tells which sheets are lost before a batch; nil for none
}

var start = time.Date(2025, 7, 1, 0, 0, 0, 0, time.UTC)

func newHistory(t *testing.T, seed uint64, articles int) *history {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 7))
	h := &history{t: t, rand: r, path: filepath.Join(t.TempDir(), "news.qissa"), opt: qissa.DefaultOptions(), fed: map[string]article.Article{}, gone: map[string]bool{}, now: start}
	h.opt.Jobs = 1 + r.IntN(2)
	if seed%4 > 0 { // so short that a batch reaches some of the three weeks
		h.opt.Window = time.Duration(seed%4) * 4 * time.Hour
	}
	h.pool = pool(r, articles, 21, h.opt.Window)
	m, err := qissa.BuildModel(t.Context(), h.pool[:len(h.pool)/3], qissa.Options{Jobs: 1})
	if err != nil {
		t.Fatal(err)
	}
	h.model = m
	return h
}

// pool returns reports on events of some days: some copied, some edited, one sixty
// times, bulletins, some without a date, some at one time.
func pool(r *rand.Rand, n, days int, window time.Duration) []article.Article {
	all := make([]article.Article, n)
	for i := range all {
		event := r.IntN(n/6 + 1)
		at := start.Add(time.Duration(event*days*24*3600/(n/6+1)) * time.Second).Add(time.Duration(r.IntN(100)) * window / 60)
		body := invented.Report(r, event, 40+r.IntN(40), 3)
		if i > 0 && r.IntN(4) == 0 { // a copy, but for a word
			of := all[r.IntN(i)]
			at = of.Time.Add(time.Duration(r.IntN(75)) * window / 60)
			body = strings.Fields(of.Body)
			if r.IntN(2) == 0 {
				body[r.IntN(len(body))] = invented.Common(r)
			}
		}
		if i > 0 && r.IntN(6) == 0 { // a passage of another
			of := all[r.IntN(i)]
			at = of.Time.Add(time.Duration(r.IntN(75)) * window / 60)
			words := strings.Fields(of.Body)
			body = append(body, words[:min(len(words), 30+r.IntN(6))]...)
		}
		if i%10 == 9 { // the page of an error
			at = start.Add(time.Duration(r.IntN(days*24)) * time.Hour)
			at = at.Add(time.Duration(-r.IntN(2)*(i/10%3)) * time.Hour)
			body = strings.Fields(strings.Repeat("خطا في الصفحة المطلوبة يرجي العودة لاحقا شكرا لكم ", 3))
		}
		all[i] = article.Article{
			ID: fmt.Sprint(i), Source: fmt.Sprint("outlet ", r.IntN(6)), Title: strings.Join(body[:6], " "), Body: strings.Join(body, " "),
			Time: at, Precision: article.Exact, Origin: article.Origin{File: "feed.jsonl", Line: i + 1, Item: i + 1},
		}
		if r.IntN(40) == 0 || at.IsZero() { // the latter as a copy of an undated one
			all[i].Time, all[i].Precision = time.Time{}, article.None
		}
	}
	return all
}

// write runs one batch.
func (h *history) write(what string, do func(ctx context.Context, a *Archive) (*Summary, error)) *Summary {
	h.t.Helper()
	h.log = append(h.log, what)
	ctx := h.t.Context()
	a, err := Begin(ctx, h.path, time.Second)
	if err != nil {
		h.t.Fatal(err)
	}
	defer a.Close()
	if a.IsNew() {
		if err := a.Create(ctx, Settings{h.opt.Window, h.opt.Story, h.opt.Copy, ByID}, h.model); err != nil {
			h.t.Fatal(err)
		}
	}
	a.forceWhole, a.forceKnown, a.renewFrom = h.whole, h.known, h.renew
	if h.forget != nil {
		h.loseSheets(a)
	}
	s, err := do(ctx, a)
	if err != nil {
		h.t.Fatalf("%s: %v", what, err)
	}
	h.local, h.spared = h.local+a.local, h.spared+a.spared
	last := int64(0)
	if n := len(h.told); n > 0 {
		last = h.told[n-1].Event
	}
	changes, err := a.Changes(ctx, Since{Event: last})
	if err != nil {
		h.t.Fatal(err)
	}
	h.told = append(h.told, changes...)
	if err := a.Commit(); err != nil {
		h.t.Fatal(err)
	}
	return s
}

// loseSheets takes some of the sheets away, and damages others.
func (h *history) loseSheets(a *Archive) {
	h.t.Helper()
	for range h.forget.IntN(4) {
		day := dayOf(start) + h.forget.Int64N(24)
		query := []string{
			`DELETE FROM sheet WHERE day=?`, `DELETE FROM sheet_state WHERE day=?`, `DELETE FROM sheet WHERE day>?`,
			`UPDATE sheet SET facts=x'0102030405060708' WHERE day=?`, `UPDATE sheet SET heads=substr(heads, 1, length(heads)/2) WHERE day=?`,
			`UPDATE sheet_state SET stories=zeroblob(9) WHERE day=?`, `UPDATE sheet SET loans=x'' WHERE day=?`,
		}[h.forget.IntN(7)]
		if _, err := a.tx.ExecContext(h.t.Context(), query, day); err != nil {
			h.t.Fatal(err)
		}
	}
}

func (h *history) feed(articles []article.Article) *Summary {
	h.t.Helper()
	h.expect(articles)
	return h.write(fmt.Sprintf("feed %d", len(articles)), func(ctx context.Context, a *Archive) (*Summary, error) {
		return a.Feed(ctx, Batch{At: h.now, Version: "test"}, slices.Clone(articles), h.opt)
	})
}

// takeOver imports a run over articles, of other stories than the archive makes of them.
func (h *history) takeOver(articles []article.Article) {
	h.t.Helper()
	h.expect(articles)
	opt := h.opt
	opt.Story = 0.6
	run := runOver(h.t, articles, opt)
	h.write(fmt.Sprintf("import %d", len(articles)), func(ctx context.Context, a *Archive) (*Summary, error) {
		return a.Import(ctx, Batch{At: h.now, Version: "test"}, slices.Clone(articles), run, h.opt)
	})
}

// runOver runs over articles.
func runOver(t *testing.T, articles []article.Article, opt qissa.Options) Run {
	t.Helper()
	r, err := qissa.Cluster(t.Context(), slices.Clone(articles), opt)
	if err != nil {
		t.Fatal(err)
	}
	run := Run{Places: map[string]article.Origin{}}
	for _, s := range r.Stories {
		f := Former{ID: s.ID, Line: r.Storylines[s.Storyline].ID, Title: r.Articles[s.Representative].Title}
		for _, m := range s.Members {
			a := r.Articles[m.Article]
			f.Articles, run.Places[a.ID] = append(f.Articles, a.ID), a.Origin
		}
		run.Stories = append(run.Stories, f)
	}
	return run
}

// expect notes what the archive holds after a feed.
func (h *history) expect(articles []article.Article) {
	for _, a := range articles {
		if h.gone[a.ID] {
			continue
		}
		was, known := h.fed[a.ID]
		if a.Time.IsZero() {
			a.Time = h.now
			if known && was.Precision == article.None && was.Title == a.Title && was.Body == a.Body {
				a.Time = was.Time
			}
		}
		if known && was.Title == a.Title && was.Body == a.Body && was.Time.Equal(a.Time) {
			continue
		}
		h.fed[a.ID] = a
	}
}

// step does something of what users do.
func (h *history) step() {
	h.t.Helper()
	h.now = h.now.Add(time.Duration(1+h.rand.IntN(30)) * time.Hour)
	some := func(n int) []article.Article {
		var list []article.Article
		for range n {
			list = append(list, h.pool[h.rand.IntN(len(h.pool))])
		}
		slices.SortFunc(list, func(a, b article.Article) int { return strings.Compare(a.ID, b.ID) })
		return slices.CompactFunc(list, func(a, b article.Article) bool { return a.ID == b.ID })
	}
	ids := make([]string, 0, len(h.fed))
	for id := range h.fed {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	switch x := h.rand.IntN(12); {
	case x < 5 || len(ids) < 20: // what was published up to now, some of it known
		list := some(1 + len(h.pool)/3)
		switch h.rand.IntN(3) {
		case 0:
			list = slices.DeleteFunc(list, func(a article.Article) bool { return a.Time.After(h.now) })
		case 1: // of one day
			day := start.Add(time.Duration(h.rand.IntN(21*24)) * time.Hour)
			list = slices.DeleteFunc(slices.Clone(h.pool), func(a article.Article) bool { return a.Time.Before(day) || a.Time.After(day.Add(24*time.Hour)) })
		}
		h.rand.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		h.feed(list)
	case x < 7: // other versions
		list := some(1 + h.rand.IntN(5))
		for i := range list {
			other := h.pool[h.rand.IntN(len(h.pool))]
			switch h.rand.IntN(3) {
			case 0:
				list[i].Body, list[i].Title = other.Body, other.Title
			case 1:
				list[i].Title += " " + other.Title
			default:
				if !list[i].Time.IsZero() {
					list[i].Time = list[i].Time.Add(time.Duration(h.rand.IntN(200)-100) * time.Hour)
				}
			}
		}
		h.feed(list)
	case x < 8:
		id := ids[h.rand.IntN(len(ids))]
		delete(h.fed, id)
		h.gone[id] = true
		h.write("withdraw "+id, func(ctx context.Context, a *Archive) (*Summary, error) {
			return a.Withdraw(ctx, Batch{At: h.now}, []string{id}, false, h.opt)
		})
	case x < 9:
		h.newModel()
	case x < 11:
		h.correct(ids)
	default:
		h.takeOver(some(1 + len(h.pool)/5))
	}
}

// newModel has what is published from now on compared under the model of the archive's own
// articles: not a byte of what is there changes.
func (h *history) newModel() {
	h.t.Helper()
	before := stories(h.t, h.path)
	s := h.write("a new model", func(ctx context.Context, a *Archive) (*Summary, error) {
		return a.Renew(ctx, Batch{At: h.now}, nil, h.opt)
	})
	if s.Model == nil || s.Changed > 0 || !bytes.Equal(stories(h.t, h.path), before) {
		h.t.Errorf("a new model %+v changes %d stories", s.Model, s.Changed)
	}
}

// correct adds a correction, or ends one.
func (h *history) correct(ids []string) {
	h.t.Helper()
	c := Correction{Correction: qissa.Correction{Together: h.rand.IntN(2) == 0, Storyline: h.rand.IntN(3) == 0, A: ids[h.rand.IntN(len(ids))], B: h.pool[h.rand.IntN(len(h.pool))].ID, Where: "corrections.jsonl:1"}}
	if n := len(h.orders); n > 0 && h.rand.IntN(3) == 0 {
		k := h.rand.IntN(n)
		c.Correction, c.End = h.orders[k], true
		h.orders = slices.Delete(slices.Clone(h.orders), k, k+1)
	} else {
		if c.A == c.B || qissa.Contradiction(append(slices.Clone(h.orders), c.Correction)) != nil {
			return
		}
		same := func(x qissa.Correction) bool {
			turned := x.Together && x.A == c.B && x.B == c.A
			return x.Together == c.Together && x.Storyline == c.Storyline && (x.A == c.A && x.B == c.B || turned)
		}
		if !slices.ContainsFunc(h.orders, same) {
			h.orders = append(h.orders, c.Correction)
		}
	}
	h.write(fmt.Sprint("correct ", c), func(ctx context.Context, a *Archive) (*Summary, error) {
		return a.Correct(ctx, Batch{At: h.now}, []Correction{c}, h.opt)
	})
}

// files are what a result is as files.
func files(t *testing.T, r *qissa.Result) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	for _, f := range []struct {
		name  string
		write func(*bytes.Buffer) error
	}{
		{"stories.jsonl", func(w *bytes.Buffer) error { return report.StoriesJSONL(w, r) }},
		{"articles.csv", func(w *bytes.Buffer) error { return report.ArticlesCSV(w, r) }},
		{"outlets.csv", func(w *bytes.Buffer) error { return report.OutletsCSV(w, r) }},
		{"pairs.jsonl", func(w *bytes.Buffer) error { return report.PairsJSONL(w, r) }},
	} {
		var b bytes.Buffer
		if err := f.write(&b); err != nil {
			t.Fatal(err)
		}
		all[f.name] = b.Bytes()
	}
	return all
}

// read opens the archive for reading.
func (h *history) read() *Archive {
	h.t.Helper()
	a, err := Open(h.t.Context(), h.path)
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { a.Close() })
	return a
}

// check holds the archive against one run over what it must hold, and its tables
// against each other and against the log.
func (h *history) check() {
	h.t.Helper()
	ctx := h.t.Context()
	a := h.read()
	defer a.Close()
	got, err := a.Result(ctx, All, nil)
	if err != nil {
		h.t.Fatal(err)
	}
	got.NameByContent()
	var articles []article.Article
	for _, x := range h.fed {
		articles = append(articles, x)
	}
	opt := h.opt
	opt.Corrections = h.orders
	if opt.Model, opt.Epochs, err = a.Models(ctx); err != nil {
		h.t.Fatal(err)
	}
	if opt.Model.ID() != h.model.ID() {
		h.t.Fatalf("the first model is %s, want %s", opt.Model.ID(), h.model.ID())
	}
	h.epochs = 1 + len(opt.Epochs)
	want, err := qissa.Cluster(ctx, articles, opt)
	if err != nil {
		h.t.Fatal(err)
	}
	for name, data := range files(h.t, want) {
		if now := files(h.t, got)[name]; !bytes.Equal(now, data) {
			h.t.Fatalf("%s: %s is another than of one run: %s\nhistory: %s", h.path, name, firstDifference(now, data), strings.Join(h.log, "; "))
		}
	}
	changes, err := a.Changes(ctx, Since{})
	if err != nil {
		h.t.Fatal(err)
	}
	if now, then := changesOf(h.t, changes), changesOf(h.t, h.told); h.told != nil && !bytes.Equal(now, then) {
		h.t.Fatalf("%s: the log tells what it did not tell then: %s\nhistory: %s", h.path, firstDifference(now, then), strings.Join(h.log, "; "))
	}
	wrong, err := a.Check(ctx)
	if err != nil || len(wrong) > 0 {
		h.t.Fatalf("check: %v %q\nhistory: %s", err, wrong, strings.Join(h.log, "; "))
	}
}

// changesOf returns changes as lines.
func changesOf(t *testing.T, changes []report.Change) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := report.ChangesJSONL(&b, changes); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func firstDifference(a, b []byte) string {
	x, y := bytes.Split(a, []byte("\n")), bytes.Split(b, []byte("\n"))
	for i := range min(len(x), len(y)) {
		if !bytes.Equal(x[i], y[i]) {
			return fmt.Sprintf("line %d:\n%s\nwant\n%s", i+1, x[i], y[i])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(x), len(y))
}

// TestHistories feeds articles in any order, in any cut, twice, in other versions,
// withdraws, corrects and imports: the archive is always what one run over its articles gives.
// Every second one loses sheets meanwhile.
func TestHistories(t *testing.T) {
	histories, steps := 30, 8
	if needs.Long() {
		histories = 300
	}
	if testing.Short() {
		histories = 5
	}
	local, several, spared := 0, 0, 0
	for seed := range histories {
		h := newHistory(t, uint64(seed), 200+seed*17%250)
		h.renew = seed % 3 * 75 // never, or twice or more
		h.known = seed%5 < 3
		if seed%7 > 4 { // half of it, all of one event together, is of two years before
			for i := range h.pool {
				if a := &h.pool[i]; !a.Time.IsZero() && a.Time.Sub(start)/(10*24*time.Hour) == 0 {
					a.Time = a.Time.AddDate(-2, 0, 0)
				}
			}
		}
		if seed%2 > 0 {
			h.forget = rand.New(rand.NewPCG(uint64(seed), 8))
		}
		for range steps {
			h.step()
		}
		h.check()
		local, spared = local+h.local, spared+h.spared
		if h.epochs > 1 {
			several++
		}
	}
	t.Logf("%d of %d batches did not read all, %d texts were spared; %d of %d archives have several models", local, histories*steps, spared, several, histories)
	if local == 0 || several == 0 || spared == 0 {
		t.Error("every batch read all: nothing is tested")
	}
}

// TestStretchesGiveTheWhole runs histories twice, once with batches that read what they
// reach, once with batches that read all: ids and events are the same.
func TestStretchesGiveTheWhole(t *testing.T) {
	histories := 4
	if needs.Long() {
		histories = 80
	}
	if testing.Short() {
		histories = 2
	}
	local := 0
	for seed := range histories {
		var all [2][]byte
		for k := range all {
			h := newHistory(t, uint64(1000+4*seed+1+seed%3), 500)
			h.whole, h.renew = k == 1, seed%2*125
			for range 10 {
				h.step()
			}
			local += h.local
			a := h.read()
			r, err := a.Result(t.Context(), All, nil)
			if err != nil {
				t.Fatal(err)
			}
			changes, err := a.Changes(t.Context(), Since{})
			if err != nil {
				t.Fatal(err)
			}
			all[k] = slices.Concat(files(t, r)["stories.jsonl"], changesOf(t, changes))
			a.Close()
		}
		if !bytes.Equal(all[0], all[1]) {
			t.Errorf("seed %d: %s", seed, firstDifference(all[0], all[1]))
		}
	}
	if local == 0 {
		t.Error("every batch read all: nothing is tested")
	}
	t.Logf("%d batches did not read all", local)
}
