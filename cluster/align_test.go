package cluster

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// numbered gives words numbers, the same in both texts.
func numbered(texts ...string) [][]uint32 {
	number := map[string]uint32{}
	var all [][]uint32
	for _, text := range texts {
		var words []uint32
		for w := range strings.FieldsSeq(text) {
			n, ok := number[w]
			if !ok {
				n = uint32(len(number))
				number[w] = n
			}
			words = append(words, n)
		}
		all = append(all, words)
	}
	return all
}

// aligner is used again and again: what it did last must not matter.
var aligner Aligner

func align(a, b Text) Alignment {
	aligner.Start(a)
	return aligner.Align(b)
}

func TestAlign(t *testing.T) {
	for _, test := range []struct {
		name       string
		a, b       string
		aInB, bInA float64
		runs       []Run
	}{
		{"nothing", "", "", 0, 0, nil},
		{"three words in common are a stock phrase", "a b c x", "a b c y", 0, 0, nil},
		{"four words in common", "a b c d", "x a b c d", 1, 0.8, []Run{{0, 1, 4}}},
		{"the same text", "a b c d e", "a b c d e", 1, 1, []Run{{0, 0, 5}}},
		{"cut to its first half", "a b c d e f g h", "a b c d", 0.5, 1, []Run{{0, 0, 4}}},
		{"two passages in another order", "a b c d e f g h", "e f g h a b c d", 1, 1, []Run{{0, 4, 4}, {4, 0, 4}}},
		{"one other word inside", "a b c d x e f g h", "a b c d y e f g h", 8.0 / 9, 8.0 / 9, []Run{{0, 0, 4}, {5, 5, 4}}},
		{"said twice in one", "a b c d", "a b c d a b c d", 1, 1, []Run{{0, 0, 4}}},
	} {
		w := numbered(test.a, test.b)
		got := align(Text{Words: w[0]}, Text{Words: w[1]})
		if got.AInB != test.aInB || got.BInA != test.bInA || !slices.Equal(got.Runs, test.runs) {
			t.Errorf("%s: %+v, want %v %v %v", test.name, got, test.aInB, test.bInA, test.runs)
		}
	}
}

func TestFramesDoNotCount(t *testing.T) {
	for _, test := range []struct {
		name       string
		a, b       string
		frameA     []Passage
		frameB     []Passage
		aInB, bInA float64
	}{
		{"another dateline", "riyadh spa a b c d", "london reuters a b c d", []Passage{{0, 2}}, []Passage{{0, 2}}, 1, 1},
		{"a dateline in one", "riyadh spa a b c d", "a b c d", []Passage{{0, 2}}, nil, 1, 1},
		{"a common footer and another text", "a b c d share us on twitter", "e f g h share us on twitter", []Passage{{4, 8}}, []Passage{{4, 8}}, 0, 0},
		{"head and foot", "spa a b c d x share us", "a b c d", []Passage{{0, 1}, {6, 8}}, nil, 0.8, 1},
		{"nothing but a frame", "share us on twitter", "share us on twitter", []Passage{{0, 4}}, []Passage{{0, 4}}, 0, 0},
	} {
		w := numbered(test.a, test.b)
		got := align(Text{w[0], test.frameA}, Text{w[1], test.frameB})
		if got.AInB != test.aInB || got.BInA != test.bInA {
			t.Errorf("%s: shares %v and %v, want %v and %v", test.name, got.AInB, got.BInA, test.aInB, test.bInA)
		}
	}
}

// checkAlignment tests an alignment against its definition.
func checkAlignment(t *testing.T, a, b []uint32) {
	t.Helper()
	got := align(Text{Words: a}, Text{Words: b})
	if ab, ba := slowShare(a, b), slowShare(b, a); got.AInB != ab || got.BInA != ba {
		t.Fatalf("shares of %v and %v: %v and %v, want %v and %v", a, b, got.AInB, got.BInA, ab, ba)
	}
	end := int32(0)
	for _, r := range got.Runs {
		if r.A < end || r.Words < ShareRun {
			t.Fatalf("runs of %v and %v: %v overlap or are short", a, b, got.Runs)
		}
		end = r.A + r.Words
		if !slices.Equal(a[r.A:end], b[r.B:r.B+r.Words]) {
			t.Fatalf("run %v of %v and %v is not shared", r, a, b)
		}
	}
	if (len(got.Runs) == 0) != (got.AInB == 0) {
		t.Fatalf("%v and %v: %d runs, share %v", a, b, len(got.Runs), got.AInB)
	}
}

// slowShare is the share of words of a inside sequences of ShareRun words that
// stand in b.
func slowShare(a, b []uint32) float64 {
	covered := make([]bool, len(a))
	for i := 0; i+ShareRun <= len(a); i++ {
		for j := 0; j+ShareRun <= len(b); j++ {
			if slices.Equal(a[i:i+ShareRun], b[j:j+ShareRun]) {
				for k := range ShareRun {
					covered[i+k] = true
				}
			}
		}
	}
	return share(covered, nil)
}

func TestAlignEqualsItsDefinition(t *testing.T) {
	for seed := range uint64(3000) {
		r := rand.New(rand.NewPCG(seed, 4))
		draw := func() []uint32 {
			words := make([]uint32, r.IntN(30))
			for i := range words {
				words[i] = uint32(r.IntN(3))
			}
			return words
		}
		checkAlignment(t, draw(), draw())
	}
}

func FuzzAlign(f *testing.F) {
	f.Add([]byte("abcdefgh"), []byte("efghabcd"))
	f.Add([]byte("aaaaaaaa"), []byte("aaaa"))
	f.Fuzz(func(t *testing.T, a, b []byte) {
		const most = 200 // the definition is read word by word
		checkAlignment(t, widen(a[:min(most, len(a))]), widen(b[:min(most, len(b))]))
	})
}

func widen(b []byte) []uint32 {
	var words []uint32
	for _, c := range b {
		words = append(words, uint32(c))
	}
	return words
}

func BenchmarkAlign(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	x, y := make([]uint32, 200), make([]uint32, 200)
	for i := range x {
		x[i], y[i] = uint32(r.IntN(5000)), uint32(r.IntN(5000))
	}
	copy(y[50:], x[:100])
	b.ReportAllocs()
	var al Aligner
	for b.Loop() {
		al.Start(Text{Words: x})
		for range 3 {
			al.Align(Text{Words: y})
		}
	}
}
