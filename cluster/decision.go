package cluster

import "math"

// A Decision is a logistic regression over the features of a pair.
type Decision struct {
	Bias   float64
	Mean   [NumFeatures]float64 // of the pairs it was fitted on
	Scale  [NumFeatures]float64 // standard deviation there
	Weight [NumFeatures]float64 // of the standardised feature
}

// Same returns the probability that a pair with these features reports the
// same story, 0 to 1.
func (d *Decision) Same(f [NumFeatures]float64) float64 {
	z := d.Bias
	for i, x := range f {
		z += float64(d.Weight[i] * ((x - d.Mean[i]) / d.Scale[i]))
	}
	return 1 / (1 + math.Exp(-z))
}
