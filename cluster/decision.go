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

// Same returns the probability that a pair with these features reports the
// same story, 0 to 1, or 0 if it is under 0.02.
func (d *Decision) Same(f [NumFeatures]float64) float64 {
	z := d.Bias
	for i := range f {
		z += d.term(i, f[i])
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

// Decide returns Same of the features of a pair. Where no overlap of the
// neighbours could lift it to the least probability, the overlap, which costs
// most, is not computed.
func (d *Decision) Decide(c *Comparer, p Pair, cos Cosines) float64 {
	f := c.ownFeatures(p, cos)
	z := d.Bias + max(d.term(neighbourFeature, 0), d.term(neighbourFeature, 1))
	for i := range f {
		if i != neighbourFeature {
			z += d.term(i, f[i])
		}
	}
	const rounding = 1e-6
	if z < math.Log(leastSame/(1-leastSame))-rounding {
		return 0
	}
	f[neighbourFeature] = c.profile(p.A, p.B)
	return d.Same(f)
}
