package archive

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"slices"

	"qissa"
	"qissa/internal/parallel"
	"qissa/report"
)

// nameStories gives the stories their numbers, by the articles that each has in common
// with those that were.
func (g *regrouping) nameStories(ctx context.Context) (err error) {
	members := map[identified][]string{}
	for _, s := range g.old {
		members[s.identified] = names(s.members)
	}
	groups := make([]candidate, len(g.result.Stories))
	for i, s := range g.result.Stories {
		if g.told[i] {
			groups[i] = candidate{id: g.content[i], head: s.ID, members: g.names(nil, s)}
		}
	}
	g.stories = succeed(members, groups)
	g.groups, err = g.assign(ctx, "story", g.stories, groups)
	return err
}

// names adds the names of the articles of a story.
func (g *regrouping) names(to []string, s qissa.Story) []string {
	for _, m := range s.Members {
		to = append(to, g.result.Articles[m.Article].ID)
	}
	return to
}

// nameLines does the same for the storylines.
func (g *regrouping) nameLines(ctx context.Context) (err error) {
	members := map[identified][]string{}
	for _, s := range g.old {
		members[s.line] = append(members[s.line], names(s.members)...)
	}
	groups := make([]candidate, len(g.result.Storylines))
	for i, l := range g.result.Storylines {
		if !slices.ContainsFunc(l.Stories, func(s int) bool { return g.told[s] }) {
			continue
		}
		groups[i] = candidate{id: g.lines[i], head: l.ID}
		for _, s := range l.Stories {
			groups[i].members = g.names(groups[i].members, g.result.Stories[s])
		}
	}
	s := succeed(members, groups)
	if g.lineOf, err = g.assign(ctx, "line", s, groups); err != nil {
		return err
	}
	for i, l := range g.result.Storylines {
		n := g.lineOf.of[i]
		switch id, fresh := g.lineOf.fresh[n]; {
		case n == 0:
		case fresh:
			_, err = g.again(ctx, `INSERT INTO line (n, head, size, changed, id, state, born, home) VALUES (?1, ?2, ?3, ?4, ?5, 'open', ?4, ?2)`, n, l.ID, l.Articles, g.n, id)
		default:
			_, err = g.again(ctx, `UPDATE line SET head=?2, size=?3, changed=?4 WHERE n=?1 AND (head<>?2 OR size<>?3)`, n, l.ID, l.Articles, g.n)
		}
		if err != nil {
			return err
		}
	}
	return g.retire(ctx, "line", s, g.lineOf)
}

func sorted(set map[int64]bool) []int64 {
	list := make([]int64, 0, len(set))
	for n := range set {
		list = append(list, n)
	}
	slices.Sort(list)
	return list
}

// A record is what is written of a story that is another than before.
type record struct {
	story       int
	n, of       int64 // numbers of the story and of its storyline
	part        span
	line, pairs []byte
	print       []byte
}

// recordBlock is how many records are packed at a time.
const recordBlock = 1024

// writeStories writes the records of stories that are others than before, and which
// article is in which.
func (g *regrouping) writeStories(ctx context.Context) error {
	pairs, err := g.pairs()
	if err != nil {
		return err
	}
	parts := g.parts()
	var block []record
	ready := g.pack(nil)
	next := func() error { // packs a block while the one before is written
		before := ready
		ready, block = g.pack(block), nil
		return g.writeRecords(ctx, before)
	}
	var line []byte
	for i := range g.told {
		if !g.told[i] {
			continue
		}
		line = report.AppendStory(line[:0], g.result, i)
		r := record{i, g.groups.of[i], g.lineOf.of[g.result.Stories[i].Storyline], parts[i], line, pairs[i], printOf(line, pairs[i])}
		if is, err := g.changed(ctx, &r); err != nil {
			return err
		} else if !is {
			continue
		}
		r.line = bytes.Clone(line)
		if block = append(block, r); len(block) == recordBlock {
			g.progress(i, len(g.told))
			if err := next(); err != nil {
				return err
			}
		}
	}
	if err := cmp.Or(next(), next()); err != nil {
		return err
	}
	if err := g.retire(ctx, "story", g.stories, g.groups); err != nil {
		return err
	}
	return g.writeArticles(ctx)
}

// writeArticles writes which article is in which story, and how well the words of those
// are known that came, or of all that are compared anew.
func (g *regrouping) writeArticles(ctx context.Context) error {
	came := make(map[int64]bool, len(g.came))
	for _, r := range g.came {
		came[r.n] = true
	}
	for i, m := range g.result.Mentions {
		r, s := g.row(i), g.result.StoryOf[i]
		story, err := r.story, error(nil)
		if g.told[s] {
			story = g.groups.of[s]
		}
		switch {
		case came[r.n] || g.kind == "refresh":
			_, err = g.again(ctx, `UPDATE article SET story=nullif(?, 0), mentions=?, unknown=? WHERE n=?`, story, m.All, m.Unknown, r.n)
		case story != r.story:
			_, err = g.again(ctx, `UPDATE article SET story=? WHERE n=?`, story, r.n)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// changed reports whether a story is another than it was, and has the log keep the title
// that it had.
func (g *regrouping) changed(ctx context.Context, r *record) (bool, error) {
	if g.groups.fresh[r.n] != "" {
		return true, nil
	}
	old := g.old[r.n]
	if old != nil { // else it comes back
		there, err := g.prepared(ctx, `SELECT 1 FROM story WHERE n=? AND line=? AND since=? AND reach=? AND print=?`)
		if err != nil {
			return false, err
		}
		var same int
		if there.scan(ctx, []any{r.n, r.of, r.part.from, r.part.to, r.print}, &same) == nil {
			return false, nil
		}
	}
	if title := g.title(r.story); old == nil || old.title != title {
		_, err := g.again(ctx, keepTitle, r.n, title)
		return true, err
	}
	return true, nil
}

func (g *regrouping) title(story int) string {
	return g.result.Articles[g.result.Stories[story].Representative].Title
}

// A packing is records that are being packed, by all workers.
type packing struct {
	block []record
	wait  func() [][2][]byte // line and pairs of each
}

func (g *regrouping) pack(block []record) *packing {
	return &packing{block, parallel.Go(func() [][2][]byte {
		all := make([][2][]byte, len(block))
		parallel.Each(context.Background(), len(block), parallel.Jobs(g.jobs), nil, func(_, i int) {
			all[i] = [2][]byte{pack(block[i].line), pack(block[i].pairs)}
		})
		return all
	})}
}

// writeRecords writes records once they are packed.
func (g *regrouping) writeRecords(ctx context.Context, p *packing) error {
	for i, texts := range p.wait() {
		if err := g.writeRecord(ctx, &p.block[i], texts[0], texts[1]); err != nil {
			return err
		}
	}
	g.written += len(p.block)
	return nil
}

func (g *regrouping) writeRecord(ctx context.Context, r *record, line, pairs []byte) (err error) {
	s := &g.result.Stories[r.story]
	first := g.result.Articles[s.Members[0].Article].Time.Unix()
	last := g.result.Articles[s.Members[len(s.Members)-1].Article].Time.Unix()
	values := []any{r.n, first, last, s.ID, len(s.Members), g.title(r.story), r.of, r.part.from, r.part.to, r.print, line, pairs}
	if id := g.groups.fresh[r.n]; id != "" {
		_, err = g.again(ctx, `INSERT INTO story (n, first, last, head, size, title, line, since, reach, print, record, pairs, id, state, born, changed, home) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?15, ?4)`,
			append(values, id, g.state(r.part.to), g.change.n)...)
		return err
	}
	_, err = g.again(ctx, `UPDATE story SET first=?2, last=?3, head=?4, size=?5, title=?6, line=?7, since=?8, reach=?9, print=?10, record=?11, pairs=?12 WHERE n=?1`, values...)
	return err
}

// printOf returns the hash by which the record of a story and its pairs are known to be
// as they were, so that they need not be packed and compared.
func printOf(record, pairs []byte) []byte {
	h := sha256.New()
	h.Write(record) // which ends in a line break
	h.Write(pairs)
	return h.Sum(nil)[:8]
}

// parts returns the first and the last time of the articles that could draw each story,
// or be drawn, into another story.
func (g *regrouping) parts() []span {
	r := g.result
	if g.known {
		spans := make([]span, len(g.whole))
		for s, w := range g.whole {
			spans[s] = span{g.outlines.Times[w].From, g.outlines.Times[w].To}
		}
		return spans
	}
	of := map[int]span{}
	for i, part := range r.Parts {
		t := r.Articles[i].Time.Unix()
		s, ok := of[part]
		if !ok {
			s = span{t, t}
		}
		of[part] = span{min(s.from, t), max(s.to, t)}
	}
	spans := make([]span, len(r.Stories))
	for i, s := range r.Stories {
		spans[i] = of[r.Parts[s.Members[0].Article]]
		for _, m := range s.Members {
			p := of[r.Parts[m.Article]]
			spans[i] = span{min(spans[i].from, p.from), max(spans[i].to, p.to)}
		}
	}
	return spans
}

// pairs returns for each story that is told anew the lines of the pairs within it, of the
// nearest pair to each of its neighbours, of those that a reader has corrected, and of
// those of which an article of it has a passage.
func (g *regrouping) pairs() ([][]byte, error) {
	r := g.result
	lines := make([][]byte, len(r.Stories))
	near := func(s, other int) bool {
		return slices.ContainsFunc(r.Stories[s].Neighbours, func(n qissa.Neighbour) bool { return n.Story == other })
	}
	w := &lineWriter{each: func(i int, line []byte) error {
		a, b := r.StoryOf[r.Pairs[i].A], r.StoryOf[r.Pairs[i].B]
		said := r.Pairs[i].Why == qissa.WhyCorrection
		if g.told[a] && (a == b || said || near(a, b)) {
			lines[a] = append(lines[a], line...)
		}
		if a != b && g.told[b] && (said || r.Pairs[i].Borrowed > 0 || near(b, a)) {
			lines[b] = append(lines[b], line...)
		}
		return nil
	}}
	return lines, cmp.Or(report.PairsJSONL(w, r), w.end())
}

// A lineWriter hands on lines.
type lineWriter struct {
	each func(i int, line []byte) error
	n    int
	rest []byte
}

func (w *lineWriter) Write(p []byte) (int, error) {
	w.rest = append(w.rest, p...)
	from := 0
	for {
		end := bytes.IndexByte(w.rest[from:], '\n')
		if end < 0 {
			break
		}
		if err := w.each(w.n, w.rest[from:from+end+1]); err != nil {
			return 0, err
		}
		w.n++
		from += end + 1
	}
	w.rest = append(w.rest[:0], w.rest[from:]...)
	return len(p), nil
}

// end reports a line that was not ended.
func (w *lineWriter) end() error {
	if len(w.rest) > 0 {
		return errors.New("archive: a record without end")
	}
	return nil
}
