package archive

import (
	"bytes"
	"context"

	"qissa"
)

// Refresh compares all articles anew: under a model, nil for that of the articles
// themselves with the reference, and under other settings, whose identity does not
// count. Then the archive is what a run without a model over its articles is. Cost that
// of [qissa.Cluster] over all articles, and of [qissa.BuildModel].
func (a *Archive) Refresh(ctx context.Context, b Batch, s Settings, m *qissa.Model, opt qissa.Options) (*Summary, error) {
	c := &change{Archive: a, kind: "refresh", Batch: b, summary: &Summary{Events: map[string]int{}}}
	if err := c.begin(ctx); err != nil {
		return nil, err
	}
	before, err := a.Settings()
	if err != nil {
		return nil, err
	}
	if m == nil {
		if m, err = a.ownModel(ctx, opt); err != nil {
			return nil, err
		}
	}
	s.Identity = before.Identity
	for key, value := range s.values() {
		a.settings[key] = value
		if _, err := a.tx.ExecContext(ctx, `UPDATE setting SET value=? WHERE key=?`, value, key); err != nil {
			return nil, told(err)
		}
	}
	if err := a.setModel(ctx, m); err != nil {
		return nil, err
	}
	was := a.forceWhole
	a.forceWhole = true
	defer func() { a.forceWhole = was }()
	return c.summary, c.regroup(ctx, opt)
}

// ownModel counts the articles of the archive, with the reference.
func (a *Archive) ownModel(ctx context.Context, opt qissa.Options) (*qissa.Model, error) {
	articles, err := a.Articles(ctx, opt.Spill)
	if err != nil {
		return nil, err
	}
	return qissa.BuildModel(ctx, articles, opt)
}

// setModel makes a model the only one.
func (a *Archive) setModel(ctx context.Context, m *qissa.Model) error {
	var data bytes.Buffer
	if err := m.Write(&data); err != nil {
		return err
	}
	_, err := a.tx.ExecContext(ctx, `DELETE FROM model`)
	if err == nil {
		_, err = a.tx.ExecContext(ctx, `INSERT INTO model (id, documents, data) VALUES (?, ?, ?)`, m.ID(), m.Info().Documents, data.Bytes())
	}
	return told(err)
}
