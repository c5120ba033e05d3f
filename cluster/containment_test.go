package cluster

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"qissa/internal/needs"
)

// simpleContainments aligns all texts with all, the oracle of Containments.
func simpleContainments(texts []Text, c Containment) []Overlap {
	var all []Overlap
	for a := range texts {
		aligner.Start(texts[a])
		for b := a + 1; b < len(texts); b++ {
			if c.Compared != nil && !c.Compared(a, b) {
				continue
			}
			if al := aligner.Align(texts[b]); max(al.AInB, al.BInA) >= c.Least {
				all = append(all, Overlap{int32(a), int32(b), al.AInB, al.BInA})
			}
		}
	}
	return all
}

func containments(t *testing.T, texts []Text, c Containment) ([]Overlap, ContainmentCounts) {
	t.Helper()
	found, counts, err := Containments(t.Context(), len(texts), func(i int) Text { return texts[i] }, c)
	if err != nil {
		t.Fatal(err)
	}
	return found, counts
}

func TestContainments(t *testing.T) {
	const news = "the old bridge over the river will be closed for repair on sunday morning and trains go round by the harbour"
	for _, test := range []struct {
		name   string
		a, b   string
		frameB []Passage
		least  float64
		want   []Overlap
	}{
		{"the same text", news, news, nil, 1, []Overlap{{0, 1, 1, 1}}},
		{"a passage of a long one", "said who " + news + " what else was said of it that day in the town hall", news, nil, 0.9, []Overlap{{0, 1, 21.0 / 35, 1}}},
		{"half of it", news, news[:55] + " but then again perhaps not at all this year or ever", nil, 0.5, []Overlap{{0, 1, 11.0 / 21, 11.0 / 22}}},
		{"not enough of it", news, news[:55] + " but then again perhaps not at all this year or ever", nil, 0.6, nil},
		{"a frame that is not counted", news, "paris our own correspondent in the south " + news, []Passage{{0, 7}}, 1, []Overlap{{0, 1, 1, 1}}},
		{"nothing but a frame in common", "share us on twitter and on facebook", "share us on twitter and on facebook today", []Passage{{0, 7}}, 0.1, []Overlap{{0, 1, 1, 0}}},
		{"three words in common", "a b c x", "a b c y", nil, 0.1, nil},
		{"no words", "", "", nil, 0.1, nil},
	} {
		w := numbered(test.a, test.b)
		got, _ := containments(t, []Text{{Words: w[0]}, {w[1], test.frameB}}, Containment{Least: test.least})
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}

// randomTexts are texts of few words, some of which are pieces of others with
// words exchanged, in frames or in none.
func randomTexts(r *rand.Rand, texts, words int) []Text {
	all := make([]Text, texts)
	for i := range all {
		t := &all[i]
		for range r.IntN(60) {
			t.Words = append(t.Words, uint32(r.IntN(words)))
		}
		for i > 0 && r.IntN(3) > 0 {
			from := all[r.IntN(i)].Words
			k := r.IntN(len(from) + 1)
			t.Words = append(t.Words, from[k:k+r.IntN(len(from)-k+1)]...)
		}
		for n := r.IntN(1 + len(t.Words)/6); n > 0; n-- {
			t.Words[r.IntN(len(t.Words))] = uint32(r.IntN(words))
		}
		if n := len(t.Words); r.IntN(3) == 0 {
			above, below := r.IntN(n/3+1), r.IntN(n/3+1)
			t.Frame = []Passage{{0, above}, {n - below, n}}
		}
	}
	return all
}

func TestContainmentsEqualSimple(t *testing.T) {
	rounds := uint64(600)
	if testing.Short() {
		rounds = 100
	}
	found := 0
	for seed := range rounds {
		r := rand.New(rand.NewPCG(seed, 11))
		texts := randomTexts(r, 1+r.IntN(60), 2+r.IntN(300))
		c := Containment{Least: []float64{0.01, 0.2, 0.5, 0.6, 0.72, 0.8, 0.9, 1}[r.IntN(8)], Jobs: 1 + r.IntN(3)}
		if r.IntN(2) == 0 {
			c.Compared = func(a, b int) bool { return (a+b)%3 > 0 }
		}
		want := simpleContainments(texts, c)
		if got, _ := containments(t, texts, c); !slices.Equal(got, want) {
			t.Fatalf("seed %d, least %v:\n%v, simple\n%v", seed, c.Least, got, want)
		}
		found += len(want)
	}
	if found < int(rounds) {
		t.Errorf("%d pairs in %d rounds: too few to tell anything", found, rounds)
	}
}

func FuzzContainments(f *testing.F) {
	f.Add([]byte("abcdefgh\nabcdefgh xyz abcd\nxabcdefghx\n"), 0.72)
	f.Add([]byte("aaaaaaaaaa\naaaaa\n\naaab\nbbbb"), 0.3)
	f.Fuzz(func(t *testing.T, data []byte, least float64) {
		if least = math.Abs(least); !(least > 0 && least <= 1) {
			least = 0.5
		}
		data = data[:min(len(data), 2000)]
		var texts []Text
		for line := range bytes.SplitSeq(data, []byte("\n")) {
			var text Text
			for _, c := range line {
				text.Words = append(text.Words, uint32(c))
			}
			if n := len(line); n > 8 && line[0]%2 == 0 {
				text.Frame = []Passage{{0, 2}, {n - 1, n}}
			}
			texts = append(texts, text)
		}
		c := Containment{Least: least, Jobs: 2}
		if got, _ := containments(t, texts, c); !slices.Equal(got, simpleContainments(texts, c)) {
			t.Errorf("%v, simple %v", got, simpleContainments(texts, c))
		}
	})
}

// Settled in batches, all pairs come, and those of the texts below in time.
func TestContainmentsSettle(t *testing.T) {
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 12))
		texts := randomTexts(r, 1+r.IntN(5*settling/2), 2+r.IntN(300))
		c := Containment{Least: 0.6, Jobs: 1 + r.IntN(3)}
		want := simpleContainments(texts, c)
		var got []Overlap
		c.Settle = func(below int, found []Overlap) {
			got = append(got, found...)
			slices.SortFunc(got, byTexts)
			got = slices.Compact(got)
			above := func(o Overlap) bool { return int(o.B) >= below }
			due := slices.DeleteFunc(slices.Clone(want), above)
			if come := slices.DeleteFunc(slices.Clone(got), above); !slices.Equal(come, due) {
				t.Errorf("seed %d: %d pairs of texts below %d, want %d", seed, len(come), below, len(due))
			}
		}
		if returned, _ := containments(t, texts, c); returned != nil {
			t.Errorf("seed %d: %d returned, want none", seed, len(returned))
		}
		if !slices.Equal(got, want) {
			t.Errorf("seed %d: %d pairs, want %d", seed, len(got), len(want))
		}
	}
}

// Where all but the first of many copies are settled, they are hardly compared: each
// with that one and, at most, with those of its batch.
func TestSettledTextsAreNotCompared(t *testing.T) {
	needs.Time(t, "it compares thousands of texts that are all alike")
	const n = 20 * settling
	r := rand.New(rand.NewPCG(1, 13))
	texts := make([]Text, n)
	for i := range texts {
		for w := range uint32(100) {
			texts[i].Words = append(texts[i].Words, w)
		}
		texts[i].Words[r.IntN(100)] = uint32(1000 + i)
	}
	settled := 0
	c := Containment{Least: 0.5, Compared: func(a, b int) bool { return min(a, b) == 0 || min(a, b) >= settled }}
	c.Settle = func(below int, _ []Overlap) { settled = below }
	_, counts := containments(t, texts, c)
	if most := int64(n * (settling + 1)); counts.Checked > most || counts.Overlaps < n-1 {
		t.Errorf("%d texts compared, want at most %d; %d pairs", counts.Checked, most, counts.Overlaps)
	}
}

func TestContainmentsReportProgress(t *testing.T) {
	texts := randomTexts(rand.New(rand.NewPCG(1, 1)), 2000, 500)
	last, total := 0, 0
	containments(t, texts, Containment{Least: 0.8, Jobs: 3, Progress: func(done, of int) {
		if done <= last {
			t.Errorf("%d of %d after %d", done, of, last)
		}
		last, total = done, of
	}})
	if last != total || total == 0 {
		t.Errorf("%d of %d at the end", last, total)
	}
}

func TestContainmentsStop(t *testing.T) {
	texts := randomTexts(rand.New(rand.NewPCG(1, 1)), 2000, 500)
	ctx, cancel := context.WithCancel(t.Context())
	c := Containment{Least: 0.8, Progress: func(int, int) { cancel() }}
	if found, _, err := Containments(ctx, len(texts), func(i int) Text { return texts[i] }, c); !errors.Is(err, context.Canceled) || found != nil {
		t.Errorf("%d found, %v; want none and context canceled", len(found), err)
	}
	for _, least := range []float64{0, -1, 1.1} {
		if _, _, err := Containments(t.Context(), 0, nil, Containment{Least: least}); err == nil {
			t.Errorf("a share of %v is no error", least)
		}
	}
}

// stockTexts are texts of a news agency: words of their own, stock phrases that
// many have, and for one in ten a copy, whole or in part.
func stockTexts(n int) []Text {
	r := rand.New(rand.NewPCG(7, 7))
	words := func(n int) (w []uint32) {
		for range n {
			w = append(w, uint32(20000*r.Float64()*r.Float64()*r.Float64()))
		}
		return w
	}
	var phrases [][]uint32
	for range 2000 {
		phrases = append(phrases, words(4+r.IntN(12)))
	}
	texts := make([]Text, n)
	for i := range texts {
		if i > 0 && r.IntN(10) == 0 {
			from := texts[r.IntN(i)].Words
			texts[i].Words = slices.Concat(words(r.IntN(40)), from[r.IntN(len(from)/3):], words(r.IntN(40)))
			continue
		}
		for len(texts[i].Words) < 60+i%250 {
			texts[i].Words = append(texts[i].Words, words(30+r.IntN(60))...)
			texts[i].Words = append(texts[i].Words, phrases[min(r.IntN(2000), r.IntN(2000))]...)
		}
	}
	return texts
}

// TestContainmentOperations keeps the operations in a golden file, and that they
// are the same for several workers.
func TestContainmentOperations(t *testing.T) {
	needs.Time(t, "it compares 20,000 texts six times")
	var got bytes.Buffer
	fmt.Fprintln(&got, "texts  least    words  indexed      met  checked  overlaps")
	for _, n := range []int{5000, 20000} {
		texts := stockTexts(n)
		for _, least := range []float64{0.6, 0.72, 0.9} {
			found, one := containments(t, texts, Containment{Least: least, Jobs: 1})
			again, three := containments(t, texts, Containment{Least: least, Jobs: 3})
			if three != one || !reflect.DeepEqual(found, again) {
				t.Errorf("least %v: three workers take %+v, one %+v", least, three, one)
			}
			fmt.Fprintf(&got, "%5d  %5.2f  %7d  %7d  %7d  %7d  %8d\n", n, least, one.Words, one.Indexed, one.Met, one.Checked, one.Overlaps)
		}
	}
	checkGolden(t, "testdata/containment_operations.txt", got.Bytes())
}

func BenchmarkContainments(b *testing.B) {
	texts := stockTexts(20000)
	words := 0
	for _, t := range texts {
		words += len(t.Words)
	}
	for b.Loop() {
		if _, _, err := Containments(b.Context(), len(texts), func(i int) Text { return texts[i] }, Containment{Least: 0.72}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(texts)*b.N)/b.Elapsed().Seconds(), "texts/s")
	b.ReportMetric(float64(words*b.N)/b.Elapsed().Seconds()/1e6, "Mwords/s")
}
