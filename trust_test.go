package qissa

import (
	"math"
	"testing"

	"qissa/article"
)

// Trust grows with cohesion, and falls with size and with pairs of one outlet.
func TestTrust(t *testing.T) {
	for _, test := range []struct {
		cohesion  float64
		size      int
		oneOutlet float64
		want      float64
	}{
		{0.9, 2, 0, 0.9522},
		{0.9, 2, 1, 0.8281},
		{0.5, 2, 0, 0.6889},
		{0.5, 2, 1, 0.3486},
		{0.9, 10, 0, 0.8659},
		{1, 2, 0, 0.9955},
		{0, 3, 1, 0.0041},
	} {
		if got := Trust(test.cohesion, test.size, test.oneOutlet); math.Abs(got-test.want) > 5e-4 {
			t.Errorf("Trust(%v, %d, %v) = %.4f, want %v", test.cohesion, test.size, test.oneOutlet, got, test.want)
		}
	}
}

func TestOneOutlet(t *testing.T) {
	for _, test := range []struct {
		sources []string
		want    float64
	}{
		{[]string{"الوطن", "الوطن"}, 1},
		{[]string{"الوطن", "الضحى"}, 0},
		{[]string{"", ""}, 0},
		{[]string{"الوطن", "الوطن", "الضحى"}, 1.0 / 3},
	} {
		g, members := &description{}, []int{}
		for i, s := range test.sources {
			g.articles = append(g.articles, article.Article{Source: s})
			members = append(members, i)
		}
		if got := g.oneOutlet(members); got != test.want {
			t.Errorf("%q: %v, want %v", test.sources, got, test.want)
		}
	}
}
