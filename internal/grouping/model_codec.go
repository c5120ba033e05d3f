package grouping

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	"qissa/cluster"
	"qissa/internal/tfidf"
	"qissa/vectorize"
)

// A model is written as lines of fields, tabs between them, all packed with gzip:
//
//	qissa-model 4
//	pipeline    how words are found; see Pipeline
//	documents   N
//	cosine      the least of a pair that the decisions look at
//	decision    story or storyline, bias, least probability, then mean, scale and weight of each feature
//	suffix      an outlet and the words that it puts behind titles; prefix likewise
//	passage     an outlet and the words of a passage that it repeats
//	boilerplate an outlet and five words near the ends of its bodies, by outlet and words
//	qissa-epoch when what is published later has the model that follows; see WriteEpochs
//	term        a term, and in how many titles, whole texts and leads it stands, by rank
//
// Numbers that are no integers are written so that they come back to the bit.

// Pipeline is the number of the way in which words are found and cut to terms. A model
// of another number counts other words.
const Pipeline = 1

const modelFormat = 4

var errNoModel = errors.New("this is no model of qissa")

// Write writes the model: the same bytes for the same model.
func (m *Model) Write(w io.Writer) error {
	z := gzip.NewWriter(w)
	if err := m.text(z); err != nil {
		return err
	}
	return z.Close()
}

// ID returns 12 hex digits of the SHA-256 of the model as text.
func (m *Model) ID() string {
	hash := sha256.New()
	_ = m.text(hash) // a hash takes all
	return hex.EncodeToString(hash.Sum(nil)[:6])
}

// text writes the model before packing.
func (m *Model) text(to io.Writer) error {
	w := bufio.NewWriter(to)
	t := m.table()
	fmt.Fprintf(w, "qissa-model\t%d\npipeline\t%d\ndocuments\t%d\n", modelFormat, Pipeline, m.Documents())
	writeNumbers(w, "cosine", m.LeastSim)
	writeDecision(w, storyLevel, m.Decisions.Story)
	writeDecision(w, storylineLevel, m.Decisions.Storyline)
	writeBoilerplate(w, &m.Boilerplate)
	for n, term := range t.terms {
		f := t.frequencies
		fmt.Fprintf(w, "term\t%s\t%d\t%d\t%d\n", term, f[cluster.Title].Of[n], f[cluster.Whole].Of[n], f[cluster.Lead].Of[n])
	}
	return w.Flush()
}

// The names of the two decisions.
const (
	storyLevel     = "story"
	storylineLevel = "storyline"
)

func writeDecision(w *bufio.Writer, level string, d cluster.Decision) {
	numbers := []float64{d.Bias, d.Least}
	for i := range d.Weight {
		numbers = append(numbers, d.Mean[i], d.Scale[i], d.Weight[i])
	}
	writeNumbers(w, "decision\t"+level, numbers...)
}

func writeNumbers(w *bufio.Writer, kind string, numbers ...float64) {
	w.WriteString(kind)
	for _, x := range numbers {
		w.WriteString("\t" + strconv.FormatFloat(x, 'g', -1, 64))
	}
	w.WriteByte('\n')
}

// WriteEpochs writes a model and those of later epochs, one after the other, each of these
// behind a line that tells when it starts. Without later ones it is [Model.Write].
func WriteEpochs(w io.Writer, m *Model, later []Epoch) error {
	if err := m.Write(w); err != nil {
		return err
	}
	for _, e := range later {
		z := gzip.NewWriter(w) // gzip files that stand one behind the other are one
		fmt.Fprintf(z, "%s%d\n", epochLine, e.Start)
		if err := errors.Join(e.Model.text(z), z.Close()); err != nil {
			return err
		}
	}
	return nil
}

const epochLine = "qissa-epoch\t"

// ReadEpochs reads what WriteEpochs wrote. Errors name the line.
func ReadEpochs(r io.Reader) (m *Model, later []Epoch, err error) {
	z, err := gzip.NewReader(r)
	if err != nil {
		return nil, nil, errNoModel
	}
	text, err := io.ReadAll(z)
	if err != nil {
		return nil, nil, fmt.Errorf("the model is damaged: %w", err)
	}
	p := newModelReader()
	e := Epoch{}
	for line := range bytes.Lines(text) {
		p.number++
		start, isEpoch := strings.CutPrefix(strings.TrimSuffix(string(line), "\n"), epochLine)
		if !isEpoch {
			if err := p.line(strings.Split(start, "\t")); err != nil {
				return nil, nil, fmt.Errorf("line %d of the model: %w", p.number, err)
			}
			continue
		}
		next := Epoch{}
		if next.Start, err = strconv.ParseInt(start, 10, 64); err != nil || m != nil && next.Start <= e.Start {
			return nil, nil, fmt.Errorf("line %d of the model: an epoch cannot start at %q", p.number, start)
		}
		if m, later, err = p.add(m, later, e); err != nil {
			return nil, nil, err
		}
		p, e = newModelReader(), next
	}
	return p.add(m, later, e)
}

// add adds what was read: the first model, or that of an epoch.
func (p *modelReader) add(first *Model, later []Epoch, e Epoch) (*Model, []Epoch, error) {
	m, err := p.model()
	if err != nil {
		return nil, nil, err
	}
	if first == nil {
		return m, nil, nil
	}
	e.Model = m
	return first, append(later, e), nil
}

// ReadModel reads what [Model.Write] wrote. Errors name the line.
func ReadModel(r io.Reader) (*Model, error) {
	m, later, err := ReadEpochs(r)
	if err == nil && len(later) > 0 {
		return nil, fmt.Errorf("it holds %d models, of one epoch after the other", 1+len(later))
	}
	return m, err
}

// A modelReader gathers the lines of a model.
type modelReader struct {
	number      int // of lines
	documents   int
	m           Model
	terms       []string
	frequencies *tfidf.Frequencies
}

func newModelReader() *modelReader { return &modelReader{frequencies: &tfidf.Frequencies{}} }

func (p *modelReader) line(fields []string) error {
	if p.number == 1 {
		if fields[0] != "qissa-model" || len(fields) != 2 {
			return errNoModel
		}
		if fields[1] != strconv.Itoa(modelFormat) {
			return fmt.Errorf("format %s; this qissa reads %d", fields[1], modelFormat)
		}
		return nil
	}
	switch kind, rest := fields[0], fields[1:]; {
	case kind == "pipeline" && len(rest) == 1:
		if rest[0] != strconv.Itoa(Pipeline) {
			return fmt.Errorf("it counts the words of pipeline %s, this qissa those of %d; build it anew", rest[0], Pipeline)
		}
		return nil
	case kind == "documents" && len(rest) == 1:
		n, err := count(rest[0])
		p.documents = n
		return err
	case kind == "cosine" && len(rest) == 1:
		return p.cosine(rest)
	case kind == "decision" && len(rest) == 3+3*cluster.NumFeatures && rest[0] == storyLevel:
		return readDecision(rest[1:], &p.m.Decisions.Story)
	case kind == "decision" && len(rest) == 3+3*cluster.NumFeatures && rest[0] == storylineLevel:
		return readDecision(rest[1:], &p.m.Decisions.Storyline)
	case len(rest) > 1 && slices.Contains([]string{"prefix", "suffix", "passage", "boilerplate"}, kind):
		return readBoilerplate(kind, rest, &p.m.Boilerplate)
	case kind == "term" && len(rest) == 1+len(p.frequencies):
		p.terms = append(p.terms, rest[0])
		for s := range p.frequencies {
			n, err := count(rest[1+s])
			if err != nil {
				return err
			}
			p.frequencies[s].Of = append(p.frequencies[s].Of, n)
		}
		return nil
	default:
		return fmt.Errorf("%q with %d fields is unknown", kind, len(rest))
	}
}

// count reads a number of documents.
func count(field string) (int, error) {
	n, err := strconv.Atoi(field)
	if err != nil || n < 0 || n > math.MaxInt32 {
		return 0, fmt.Errorf("%q is no number of documents", field)
	}
	return n, nil
}

// readNumbers reads finite numbers.
func readNumbers(fields []string) ([]float64, error) {
	numbers := make([]float64, len(fields))
	for i, f := range fields {
		x, err := strconv.ParseFloat(f, 64)
		if err != nil || math.IsNaN(x) || math.IsInf(x, 0) {
			return nil, fmt.Errorf("%q is no number", f)
		}
		numbers[i] = x
	}
	return numbers, nil
}

func (p *modelReader) cosine(fields []string) error {
	numbers, err := readNumbers(fields)
	if err != nil {
		return err
	}
	if x := numbers[0]; !(x > 0 && x <= 1) {
		return fmt.Errorf("least cosine %v: want more than 0 and at most 1", x)
	}
	p.m.LeastSim = numbers[0]
	return nil
}

// readDecision reads a decision that can say yes and no.
func readDecision(fields []string, d *cluster.Decision) error {
	numbers, err := readNumbers(fields)
	if err != nil {
		return err
	}
	d.Bias, d.Least = numbers[0], numbers[1]
	if !(d.Least > 0 && d.Least < 1) {
		return fmt.Errorf("least probability %v: want more than 0 and less than 1", d.Least)
	}
	for i := range d.Weight {
		x := numbers[2+3*i:]
		if d.Mean[i], d.Scale[i], d.Weight[i] = x[0], x[1], x[2]; d.Scale[i] == 0 {
			return fmt.Errorf("the scale of feature %d is 0", i)
		}
	}
	return nil
}

// model returns what was read.
func (p *modelReader) model() (*Model, error) {
	if p.m.LeastSim == 0 || p.m.Decisions.Story.Least == 0 || p.m.Decisions.Storyline.Least == 0 || p.documents == 0 || len(p.terms) == 0 {
		return nil, errNoModel
	}
	for s := range p.frequencies {
		p.frequencies[s].Documents = p.documents
		for n, of := range p.frequencies[s].Of {
			if of > p.documents {
				return nil, fmt.Errorf("the model is damaged: %q stands in %d of %d documents", p.terms[n], of, p.documents)
			}
		}
	}
	order := vectorize.ByFrequency(p.frequencies[cluster.Whole].Of, p.terms)
	for i, n := range order {
		if int(n) != i {
			return nil, fmt.Errorf("the model is damaged: %q stands out of order", p.terms[n])
		}
	}
	terms, frequencies := p.terms, p.frequencies
	m := p.m
	m.table = sync.OnceValue(func() *table { return newTable(terms, frequencies) })
	return &m, nil
}
