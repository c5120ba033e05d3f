package passages

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
)

// changed returns words of which every tenth, from one of the first ten on, is exchanged,
// dropped, or has another one before it.
func changed(words []uint32, kind string, r *rand.Rand) (out []uint32) {
	other := func() uint32 { return uint32(5000 + r.IntN(3000)) }
	phase := 3 + r.IntN(5)
	for i, w := range words {
		switch {
		case kind == "swapped" || i%10 != phase:
			out = append(out, w)
		case kind == "exchanged":
			out = append(out, other())
		case kind == "added":
			out = append(out, other(), w)
		}
	}
	if kind == "swapped" {
		third := len(words) / 3
		out = slices.Concat(words[third:2*third], words[:third], words[2*third:])
	}
	return out
}

// An aligned is where two texts are alike, as the plain alignment finds it.
type aligned struct{ a, b, wordsA, wordsB, equal int32 }

func (p aligned) has(share float64) bool {
	return float64(p.equal) >= share*float64(max(p.wordsA, p.wordsB))
}

// alignedBest returns the best local alignment of two texts by the whole table of their
// words (Smith and Waterman, 1981), with the scores of extend: 1 for each word, and a cost
// less for each difference; of equal scores the shortest.
func alignedBest(a, b []uint32, cost int32) (best aligned) {
	type cell struct {
		score, a, b, equal int32
	}
	row := make([]cell, len(b)+1)
	top := int32(0)
	for j := range row {
		row[j] = cell{0, 0, int32(j), 0}
	}
	for i := range a {
		diagonal := row[0]
		row[0] = cell{0, int32(i + 1), 0, 0}
		for j := range b {
			c := diagonal
			if a[i] == b[j] {
				c.score, c.equal = c.score+2, c.equal+1
			} else {
				c.score += 2 - cost
			}
			for _, other := range []cell{row[j], row[j+1]} {
				if other.score += 1 - cost; other.score > c.score {
					c = other
				}
			}
			if c.score <= 0 {
				c = cell{0, int32(i + 1), int32(j + 1), 0}
			}
			diagonal, row[j+1] = row[j+1], c
			if c.score > top {
				top = c.score
				best = aligned{c.a, c.b, int32(i+1) - c.a, int32(j+1) - c.b, c.equal}
			}
		}
	}
	return best
}

// On made texts the changed passages of each two are what a plain alignment of all words
// of all pairs finds best, where the two have a seed.
func TestNearEqualsThePlainAlignment(t *testing.T) {
	const least, share = 12, 0.8
	want, texts := 0, 0
	for seed := range uint64(12) {
		r := rand.New(rand.NewPCG(seed, 3))
		var all [][]uint32
		own := func(n int) (words []uint32) {
			for range n {
				words = append(words, uint32(r.IntN(5000)))
			}
			return words
		}
		for range 4 {
			passage := own(20 + r.IntN(60))
			for _, kind := range []string{"same", "exchanged", "dropped", "added"} {
				words := passage
				if kind != "same" {
					words = changed(passage, kind, r)
				}
				all = append(all, slices.Concat(own(r.IntN(40)), words, own(r.IntN(40))))
			}
		}
		texts += len(all)
		in := textsFrom(all)
		f := &nearFinder{Texts: in, NearOptions: NearOptions{Least: least, Share: share, Jobs: 1 + int(seed%2)}}
		exact, err := Find(context.Background(), in, Options{Least: SeedWords})
		if err != nil {
			t.Fatal(err)
		}
		seeds, left, err := f.seeds(context.Background(), exact.Passages)
		if err != nil || left > 0 {
			t.Fatal(err, left)
		}
		pairs, err := f.extendAll(context.Background(), seeds)
		if err != nil {
			t.Fatal(err)
		}
		got := map[[2]int32]aligned{}
		for _, p := range pairs {
			key := [2]int32{p.a.Text, p.b.Text}
			if _, again := got[key]; again {
				t.Fatalf("seed %d: texts %v have two passages", seed, key)
			}
			got[key] = aligned{p.a.Word, p.b.Word, p.wordsA, p.wordsB, p.equal}
		}
		for x := range all {
			for y := x + 1; y < len(all); y++ {
				key := [2]int32{int32(x), int32(y)}
				best := alignedBest(all[x], all[y], 4)
				if !best.has(share) {
					best = alignedBest(all[x], all[y], 10)
				}
				if best.equal < least || !best.has(share) {
					// The best one has too few equal words, because it bridges more than mostInRow
					// differences: a part of it is found.
					if p, is := got[key]; is && alignedBest(all[x][p.a:p.a+p.wordsA], all[y][p.b:p.b+p.wordsB], 4).equal != p.equal {
						t.Errorf("seed %d: texts %v have %v, which are not as many equal words", seed, key, p)
					}
					continue
				}
				if _, has := got[key]; !has && !hasSeed(all[x], all[y]) {
					continue
				}
				want++
				if got[key] != best {
					t.Errorf("seed %d: texts %v have %v, want %v", seed, key, got[key], best)
				}
			}
		}
	}
	t.Logf("%d passages of %d texts", want, texts)
	if want < 200 {
		t.Errorf("only %d passages were there to find", want)
	}
}

func hasSeed(a, b []uint32) bool {
	for i := range a {
		for j := range b {
			if shared(a[i:], b[j:]) >= SeedWords {
				return true
			}
		}
	}
	return false
}

// A passage of 40 words of which every tenth is changed, or whose thirds are in another
// order, is found once, with all its words, in all its places; other texts have none.
func TestNearPassagesAreWhole(t *testing.T) {
	for _, kind := range []string{"exchanged", "dropped", "added", "swapped"} {
		for _, copies := range []int{1, 3} {
			r := rand.New(rand.NewPCG(uint64(copies), 9))
			var all [][]uint32
			var want []string
			own := func() (words []uint32) {
				for range 60 {
					words = append(words, uint32(r.IntN(3000)))
				}
				return words
			}
			for p := range 25 {
				passage := make([]uint32, 40)
				for i := range passage {
					passage[i] = uint32(8000 + 40*p + i)
				}
				first := len(all)
				all = append(all, slices.Concat(own(), passage, own()))
				places := fmt.Sprintf("%d:60+40", first)
				for range copies {
					words := changed(passage, kind, r)
					places += fmt.Sprintf(" %d:60+%d", len(all), len(words))
					all = append(all, slices.Concat(own(), words, own()))
				}
				all = append(all, slices.Concat(own(), passage, own())) // and one that is exact
				want = append(want, places+fmt.Sprintf(" %d:60+40", len(all)-1))
			}
			near, left := nearOf(t, textsFrom(all), 12, 0.8)
			var got []string
			for _, p := range near {
				places := ""
				for n, at := range p.Places {
					if n > 0 {
						places += " "
					}
					places += fmt.Sprintf("%d:%d+%d", at.Text, at.Word, at.Words)
				}
				got = append(got, places)
			}
			slices.SortFunc(want, func(a, b string) int { return cmp.Compare(a, b) })
			slices.Sort(got)
			if !slices.Equal(got, want) || len(left) > 0 {
				t.Errorf("%s, %d copies: %d passages, want %d, and %d exact ones beside them: %v\n%v", kind, copies, len(got), len(want), len(left), got, want)
			}
		}
	}
}

// nearOf returns the changed passages of texts, and the exact ones beside them.
func nearOf(t *testing.T, in Texts, least int, share float64) ([]NearPassage, []Passage) {
	t.Helper()
	found, err := Find(context.Background(), in, Options{Least: SeedWords})
	if err != nil {
		t.Fatal(err)
	}
	near, err := FindNear(context.Background(), in, found.Passages, NearOptions{Least: least, Share: share})
	if err != nil {
		t.Fatal(err)
	}
	return near.Changed, near.Exact
}

// Copies of whole texts, set aside or not, have the same changed passages.
func TestNearPassagesOfCopies(t *testing.T) {
	some := 0
	for seed := range uint64(50) {
		r := rand.New(rand.NewPCG(seed, 8))
		var all [][]uint32
		for range 6 {
			text := make([]uint32, 30+r.IntN(40))
			for i := range text {
				text[i] = uint32(r.IntN(5000))
			}
			all = append(all, text, changed(text, []string{"exchanged", "dropped", "added", "swapped"}[r.IntN(4)], r))
			if r.IntN(2) == 0 {
				all = append(all, all[r.IntN(len(all))])
			}
		}
		in := textsFrom(all)
		want, _ := nearOf(t, in, 12, 0.8)
		some += len(want)
		in.Same = sameTexts(all)
		got, _ := nearOf(t, in, 12, 0.8)
		texts := func(of []NearPassage) (texts [][]int32) { // at an end changed words may be another's end
			for _, p := range of {
				texts = append(texts, nil)
				for _, at := range p.Places {
					texts[len(texts)-1] = append(texts[len(texts)-1], at.Text)
				}
			}
			return texts
		}
		if !reflect.DeepEqual(texts(got), texts(want)) {
			t.Fatalf("seed %d: copies set aside %v\nnot %v", seed, got, want)
		}
	}
	if some < 200 {
		t.Errorf("only %d passages were there to find", some)
	}
}
