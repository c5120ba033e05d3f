package archive

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"qissa"
	"qissa/article"
	"qissa/internal/grouping"
)

// A regrouping is what articles of the archive are under its model, settings and
// corrections, on its way into the tables.
type regrouping struct {
	*change
	settings Settings
	jobs     int
	window   int64 // in seconds
	stretch  stretch
	renew    bool // a new model is made afterwards
	outlets  *outlets
	rows     []row                 // the articles that were read
	at       map[string]int        // place in rows, by name
	result   *qissa.Result         // stories and storylines are named by their first articles
	content  []string              // ids of the stories by content
	lines    []string              // and of the storylines
	told     []bool                // of each story: whether it is told anew; the others are as they were, or unknown
	old      map[int64]*oldStory   // stories that were and are told anew, by number
	stories  succession            // from these
	groups   naming                // numbers of the stories of the result
	lineOf   naming                // and of the storylines
	progress func(done, total int) // of writing the stories

	oldest   int64    // day of which a sheet is kept
	known    bool     // sheets told of the articles that are as they were
	finding  *finding // what was found out, for sheets; nil where these are not kept
	outlines *qissa.Outlines
	whole    []int // the number there of each story of the result
}

// errWider says that a stretch was too short, which should never be.
var errWider = errors.New("archive: the stretch is too short")

// regroup groups what a change reaches, gives the groups their ids, and writes what
// changed.
func (c *change) regroup(ctx context.Context, opt qissa.Options) error {
	g := &regrouping{change: c, jobs: opt.Jobs}
	var err error
	if g.settings, err = c.Settings(); err != nil {
		return err
	}
	g.window = grouping.Seconds(g.settings.Window)
	if g.outlets, err = c.outlets(ctx); err != nil {
		return err
	}
	if err := c.touchCorrected(ctx); err != nil {
		return err
	}
	if g.renew, err = c.renewalDue(ctx); err != nil {
		return err
	}
	if err := g.readReached(ctx, opt); err != nil {
		return err
	}
	if !g.stretch.whole() {
		c.local++
	}
	g.progress = stage(opt, StageWriting)
	for _, step := range []func(context.Context) error{g.nameStories, g.nameLines, g.writeStories} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	if err := g.keepSheets(ctx); err != nil {
		return err
	}
	stage(opt, StageChanges)
	if err := g.tell(ctx); err != nil {
		return err
	}
	if err := c.pruneFed(ctx); err != nil {
		return err
	}
	if g.renew {
		stage(opt, StageModel)
		m := g.result.Counted()
		if c.summary.PrunedArticles > 0 {
			m = nil // it is of others, too
		}
		if err := c.renew(ctx, m, opt); err != nil {
			return err
		}
	}
	stage(opt, StageSaving)
	return c.end(ctx)
}

// readReached reads the stretch that the change reaches.
func (g *regrouping) readReached(ctx context.Context, opt qissa.Options) (err error) {
	if g.stretch, err = g.change.stretch(ctx, g.window); err != nil {
		return err
	}
	if !g.outlets.same {
		g.stretch = g.everything(ctx, g.window)
	}
	if err := g.findOldest(ctx); err != nil {
		return err
	}
	err = g.read(ctx, opt)
	if unfit(err) { // the sheets may be wrong
		if err := g.dropSheets(ctx, span{floorDay(always.from), floorDay(always.to)}); err != nil {
			return err
		}
		g.stretch = everywhere
		err = g.read(ctx, opt)
	}
	if unfit(err) {
		return g.damaged("stories and articles do not fit")
	}
	return err
}

func unfit(err error) bool { return errors.Is(err, errWider) || errors.Is(err, errSheet) }

// read reads the stretch: its articles, what they are, and what they were.
func (g *regrouping) read(ctx context.Context, opt qissa.Options) error {
	r, err := g.knownRegion(ctx)
	if err != nil {
		return err
	}
	if g.finding, g.known = nil, r != nil; g.known {
		if err := r.run(ctx, opt); err != nil {
			return err
		}
		return g.readOld(ctx)
	}
	where, times := `WHERE a.name IN (SELECT a FROM correction WHERE ended IS NULL UNION SELECT b FROM correction WHERE ended IS NULL)`, []any{}
	for _, s := range g.stretch.read {
		where, times = where+` OR a.at BETWEEN ? AND ?`, append(times, s.from, s.to)
	}
	g.rows, err = g.articles(ctx, opt.Spill, stage(opt, StageReading), where, times...)
	if err != nil {
		return err
	}
	if err := g.run(ctx, opt, true); err != nil {
		return err
	}
	g.choose()
	return g.readOld(ctx)
}

// run clusters the articles. Keep has what was found out kept for sheets.
func (g *regrouping) run(ctx context.Context, opt qissa.Options, keep bool) error {
	articles := make([]article.Article, len(g.rows))
	published := span{always.to, always.from}
	g.at, g.content, g.lines = make(map[string]int, len(g.rows)), nil, nil
	for i := range g.rows {
		r := &g.rows[i]
		articles[i] = r.folded()
		r.article.Body, r.article.Compressed = "", article.CompressedTexts{}
		g.at[r.article.ID] = i
		published = published.with(r.article.Time.Unix())
	}
	opt, err := g.options(ctx, opt, published)
	if err != nil {
		return err
	}
	opt.Count = g.renew && g.stretch.whole()
	var found *qissa.Found
	if g.result, found, err = qissa.ClusterAndKeep(ctx, articles, opt); err != nil {
		return err
	}
	if keep && g.window > 0 {
		if err := g.keep(ctx, found, opt); err != nil {
			return err
		}
	}
	g.nameByHeads()
	return nil
}

// choose marks the stories that are told anew.
func (g *regrouping) choose() {
	g.told = make([]bool, len(g.result.Stories))
	for i, s := range g.result.Stories {
		for _, m := range s.Members {
			g.told[i] = g.told[i] || g.stretch.told.has(g.result.Articles[m.Article].Time.Unix())
		}
	}
}

// nameByHeads names stories and storylines by their first articles, which needs no
// memory of what names are taken, and takes back what depends on the number of all
// articles.
func (g *regrouping) nameByHeads() {
	r := g.result
	for i := range r.Stories {
		s := &r.Stories[i]
		g.content = append(g.content, s.ID)
		s.ID = r.Articles[s.Members[0].Article].ID
		if n := len(s.Review); n > 0 && s.Review[n-1] == qissa.Giant {
			s.Review = s.Review[:n-1]
		}
	}
	for i := range r.Storylines {
		l := &r.Storylines[i]
		g.lines = append(g.lines, l.ID)
		l.ID = r.Stories[l.Stories[0]].ID
	}
}

// row returns the row of an article of the result.
func (g *regrouping) row(article int) *row { return &g.rows[g.at[g.result.Articles[article].ID]] }

// An oldStory is a story as it was before the batch.
type oldStory struct {
	identified
	state, title string
	line         identified
	members      []*row
}

// readOld reads the stories that the articles were in.
func (g *regrouping) readOld(ctx context.Context) error {
	g.old = map[int64]*oldStory{}
	wanted := map[int64]bool{}
	for _, r := range g.removed {
		wanted[r.story] = true
	}
	for i, s := range g.result.Stories {
		if g.told[i] {
			for _, m := range s.Members {
				wanted[g.row(m.Article).story] = true
			}
		}
	}
	rows, err := g.tx.QueryContext(ctx, `SELECT s.n, s.born, s.id, s.home, s.state, s.title, s.size, l.n, l.born, l.id, l.home FROM story s JOIN line l ON l.n = s.line
		WHERE +s.state IN ('open', 'closed') AND s.n IN (SELECT value FROM json_each(?))`, marshal(sorted(wanted)))
	if err != nil {
		return told(err)
	}
	defer rows.Close()
	size := map[int64]int{}
	for rows.Next() {
		s, n := &oldStory{}, 0
		if err := rows.Scan(&s.n, &s.born, &s.id, &s.home, &s.state, &s.title, &n, &s.line.n, &s.line.born, &s.line.id, &s.line.home); err != nil {
			return told(err)
		}
		g.old[s.n], size[s.n] = s, n
	}
	for _, list := range [][]row{g.rows, g.removed} {
		for i := range list {
			if s := g.old[list[i].story]; s != nil {
				s.members = append(s.members, &list[i])
			}
		}
	}
	for _, s := range g.old {
		slices.SortFunc(s.members, func(x, y *row) int { return cmp.Compare(x.n, y.n) })
	}
	if err := rows.Err(); err != nil {
		return told(err)
	}
	return g.covered(size)
}

// covered returns errWider unless the stories that are told anew have just the articles
// of the stories that they take the place of, and those that are new.
func (g *regrouping) covered(size map[int64]int) error {
	for n, s := range g.old {
		if len(s.members) != size[n] {
			return errWider
		}
	}
	for i, s := range g.result.Stories {
		for _, m := range s.Members {
			if n := g.row(m.Article).story; n > 0 && (g.old[n] != nil) != g.told[i] {
				return errWider
			}
		}
	}
	return nil
}

// corrections returns those in force.
func (a *Archive) corrections(ctx context.Context) ([]qissa.Correction, error) {
	return a.correctionsWhere(ctx, `ended IS NULL`)
}

func (a *Archive) correctionsWhere(ctx context.Context, where string) ([]qissa.Correction, error) {
	rows, err := a.tx.QueryContext(ctx, `SELECT kind, a, b, place FROM correction WHERE `+where+` ORDER BY n`)
	if err != nil {
		return nil, told(err)
	}
	defer rows.Close()
	var all []qissa.Correction
	for rows.Next() {
		var c qissa.Correction
		var kind string
		if err := rows.Scan(&kind, &c.A, &c.B, &c.Where); err != nil {
			return nil, told(err)
		}
		kind, c.Storyline = strings.CutSuffix(kind, ofStorylines)
		c.Together = kind == mustLink
		all = append(all, c)
	}
	return all, told(rows.Err())
}

// marshal writes what cannot fail.
func marshal(x any) string { return string(must(json.Marshal(x))) }
