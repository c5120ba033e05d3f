package eval

import (
	"bytes"
	"encoding/xml"
	"flag"
	"io"
	"os"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden compares got with a file of testdata.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := "testdata/" + name
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs; look at the diff after go test ./eval -update; got\n%s", path, got)
	}
}

func twoSets() []Summary {
	var sets []Summary
	for _, c := range []struct {
		name string
		at   int
	}{{"أخبار", 300}, {"second-set", 29}} {
		pred, gold := drawPair(c.at)
		s := Summarize(c.name, pred, gold)
		b, p := Intervals(pred, gold, 200, 1)
		s.Interval = &SetIntervals{b, p}
		sets = append(sets, s)
	}
	return sets
}

func TestTables(t *testing.T) {
	var out bytes.Buffer
	if err := Table(&out, twoSets()); err != nil {
		t.Fatal(err)
	}
	out.WriteString("\n")
	if err := IntervalTable(&out, twoSets()); err != nil {
		t.Fatal(err)
	}
	golden(t, "summary.txt", out.Bytes())
}

func TestJSON(t *testing.T) {
	var out bytes.Buffer
	if err := JSON(&out, twoSets(), nil, nil); err != nil {
		t.Fatal(err)
	}
	golden(t, "summary.json", out.Bytes())
}

func TestSummarizeEqualsTheMeasures(t *testing.T) {
	pred, gold := drawPair(300)
	got := Summarize("x", pred, gold)
	want := Summary{
		Set: "x", Articles: len(gold), GoldStories: got.GoldStories, Stories: got.Stories,
		BCubed: BCubed(pred, gold), Pairwise: Pairwise(pred, gold), ARI: ARI(pred, gold), Kappa: Kappa(pred, gold), AMI: AMI(pred, gold),
		VMeasure: VMeasure(pred, gold), CEAF: CEAF(pred, gold),
	}
	if got != want {
		t.Errorf("Summarize = %+v, want %+v", got, want)
	}
}

func sweep() []Point {
	var points []Point
	for i := range 20 {
		x := float64(i) / 20
		p, r := 0.6+0.4*x, 1-0.5*x*x
		points = append(points, Point{0.2 + 0.03*float64(i), harmonic(p, r), harmonic(p*p, r*r), p*p*r - 0.1})
	}
	return points
}

func TestCurve(t *testing.T) {
	var table, svg bytes.Buffer
	if err := CurveTable(&table, sweep()); err != nil {
		t.Fatal(err)
	}
	golden(t, "curve.txt", table.Bytes())
	if err := Curve(&svg, sweep()); err != nil {
		t.Fatal(err)
	}
	golden(t, "curve.svg", svg.Bytes())
}

// A curve of any points is well-formed and free of numbers that are none.
func TestCurveOfFewPoints(t *testing.T) {
	one := Point{Threshold: 0.5, ARI: -0.2}
	for _, points := range [][]Point{{one}, {one, one}, {{Threshold: 1}, {Threshold: 0}}, sweep()} {
		var svg bytes.Buffer
		if err := Curve(&svg, points); err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(svg.Bytes(), []byte("NaN")) || bytes.Contains(svg.Bytes(), []byte("Inf")) {
			t.Errorf("the curve of %v holds NaN or Inf", points)
		}
		dec := xml.NewDecoder(&svg)
		for {
			if _, err := dec.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("the curve of %v: %v", points, err)
			}
		}
	}
	if err := Curve(io.Discard, nil); err == nil {
		t.Error("a curve of no points is no error")
	}
}
