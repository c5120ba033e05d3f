package archive

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"qissa/internal/grouping"
	"qissa/report"
)

// An archive that keeps so long forgets storylines of which every story is closed and
// ended longer ago, with their articles: whole ones, so that nothing that stays is
// another. What it forgets must be out of reach of what may still come: articles before
// the horizon are not let in, and what is within reach of the horizon stays. What all
// articles together tell of an outlet, its name and its clock, may change later: stories
// before the horizon stay as they were told.

// pruned is the state of what was forgotten. Its id leads nowhere, and stays taken.
const pruned = "pruned"

// A KeepError says that an archive cannot keep so short a time.
type KeepError struct{ Keep, Least, Reach time.Duration }

func (e *KeepError) Error() string {
	return fmt.Sprintf("an article can change what stands %s before it, so an archive keeps %s or more, not %s", days(e.Reach), days(e.Least), days(e.Keep))
}

func days(d time.Duration) string { return strconv.Itoa(int((d+24*time.Hour-1)/(24*time.Hour))) + "d" }

// behind is how far before an article the stories are told or read that it can change,
// but for long parts, in seconds. See [change.around].
func behind(window int64) int64 {
	return (reachWindows+contextWindows)*window + 2*(grouping.Seconds(grouping.LineSpan)+window)
}

// Keep returns how long the archive keeps stories; 0 for always.
func (a *Archive) Keep() (time.Duration, error) {
	if a.settings["keep"] == "" {
		return 0, nil
	}
	d, err := time.ParseDuration(a.settings["keep"])
	if err != nil {
		return 0, a.damaged("keep is %q", a.settings["keep"])
	}
	return d, nil
}

// SetKeep sets how long the archive keeps stories, from the next feed or [Archive.Prune]
// on; 0 for always. What was forgotten does not come back. A [KeepError] says how long
// it must be at least: an article that comes as late as two windows must find all that
// it can change.
func (a *Archive) SetKeep(ctx context.Context, keep time.Duration) error {
	s, err := a.Settings()
	if err != nil {
		return err
	}
	window := grouping.Seconds(s.Window)
	if keep > 0 && window <= 0 {
		return fmt.Errorf("without a window an article can change any story: the archive keeps all")
	}
	reach := time.Duration(behind(window)) * time.Second
	if least := reach + 2*s.Window; keep > 0 && keep < least {
		return &KeepError{keep, least, reach}
	}
	return a.set(ctx, "keep", keep.String())
}

// set writes a setting.
func (a *Archive) set(ctx context.Context, key, value string) error {
	a.settings[key] = value
	_, err := a.tx.ExecContext(ctx, `INSERT OR REPLACE INTO setting VALUES (?, ?)`, key, value)
	return told(err)
}

// horizon returns the time before which articles are too old to be let in, 0 if nothing
// was forgotten yet.
func (a *Archive) horizon() int64 {
	n, _ := strconv.ParseInt(a.settings["horizon"], 10, 64) // our own, or none
	return n
}

// Horizon returns the time before which articles are too old to be let in, zero if
// none is.
func (a *Archive) Horizon() time.Time {
	if a.horizon() == 0 {
		return time.Time{}
	}
	return time.Unix(a.horizon(), 0).UTC()
}

// Prune forgets what ended longer ago than the archive keeps. Every feed does so too.
// Cost: that of what is forgotten, and a look at the articles as old.
func (a *Archive) Prune(ctx context.Context, b Batch) (*Summary, error) {
	c := &change{Archive: a, kind: "prune", Batch: b, summary: &Summary{Events: map[string]int{}}}
	if err := c.begin(ctx); err != nil {
		return nil, err
	}
	if err := c.prune(ctx); err != nil {
		return nil, err
	}
	if c.summary.PrunedArticles == 0 {
		return c.nothing(ctx)
	}
	return c.summary, c.end(ctx)
}

// pruneFed forgets after a feed.
func (c *change) pruneFed(ctx context.Context) error {
	if c.kind != "feed" && c.kind != "import" {
		return nil
	}
	return c.prune(ctx)
}

// prune forgets, as a part of a batch.
func (c *change) prune(ctx context.Context) error {
	keep, err := c.Keep()
	if err != nil || keep == 0 {
		return err
	}
	s, err := c.Settings()
	if err != nil {
		return err
	}
	window := grouping.Seconds(s.Window)
	if window <= 0 {
		return nil // the window was widened
	}
	var newest int64
	if err := c.tx.QueryRowContext(ctx, `SELECT coalesce((SELECT at FROM article WHERE time <> '' ORDER BY at DESC LIMIT 1), 0)`).Scan(&newest); err != nil {
		return told(err)
	}
	before := newest - grouping.Seconds(keep)
	horizon := max(c.horizon(), before+behind(window))
	around, _ := c.around(ctx, span{horizon, horizon}, window)
	cut := min(before, around.from)
	n, err := c.forget(ctx, cut, window)
	if err != nil || n == 0 {
		return err
	}
	if err := c.forgetNear(ctx, cut+window); err != nil {
		return err
	}
	return c.set(ctx, "horizon", strconv.FormatInt(horizon, 10))
}

// forget forgets the storylines of which all ended before a time, and returns the
// number of their stories. Cost that of the articles before that time which are there.
func (c *change) forget(ctx context.Context, cut, window int64) (stories int64, err error) {
	run := func(query string, args ...any) (n int64) {
		if err == nil {
			var res interface{ RowsAffected() (int64, error) }
			if res, err = c.tx.ExecContext(ctx, query, args...); err == nil {
				n, err = res.RowsAffected()
			}
		}
		return n
	}
	run(`CREATE TEMP TABLE forgotten (n INTEGER PRIMARY KEY)`)
	defer c.tx.ExecContext(ctx, `DROP TABLE temp.forgotten`)
	stories = run(`INSERT INTO temp.forgotten SELECT s.n FROM story s WHERE s.line IN
			(SELECT DISTINCT line FROM story WHERE n IN (SELECT story FROM article WHERE at < ?1) AND +state = 'closed')
		AND +s.state = 'closed' AND NOT EXISTS (SELECT 1 FROM story o WHERE o.line = s.line AND (o.last >= ?1 AND +o.state = 'closed' OR +o.state = 'open'))`, cut)
	if stories == 0 || err != nil {
		return 0, told(err)
	}
	lost, err := c.loss(ctx, `WHERE a.story IN temp.forgotten`)
	if err != nil {
		return 0, err
	}
	run(`UPDATE story SET state='pruned', changed=? WHERE n IN temp.forgotten`, c.n)
	run(`INSERT INTO event (batch, story, kind, cause, data) SELECT ?1, n, ?2, ?3, json_object('title', title, 'size', 0) FROM story WHERE n IN temp.forgotten ORDER BY id`, c.n, report.ChangeGone, report.CausePrune)
	run(`DELETE FROM event WHERE story IN temp.forgotten AND NOT (batch = ?1 AND cause = ?2)`, c.n, report.CausePrune)
	run(`UPDATE correction SET ended=?1 WHERE ended IS NULL AND EXISTS (SELECT 1 FROM article a WHERE a.story IN temp.forgotten AND a.name IN (correction.a, correction.b))`, c.n)
	c.summary.PrunedArticles = int(run(`DELETE FROM article WHERE story IN temp.forgotten`))
	run(`UPDATE story SET title='', record=NULL, pairs=NULL WHERE n IN temp.forgotten`)
	run(`UPDATE line SET state='pruned', size=0, changed=? WHERE n IN (SELECT line FROM story WHERE n IN temp.forgotten)`, c.n)
	if err != nil {
		return 0, told(err)
	}
	c.summary.PrunedStories = int(stories)
	if err := c.dropSheets(ctx, span{floorDay(always.from), floorDay(lost.last + marksBack*window)}); err != nil {
		return 0, err
	}
	return stories, c.forgetOutlets(ctx, lost)
}

// forgetNear takes what was forgotten out of the records of the stories with an article
// before a time: they may have it for neighbours.
func (c *change) forgetNear(ctx context.Context, before int64) error {
	rows, err := c.tx.QueryContext(ctx, `SELECT n, id, record, pairs FROM story WHERE n IN (SELECT story FROM article WHERE at < ?)`, before)
	if err != nil {
		return told(err)
	}
	defer rows.Close()
	find, err := c.prepared(ctx, `SELECT 1 FROM article WHERE name=?`)
	if err != nil {
		return err
	}
	there := func(name string) bool {
		var one int
		return find.scan(ctx, []any{name}, &one) == nil
	}
	type other struct {
		n             int64
		record, pairs []byte
	}
	var others []other
	for rows.Next() {
		var n int64
		var id string
		var record, pairs []byte
		if err := rows.Scan(&n, &id, &record, &pairs); err != nil {
			return told(err)
		}
		line, changed, err := withoutForgotten(record, there)
		if err != nil {
			return c.damaged("story %s: %v", id, err)
		}
		if !changed {
			continue
		}
		kept, err := unpack(pairs)
		if err != nil {
			return c.damaged("the pairs of story %s: %v", id, err)
		}
		if kept, err = pairsOf(kept, there); err != nil {
			return c.damaged("the pairs of story %s: %v", id, err)
		}
		others = append(others, other{n, pack(line), pack(kept)})
	}
	if err := rows.Err(); err != nil {
		return told(err)
	}
	return c.exec(ctx, `UPDATE story SET record=?, pairs=? WHERE n=?`, func(run func(...any) error) error {
		for _, o := range others {
			if err := run(o.record, o.pairs, o.n); err != nil {
				return err
			}
		}
		return nil
	})
}

// withoutForgotten returns the line of a story without the neighbours whose first
// article is not there, and whether it has such.
func withoutForgotten(record []byte, there func(string) bool) (line []byte, changed bool, err error) {
	if line, err = unpack(record); err != nil {
		return nil, false, err
	}
	var r struct{ Neighbours []struct{ ID string } }
	if err := json.Unmarshal(line, &r); err != nil {
		return nil, false, err
	}
	if !slices.ContainsFunc(r.Neighbours, func(n struct{ ID string }) bool { return !there(n.ID) }) {
		return line, false, nil
	}
	line, err = within(line, there)
	return line, true, err
}

// everything returns the stretch of a change that can reach every story: all of them, but
// for those before the horizon, whose surroundings are no more.
func (c *change) everything(ctx context.Context, window int64) stretch {
	if c.horizon() == 0 || window <= 0 || c.forceWhole {
		return everywhere
	}
	_, anew := c.around(ctx, span{c.horizon(), c.horizon()}, window)
	return stretch{spans{always}, spans{{anew.from, always.to}}}
}

// tooOld reports whether an article that comes stands, or stood, before the horizon.
func (in *incoming) tooOld(horizon int64, batch time.Time) bool {
	if horizon == 0 || in.known || in.gone {
		return false
	}
	return when(in.article, batch) < horizon || in.n > 0 && in.at < horizon
}
