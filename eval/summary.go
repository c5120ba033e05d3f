package eval

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"unicode/utf8"

	"qissa/cluster"
)

// A Summary has all measures of one set. In a mean of sets, the counts are
// sums.
type Summary struct {
	Set         string        `json:"set"`
	Articles    int           `json:"articles"`
	GoldStories int           `json:"gold_stories"`
	Stories     int           `json:"stories"` // of pred
	BCubed      Score         `json:"bcubed"`
	Pairwise    Score         `json:"pairwise"`
	ARI         float64       `json:"ari"`
	Kappa       float64       `json:"kappa"` // over pairs
	AMI         float64       `json:"ami"`
	VMeasure    Score         `json:"v_measure"` // precision: homogeneity, recall: completeness
	CEAF        Score         `json:"ceaf_e"`
	Interval    *SetIntervals `json:"interval_95,omitempty"` // nil where not asked for
}

// SetIntervals are the 95 % intervals of a set.
type SetIntervals struct {
	BCubed   ScoreInterval `json:"bcubed"`
	Pairwise ScoreInterval `json:"pairwise"`
}

// Summarize returns all measures of pred against gold, without intervals.
func Summarize(set string, pred, gold cluster.Partition) Summary {
	t := newTable(pred, gold)
	return Summary{
		Set: set, Articles: t.n, GoldStories: len(t.gold), Stories: len(t.pred),
		BCubed: t.bcubed(), Pairwise: t.pairwise(), ARI: t.ari(), Kappa: t.kappa(), AMI: t.ami(),
		VMeasure: t.vmeasure(), CEAF: t.ceaf(),
	}
}

// Mean returns the mean of each measure over the sets, each set counting once.
// The F1 is the mean of the F1s. It has no intervals.
func Mean(sets []Summary) Summary {
	m := Summary{Set: "mean"}
	for _, s := range sets {
		share := 1 / float64(len(sets))
		m.Articles += s.Articles
		m.GoldStories += s.GoldStories
		m.Stories += s.Stories
		m.BCubed.add(s.BCubed, share)
		m.Pairwise.add(s.Pairwise, share)
		m.ARI += s.ARI * share
		m.Kappa += s.Kappa * share
		m.AMI += s.AMI * share
		m.VMeasure.add(s.VMeasure, share)
		m.CEAF.add(s.CEAF, share)
	}
	return m
}

func (s *Score) add(t Score, share float64) {
	s.Precision += t.Precision * share
	s.Recall += t.Recall * share
	s.F1 += t.F1 * share
}

// Table writes the sets as lines of text, with their mean where there are two
// or more. The columns have a fixed width but for the name, so that the lines
// of two runs can be compared. P, R and F1 are precision, recall and F1.
func Table(w io.Writer, sets []Summary) error {
	out := bufio.NewWriter(w)
	width := nameWidth(sets)
	fmt.Fprintf(out, "%*s                           B-cubed              pairwise\n", width, "")
	fmt.Fprintf(out, "%s articles   gold  found      P     R    F1      P     R    F1    ARI   AMI     V  CEAF\n", pad("set", width))
	for _, s := range withMean(sets) {
		fmt.Fprintf(out, "%s %8d %6d %6d  %s  %s  %5.3f %5.3f %5.3f %5.3f\n", pad(s.Set, width), s.Articles, s.GoldStories, s.Stories,
			s.BCubed, s.Pairwise, s.ARI, s.AMI, s.VMeasure.F1, s.CEAF.F1)
	}
	return out.Flush()
}

// IntervalTable writes the scores of the sets that have intervals, with them.
func IntervalTable(w io.Writer, sets []Summary) error {
	out := bufio.NewWriter(w)
	width := nameWidth(sets)
	fmt.Fprintf(out, "%s  %-8s  %-19s  %-19s  %s\n", pad("set", width), "measure", "P (95 %)", "R (95 %)", "F1 (95 %)")
	for _, s := range sets {
		if s.Interval == nil {
			continue
		}
		intervalLine(out, pad(s.Set, width), "B-cubed", s.BCubed, s.Interval.BCubed)
		intervalLine(out, pad(s.Set, width), "pairwise", s.Pairwise, s.Interval.Pairwise)
	}
	return out.Flush()
}

func intervalLine(w io.Writer, set, measure string, s Score, i ScoreInterval) {
	fmt.Fprintf(w, "%s  %-8s  %.3f %s  %.3f %s  %.3f %s\n", set, measure,
		s.Precision, i.Precision, s.Recall, i.Recall, s.F1, i.F1)
}

// String returns precision, recall and F1 with three digits.
func (s Score) String() string {
	return fmt.Sprintf("%5.3f %5.3f %5.3f", s.Precision, s.Recall, s.F1)
}

// String returns the interval with three digits.
func (i Interval) String() string { return fmt.Sprintf("%.3f–%.3f", i.Low, i.High) }

// A level is the sets of one level, as JSON has them.
type level struct {
	Sets []Summary `json:"sets"`
	Mean *Summary  `json:"mean"`
}

// JSON writes {"sets": […], "mean": …, "storylines": {"sets": […], "mean": …}, "answered":
// {"sets": […], "mean": …}} with four digits. Mean is null for fewer than two sets;
// storylines, and what answered questions make of the stories, are left out where there
// are none.
func JSON(w io.Writer, stories, storylines, answered []Summary) error {
	doc := struct {
		level
		Storylines *level `json:"storylines,omitempty"`
		Answered   *level `json:"answered,omitempty"`
	}{level: newLevel(stories)}
	if len(storylines) > 0 {
		wide := newLevel(storylines)
		doc.Storylines = &wide
	}
	if len(answered) > 0 {
		after := newLevel(answered)
		doc.Answered = &after
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(doc)
}

func newLevel(sets []Summary) level {
	l := level{Sets: make([]Summary, len(sets))}
	for i, s := range sets {
		l.Sets[i] = s.rounded()
	}
	if len(sets) > 1 {
		m := Mean(sets).rounded()
		l.Mean = &m
	}
	return l
}

// rounded returns s with four digits.
func (s Summary) rounded() Summary {
	s.BCubed, s.Pairwise, s.VMeasure, s.CEAF = s.BCubed.rounded(), s.Pairwise.rounded(), s.VMeasure.rounded(), s.CEAF.rounded()
	s.ARI, s.Kappa, s.AMI = round(s.ARI), round(s.Kappa), round(s.AMI)
	if s.Interval != nil {
		s.Interval = &SetIntervals{s.Interval.BCubed.rounded(), s.Interval.Pairwise.rounded()}
	}
	return s
}

func (s Score) rounded() Score { return Score{round(s.Precision), round(s.Recall), round(s.F1)} }

func (s ScoreInterval) rounded() ScoreInterval {
	return ScoreInterval{s.Precision.rounded(), s.Recall.rounded(), s.F1.rounded()}
}

func (i Interval) rounded() Interval { return Interval{round(i.Low), round(i.High)} }

func round(x float64) float64 { return math.Round(x*1e4) / 1e4 }

func withMean(sets []Summary) []Summary {
	if len(sets) < 2 {
		return sets
	}
	return append(sets[:len(sets):len(sets)], Mean(sets))
}

// nameWidth returns the width of the column of names.
func nameWidth(sets []Summary) int {
	width := len("mean")
	for _, s := range sets {
		width = max(width, utf8.RuneCountInString(s.Set))
	}
	return width
}

func pad(s string, width int) string { return fmt.Sprintf("%-*s", width, s) }
