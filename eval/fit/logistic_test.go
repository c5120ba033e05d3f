package main

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mat"

	"qissa/cluster"
)

// toy returns a set of pairs, of which same says which are of one story.
func toy(features [][cluster.NumFeatures]float64, same []bool) labelled {
	l := labelled{features: features}
	for n, s := range same {
		// Documents 0 and 1 are of one story, 2 of another.
		l.gold = cluster.Partition{0, 0, 2}
		l.pairs = append(l.pairs, cluster.Pair{A: 0, B: 2})
		if s {
			l.pairs[n].B = 1
		}
	}
	return l
}

// drawn returns pairs whose class hangs on their features, with noise.
func drawn(n int) labelled {
	r := rand.New(rand.NewPCG(3, 4))
	features, same := make([][cluster.NumFeatures]float64, n), make([]bool, n)
	for i := range features {
		z := 0.3
		for f := range features[i] {
			features[i][f] = 2 + float64(f+1)*r.NormFloat64()
			z += (features[i][f] - 2) / float64(f+1) * float64(f-7) / 8
		}
		same[i] = r.Float64() < 1/(1+math.Exp(-z))
	}
	return toy(features, same)
}

// Where the features say nothing, the decision is the share of pairs of one story.
func TestFitOfShareAlone(t *testing.T) {
	d, err := fit([]labelled{toy(make([][cluster.NumFeatures]float64, 8), []bool{true, true, false, false, false, false, false, false})})
	if err != nil {
		t.Fatal(err)
	}
	if want := math.Log(2.0 / 6); math.Abs(d.Bias-want) > 1e-3 {
		t.Errorf("bias %v, want %v", d.Bias, want)
	}
	for f := range d.Weight {
		if d.Weight[f] != 0 || d.Scale[f] != 1 {
			t.Errorf("feature %d: weight %v at scale %v, want 0 at 1", f, d.Weight[f], d.Scale[f])
		}
	}
}

// One feature that is 1 for every pair of one story and -1 for every other has
// the weight w at which shrinkage·w = pairs / (1 + exp(w)).
func TestFitOfOneFeature(t *testing.T) {
	const pairs = 100
	features, same := make([][cluster.NumFeatures]float64, pairs), make([]bool, pairs)
	for i := range features {
		same[i] = i%2 == 0
		features[i][5] = 1 - 2*float64(i%2)
	}
	d, err := fit([]labelled{toy(features, same)})
	if err != nil {
		t.Fatal(err)
	}
	low, high := 0.0, 10.0
	for range 60 {
		if w := (low + high) / 2; shrinkage*w < pairs/(1+math.Exp(w)) {
			low = w
		} else {
			high = w
		}
	}
	if math.Abs(d.Weight[5]-low) > 1e-4 || math.Abs(d.Bias) > 1e-4 {
		t.Errorf("weight %v and bias %v, want %v and 0", d.Weight[5], d.Bias, low)
	}
}

// Newton's way ends where plain gradient descent does.
func TestFitEqualsGradientDescent(t *testing.T) {
	set := drawn(400)
	d, err := fit([]labelled{set})
	if err != nil {
		t.Fatal(err)
	}
	var w [cluster.NumFeatures + 1]float64 // the bias last
	for range 20_000 {
		grad := w
		grad[cluster.NumFeatures] = 0
		for f := range cluster.NumFeatures {
			grad[f] *= shrinkage
		}
		for n, x := range set.features {
			z := w[cluster.NumFeatures]
			for f := range x {
				z += w[f] * (x[f] - d.Mean[f]) / d.Scale[f]
			}
			residual := 1 / (1 + math.Exp(-z))
			if set.same(n) {
				residual--
			}
			for f := range x {
				grad[f] += residual * (x[f] - d.Mean[f]) / d.Scale[f]
			}
			grad[cluster.NumFeatures] += residual
		}
		for f := range w {
			w[f] -= 0.003 * grad[f]
		}
	}
	for f, got := range append(d.Weight[:], d.Bias) {
		if math.Abs(got-w[f]) > 1e-3 {
			t.Errorf("coefficient %d is %v, by gradient descent %v", f, got, w[f])
		}
	}
}

// The gradient and the curvature are those of small steps.
func TestDerivatives(t *testing.T) {
	set := drawn(50)
	same := make([]float64, len(set.pairs))
	for n := range same {
		if set.same(n) {
			same[n] = 1
		}
	}
	weight := make([]float64, len(same))
	for n := range weight {
		weight[n] = 1 + float64(n%3)
	}
	const terms, step = cluster.NumFeatures + 1, 1e-5
	r := rand.New(rand.NewPCG(5, 6))
	w := make([]float64, terms)
	for i := range w {
		w[i] = 0.1 * r.NormFloat64()
	}
	grad, up, down := make([]float64, terms), make([]float64, terms), make([]float64, terms)
	loss(grad, w, set.features, same, weight)
	hess := mat.NewSymDense(terms, nil)
	curvature(hess, w, set.features, weight)
	for i := range w {
		at := w[i]
		w[i] = at + step
		above := loss(up, w, set.features, same, weight)
		w[i] = at - step
		below := loss(down, w, set.features, same, weight)
		w[i] = at
		if want := (above - below) / (2 * step); math.Abs(grad[i]-want) > 1e-4*(1+math.Abs(want)) {
			t.Errorf("gradient %d is %v, want %v", i, grad[i], want)
		}
		for j := range w {
			if want := (up[j] - down[j]) / (2 * step); math.Abs(hess.At(i, j)-want) > 1e-4*(1+math.Abs(want)) {
				t.Errorf("curvature %d, %d is %v, want %v", i, j, hess.At(i, j), want)
			}
		}
	}
}

// A pair of two stories in one storyline weighs as two, one of an everyday feed as
// three: the fit is that of the pairs repeated.
func TestFitWeighs(t *testing.T) {
	once, many := drawn(200), drawn(200)
	once.lines = make(cluster.Partition, len(once.gold)) // all of one storyline
	once.name = everyday[0]
	for n := range once.pairs {
		times := 3
		if !once.same(n) {
			times = 6
		}
		for range times - 1 {
			many.pairs = append(many.pairs, many.pairs[n])
			many.features = append(many.features, many.features[n])
		}
	}
	weighed, err := fit([]labelled{once})
	if err != nil {
		t.Fatal(err)
	}
	repeated, err := fit([]labelled{many})
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range once.features[:20] {
		// The ridge penalty is on standardised coefficients, whose scales differ a little.
		if a, b := weighed.Same(x), repeated.Same(x); math.Abs(a-b) > 0.02 {
			t.Errorf("similarity %v by weight, %v by repetition", a, b)
		}
	}
}

// The same sets give the same coefficients, bit for bit.
func TestFitRepeats(t *testing.T) {
	once, err := fit([]labelled{drawn(300)})
	if err != nil {
		t.Fatal(err)
	}
	again, err := fit([]labelled{drawn(300)})
	if err != nil {
		t.Fatal(err)
	}
	if once != again {
		t.Errorf("fitted twice:\n%v\n%v", once, again)
	}
}
