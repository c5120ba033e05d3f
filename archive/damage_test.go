package archive

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// TestCheckFinds changes an archive by hand: Check tells what no batch leaves.
func TestCheckFinds(t *testing.T) {
	for query, want := range map[string]string{
		`UPDATE text SET title = title || '!' WHERE article = 5`: "articles that are not as they were fed: ",
		`UPDATE article SET time = '' WHERE n = 5`:               "articles that are not as they were fed: ",
		`DELETE FROM model`:               "it has no model",
		`DELETE FROM article WHERE n = 5`: "stories whose size is not that of their articles",
		`UPDATE article SET story = (SELECT max(n) FROM story) WHERE 1`:             "articles that the log of changes has elsewhere",
		`DELETE FROM event WHERE n = (SELECT min(n) FROM event WHERE kind = 'new')`: "articles that the log of changes has elsewhere",
		`UPDATE story SET state='merged', target=NULL WHERE n=1`:                    "stories that lead nowhere",
		`UPDATE line SET size = 99 WHERE n = 1`:                                     "storylines whose size is not that of their stories",
		`UPDATE text SET body = x'00' WHERE article = 6`:                            "articles that are not as they were fed: ",
		`UPDATE article SET story = 1 WHERE n IN (4, 9)`:                            "days of which sheets tell otherwise than the articles: ",
		`UPDATE story SET head = 'nobody' WHERE n = 2`:                              "stories whose first article is another's",
		`UPDATE article SET story = NULL WHERE n = 7`:                               "articles of no story that is there",
		`UPDATE story SET line = (SELECT max(n) FROM line) WHERE n <= 3`:            "storylines whose size is not that of their stories",
	} {
		h := newHistory(t, 7, 60)
		h.feed(h.pool)
		byHand(t, h.path, query)
		a := h.read()
		wrong, err := a.Check(t.Context())
		if err != nil || !slices.ContainsFunc(wrong, func(w string) bool { return strings.HasPrefix(w, want) }) {
			t.Errorf("%s: %q, %v; want %q", query, wrong, err, want)
		}
		a.Close()
	}
}

func byHand(t *testing.T, path, query string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), query); err != nil {
		t.Fatal(err)
	}
}

// TestDamage feeds archives that were touched or cut off: an error tells so.
func TestDamage(t *testing.T) {
	feed := func(h *history) error {
		a, err := Begin(t.Context(), h.path, 0)
		if err != nil {
			return err
		}
		defer a.Close()
		_, err = a.Feed(context.Background(), Batch{At: h.now}, slices.Clone(h.pool[40:]), h.opt)
		return err
	}
	h := newHistory(t, 7, 60)
	h.feed(h.pool[:40])
	whole, err := os.ReadFile(h.path)
	if err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string]string{
		`DELETE FROM article WHERE n = 5`:                "stories and articles do not fit",
		`DELETE FROM model`:                              "it has no model",
		`UPDATE setting SET value='x' WHERE key='story'`: "the settings are",
	} {
		if err := os.WriteFile(h.path, whole, 0o666); err != nil {
			t.Fatal(err)
		}
		byHand(t, h.path, query)
		if err := feed(h); err == nil || !strings.Contains(err.Error(), "is damaged: "+want) {
			t.Errorf("%s: %v", query, err)
		}
	}
	if err := os.WriteFile(h.path, whole[:len(whole)/2], 0o666); err != nil {
		t.Fatal(err)
	}
	if err := feed(h); !errors.Is(err, ErrDamaged) {
		t.Errorf("cut off: %v", err)
	}
}

// TestRenamed feeds a dump again under other ids: it is new, and the summary tells that
// the words are not.
func TestRenamed(t *testing.T) {
	h := newHistory(t, 10, 80)
	h.feed(h.pool)
	again := slices.Clone(h.pool)
	dated := 0
	for i := range again {
		again[i].ID = fmt.Sprint("x", again[i].ID)
		if !again[i].Time.IsZero() {
			dated++
		}
	}
	if s := h.feed(again); s.New != len(again) || s.Renamed != dated {
		t.Errorf("%d new, %d of them under other ids; want %d, %d", s.New, s.Renamed, len(again), dated)
	}
	h.check()
}
