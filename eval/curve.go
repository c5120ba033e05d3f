package eval

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
)

// A Point is how a grouping scores that was cut at a threshold, 0 to 1.
type Point struct {
	Threshold float64
	BCubed    Score
	Pairwise  Score
	ARI       float64
}

// CurveTable writes the points as lines of text, by threshold. A star marks the
// best value of F1 and ARI.
func CurveTable(w io.Writer, points []Point) error {
	points = byThreshold(points)
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "                B-cubed              pairwise\n")
	fmt.Fprintf(out, "threshold      P     R    F1      P     R    F1     ARI\n")
	b, p, a := best(points, bcubedF1), best(points, pairwiseF1), best(points, ari)
	for i, pt := range points {
		fmt.Fprintf(out, "%9.3f  %s%s %s%s %6.3f%s\n", pt.Threshold, pt.BCubed, star(i == b), pt.Pairwise, star(i == p), pt.ARI, star(i == a))
	}
	return out.Flush()
}

func star(is bool) string {
	if is {
		return "*"
	}
	return " "
}

func bcubedF1(p Point) float64   { return p.BCubed.F1 }
func pairwiseF1(p Point) float64 { return p.Pairwise.F1 }
func ari(p Point) float64        { return p.ARI }

// best returns the place of the greatest value, the first of equals, -1 if
// there is none.
func best(points []Point, value func(Point) float64) int {
	at := -1
	for i, p := range points {
		if at < 0 || value(p) > value(points[at]) {
			at = i
		}
	}
	return at
}

func byThreshold(points []Point) []Point {
	return slices.SortedStableFunc(slices.Values(points), func(a, b Point) int { return cmp.Compare(a.Threshold, b.Threshold) })
}

// A line is one measure as drawn. Its classes pick colour and dashes.
type line struct {
	name, class string
	best        bool // the legend names the best value
	value       func(Point) float64
}

// lines returns the lines in the order of the legend.
func lines() []line {
	return []line{
		{"B-cubed F1", "b", true, bcubedF1},
		{"pairwise F1", "w", true, pairwiseF1},
		{"ARI", "a", true, ari},
		{"B-cubed precision", "b p", false, func(p Point) float64 { return p.BCubed.Precision }},
		{"B-cubed recall", "b r", false, func(p Point) float64 { return p.BCubed.Recall }},
		{"pairwise precision", "w p", false, func(p Point) float64 { return p.Pairwise.Precision }},
		{"pairwise recall", "w r", false, func(p Point) float64 { return p.Pairwise.Recall }},
	}
}

// Places on the drawing, in pixels.
const (
	left, right, top, bottom = 52, 560, 20, 400 // the plot
	width, height            = 780, 452
)

const curveHead = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" aria-label="Scores by threshold">
<style>
text{font:13px system-ui,sans-serif;fill:#333}
.ground{fill:#fff}.grid{stroke:#e3e3e3}.axis{stroke:#777}
path{fill:none;stroke-width:2.5;stroke-linejoin:round;stroke-linecap:round}
.b{stroke:#0072b2}.w{stroke:#d55e00}.a{stroke:#008763;stroke-dasharray:9 4}
.p,.r{stroke-width:1.25}.p{stroke-dasharray:5 3}.r{stroke-dasharray:1 3.5}
circle{stroke-width:2}circle.a{stroke-dasharray:none}
@media (prefers-color-scheme:dark){
text{fill:#ddd}.ground,circle{fill:#16181c}.grid{stroke:#33363b}.axis{stroke:#8a8d92}
.b{stroke:#56b4e9}.w{stroke:#f0904a}.a{stroke:#3cc79b}
}
</style>
<rect class="ground" width="%d" height="%d"/>
`

// Curve draws the scores over the threshold as a static SVG, for light and dark
// pages. Rings mark the best values. Equal points give equal bytes.
func Curve(w io.Writer, points []Point) error {
	if len(points) == 0 {
		return errors.New("eval: a curve needs at least one point")
	}
	points = byThreshold(points)
	x, y := scales(points)
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, curveHead, width, height, width, height, width, height)
	drawAxes(out, x, y)
	for i, l := range slices.Backward(lines()) { // the first on top
		drawLine(out, l, points, x, y)
		drawLegend(out, l, points, top+14+26*i)
	}
	fmt.Fprintln(out, "</svg>")
	return out.Flush()
}

// A scale maps values from low to high onto pixels.
type scale struct{ low, high, from, to, step float64 }

func (s scale) at(v float64) float64 { return s.from + (v-s.low)/(s.high-s.low)*(s.to-s.from) }

// ticks returns the multiples of the step from low to high.
func (s scale) ticks() []float64 {
	var out []float64
	for k := math.Ceil(s.low/s.step - 1e-9); k*s.step <= s.high+1e-9*s.step; k++ {
		out = append(out, k*s.step+0) // no -0
	}
	return out
}

// scales returns the scale of the thresholds and that of the scores, which ends
// at 1 and begins a step below the least score.
func scales(points []Point) (x, y scale) {
	x = scale{low: points[0].Threshold, high: points[len(points)-1].Threshold, from: left, to: right}
	if x.low == x.high {
		x.low, x.high = x.low-0.05, x.high+0.05
	}
	x.step = step((x.high - x.low) / 8)
	least := 1.0
	for _, p := range points {
		for _, l := range lines() {
			least = min(least, l.value(p))
		}
	}
	y = scale{low: min(math.Floor(least*10)/10, 0.9), high: 1, from: bottom, to: top, step: 0.1}
	return x, y
}

// step returns the least of 1, 2, 5, 10, 20, … hundredths, thousandths, … that
// is at least v.
func step(v float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(v)))
	for _, m := range []float64{1, 2, 5} {
		if v <= m*power*(1+1e-9) {
			return m * power
		}
	}
	return 10 * power
}

func drawAxes(w io.Writer, x, y scale) {
	for _, v := range y.ticks() {
		fmt.Fprintf(w, `<line class="grid" x1="%d" y1="%.1f" x2="%d" y2="%.1f"/>`, left, y.at(v), right, y.at(v))
		fmt.Fprintf(w, `<text x="%d" y="%.1f" text-anchor="end">%.1f</text>`+"\n", left-8, y.at(v)+4, v)
	}
	for _, v := range x.ticks() {
		fmt.Fprintf(w, `<line class="axis" x1="%.1f" y1="%d" x2="%.1f" y2="%d"/>`, x.at(v), bottom, x.at(v), bottom+5)
		fmt.Fprintf(w, `<text x="%.1f" y="%d" text-anchor="middle">%.4g</text>`+"\n", x.at(v), bottom+20, v)
	}
	fmt.Fprintf(w, `<line class="axis" x1="%d" y1="%d" x2="%d" y2="%d"/>`+"\n", left, bottom, right, bottom)
	fmt.Fprintf(w, `<text x="%d" y="%d" text-anchor="middle">threshold</text>`+"\n", (left+right)/2, bottom+42)
}

func drawLine(w io.Writer, l line, points []Point, x, y scale) {
	var d strings.Builder
	for i, p := range points {
		fmt.Fprintf(&d, "%c%.1f %.1f", "ML"[min(i, 1)], x.at(p.Threshold), y.at(l.value(p)))
	}
	fmt.Fprintf(w, `<path class="%s" d="%s"/>`+"\n", l.class, d.String())
	if l.best {
		p := points[best(points, l.value)]
		fmt.Fprintf(w, `<circle class="ground %s" cx="%.1f" cy="%.1f" r="4"/>`+"\n", l.class, x.at(p.Threshold), y.at(l.value(p)))
	}
}

func drawLegend(w io.Writer, l line, points []Point, y int) {
	const at = right + 20
	name := l.name
	if l.best {
		p := points[best(points, l.value)]
		name = fmt.Sprintf("%s %.3f at %.4g", l.name, l.value(p), p.Threshold)
	}
	fmt.Fprintf(w, `<path class="%s" d="M%d %dH%d"/>`, l.class, at, y-4, at+28)
	fmt.Fprintf(w, `<text x="%d" y="%d">%s</text>`+"\n", at+36, y, name)
}
