package eval

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"testing"

	"qissa/cluster"
)

// The values of scikit-learn for 1,000 random pairs of groupings; see
// testdata/measures.py.
func TestAgainstScikitLearn(t *testing.T) {
	f, err := os.Open("testdata/measures.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	in := bufio.NewScanner(f)
	cases := 0
	for in.Scan() {
		if strings.HasPrefix(in.Text(), "#") {
			continue
		}
		var c, items int
		var both, p, g, ari, ami, homogeneity, completeness, v, ceafP, ceafR float64
		if _, err := fmt.Sscan(in.Text(), &c, &items, &both, &p, &g, &ari, &ami, &homogeneity, &completeness, &v, &ceafP, &ceafR); err != nil {
			t.Fatalf("%v in %q", err, in.Text())
		}
		pred, gold := drawPair(c)
		if len(gold) != items {
			t.Fatalf("case %d: drew %d items, want %d", c, len(gold), items)
		}
		if got := ARI(pred, gold); !near(got, ari) {
			t.Errorf("case %d: ARI = %v, want %v", c, got, ari)
		}
		if got := AMI(pred, gold); !near(got, ami) {
			t.Errorf("case %d: AMI = %v, want %v", c, got, ami)
		}
		for _, m := range []struct {
			name      string
			got, want Score
		}{
			{"Pairwise", Pairwise(pred, gold), score(both, p, g)},
			{"VMeasure", VMeasure(pred, gold), Score{homogeneity, completeness, v}},
			{"CEAF", CEAF(pred, gold), harmonic(ceafP, ceafR)},
		} {
			if !nearScore(m.got, m.want) {
				t.Errorf("case %d: %s = %v, want %v", c, m.name, m.got, m.want)
			}
		}
		cases++
	}
	if in.Err() != nil || cases != 1000 {
		t.Errorf("%d cases, want 1000; %v", cases, in.Err())
	}
}

// A generator is Knuth's linear congruential generator, of which the upper 31
// bits are used.
type generator struct{ x uint64 }

func (g *generator) below(n int) int {
	g.x = g.x*6364136223846793005 + 1442695040888963407
	return int((g.x >> 33) % uint64(n))
}

// drawPair draws the groupings of a case as testdata/measures.py does.
func drawPair(c int) (pred, gold cluster.Partition) {
	g := generator{uint64(c)}
	n := 2000
	if c%100 != 0 {
		n = 1 + g.below(200)
	}
	groups := 1 + g.below(n)
	noise := g.below(101)
	goldLabels, predLabels := make([]int, n), make([]int, n)
	for i := range n {
		a, b := g.below(groups), g.below(groups+3)
		goldLabels[i], predLabels[i] = a, a
		if g.below(100) < noise {
			predLabels[i] = b
		}
	}
	return Group(predLabels), Group(goldLabels)
}
