package eval

import (
	"math/rand/v2"
	"slices"

	"qissa/cluster"
)

// An Interval holds 95 % of the values that a measure takes over resamples.
type Interval struct {
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// A ScoreInterval has the intervals of a Score.
type ScoreInterval struct {
	Precision Interval `json:"precision"`
	Recall    Interval `json:"recall"`
	F1        Interval `json:"f1"`
}

// Intervals returns the 95 % percentile bootstrap intervals of BCubed and
// Pairwise: gold stories, not articles, are drawn with replacement, since
// articles of one story stand or fall together. Equal seeds give equal
// intervals. It takes resamples × gold stories steps; 1,000 resamples are
// usual for intervals (Efron and Tibshirani, An introduction to the bootstrap,
// 1993, sections 13.3 and 19.3; for the drawing of groups, Field and Welsh,
// Bootstrapping clustered data, 2007, doi:10.1111/j.1467-9868.2007.00593.x).
func Intervals(pred, gold cluster.Partition, resamples int, seed uint64) (bcubed, pairwise ScoreInterval) {
	items, pairs := resample(pred, gold, resamples, rand.New(rand.NewPCG(seed, 0)))
	return scoreInterval(items), scoreInterval(pairs)
}

// MeanIntervals returns the intervals of the means over several sets: each set is drawn
// anew as [Intervals] does, by itself, and its scores count once.
func MeanIntervals(pred, gold []cluster.Partition, resamples int, seed uint64) (bcubed, pairwise ScoreInterval) {
	r := rand.New(rand.NewPCG(seed, 0))
	items, pairs := make([]Score, resamples), make([]Score, resamples)
	for s := range pred {
		item, pair := resample(pred[s], gold[s], resamples, r)
		for i := range resamples {
			items[i].add(item[i], 1/float64(len(pred)))
			pairs[i].add(pair[i], 1/float64(len(pred)))
		}
	}
	return scoreInterval(items), scoreInterval(pairs)
}

// resample returns the scores of resamples.
func resample(pred, gold cluster.Partition, resamples int, r *rand.Rand) (items, pairs []Score) {
	t := newTable(pred, gold)
	byItem, byPair := t.byItem(), t.byPair()
	items, pairs = make([]Score, resamples), make([]Score, resamples)
	for i := range resamples {
		var item, pair contribution
		for range t.gold {
			s := r.IntN(len(t.gold))
			item.add(byItem[s])
			pair.add(byPair[s])
		}
		items[i], pairs[i] = item.score(), pair.score()
	}
	return items, pairs
}

// A contribution is what one gold story adds to the fractions of precision
// and recall. The sum over all gold stories gives the Score.
type contribution struct{ rightClaimed, claimed, rightWanted, wanted float64 }

func (c *contribution) add(d contribution) {
	c.rightClaimed += d.rightClaimed
	c.claimed += d.claimed
	c.rightWanted += d.rightWanted
	c.wanted += d.wanted
}

func (c contribution) score() Score {
	return harmonic(ratio(c.rightClaimed, c.claimed), ratio(c.rightWanted, c.wanted))
}

// byItem returns the contributions of the gold stories to B-cubed.
func (t table) byItem() []contribution {
	out := make([]contribution, len(t.gold))
	for _, c := range t.cells {
		n := float64(c.n)
		out[c.gold].add(contribution{n * n / float64(t.pred[c.pred]), n, n * n / float64(t.gold[c.gold]), n})
	}
	return out
}

// byPair returns the contributions of the gold stories to Pairwise. A predicted
// pair across two gold stories is half of either's.
func (t table) byPair() []contribution {
	out := make([]contribution, len(t.gold))
	for _, c := range t.cells {
		claimed := float64(c.n) * float64(t.pred[c.pred]-1) / 2
		out[c.gold].add(contribution{pairs(c.n), claimed, pairs(c.n), 0})
	}
	for g, size := range t.gold {
		out[g].wanted = pairs(size)
	}
	return out
}

func scoreInterval(scores []Score) ScoreInterval {
	return ScoreInterval{
		interval(scores, func(s Score) float64 { return s.Precision }),
		interval(scores, func(s Score) float64 { return s.Recall }),
		interval(scores, func(s Score) float64 { return s.F1 }),
	}
}

// interval returns the middle 95 % of the values.
func interval(scores []Score, value func(Score) float64) Interval {
	if len(scores) == 0 {
		return Interval{}
	}
	values := make([]float64, len(scores))
	for i, s := range scores {
		values[i] = value(s)
	}
	slices.Sort(values)
	cut := len(values) / 40 // 2.5 % at each end
	return Interval{values[cut], values[len(values)-1-cut]}
}
