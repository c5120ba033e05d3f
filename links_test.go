package qissa_test

import (
	"bytes"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"qissa"
	"qissa/article"
)

// TestLinksCut holds a run that is cut anew from its links, which were written and read,
// against a run with these cuts and corrections.
func TestLinksCut(t *testing.T) {
	sets := map[string][]article.Article{"sample": readArticles(t, "testdata/sample.jsonl")}
	for _, name := range []string{"ant-dev", "snn-train1", "jazeera-undated"} {
		if path := dataFolder + "/stories/" + name + ".jsonl"; !testing.Short() {
			if _, err := os.Stat(path); err == nil {
				sets[name] = readArticles(t, path)
			}
		}
	}
	for name, articles := range sets {
		run := func(story, storyline float64, corrections []qissa.Correction) *qissa.Result {
			opt := qissa.DefaultOptions()
			opt.Story, opt.Storyline, opt.Corrections = story, storyline, corrections
			r, err := qissa.Cluster(t.Context(), articles, opt)
			if err != nil {
				t.Fatal(err)
			}
			return r
		}
		first := run(0.3, 0.2, nil)
		links := throughFile(t, first.Links())
		rand := rand.New(rand.NewPCG(1, 2))
		var corrections []qissa.Correction
		for len(corrections) < 6 {
			c := qissa.Correction{Together: rand.IntN(2) == 0, Storyline: rand.IntN(3) == 0, A: links.IDs[rand.IntN(len(links.IDs))], B: links.IDs[rand.IntN(len(links.IDs))]}
			if qissa.Contradiction(append(slices.Clone(corrections), c)) == nil {
				corrections = append(corrections, c)
			}
		}
		for _, cut := range []struct {
			story, storyline float64
			corrections      []qissa.Correction
		}{{0.3, 0.2, nil}, {0.5, 0.2, nil}, {0.1, 0.15, nil}, {0.8, 0.5, nil}, {0.3, 0.2, corrections}, {0.5, 0.3, corrections}} {
			got, err := links.Cut(t.Context(), cut.story, cut.storyline, cut.corrections)
			if err != nil {
				t.Fatal(err)
			}
			want := run(cut.story, cut.storyline, cut.corrections)
			if len(got.Stories) != len(want.Stories) || !slices.Equal(got.StoryOf, want.StoryOf) || len(got.Storylines) != len(want.Storylines) {
				t.Fatalf("%s cut at %v: %d stories and %d storylines, want %d and %d", name, cut, len(got.Stories), len(got.Storylines), len(want.Stories), len(want.Storylines))
			}
			for i, s := range got.Stories {
				if w := want.Stories[i]; s.ID != w.ID || s.Representative != w.Representative || s.Storyline != w.Storyline || s.Cohesion != w.Cohesion {
					t.Fatalf("%s cut at %v: story %v, want %v", name, cut, s, w)
				}
			}
			for i, l := range got.Storylines {
				if w := want.Storylines[i]; l.ID != w.ID || !slices.Equal(l.Stories, w.Stories) || l.Title != w.Title || l.Articles != w.Articles {
					t.Fatalf("%s cut at %v: storyline %v, want %v", name, cut, l, w)
				}
			}
		}
	}
}

func throughFile(t *testing.T, l *qissa.Links) *qissa.Links {
	t.Helper()
	var file bytes.Buffer
	if err := l.Write(&file); err != nil {
		t.Fatal(err)
	}
	read, err := qissa.ReadLinks(&file, 1)
	if err != nil {
		t.Fatal(err)
	}
	return read
}

// FuzzReadLinks reads any bytes as links, and cuts what can be read.
func FuzzReadLinks(f *testing.F) {
	r, err := qissa.Cluster(f.Context(), readArticles(f, "testdata/sample.jsonl")[:12], qissa.DefaultOptions())
	if err != nil {
		f.Fatal(err)
	}
	var file bytes.Buffer
	if err := r.Links().Write(&file); err != nil {
		f.Fatal(err)
	}
	f.Add(file.Bytes())
	f.Add(file.Bytes()[:100])
	f.Add([]byte("qissa links 1\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := qissa.ReadLinks(bytes.NewReader(data), 1)
		if err != nil {
			return
		}
		if _, err := l.Cut(t.Context(), 0.3, 0.2, nil); err != nil {
			t.Fatal(err)
		}
	})
}
