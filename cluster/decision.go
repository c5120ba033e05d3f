package cluster

import "math"

// A Decision is a logistic regression over the features of a pair.
type Decision struct {
	Bias   float64
	Mean   [NumFeatures]float64 // of the pairs it was fitted on
	Scale  [NumFeatures]float64 // standard deviation there
	Weight [NumFeatures]float64 // of the standardised feature
}

// leastSame is the probability under which a pair counts as 0: it hardly moves
// the average of two groups, and nearly all pairs of a dump are under it.
const leastSame = 0.02

// Own returns the log odds that two documents report the same story, as far as they
// tell by themselves: the bias and the terms of the first features, added in order.
func (d *Decision) Own(f [NumOwn]float64) float64 {
	z := d.Bias
	for i := range f {
		z += d.term(i, f[i])
	}
	return z
}

// Same returns the probability that a pair with these features reports the
// same story, 0 to 1, or 0 if it is under 0.02.
func (d *Decision) Same(f [NumFeatures]float64) float64 {
	return d.same(d.Own([NumOwn]float64(f[:NumOwn])), [NumFeatures - NumOwn]float64(f[NumOwn:]))
}

// same is Same, of the log odds of the documents' own features and of the others.
func (d *Decision) same(own float64, f [NumFeatures - NumOwn]float64) float64 {
	z := own
	for i := range f {
		z += d.term(NumOwn+i, f[i])
	}
	if p := 1 / (1 + math.Exp(-z)); p >= leastSame {
		return p
	}
	return 0
}

// term is what a feature adds to the log odds.
func (d *Decision) term(feature int, x float64) float64 {
	return float64(d.Weight[feature] * ((x - d.Mean[feature]) / d.Scale[feature]))
}

// Decide returns Same of a pair whose own log odds are known. Where no overlap of
// the neighbours could lift it to the least probability, the overlap, which costs
// most, is not computed.
func (d *Decision) Decide(own float64, c *NeighbourComparer, p Pair) float64 {
	f := c.densities(p)
	z := own + max(d.term(NumOwn, 0), d.term(NumOwn, 1))
	for i := 1; i < len(f); i++ {
		z += d.term(NumOwn+i, f[i])
	}
	const rounding = 1e-6
	if z < math.Log(leastSame/(1-leastSame))-rounding {
		return 0
	}
	f[0] = c.profile(p.A, p.B)
	return d.same(own, f)
}
