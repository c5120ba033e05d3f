package eval

import (
	"math/rand/v2"
	"testing"

	"qissa/cluster"
)

// Contributions of the gold stories sum up to the scores.
func TestContributions(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 1000 {
		pred, gold := randomPair(r)
		c := newTable(pred, gold)
		var item, pair contribution
		for g := range c.gold {
			item.add(c.byItem()[g])
			pair.add(c.byPair()[g])
		}
		if got, want := item.score(), BCubed(pred, gold); !nearScore(got, want) {
			t.Fatalf("sum by item = %v, want %v", got, want)
		}
		if got, want := pair.score(), Pairwise(pred, gold); !nearScore(got, want) {
			t.Fatalf("sum by pair = %v, want %v", got, want)
		}
	}
}

// The mean of one set is that set, that of several has the mean of their scores within.
func TestMeanIntervals(t *testing.T) {
	pred, gold := drawPair(300)
	b, p := Intervals(pred, gold, 200, 1)
	if b1, p1 := MeanIntervals([]cluster.Partition{pred}, []cluster.Partition{gold}, 200, 1); b1 != b || p1 != p {
		t.Errorf("of one set %v and %v, want %v and %v", b1, p1, b, p)
	}
	preds, golds := []cluster.Partition{pred, gold, pred, gold}, []cluster.Partition{gold, gold, gold, gold}
	mean, _ := MeanIntervals(preds, golds, 200, 1)
	if want := (BCubed(pred, gold).F1 + 1) / 2; mean.F1.Low >= want || mean.F1.High <= want {
		t.Errorf("mean %v is not within %v", want, mean.F1)
	}
	if width, one := mean.F1.High-mean.F1.Low, b.F1.High-b.F1.Low; width >= one {
		t.Errorf("the interval of a mean is %v wide, that of one set %v", width, one)
	}
}

func TestIntervals(t *testing.T) {
	pred, gold := drawPair(300)
	b, p := Intervals(pred, gold, 1000, 1)
	for _, c := range []struct {
		name  string
		value float64
		in    Interval
	}{
		{"B-cubed precision", BCubed(pred, gold).Precision, b.Precision},
		{"B-cubed recall", BCubed(pred, gold).Recall, b.Recall},
		{"B-cubed F1", BCubed(pred, gold).F1, b.F1},
		{"pairwise precision", Pairwise(pred, gold).Precision, p.Precision},
		{"pairwise recall", Pairwise(pred, gold).Recall, p.Recall},
		{"pairwise F1", Pairwise(pred, gold).F1, p.F1},
	} {
		if c.in.Low >= c.value || c.in.High <= c.value {
			t.Errorf("%s %v is not within %v", c.name, c.value, c.in)
		}
	}
	if b2, p2 := Intervals(pred, gold, 1000, 1); b2 != b || p2 != p {
		t.Errorf("the same seed gives %v, then %v", b, b2)
	}
	if b2, _ := Intervals(pred, gold, 1000, 2); b2 == b {
		t.Errorf("another seed gives the same %v", b2)
	}
	one := Interval{1, 1}
	if b, p := Intervals(gold, gold, 100, 1); b != (ScoreInterval{one, one, one}) || p != b {
		t.Errorf("intervals of equal groupings = %v, %v, want 1 to 1", b, p)
	}
	if b, _ := Intervals(nil, nil, 0, 1); b != (ScoreInterval{}) {
		t.Errorf("intervals of no resamples = %v, want zero", b)
	}
}

// The interval holds the true value about 95 times in 100. The stories are
// those of one urn, so that the truth is known.
func TestIntervalCoverage(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	const trials, stories, split = 300, 200, 0.3
	held := 0
	for range trials {
		var pred, gold []int
		for s := range stories {
			size, cut := 2+r.IntN(4), 0
			if r.Float64() < split {
				cut = 1 // the first article stands alone
			}
			for i := range size {
				gold = append(gold, s)
				if i < cut {
					pred = append(pred, -s-1)
				} else {
					pred = append(pred, s)
				}
			}
		}
		b, _ := Intervals(Group(pred), Group(gold), 400, r.Uint64())
		if b.Recall.Low <= urnRecall(split) && urnRecall(split) <= b.Recall.High {
			held++
		}
	}
	if share := float64(held) / trials; share < 0.90 || share > 0.99 {
		t.Errorf("the interval held the true recall in %.3f of the trials, want about 0.95", share)
	}
}

// urnRecall returns the B-cubed recall over stories of 2 to 5 articles, of
// which a share has one article split off.
func urnRecall(split float64) float64 {
	var right, all float64
	for size := 2.; size <= 5; size++ {
		whole, broken := size, (1+(size-1)*(size-1))/size
		right += split*broken + (1-split)*whole
		all += size
	}
	return right / all
}
