package cluster

import "math"

// A Decision is a logistic regression over the features of a pair.
type Decision struct {
	Bias   float64
	Least  float64              // probability under which a pair counts as 0
	Mean   [NumFeatures]float64 // of the pairs it was fitted on
	Scale  [NumFeatures]float64 // standard deviation there
	Weight [NumFeatures]float64 // of the standardised feature
}

// The probabilities under which a pair counts as 0: nearly all pairs of a dump are
// under them, and they hardly move the average of two groups. Storylines of the labelled
// sets are the same for all values from 0.02 to 0.15.
const (
	LeastStory     = 0.02
	LeastStoryline = 0.15
)

// Decisions are the two questions that a run asks of a pair: do the two report the same
// story, and do they belong to one storyline?
type Decisions struct{ Story, Storyline Decision }

// Levels are two numbers of a pair, one for each question.
type Levels struct{ Story, Storyline float64 }

// Own returns the log odds of both questions, as far as the documents tell by themselves.
func (d *Decisions) Own(f [NumOwn]float64) Levels {
	return Levels{d.Story.Own(f), d.Storyline.Own(f)}
}

// Decide returns both probabilities of a pair whose own log odds are known: what Same
// says of all its features. Where no overlap of the neighbours could lift one of them to
// the least probability, the overlap, which costs most, is not computed.
func (d *Decisions) Decide(own Levels, c *NeighbourComparer, p Pair) (same Levels) {
	f := c.densities(p)
	story, storyline := d.Story.mayReach(own.Story, f), d.Storyline.mayReach(own.Storyline, f)
	if story || storyline {
		f[0] = c.profile(p.A, p.B)
	}
	if story {
		same.Story = d.Story.same(own.Story, f)
	}
	if storyline {
		same.Storyline = d.Storyline.same(own.Storyline, f)
	}
	return same
}

// Own returns the log odds, as far as the two documents tell by themselves: the bias and
// the terms of the first features, added in order.
func (d *Decision) Own(f [NumOwn]float64) float64 {
	z := d.Bias
	for i := range f {
		z += d.term(i, f[i])
	}
	return z
}

// Same returns the probability of a pair with these features, 0 to 1, or 0 if it is
// under the least one.
func (d *Decision) Same(f [NumFeatures]float64) float64 {
	return d.same(d.Own([NumOwn]float64(f[:NumOwn])), [NumFeatures - NumOwn]float64(f[NumOwn:]))
}

// same is Same, of the log odds of the documents' own features and of the others.
func (d *Decision) same(own float64, f [NumFeatures - NumOwn]float64) float64 {
	z := own
	for i := range f {
		z += d.term(NumOwn+i, f[i])
	}
	if p := 1 / (1 + math.Exp(-z)); p >= d.Least {
		return p
	}
	return 0
}

// term is what a feature adds to the log odds.
func (d *Decision) term(feature int, x float64) float64 {
	return float64(d.Weight[feature] * ((x - d.Mean[feature]) / d.Scale[feature]))
}

// mayReach reports whether some overlap of the neighbours, 0 to 1 and not in f yet, lifts
// a pair to the least probability.
func (d *Decision) mayReach(own float64, f [NumFeatures - NumOwn]float64) bool {
	z := own + max(d.term(NumOwn, 0), d.term(NumOwn, 1))
	for i := 1; i < len(f); i++ {
		z += d.term(NumOwn+i, f[i])
	}
	const rounding = 1e-6
	return z >= math.Log(d.Least/(1-d.Least))-rounding
}
