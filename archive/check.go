package archive

import (
	"bytes"
	"context"
	"encoding/json"
	"time"

	"qissa/article"
	"qissa/report"
)

// Info is what an archive tells of itself.
type Info struct {
	Settings    Settings
	Keep        time.Duration // how long it keeps stories; 0 for always
	Models      []Epoch       // in the order of time
	Weeks       []Week        // how well they know the words of the last weeks, the last first
	Totals      Totals
	Retired     int       // ids of stories that lead to others or nowhere
	Corrections int       // in force
	Withdrawn   int       // articles that are kept out
	Batches     int       // that there were
	First, Last time.Time // of articles that have a time, of all if none has; zero if there are none
	Bytes       int64     // of the file, but for what is not yet taken over into it
	Marks       []Mark
}

// A Mark is how far a reader of changes has read.
type Mark struct {
	Name   string
	Unread int // changes behind it
	At     time.Time
}

// Info returns what the archive tells of itself.
func (a *Archive) Info(ctx context.Context) (*Info, error) {
	i := &Info{}
	var err error
	if i.Settings, err = a.Settings(); err != nil {
		return nil, err
	}
	if i.Keep, err = a.Keep(); err != nil {
		return nil, err
	}
	if i.Totals, err = a.totals(ctx); err != nil {
		return nil, err
	}
	var first, last, pages int64
	err = a.tx.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM story WHERE state IN ('merged', 'gone', 'pruned')), (SELECT count(*) FROM correction WHERE ended IS NULL), (SELECT count(*) FROM withdrawn),
		(SELECT count(*) FROM batch), coalesce((SELECT min(at) FROM article WHERE time <> ''), (SELECT min(at) FROM article), 0), coalesce((SELECT max(at) FROM article WHERE time <> ''), (SELECT max(at) FROM article), 0),
		(SELECT page_count * page_size FROM pragma_page_count, pragma_page_size)`).
		Scan(&i.Retired, &i.Corrections, &i.Withdrawn, &i.Batches, &first, &last, &pages)
	if err != nil {
		return nil, told(err)
	}
	i.Bytes = pages
	if i.Totals.Articles > 0 {
		i.First, i.Last = time.Unix(first, 0).UTC(), time.Unix(last, 0).UTC()
	}
	if i.Models, err = a.epochs(ctx); err != nil {
		return nil, err
	}
	if i.Weeks, err = a.weeks(ctx, 8); err != nil {
		return nil, err
	}
	rows, err := a.tx.QueryContext(ctx, `SELECT name, at, (SELECT count(*) FROM event WHERE event.n > mark.event) FROM mark ORDER BY name`)
	if err != nil {
		return nil, told(err)
	}
	defer rows.Close()
	for rows.Next() {
		var m Mark
		var at int64
		if err := rows.Scan(&m.Name, &at, &m.Unread); err != nil {
			return nil, told(err)
		}
		m.At = time.Unix(at, 0).UTC()
		i.Marks = append(i.Marks, m)
	}
	return i, told(rows.Err())
}

// Zone returns the zone in which most of the articles give their times, see
// [article.CommonZone]; of more than 50,000 it looks at 50 times 1,000, spread over all, so
// that a report of a day takes no longer the more days there were before it.
func (a *Archive) Zone(ctx context.Context) (*time.Location, error) { return a.zone(ctx, 50, 1000) }

// zone looks at pieces of articles in the order in which they came.
func (a *Archive) zone(ctx context.Context, pieces, piece int64) (*time.Location, error) {
	var last int64
	if err := a.tx.QueryRowContext(ctx, `SELECT coalesce(max(n), 0) FROM article`).Scan(&last); err != nil {
		return nil, told(err)
	}
	count := map[int]int{}
	for from := int64(1); from <= last; from += max(piece, last/pieces) {
		times, err := a.texts(ctx, `SELECT time FROM article WHERE n BETWEEN ? AND ? AND precision = ? AND time <> ''`, from, from+piece-1, string(article.Exact))
		if err != nil {
			return nil, err
		}
		for _, text := range times {
			t, err := parseTime(text)
			if err != nil {
				return nil, a.damaged("an article has the time %q", text)
			}
			_, offset := t.Zone()
			count[offset]++
		}
	}
	return article.CommonOffset(count), nil
}

// Fed returns the files that were fed, in order.
func (a *Archive) Fed(ctx context.Context) ([]report.Input, error) {
	lists, err := a.texts(ctx, `SELECT inputs FROM batch WHERE kind IN ('feed', 'import') ORDER BY n`)
	if err != nil {
		return nil, err
	}
	var all []report.Input
	for _, list := range lists {
		var inputs []report.Input
		if err := json.Unmarshal([]byte(list), &inputs); err != nil {
			return nil, a.damaged("the inputs of a batch: %v", err)
		}
		all = append(all, inputs...)
	}
	return all, nil
}

// The queries that find what no writer leaves, each with what it finds.
var checks = []struct{ what, query string }{
	{"articles of no story that is there", `SELECT a.name FROM article a LEFT JOIN story s ON s.n = a.story WHERE s.n IS NULL OR s.state NOT IN ('open', 'closed')`},
	{"stories whose size is not that of their articles", `SELECT s.id FROM story s LEFT JOIN (SELECT story, count(*) AS size FROM article GROUP BY story) a ON a.story = s.n WHERE s.state IN ('open', 'closed') AND s.size IS NOT a.size`},
	{"stories whose first article is another's", `SELECT s.id FROM story s WHERE s.state IN ('open', 'closed') AND NOT EXISTS (SELECT 1 FROM article a WHERE a.name = s.head AND a.story = s.n)`},
	{"retired stories that lead to retired ones", `SELECT s.id FROM story s JOIN story t ON t.n = s.target WHERE t.state = 'merged'`},
	{"stories that lead nowhere", `SELECT id FROM story WHERE state = 'merged' AND target IS NULL`},
	{"stories of no storyline that is there", `SELECT s.id FROM story s LEFT JOIN line l ON l.n = s.line WHERE s.state IN ('open', 'closed') AND (l.n IS NULL OR l.state <> 'open')`},
	{"storylines whose size is not that of their stories", `SELECT l.id FROM line l LEFT JOIN (SELECT line, sum(size) AS size FROM story WHERE state IN ('open', 'closed') GROUP BY line) s ON s.line = l.n WHERE l.state = 'open' AND l.size IS NOT s.size`},
	{"it has no model", `SELECT 'none' WHERE NOT EXISTS (SELECT 1 FROM model)`},
	{"retired storylines that lead to retired ones", `SELECT l.id FROM line l JOIN line t ON t.n = l.target WHERE t.state = 'merged'`},
}

// Check returns what is wrong with the archive, nil if nothing is. Cost linear in the
// file.
func (a *Archive) Check(ctx context.Context) ([]string, error) {
	const shown = 5
	wrong, err := a.texts(ctx, `SELECT integrity_check FROM pragma_integrity_check`)
	if err != nil {
		return nil, err
	}
	if len(wrong) == 1 && wrong[0] == "ok" {
		wrong = nil
	}
	for _, c := range checks {
		found, err := a.texts(ctx, c.query)
		if err != nil {
			return nil, err
		}
		if len(found) > 0 {
			wrong = append(wrong, c.what+": "+list(found, shown))
		}
	}
	other, err := a.altered(ctx)
	if err != nil {
		return nil, err
	}
	if len(other) > 0 {
		wrong = append(wrong, "articles that are not as they were fed: "+list(other, shown))
	}
	if other, err = a.strangeSheets(ctx); err != nil {
		return nil, err
	}
	if len(other) > 0 {
		wrong = append(wrong, "days of which sheets tell otherwise than the articles: "+list(other, shown))
	}
	membership, err := a.Replay(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := a.tx.QueryContext(ctx, `SELECT a.name, s.id FROM article a JOIN story s ON s.n = a.story`)
	if err != nil {
		return nil, told(err)
	}
	defer rows.Close()
	other = nil
	for rows.Next() {
		var name, id string
		if err := rows.Scan(&name, &id); err != nil {
			return nil, told(err)
		}
		if membership[name] != id {
			other = append(other, name)
		}
		delete(membership, name)
	}
	for name := range membership {
		other = append(other, name)
	}
	if len(other) > 0 {
		wrong = append(wrong, "articles that the log of changes has elsewhere: "+list(other, shown))
	}
	return wrong, told(rows.Err())
}

// altered returns the names of the articles whose hash is not that of what is told of
// them.
func (a *Archive) altered(ctx context.Context) (other []string, err error) {
	rows, err := a.tx.QueryContext(ctx, `SELECT `+rowColumns+`, a.hash, a.time, a.precision, t.title, t.body FROM article a JOIN text t ON t.article = a.n ORDER BY a.n`)
	if err != nil {
		return nil, told(err)
	}
	defer rows.Close()
	for rows.Next() {
		var hash, body []byte
		var at, title string
		var precision article.Precision
		r, err := scan(rows, &hash, &at, &precision, &title, &body)
		if err == nil {
			body, err = unpack(body)
		}
		if at == "" { // scan gave it the time of its batch
			r.article.Time, r.article.Precision = time.Time{}, precision
		}
		r.article.Title, r.article.Body = title, string(body)
		if err != nil || !bytes.Equal(hash, hashOf(&r.article)) {
			other = append(other, r.article.ID)
		}
	}
	return other, told(rows.Err())
}

// Replay returns the story of each article as the log of changes tells it.
func (a *Archive) Replay(ctx context.Context) (map[string]string, error) {
	changes, err := a.Changes(ctx, Since{})
	if err != nil {
		return nil, err
	}
	of := map[string]string{}
	for _, c := range changes { // those of stories that were pruned are gone with them
		for _, name := range c.Removed {
			if of[name] == c.Story {
				delete(of, name)
			}
		}
		for _, name := range c.Added {
			of[name] = c.Story
		}
	}
	return of, nil
}

func list(texts []string, most int) string {
	out := ""
	for i, t := range texts {
		if i == most {
			return out + ", …"
		}
		if i > 0 {
			out += ", "
		}
		out += t
	}
	return out
}
