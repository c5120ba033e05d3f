package qissa

import (
	"context"
	"io"
	"time"

	"qissa/article"
	"qissa/internal/grouping"
)

// A Model is the statistics of a corpus: in how many articles each term stands, what
// outlets put on every page, and the fitted decision. Under one model two articles are
// compared alike whatever else is read, so that results of different days compare.
type Model struct{ of *grouping.Model }

// BuildModel counts the articles, and with them the reference collection that is part
// of the program. [Cluster] under the model of its own articles gives what it gives
// without one. Only Jobs, Spill and Progress of the options count. Cost linear in the
// text.
func BuildModel(ctx context.Context, articles []article.Article, opt Options) (*Model, error) {
	batch, err := grouping.Read(ctx, articles, opt.run())
	if err != nil {
		return nil, err
	}
	m, err := batch.Model(ctx)
	if err != nil {
		return nil, err
	}
	return &Model{m}, nil
}

// Counted returns what [BuildModel] makes of the articles, nil unless Count of the options
// asked for it.
func (r *Result) Counted() *Model {
	if r.counted == nil {
		return nil
	}
	return &Model{r.counted}
}

// ReferenceModel returns the model of the reference collection that is part of the
// program, and of nothing else.
func ReferenceModel(ctx context.Context) (*Model, error) { return BuildModel(ctx, nil, Options{}) }

// ReadModel reads what [Model.Write] wrote.
func ReadModel(r io.Reader) (*Model, error) {
	m, err := grouping.ReadModel(r)
	if err != nil {
		return nil, err
	}
	return &Model{m}, nil
}

// WriteModels writes a model and those of later epochs into one file. Without later ones
// it is [Model.Write].
func WriteModels(w io.Writer, m *Model, later []Epoch) error {
	return grouping.WriteEpochs(w, m.of, numbered(later))
}

// ReadModels reads what [WriteModels] wrote, for Model and Epochs of [Options].
func ReadModels(r io.Reader) (*Model, []Epoch, error) {
	m, epochs, err := grouping.ReadEpochs(r)
	if err != nil {
		return nil, nil, err
	}
	var later []Epoch
	for _, e := range epochs {
		later = append(later, Epoch{time.Unix(e.Start, 0).UTC(), &Model{e.Model}})
	}
	return &Model{m}, later, nil
}

// numbered returns epochs as the steps know them.
func numbered(epochs []Epoch) []grouping.Epoch {
	all := make([]grouping.Epoch, len(epochs))
	for i, e := range epochs {
		all[i] = grouping.Epoch{Start: e.Start.Unix(), Model: e.Model.of}
	}
	return all
}

// Write writes the model: the same bytes for the same model.
func (m *Model) Write(w io.Writer) error { return m.of.Write(w) }

// ID returns 12 hex digits of the SHA-256 of what Write writes, before packing.
func (m *Model) ID() string { return m.of.ID() }

// ModelInfo tells what a model was made of.
type ModelInfo struct {
	Documents int // counted, those of the reference among them
	Terms     int
	Outlets   int // of which boilerplate is known
	Affixes   int // words that outlets put around titles
	Passages  int // passages that outlets repeat
	Sequences int // five words in sequence near the ends of bodies
}

// Info returns what the model was made of.
func (m *Model) Info() ModelInfo {
	of := &m.of.Boilerplate
	info := ModelInfo{Documents: m.of.Documents(), Terms: m.of.Terms(), Sequences: len(of.Ends), Passages: len(of.Passages), Affixes: len(of.Affixes)}
	outlets := map[string]bool{}
	for _, g := range of.Ends {
		outlets[g.Outlet] = true
	}
	for _, p := range of.Passages {
		outlets[p.Outlet] = true
	}
	for _, a := range of.Affixes {
		outlets[a.Outlet] = true
	}
	info.Outlets = len(outlets)
	return info
}

// grouping returns the model as the steps know it, nil for none.
func (m *Model) grouping() *grouping.Model {
	if m == nil {
		return nil
	}
	return m.of
}

// An Epoch is a time, to the second, and the model of what is published from then on. A
// pair of articles is weighed by the model of the later one, undated ones by the last. So
// a new epoch changes nothing of what was published before.
type Epoch struct {
	Start time.Time
	Model *Model
}

// weigh puts articles under the models of the options.
func (o Options) weigh(ctx context.Context, b *grouping.Batch) (*grouping.Weighed, error) {
	m, later := o.Grouping()
	return b.Weigh(ctx, m, later...)
}

// Grouping returns the models as the steps of internal/grouping know them.
func (o Options) Grouping() (*grouping.Model, []grouping.Epoch) {
	return o.Model.grouping(), numbered(o.Epochs)
}
