package archive

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"time"

	"qissa"
)

// An archive compares under the model that it was made with, and under a newer one what
// is published later: a new model starts behind the latest article, so that it moves no
// story that is there. Which model an article is of follows from its time alone, whenever
// it comes; a pair is of its later article's. The models with their starts are a part of
// what the grouping is a function of.

// leastOwn is how many articles must have come since a model was made before the archive
// makes another, and half of what that one counted: models a month old group as well as
// those of the day before, and only one that never saw the outlets is worse.
const leastOwn = 20_000

// addModels adds from when on a model holds, and how well it knows the words of articles.
func addModels(ctx context.Context, a *Archive) error {
	_, err := a.tx.ExecContext(ctx, `
		ALTER TABLE model ADD COLUMN start INTEGER;                   -- Unix seconds: it holds from then on; null for the first
		ALTER TABLE model ADD COLUMN batch INTEGER NOT NULL DEFAULT 0; -- after which it was made
		ALTER TABLE article ADD COLUMN mentions INTEGER;              -- of terms; null if unknown
		ALTER TABLE article ADD COLUMN unknown INTEGER;               -- of these, mentions of terms that its model knows from one document or none
	`)
	return err
}

// An Epoch is a model of an archive.
type Epoch struct {
	Model     string    // id
	Documents int       // that it counted
	Start     time.Time // from when on it holds; zero for the first
	Own       int       // articles that came since it was made

	n int64
}

// epochs returns what is told of the models, in the order of time.
func (a *Archive) epochs(ctx context.Context) ([]Epoch, error) {
	query := `SELECT n, id, documents, start, (SELECT coalesce(sum(json_extract(counts, '$.new')), 0) FROM batch WHERE batch.n > model.batch AND kind IN ('feed', 'import') AND counts <> '') FROM model ORDER BY n`
	if a.format < formatOfModels {
		query = `SELECT n, id, documents, NULL, (SELECT count(*) FROM article) FROM model ORDER BY n`
	}
	rows, err := a.tx.QueryContext(ctx, query)
	if err != nil {
		return nil, told(err)
	}
	defer rows.Close()
	var all []Epoch
	for rows.Next() {
		var e Epoch
		var start sql.NullInt64
		if err := rows.Scan(&e.n, &e.Model, &e.Documents, &start, &e.Own); err != nil {
			return nil, told(err)
		}
		if start.Valid {
			e.Start = time.Unix(start.Int64, 0).UTC()
		}
		all = append(all, e)
	}
	if len(all) == 0 && rows.Err() == nil {
		return nil, a.damaged("it has no model")
	}
	return all, told(rows.Err())
}

// Models returns the models under which the archive compares: the first, and the later
// ones with their starts.
func (a *Archive) Models(ctx context.Context) (*qissa.Model, []qissa.Epoch, error) {
	return a.models(ctx, always)
}

// models returns the models of what was published in a span.
func (a *Archive) models(ctx context.Context, s span) (first *qissa.Model, later []qissa.Epoch, err error) {
	epochs, err := a.epochs(ctx)
	if err != nil {
		return nil, nil, err
	}
	for i, e := range epochs {
		if i+1 < len(epochs) && epochs[i+1].Start.Unix() <= s.from || i > 0 && e.Start.Unix() > s.to {
			continue
		}
		var data []byte
		if err := a.tx.QueryRowContext(ctx, `SELECT data FROM model WHERE n=?`, e.n).Scan(&data); err != nil {
			return nil, nil, told(err)
		}
		m, err := qissa.ReadModel(bytes.NewReader(data))
		switch {
		case err != nil:
			return nil, nil, fmt.Errorf("%s: %w", a.path, err)
		case first == nil:
			first = m
		default:
			later = append(later, qissa.Epoch{Start: e.Start, Model: m})
		}
	}
	return first, later, nil
}

// A NewModel is a model that a batch made.
type NewModel struct {
	ID        string    `json:"id"`
	Documents int       `json:"documents"`
	Start     time.Time `json:"start"`
}

// Renew has what is published from now on compared under another model: nil for that of
// the articles of the archive, with the reference. It changes no story. Cost that of
// [qissa.BuildModel].
func (a *Archive) Renew(ctx context.Context, b Batch, m *qissa.Model, opt qissa.Options) (*Summary, error) {
	c := &change{Archive: a, kind: "refresh", Batch: b, summary: &Summary{Events: map[string]int{}}}
	if err := c.begin(ctx); err != nil {
		return nil, err
	}
	if err := c.renew(ctx, m, opt); err != nil {
		return nil, err
	}
	return c.summary, c.end(ctx)
}

// renewalDue reports whether a new model is made after a feed: enough articles came since
// the last one.
func (c *change) renewalDue(ctx context.Context) (bool, error) {
	if c.kind != "feed" && c.kind != "import" || c.KeepModel {
		return false, nil
	}
	epochs, err := c.epochs(ctx)
	if err != nil {
		return false, err
	}
	last := epochs[len(epochs)-1]
	enough := max(leastOwn, last.Documents/2)
	if c.renewFrom > 0 {
		enough = c.renewFrom
	}
	return last.Own+c.summary.New >= enough, nil // this batch has no counts yet
}

// renew adds a model that holds behind the latest article, in place of those that hold
// there already. Models of what was forgotten go.
func (c *change) renew(ctx context.Context, m *qissa.Model, opt qissa.Options) (err error) {
	if m == nil {
		if m, err = c.ownModel(ctx, opt); err != nil {
			return err
		}
	}
	var earliest, latest sql.NullInt64
	if err := c.tx.QueryRowContext(ctx, `SELECT min(at), max(at) FROM article`).Scan(&earliest, &latest); err != nil {
		return told(err)
	}
	if !latest.Valid {
		return c.setModel(ctx, m) // there is nothing that it could move
	}
	start := latest.Int64 + 1
	if _, err := c.tx.ExecContext(ctx, `DELETE FROM model WHERE start >= ?`, start); err != nil {
		return told(err)
	}
	if behind := min(c.horizon(), earliest.Int64); c.horizon() > 0 {
		if _, err := c.tx.ExecContext(ctx, `DELETE FROM model WHERE n < (SELECT max(n) FROM model WHERE start <= ?)`, behind); err != nil {
			return told(err)
		}
	}
	c.summary.Model = &NewModel{m.ID(), m.Info().Documents, time.Unix(start, 0).UTC()}
	return c.addModel(ctx, m, sql.NullInt64{Int64: start, Valid: true}, c.n)
}

// setModel makes a model the only one.
func (a *Archive) setModel(ctx context.Context, m *qissa.Model) error {
	if _, err := a.tx.ExecContext(ctx, `DELETE FROM model`); err != nil {
		return told(err)
	}
	return a.addModel(ctx, m, sql.NullInt64{}, 0)
}

func (a *Archive) addModel(ctx context.Context, m *qissa.Model, start sql.NullInt64, batch int64) error {
	var data bytes.Buffer
	if err := m.Write(&data); err != nil {
		return err
	}
	_, err := a.tx.ExecContext(ctx, `INSERT INTO model (id, documents, data, start, batch) VALUES (?, ?, ?, ?, ?)`, m.ID(), m.Info().Documents, data.Bytes(), start, batch)
	return told(err)
}

// ownModel counts the articles of the archive, with the reference.
func (a *Archive) ownModel(ctx context.Context, opt qissa.Options) (*qissa.Model, error) {
	articles, err := a.Articles(ctx, opt.Spill)
	if err != nil {
		return nil, err
	}
	return qissa.BuildModel(ctx, articles, opt)
}

// A Week tells how well the model knows the words of the articles of seven days.
type Week struct {
	Monday   time.Time
	Articles int
	Unknown  float64 // share of the mentions of terms that are of terms which the model knows from one document or none
}

// weeks returns the last ones of which that is known, so many.
func (a *Archive) weeks(ctx context.Context, most int) ([]Week, error) {
	if a.format < formatOfModels {
		return nil, nil
	}
	const week, monday = 7 * secondsOfDay, 4 * secondsOfDay // 1970 began on a Thursday
	rows, err := a.tx.QueryContext(ctx, `SELECT (at - ?1) / ?2 AS week, count(*), 1.0 * sum(unknown) / max(1, sum(mentions)) FROM article
		WHERE at > (SELECT max(at) FROM article) - ?2 * ?3 AND mentions IS NOT NULL GROUP BY week ORDER BY week DESC LIMIT ?3`, monday, week, most)
	if err != nil {
		return nil, told(err)
	}
	defer rows.Close()
	var all []Week
	for rows.Next() {
		var w Week
		var n int64
		if err := rows.Scan(&n, &w.Articles, &w.Unknown); err != nil {
			return nil, told(err)
		}
		w.Monday = time.Unix(n*week+monday, 0).UTC()
		all = append(all, w)
	}
	return all, told(rows.Err())
}
