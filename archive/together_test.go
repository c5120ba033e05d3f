package archive

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"qissa/article"
)

// TestReaderMeanwhile reads an archive again and again while batches are fed: what it
// reads is always the state of one batch.
func TestReaderMeanwhile(t *testing.T) {
	h := newHistory(t, 3, 240)
	h.feed(h.pool[:20])
	batches, states := 20, sync.Map{}
	state := func(a *Archive) (int64, []byte) {
		n, _, err := a.LastBatch(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		r, err := a.Result(t.Context(), All, nil)
		if err != nil {
			t.Fatal(err)
		}
		return n, slices.Concat(files(t, r)["stories.jsonl"], files(t, r)["pairs.jsonl"])
	}
	done := make(chan bool)
	type seen struct {
		batch int64
		state []byte
	}
	var read []seen
	go func() {
		defer close(done)
		for last := int64(0); last < int64(batches); {
			a, err := Open(t.Context(), h.path)
			if err != nil {
				t.Error(err)
				return
			}
			n, s := state(a)
			read, last = append(read, seen{n, s}), n
			a.Close()
		}
	}()
	for k := range batches {
		if k > 0 {
			h.now = h.now.Add(time.Hour)
			h.feed(h.pool[20+k*10 : 30+k*10])
		}
		a := h.read()
		n, s := state(a)
		states.Store(n, s)
		a.Close()
	}
	<-done
	for _, r := range read {
		if want, ok := states.Load(r.batch); !ok || !bytes.Equal(want.([]byte), r.state) {
			t.Errorf("a reader saw what is not batch %d", r.batch)
		}
	}
	t.Logf("%d states were read during %d batches", len(read), batches)
}

// TestTwoWriters feeds from two processes at once: one waits, and both land. One that
// does not wait is told.
func TestTwoWriters(t *testing.T) {
	h := newHistory(t, 4, 120)
	a, err := Begin(t.Context(), h.path, time.Second)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if err := a.Create(t.Context(), Settings{h.opt.Window, h.opt.Story, h.opt.Copy, ByID}, h.model); err != nil {
		t.Fatal(err)
	}
	if b, err := Begin(t.Context(), h.path, 50*time.Millisecond); !errors.Is(err, ErrBusy) {
		t.Fatalf("a second writer was let in: %v, %v", b, err)
	}
	other := make(chan error)
	go func() {
		b, err := Begin(context.Background(), h.path, time.Minute)
		if err == nil {
			_, err = b.Feed(context.Background(), Batch{At: h.now}, slices.Clone(h.pool[60:]), h.opt)
			err = errors.Join(err, b.Commit(), b.Close())
		}
		other <- err
	}()
	time.Sleep(100 * time.Millisecond)
	if _, err := a.Feed(t.Context(), Batch{At: h.now}, slices.Clone(h.pool[:60]), h.opt); err != nil {
		t.Fatal(err)
	}
	if err := a.Commit(); err != nil {
		t.Fatal(err)
	}
	if err := <-other; err != nil {
		t.Fatal(err)
	}
	for _, x := range h.pool {
		if x.Time.IsZero() {
			x.Time = h.now
		}
		h.fed[x.ID] = x
	}
	h.check()
}

// TestSameBatchTwice feeds a batch again: not a byte of the tables is another.
func TestSameBatchTwice(t *testing.T) {
	h := newHistory(t, 5, 150)
	h.feed(h.pool)
	before, err := os.ReadFile(h.path)
	if err != nil {
		t.Fatal(err)
	}
	shuffled := slices.Clone(h.pool)
	h.rand.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	h.now = h.now.Add(time.Hour)
	if s := h.feed(shuffled); s.Batch != 0 || s.Known != len(h.pool) {
		t.Errorf("the same batch again: %+v", s)
	}
	after, err := os.ReadFile(h.path)
	if err != nil || !bytes.Equal(before, after) {
		t.Errorf("the file is another, %v", err)
	}
}

// TestIdsGoOn feeds articles in the order of time, and looks at each id that there ever
// was after each batch: a live story has it, or it leads to one in one step, or to
// nowhere; and what was closed changes no more.
func TestIdsGoOn(t *testing.T) {
	h := newHistory(t, 6, 600)
	slices.SortFunc(h.pool, func(a, b article.Article) int { return a.Time.Compare(b.Time) })
	h.pool = slices.DeleteFunc(h.pool, func(a article.Article) bool { return a.Time.IsZero() })
	h.renew = 150 // so that closed stories see new models
	closed, changed := map[string]int64{}, 0
	records := map[string]string{} // of closed stories
	const batch = 20
	for from := 0; from < len(h.pool); from += batch {
		part := h.pool[from:min(from+batch, len(h.pool))]
		h.now = part[len(part)-1].Time
		h.feed(part)
		a := h.read()
		changes, err := a.Changes(t.Context(), Since{})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range changes {
			if at, ok := closed[c.Story]; ok && c.Batch > at {
				t.Errorf("%s was closed by batch %d, but batch %d tells %s of it, cause %s", c.Story, at, c.Batch, c.Kind, c.Cause)
			}
			if c.Kind == "closed" {
				closed[c.Story] = c.Batch
			}
			now, state, err := a.Resolve(t.Context(), c.Story)
			if err != nil || state == "merged" || now == "" {
				t.Errorf("%s leads to %s, which is %s, %v", c.Story, now, state, err)
			}
		}
		changed = len(changes)
		now, err := a.texts(t.Context(), `SELECT id || ' ' || hex(print) || ' ' || since || ' ' || reach FROM story WHERE state = 'closed'`)
		if err != nil {
			t.Fatal(err)
		}
		for _, record := range now {
			id, _, _ := strings.Cut(record, " ")
			if was := records[id]; was != "" && was != record {
				t.Errorf("the closed story %s is told otherwise", id)
			}
			records[id] = record
		}
		a.Close()
	}
	if len(closed) == 0 || changed == len(closed) {
		t.Errorf("%d stories closed, %d changes: nothing is tested", len(closed), changed)
	}
	if h.check(); h.epochs < 3 {
		t.Errorf("%d models: want several", h.epochs)
	}
}

// TestIdsComeBack puts two stories together by a correction, and takes that back: both
// have their ids again, and meanwhile the one leads to the other.
func TestIdsComeBack(t *testing.T) {
	h := newHistory(t, 8, 100)
	h.feed(h.pool[:8])
	a := h.read()
	first, err := a.Result(t.Context(), All, nil)
	if err != nil {
		t.Fatal(err)
	}
	a.Close()
	x, y := first.Stories[0], first.Stories[len(first.Stories)-1]
	one, other := first.Articles[x.Members[0].Article].ID, first.Articles[y.Members[0].Article].ID
	c := Correction{}
	c.Together, c.A, c.B, c.Where = true, one, other, "here:1"
	correct := func() {
		h.write("correct", func(ctx context.Context, a *Archive) (*Summary, error) {
			return a.Correct(ctx, Batch{At: h.now}, []Correction{c}, h.opt)
		})
	}
	correct()
	a = h.read()
	nowX, _, errX := a.Resolve(t.Context(), x.ID)
	nowY, _, errY := a.Resolve(t.Context(), y.ID)
	a.Close()
	if nowX != nowY || errX != nil || errY != nil {
		t.Errorf("%s leads to %s, %s to %s; %v %v", x.ID, nowX, y.ID, nowY, errX, errY)
	}
	c.End = true
	correct()
	a = h.read()
	for name, want := range map[string]string{one: x.ID, other: y.ID} {
		if id, err := a.StoryOf(t.Context(), name); id != want || err != nil {
			t.Errorf("article %s is in %s, was in %s, %v", name, id, want, err)
		}
	}
	a.Close()
	h.check()
}

// TestForeignFiles leaves alone what is no archive.
func TestForeignFiles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "text.qissa")
	if err := os.WriteFile(path, bytes.Repeat([]byte("news "), 2000), 0o666); err != nil {
		t.Fatal(err)
	}
	var none *NoArchiveError
	if _, err := Begin(t.Context(), path, time.Second); !errors.As(err, &none) {
		t.Errorf("a text is an archive: %v", err)
	}
	if _, err := Open(t.Context(), path); !errors.As(err, &none) {
		t.Errorf("a text is an archive: %v", err)
	}
	if data, _ := os.ReadFile(path); !bytes.Equal(data, bytes.Repeat([]byte("news "), 2000)) {
		t.Error("it was changed")
	}
}

// TestLineNumbers refuses a batch whose ids are those of other articles.
func TestLineNumbers(t *testing.T) {
	h := newHistory(t, 9, 200)
	h.feed(h.pool[:100])
	other := slices.Clone(h.pool[100:])
	for i := range other {
		other[i].ID, other[i].Source = h.pool[i].ID, h.pool[i].Source
		other[i].Time = other[i].Time.Add(1000 * time.Hour)
	}
	a, err := Begin(t.Context(), h.path, time.Second)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	var numbers *LinesError
	if _, err := a.Feed(t.Context(), Batch{At: h.now}, other, h.opt); !errors.As(err, &numbers) {
		t.Errorf("numbers of lines are ids: %v", err)
	}
}
