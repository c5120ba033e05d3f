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
		where, args = `WHERE e.batch IN (SELECT n FROM batch WHERE at >= ?)`, []any{since.Time.Unix()}
	case since.Batch > 0:
		where, args = `WHERE e.n >= (SELECT n FROM event WHERE batch > ? ORDER BY batch LIMIT 1)`, []any{since.Batch}
	case since.Event > 0:
		where, args = `WHERE e.n > ?`, []any{since.Event}
	case since.Story != "":
		where, args = `WHERE e.story = (SELECT n FROM story WHERE id=?)`, []any{since.Story}
	}
	// Joined, the stories would be looked up in the order of the log: each on another page.
	stories, err := a.namesOf(ctx, `SELECT n, id, title FROM story WHERE n IN (SELECT e.story FROM event e `+where+`)`, args)
	if err != nil {
		return nil, err
	}
	rows, err := a.tx.QueryContext(ctx, `SELECT e.n, e.batch, e.kind, e.cause, e.story, e.data FROM event e `+where+` ORDER BY e.n`, args...)
	if err != nil {
		return nil, told(err)
	}
	defer rows.Close()
	var all []report.Change
	var data report.ChangeReader
	for rows.Next() {
		var c report.Change
		var story int64
		var kept sql.RawBytes
		if err := rows.Scan(&c.Event, &c.Batch, &c.Kind, &c.Cause, &story, &kept); err != nil {
			return nil, told(err)
		}
		s := stories[story]
		c.Story, c.Title = s.id, s.title // unless it was another
		if err := data.Read(&c, kept); err != nil {
			return nil, a.damaged("event %d: %v", c.Event, err)
		}
		all = append(all, c)
	}
	if err := rows.Err(); err != nil {
		return nil, told(err)
	}
	return all, a.date(ctx, all)
}

type storyName struct{ id, title string }

// namesOf returns ids and titles of stories, by their numbers.
func (a *Archive) namesOf(ctx context.Context, query string, args []any) (map[int64]storyName, error) {
	rows, err := a.tx.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, told(err)
	}
	defer rows.Close()
	all := map[int64]storyName{}
	for rows.Next() {
		var n int64
		var s storyName
		if err := rows.Scan(&n, &s.id, &s.title); err != nil {
			return nil, told(err)
		}
		all[n] = s
	}
	return all, told(rows.Err())
}

// date gives changes, in the order of their batches, the times of these.
func (a *Archive) date(ctx context.Context, changes []report.Change) error {
	if len(changes) == 0 {
		return nil
	}
	rows, err := a.tx.QueryContext(ctx, `SELECT n, at FROM batch WHERE n BETWEEN ? AND ?`, changes[0].Batch, changes[len(changes)-1].Batch)
	if err != nil {
		return told(err)
	}
	defer rows.Close()
	at := map[int64]time.Time{}
	for rows.Next() {
		var n, unix int64
		if err := rows.Scan(&n, &unix); err != nil {
			return told(err)
		}
		at[n] = time.Unix(unix, 0).UTC()
	}
	for i := range changes {
		changes[i].At = at[changes[i].Batch]
	}
	return told(rows.Err())
}

// keepTitle has the changes of a story so far tell the title that it had, since it gets
// another one: what is kept of a change has none while it is that of the story.
const keepTitle = `UPDATE event SET data=json_set(data, '$.title', (SELECT title FROM story WHERE n=?1)) WHERE story=?1 AND json_type(data, '$.title') IS NULL AND (SELECT title FROM story WHERE n=?1) <> ?2`

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
