package qissa

import (
	"context"
	"io"

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
	weighed, err := batch.Weigh(ctx, nil)
	if err != nil {
		return nil, err
	}
	return &Model{weighed.Model}, nil
}

// ReadModel reads what [Model.Write] wrote.
func ReadModel(r io.Reader) (*Model, error) {
	m, err := grouping.ReadModel(r)
	if err != nil {
		return nil, err
	}
	return &Model{m}, nil
}

// Write writes the model: the same bytes for the same model.
func (m *Model) Write(w io.Writer) error { return m.of.Write(w) }

// ID returns 12 hex digits of the SHA-256 of what Write writes, before packing.
func (m *Model) ID() string { return m.of.ID() }

// ModelInfo tells what a model was made of.
type ModelInfo struct {
	Documents   int // counted, those of the reference among them
	Terms       int
	Outlets     int // of which boilerplate is known
	Boilerplate int // sequences of five words
}

// Info returns what the model was made of.
func (m *Model) Info() ModelInfo {
	info := ModelInfo{Documents: m.of.Documents(), Terms: m.of.Terms(), Boilerplate: len(m.of.Boilerplate)}
	last := ""
	for i, g := range m.of.Boilerplate {
		if i == 0 || g.Outlet != last {
			info.Outlets++
		}
		last = g.Outlet
	}
	return info
}

// grouping returns the model as the steps know it, nil for none.
func (m *Model) grouping() *grouping.Model {
	if m == nil {
		return nil
	}
	return m.of
}
