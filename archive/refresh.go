package archive

import (
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
	c.summary.Model = &NewModel{ID: m.ID(), Documents: m.Info().Documents}
	if err := a.setModel(ctx, m); err != nil {
		return nil, err
	}
	if _, err := a.tx.ExecContext(ctx, `UPDATE model SET batch=?`, c.n); err != nil {
		return nil, told(err)
	}
	was := a.forceWhole
	a.forceWhole = true
	defer func() { a.forceWhole = was }()
	return c.summary, c.regroup(ctx, opt)
}
