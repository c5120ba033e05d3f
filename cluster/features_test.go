package cluster

import (
	"cmp"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// A randomCorpus is documents with all their rows.
type randomCorpus struct {
	Sections
	Documents
}

// randomDocuments are documents of few terms, so that they share many.
func randomDocuments(r *rand.Rand, n int) *randomCorpus {
	const terms = 30
	rows := func(most int) Rows {
		out := Rows{Start: []int{0}}
		for range n {
			row := r.Perm(terms)[:r.IntN(most)]
			slices.Sort(row)
			for _, t := range row {
				out.Term = append(out.Term, uint32(t))
				out.Weight = append(out.Weight, float32(0.1+r.Float64())/float32(2*len(row)))
			}
			out.Start = append(out.Start, len(out.Term))
		}
		return out
	}
	d := &randomCorpus{Sections: Sections{Rows: rows(20), Share: [3]float64{0.3, 0.3, 0.4}}, Documents: Documents{Headline: rows(5), Opening: rows(12)}}
	d.Decayed = union(d.Headline, rows(20))
	for t := range terms {
		d.Section = append(d.Section, uint8(r.IntN(3)))
		d.Rarity = append(d.Rarity, 1+8*r.Float64())
		d.Number = append(d.Number, t%4 == 0)
		d.Place = append(d.Place, t%5 == 0)
	}
	for range n {
		d.Time = append(d.Time, r.Int64N(2e5))
		d.Source = append(d.Source, int32(r.IntN(3))-1)
		d.Length = append(d.Length, int32(r.IntN(100)))
		d.Trend = append(d.Trend, int8(r.IntN(3)-1))
		d.Cues = append(d.Cues, Cues(r.Uint32()&r.Uint32()&r.Uint32()&r.Uint32()))
	}
	return d
}

// union gives every row the terms of both: a text holds its title.
func union(x, y Rows) Rows {
	out := Rows{Start: []int{0}}
	for i := range x.Len() {
		weight := map[uint32]float32{}
		for _, rows := range []Rows{x, y} {
			terms, weights := rows.row(int32(i))
			for n, t := range terms {
				weight[t] += weights[n] / 2
			}
		}
		for _, t := range slices.Sorted(maps.Keys(weight)) {
			out.Term = append(out.Term, t)
			out.Weight = append(out.Weight, weight[t])
		}
		out.Start = append(out.Start, len(out.Term))
	}
	return out
}

func allPairs(d *randomCorpus) (pairs []Pair) {
	for a := range d.Rows.Len() {
		for b := a + 1; b < d.Rows.Len(); b++ {
			if sim := Dot(d.Rows, a, b); sim > 0 {
				pairs = append(pairs, Pair{int32(a), int32(b), sim})
			}
		}
	}
	return pairs
}

func allCosines(d *randomCorpus, pairs []Pair) []Cosines {
	all, comparer := make([]Cosines, len(pairs)), d.Sections.Comparer()
	for i, p := range pairs {
		all[i] = comparer.Cosines(p)
	}
	return all
}

func titles(all []Cosines) func(int) float32 {
	return func(pair int) float32 { return all[pair][Title] }
}

// merged is the dot product of a row of x and a row of y by merging them, with
// the terms that they share.
func merged(x Rows, a int32, y Rows, b int32) (sum float64, common []uint32) {
	for i := x.Start[a]; i < x.Start[a+1]; i++ {
		for j := y.Start[b]; j < y.Start[b+1]; j++ {
			if x.Term[i] == y.Term[j] {
				sum += float64(float64(x.Weight[i]) * float64(y.Weight[j]))
				common = append(common, x.Term[i])
			}
		}
	}
	return sum, common
}

// Cosines and features are those of their definitions, in whatever order pairs
// are compared.
func TestComparerEqualsTheDefinitions(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	d := randomDocuments(r, 60)
	pairs := allPairs(d)
	all := allCosines(d, pairs)
	for i, p := range pairs {
		var want [3]float64
		for i := d.Rows.Start[p.A]; i < d.Rows.Start[p.A+1]; i++ {
			for j := d.Rows.Start[p.B]; j < d.Rows.Start[p.B+1]; j++ {
				if term := d.Rows.Term[i]; term == d.Rows.Term[j] {
					want[d.Section[term]] += float64(d.Rows.Weight[i]) * float64(d.Rows.Weight[j])
				}
			}
		}
		for s, cos := range all[i] {
			if math.Abs(float64(cos)-min(1, want[s]/d.Share[s])) > 1e-6 {
				t.Fatalf("pair %v, section %d: cosine %v, want %v", p, s, cos, want[s]/d.Share[s])
			}
		}
	}
	comparer := d.Documents.Comparers(1)[0]
	for range 5000 {
		i := r.IntN(len(pairs))
		p := pairs[i]
		f := comparer.Own(p, all[i])
		inOpening, _ := merged(d.Headline, p.A, d.Opening, p.B)
		outOpening, _ := merged(d.Headline, p.B, d.Opening, p.A)
		decayed, _ := merged(d.Decayed, p.A, d.Decayed, p.B)
		if f[3] != max(inOpening, outOpening) || f[9] != decayed {
			t.Fatalf("pair %v: title in opening %v and decayed %v, want %v and %v", p, f[3], f[9], max(inOpening, outOpening), decayed)
		}
		rare, numbers := openingsOf(d, p)
		if f[4] != rare || f[5] != numbers {
			t.Fatalf("pair %v: rare words %v and numbers %v, want %v and %v", p, f[4], f[5], rare, numbers)
		}
		if lost, other, same := missingOf(d, p); math.Abs(f[12]-lost) > 1e-12 || f[14] != truth(other) || f[15] != truth(same) {
			t.Fatalf("pair %v: missing %v, other place %v, same place %v, want %v, %v, %v", p, f[12], f[14], f[15], lost, other, same)
		}
	}
}

func openingsOf(d *randomCorpus, p Pair) (rare, numbers float64) {
	_, common := merged(d.Opening, p.A, d.Opening, p.B)
	count := func(terms []uint32) (n float64) {
		for _, t := range terms {
			if d.Number[t] {
				n++
			}
		}
		return n
	}
	for _, t := range common {
		rare += max(0, d.Rarity[t]-4)
	}
	of := func(a int32) float64 { return count(d.Opening.Term[d.Opening.Start[a]:d.Opening.Start[a+1]]) }
	return math.Log1p(rare), count(common) / max(1, min(of(p.A), of(p.B)))
}

// missingOf is the definition of what titles say that the other document does not.
func missingOf(d *randomCorpus, p Pair) (share float64, other, same bool) {
	lost := func(a, b int32) (share float64, places, foreign int) {
		title, _ := d.Headline.row(a)
		text, _ := d.Decayed.row(b)
		missing, all := 0.0, 0.0
		for _, t := range title {
			all += d.Rarity[t]
			known := slices.Contains(text, t)
			if !known {
				missing += d.Rarity[t]
			}
			if d.Place[t] {
				places++
				if !known {
					foreign++
				}
			}
		}
		return missing / max(all, 1e-9), places, foreign
	}
	x, placesA, foreignA := lost(p.A, p.B)
	y, placesB, foreignB := lost(p.B, p.A)
	_, common := merged(d.Headline, p.A, d.Headline, p.B)
	same = slices.ContainsFunc(common, func(t uint32) bool { return d.Place[t] })
	return min(x, y), placesA > 0 && placesB > 0 && foreignA == placesA && foreignB == placesB, same
}

// Steps, days and rounds of two documents by what their cues are.
func TestCues(t *testing.T) {
	const sameOutlet = true
	monday, tuesday := Sunday<<1, Sunday<<2
	quarter, half := First<<11, First<<12
	for _, test := range []struct {
		name                    string
		x, y                    Cues
		outlet                  bool
		day, other, steps, same float64
		round                   float64
	}{
		{name: "nothing"},
		{name: "one reacts", x: Reaction, steps: 1},
		{name: "both react", x: Reaction, y: Reaction},
		{name: "one reacts, the other tells why, in one outlet", x: Reaction, y: Background | Future, outlet: sameOutlet, steps: 3, same: 3},
		{name: "one day", x: monday, y: monday | tuesday, day: 1},
		{name: "two days", x: monday, y: tuesday, other: 1},
		{name: "a day and none", x: monday},
		{name: "two rounds", x: quarter, y: half, round: 1},
		{name: "one round", x: quarter, y: half | quarter},
		{name: "preview and result", x: Preview, y: Result, steps: 2, round: 1},
		{name: "a result that looks ahead", x: Preview | Result, y: Result, steps: 1},
	} {
		d := Documents{Headline: Rows{Start: []int{0, 0, 0}}, Opening: Rows{Start: []int{0, 0, 0}}, Decayed: Rows{Start: []int{0, 0, 0}},
			Rarity: []float64{1}, Number: []bool{false}, Place: []bool{false},
			Time: []int64{0, 0}, Source: []int32{0, 1}, Length: []int32{1, 1}, Trend: []int8{0, 0}, Cues: []Cues{test.x, test.y}}
		if test.outlet {
			d.Source[1] = 0
		}
		f := d.Comparers(1)[0].Own(Pair{A: 0, B: 1}, Cosines{})
		got, want := [5]float64(f[16:21]), [5]float64{test.day, test.other, test.steps, test.same, test.round}
		if got != want {
			t.Errorf("%s: %v, want %v", test.name, got, want)
		}
	}
}

// Articles without dates of one outlet count as half a day apart, unless both name one
// day; those of two outlets as of one time.
func TestHoursOfUndated(t *testing.T) {
	d := Documents{Time: []int64{Undated, Undated, Undated, 7200, 0}, Source: []int32{0, 0, 1, 0, 0},
		Cues: []Cues{Sunday, Sunday, Sunday, 0, 0}}
	for _, test := range []struct {
		a, b int32
		want float64
	}{{0, 1, 0}, {0, 2, 0}, {0, 3, 12}, {3, 4, 2}} {
		if got := d.hours(test.a, test.b); got != test.want {
			t.Errorf("hours of %d and %d: %v, want %v", test.a, test.b, got, test.want)
		}
	}
}

// A decision that skips the neighbours where they cannot matter is the same.
func TestDecideEqualsSameOfAllFeatures(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	d := randomDocuments(r, 80)
	pairs := allPairs(d)
	all := allCosines(d, pairs)
	own, neighbours := d.Documents.Comparers(1)[0], Neighbours(d.Rows.Len(), pairs, titles(all), 3).Comparer()
	decisions, zeros, one := Fitted, 0, 0
	decisions.Story.Bias += 4 // random documents are alike in nothing
	decisions.Storyline.Bias += 5
	for i, p := range pairs {
		first, rest := own.Own(p, all[i]), neighbours.Features(p)
		f := [NumFeatures]float64(append(first[:], rest[:]...))
		got, want := decisions.Decide(decisions.Own(first), neighbours, p), Levels{decisions.Story.Same(f), decisions.Storyline.Same(f)}
		switch {
		case got != want:
			t.Fatalf("pair %v: %v, want %v", p, got, want)
		case got == Levels{}:
			zeros++
		case got.Story == 0 || got.Storyline == 0:
			one++
		}
	}
	if zeros == 0 || one == 0 || zeros+one == len(pairs) {
		t.Errorf("of %d pairs %d are 0, %d in one level: nothing is tested", len(pairs), zeros, one)
	}
}

// Once warm, comparing two documents allocates nothing.
func TestComparingAllocatesNothing(t *testing.T) {
	d := randomDocuments(rand.New(rand.NewPCG(7, 8)), 40)
	pairs := allPairs(d)
	own, neighbours := d.Documents.Comparers(1)[0], Neighbours(d.Rows.Len(), pairs, titles(allCosines(d, pairs)), 3).Comparer()
	sections, i := d.Sections.Comparer(), 0
	if n := testing.AllocsPerRun(200, func() {
		p := pairs[i%len(pairs)]
		i++
		Fitted.Decide(Fitted.Own(own.Own(p, sections.Cosines(p))), neighbours, p)
	}); n > 0 {
		t.Errorf("%v allocations a pair", n)
	}
	var al Aligner
	a, b := widen([]byte("abcdefghijklmnop")), widen([]byte("zzzzefghijkyyyyy"))
	al.Start(Text{Words: a})
	al.Align(Text{Words: b})
	if n := testing.AllocsPerRun(200, func() { al.Start(Text{Words: a}) }); n > 0 {
		t.Errorf("%v allocations to start an alignment", n)
	}
}

// The profile of a document that is similar to many holds the nearest of them, the
// earlier of two that are equally near, and the document itself.
func TestProfileHoldsTheNearest(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 9))
		self := int32(r.IntN(20))
		var all []neighbour
		var sims []float32
		for d := range int32(20) {
			x := neighbour{d, float32(1+r.IntN(5)) / 8}
			if d == self {
				x.sim = 1
			} else {
				sims = append(sims, x.sim)
			}
			all = append(all, x)
		}
		want := slices.Clone(all)
		slices.SortStableFunc(want, func(x, y neighbour) int { return cmp.Compare(y.sim, x.sim) })
		most := 1 + r.IntN(25)
		want = want[:min(most+1, len(want))]
		slices.SortFunc(want, func(x, y neighbour) int { return cmp.Compare(x.doc, y.doc) })
		slices.Sort(sims)
		if got := keepNearest(slices.Clone(all), self, sims, most); !slices.Equal(got, want) {
			t.Fatalf("seed %d, %d nearest of %v: %v, want %v", seed, most, all, got, want)
		}
	}
}
