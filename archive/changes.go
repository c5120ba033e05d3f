package archive

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"qissa/report"
)

// Since is from where on changes are told. One of its fields is set; none of them
// tells all.
type Since struct {
	Mark  string    // behind what was read when the mark was set; all, if it never was
	Time  time.Time // batches made at that time or later
	Batch int64     // batches after it
	Event int64     // changes after it
	Story string    // changes of one story
}

// Changes returns the changes in the order of batches, and within one by the ids of
// the stories.
func (a *Archive) Changes(ctx context.Context, since Since) ([]report.Change, error) {
	where, args := ``, []any{}
	switch {
	case since.Mark != "":
		where, args = `WHERE e.n > coalesce((SELECT event FROM mark WHERE name=?), 0)`, []any{since.Mark}
	case !since.Time.IsZero():
		where, args = `WHERE b.at >= ?`, []any{since.Time.Unix()}
	case since.Batch > 0:
		where, args = `WHERE e.batch > ?`, []any{since.Batch}
	case since.Event > 0:
		where, args = `WHERE e.n > ?`, []any{since.Event}
	case since.Story != "":
		where, args = `WHERE s.id = ?`, []any{since.Story}
	}
	rows, err := a.tx.QueryContext(ctx, `SELECT e.n, e.batch, b.at, e.kind, e.cause, s.id, e.data FROM event e JOIN batch b ON b.n = e.batch JOIN story s ON s.n = e.story `+where+` ORDER BY e.n`, args...)
	if err != nil {
		return nil, told(err)
	}
	defer rows.Close()
	var all []report.Change
	for rows.Next() {
		var c report.Change
		var at int64
		var data []byte
		if err := rows.Scan(&c.Event, &c.Batch, &at, &c.Kind, &c.Cause, &c.Story, &data); err != nil {
			return nil, told(err)
		}
		if err := c.SetData(data); err != nil {
			return nil, a.damaged("event %d: %v", c.Event, err)
		}
		c.At = time.Unix(at, 0).UTC()
		all = append(all, c)
	}
	return all, told(rows.Err())
}

// LastEvent returns the number of the newest change, 0 if there is none.
func (a *Archive) LastEvent(ctx context.Context) (n int64, err error) {
	err = a.tx.QueryRowContext(ctx, `SELECT coalesce(max(n), 0) FROM event`).Scan(&n)
	return n, told(err)
}

// LastBatch returns the number and the time of the newest batch, 0 if there is none.
func (a *Archive) LastBatch(ctx context.Context) (n int64, at time.Time, err error) {
	var unix int64
	err = a.tx.QueryRowContext(ctx, `SELECT n, at FROM batch ORDER BY n DESC LIMIT 1`).Scan(&n, &unix)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, time.Time{}, nil
	}
	return n, time.Unix(unix, 0).UTC(), told(err)
}

// SetMark sets a mark behind an event, which it never moves back.
func (a *Archive) SetMark(ctx context.Context, name string, event int64, at time.Time) error {
	_, err := a.tx.ExecContext(ctx, `INSERT INTO mark VALUES (?1, ?2, ?3) ON CONFLICT (name) DO UPDATE SET event=max(event, ?2), at=?3`, name, event, at.Unix())
	return told(err)
}
