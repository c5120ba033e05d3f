package qissa

import "math"

// The trust in a story is a logistic regression, fitted on the stories that runs found
// in labelled sets which their decision had not seen; go run ./eval/fit trust.
const (
	trustCohesion = 1.00  // of the log odds of the cohesion, kept between 0.01 and 0.99
	trustSize     = -0.70 // of the logarithm of the number of articles
	trustOutlet   = -1.42 // of the share of pairs whose articles are of one outlet
	trustBase     = 1.28
	leastTrust    = 0.60 // under which a story is marked for review: the greatest tenth under which at most 15 % of the right ones of unseen sets are
	trustMostSize = 20   // articles from which more say nothing: few labelled stories are larger; chosen by eye
)

// Trust returns the probability that the articles of a story all report one happening:
// of a story of size articles, 2 or more, of the given cohesion, of whose pairs the
// given share is of one outlet.
func Trust(cohesion float64, size int, oneOutlet float64) float64 {
	c := min(max(cohesion, 0.01), 0.99)
	z := trustBase + float64(trustCohesion*math.Log(c/(1-c))) + float64(trustSize*math.Log(float64(min(size, trustMostSize)))) + float64(trustOutlet*oneOutlet)
	return 1 / (1 + math.Exp(-z))
}
