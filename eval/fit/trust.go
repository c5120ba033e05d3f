package main

import (
	"context"
	"fmt"
	"io"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"qissa/cluster"
)

// trustRow is a found story of several articles: cohesion as log odds, logarithm of the
// size, share of pairs of one outlet, 1; and whether all its articles are of one story.
type trustRow struct {
	set   string
	x     [4]float64
	right bool
}

// trust measures and fits the trust in stories. Each set is clustered by a decision that
// has not seen it, and its stories are judged by a trust fitted on those of the others.
func trust(ctx context.Context, data string, out io.Writer) error {
	fitted, err := loadAll(ctx, data, slices.Concat(dev, extra, everyday), fitFrom)
	if err != nil {
		return err
	}
	measured, err := loadAll(ctx, data, slices.Concat(dev, everyday), cluster.LeastSim)
	if err != nil {
		return err
	}
	var rows []trustRow
	for _, test := range measured {
		if !test.context && !isEveryday(test.name) {
			continue
		}
		d, err := fitBoth(slices.DeleteFunc(slices.Clone(fitted), func(l labelled) bool { return l.name == test.name }))
		if err != nil {
			return err
		}
		p, _, err := test.group(ctx, d)
		if err != nil {
			return err
		}
		rows = append(rows, test.trustRows(test.decide(d), p)...)
	}
	all := fitTrust(rows)
	fmt.Fprintf(out, "trust: log odds of cohesion %.2f, log of size %.2f, pairs of one outlet %.2f, base %.2f\n\n", all[0], all[1], all[2], all[3])
	return reliability(out, rows)
}

// reliability writes, for each tenth of trust, how many stories have it and how many of
// these are right, and how many stories are under .60.
func reliability(out io.Writer, rows []trustRow) error {
	var n, said, right [10]float64
	var stories, flagged [2]float64 // wrong ones, right ones
	for _, r := range rows {
		w := fitTrust(slices.DeleteFunc(slices.Clone(rows), func(o trustRow) bool { return o.set == r.set }))
		p := 1 / (1 + math.Exp(-r.log(w)))
		b := min(9, int(10*p))
		n[b]++
		said[b] += p
		y := 0
		if r.right {
			right[b]++
			y = 1
		}
		stories[y]++
		if p < 0.60 {
			flagged[y]++
		}
	}
	fmt.Fprintln(out, "| trust | stories | mean trust | right |\n| --- | --- | --- | --- |")
	for b := range n {
		if n[b] > 0 {
			fmt.Fprintf(out, "| %.1f–%.1f | %.0f | %.2f | %.2f |\n", float64(b)/10, float64(b+1)/10, n[b], said[b]/n[b], right[b]/n[b])
		}
	}
	_, err := fmt.Fprintf(out, "\nunder .60: %.0f of %.0f wrong stories, %.0f of %.0f right ones\n", flagged[0], stories[0], flagged[1], stories[1])
	return err
}

func (r trustRow) log(w [4]float64) (z float64) {
	for i, x := range r.x {
		z += w[i] * x
	}
	return z
}

// trustRows describes the stories of several articles that a decision found.
func (l labelled) trustRows(same []cluster.Levels, p cluster.Partition) []trustRow {
	const sameSource = 7 // the feature
	type story struct {
		size           int
		sum, oneOutlet float64
		right          bool
	}
	stories := map[int]*story{}
	for i, first := range p {
		if stories[first] == nil {
			stories[first] = &story{right: true}
		}
		s := stories[first]
		s.size++
		s.right = s.right && l.gold[i] == l.gold[first]
	}
	for n, pair := range l.pairs {
		if p[pair.A] != p[pair.B] {
			continue
		}
		stories[p[pair.A]].sum += same[n].Story
		stories[p[pair.A]].oneOutlet += l.features[n][sameSource]
	}
	var rows []trustRow
	for first := range p {
		s := stories[first]
		if s == nil || s.size < 2 {
			continue
		}
		pairs := float64(s.size) * float64(s.size-1) / 2
		c := min(max(s.sum/pairs, 0.01), 0.99)
		rows = append(rows, trustRow{l.name, [4]float64{math.Log(c / (1 - c)), math.Log(float64(s.size)), s.oneOutlet / pairs, 1}, s.right})
	}
	return rows
}

// fitTrust is a logistic regression by Newton's way, with a ridge of 1 that leaves out
// the base.
func fitTrust(rows []trustRow) (w [4]float64) {
	for range 12 {
		grad, hess := make([]float64, 4), mat.NewSymDense(4, nil)
		for i := range 3 {
			grad[i] = w[i]
			hess.SetSym(i, i, 1)
		}
		for _, r := range rows {
			p := 1 / (1 + math.Exp(-r.log(w)))
			e := p
			if r.right {
				e--
			}
			for i, x := range r.x {
				grad[i] += e * x
				for j := range i + 1 {
					hess.SetSym(i, j, hess.At(i, j)+p*(1-p)*x*r.x[j])
				}
			}
		}
		var chol mat.Cholesky
		var step mat.VecDense
		if !chol.Factorize(hess) || chol.SolveVecTo(&step, mat.NewVecDense(4, grad)) != nil {
			return w
		}
		for i := range w {
			w[i] -= step.AtVec(i)
		}
	}
	return w
}
