package archive

import (
	"cmp"
	"context"
	"math"
	"slices"

	"qissa"
	"qissa/internal/grouping"
)

// A span is a stretch of time, in Unix seconds, both ends included.
type span struct{ from, to int64 }

var always = span{math.MinInt64 / 2, math.MaxInt64 / 2}

func (s span) has(t int64) bool         { return s.from <= t && t <= s.to }
func (s span) with(t int64) span        { return span{min(s.from, t), max(s.to, t)} }
func (s span) wider(seconds int64) span { return span{s.from - seconds, s.to + seconds} }

// How far a change reaches, in windows. It changes which articles are set aside as
// duplicates up to one window after it, so pairs up to two, densities up to three, and,
// by chains of copies that are far from each other's nearest, similarities up to four
// windows from it. To know these, as many windows around them are read. See
// internal/grouping.
const (
	reachWindows   = 4
	contextWindows = 4
)

// Spans are stretches of time that do not meet, ascending.
type spans []span

func (s spans) has(t int64) bool {
	return slices.ContainsFunc(s, func(x span) bool { return x.has(t) })
}

// joined returns spans that cover the given ones, and what is between those that are less
// than so much apart.
func joined(list []span, gap int64) (all spans) {
	slices.SortFunc(list, func(x, y span) int { return cmp.Compare(x.from, y.from) })
	for _, s := range list {
		if last := len(all) - 1; last >= 0 && s.from-all[last].to < gap {
			all[last].to = max(all[last].to, s.to)
		} else {
			all = append(all, s)
		}
	}
	return all
}

// A stretch is how far a change reaches: others than before can be the stories with an
// article in told, which follow from the articles in read. Sheets tell of most of these. A
// change of articles of years ago and of today has a stretch of two parts.
type stretch struct{ read, told spans }

var everywhere = stretch{spans{always}, spans{always}}

// whole reports whether all is told anew.
func (s stretch) whole() bool { return len(s.told) == 1 && s.told[0] == always }

// stretch returns how far a change reaches. Stories can change that share a
// part with what it reaches; then those can be others that a storyline has in common with
// them, which stand no further than [grouping.LineSpan] and a window from them, and the
// pairs and neighbours within a window. What is told of all these needs the stories as
// far from them in turn.
func (c *change) stretch(ctx context.Context, window int64) (stretch, error) {
	if window <= 0 || c.forceWhole || len(c.touched) == 0 {
		return everywhere, nil
	}
	touched := make([]span, len(c.touched))
	for i, t := range c.touched {
		touched[i] = span{t, t}
	}
	var read, anew []span
	for _, s := range joined(touched, behind(window)) { // closer ones reach the same
		r, t := c.around(ctx, s, window)
		read, anew = append(read, r), append(anew, t)
	}
	s := stretch{joined(read, 2*secondsOfDay), joined(anew, 0)}
	if c.horizon() > 0 || len(s.read) > 1 {
		return s, nil // what is left is not all
	}
	var from, to int64
	if err := c.tx.QueryRowContext(ctx, `SELECT coalesce((SELECT min(at) FROM article), 0), coalesce((SELECT max(at) FROM article), 0)`).Scan(&from, &to); err != nil {
		return s, told(err)
	}
	if s.read[0].from <= from && to <= s.read[0].to {
		return everywhere, nil
	}
	return s, nil
}

// around returns the stretch of a change between two times.
func (c *change) around(ctx context.Context, touched span, window int64) (read, anew span) {
	reached := c.grown(ctx, touched.wider(reachWindows*window))
	line := grouping.Seconds(grouping.LineSpan) + window
	anew = reached.wider(line)
	known := c.grown(ctx, c.grown(ctx, anew).wider(line))
	return known.wider(contextWindows * window), anew
}

// grown returns a span with the parts of the stories in it.
func (c *change) grown(ctx context.Context, s span) span {
	grown := s
	err := c.tx.QueryRowContext(ctx, `SELECT min(?1, coalesce(min(since), ?1)), max(?2, coalesce(max(reach), ?2)) FROM story INDEXED BY story_span WHERE state IN ('open', 'closed') AND last >= ?1 AND first <= ?2`, s.from, s.to).Scan(&grown.from, &grown.to)
	if err != nil {
		return always
	}
	return grown
}

// touch notes that an article came, or is no more; of one that changed both.
func (c *change) touch(r row, came bool) {
	c.names = append(c.names, r.article.ID)
	c.touched = append(c.touched, when(&r.article, c.At))
	if came {
		c.came = append(c.came, r)
	} else {
		c.left = append(c.left, r)
	}
}

// touchCorrected also touches the articles that corrections tie to those that were
// touched: a correction holds only while both are there.
func (c *change) touchCorrected(ctx context.Context) error {
	corrections, err := c.corrections(ctx)
	if err != nil || len(corrections) == 0 {
		return err
	}
	touched := map[string]bool{}
	for _, name := range c.names {
		touched[name] = true
	}
	for _, x := range corrections {
		if touched[x.A] || touched[x.B] {
			if err := c.touchNamed(ctx, x); err != nil {
				return err
			}
		}
	}
	return nil
}

// touchNamed touches the articles of a correction that are there.
func (c *change) touchNamed(ctx context.Context, x qissa.Correction) error {
	rows, err := c.known(ctx, `WHERE a.name IN (?, ?)`, x.A, x.B)
	for _, r := range rows {
		c.touched = append(c.touched, r.article.Time.Unix())
	}
	return err
}
