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
	if g.lineOf, err = g.assign(ctx, "line", succeed(members, groups), groups); err != nil {
		return err
	}
	return g.exec(ctx, `UPDATE line SET head=?2, size=?3, changed=?4 WHERE n=?1 AND (head<>?2 OR size<>?3)`, func(run func(...any) error) error {
		for i, l := range g.result.Storylines {
			if g.lineOf[i] == 0 {
				continue
			}
			if err := run(g.lineOf[i], l.ID, l.Articles, g.n); err != nil {
				return err
			}
		}
		return nil
	})
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
	line, pairs []byte
	values      []any // of the statement that writes it, but for what is packed
}

// recordBlock is how many records are packed at a time, by all workers.
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
	w := &lineWriter{each: func(i int, line []byte) error {
		if !g.told[i] {
			return nil
		}
		values, err := g.changed(ctx, i, line, pairs[i], parts[i])
		if err != nil || values == nil {
			return err
		}
		block = append(block, record{i, bytes.Clone(line), pairs[i], values})
		if len(block) == recordBlock {
			err = g.writeRecords(ctx, block)
			block = block[:0]
		}
		return err
	}}
	if err := cmp.Or(report.StoriesJSONL(w, g.result), w.end()); err != nil {
		return err
	}
	if err := g.writeRecords(ctx, block); err != nil {
		return err
	}
	if err := g.writeMentions(ctx); err != nil {
		return err
	}
	return g.exec(ctx, `UPDATE article SET story=? WHERE n=?`, func(run func(...any) error) error {
		for i, s := range g.result.Stories {
			if !g.told[i] {
				continue
			}
			for _, m := range s.Members {
				if r := g.row(m.Article); r.story != g.groups[i] {
					if err := run(g.groups[i], r.n); err != nil {
						return err
					}
				}
			}
		}
		return nil
	})
}

// changed returns what is to be written of a story, nil if it is as it was.
func (g *regrouping) changed(ctx context.Context, i int, line, pairs []byte, part span) ([]any, error) {
	s := &g.result.Stories[i]
	lineN, print := g.lineOf[s.Storyline], printOf(line, pairs)
	title, old := g.result.Articles[s.Representative].Title, g.old[g.groups[i]]
	if old != nil { // others were just made, or come back
		there, err := g.prepared(ctx, `SELECT 1 FROM story WHERE n=? AND line=? AND since=? AND reach=? AND print=?`)
		if err != nil {
			return nil, err
		}
		var same int
		if there.QueryRowContext(ctx, g.groups[i], lineN, part.from, part.to, print).Scan(&same) == nil {
			return nil, nil
		}
	}
	if old == nil || old.title != title { // one that comes back had one too
		if _, err := g.again(ctx, keepTitle, g.groups[i], title); err != nil {
			return nil, err
		}
	}
	first := g.result.Articles[s.Members[0].Article].Time.Unix()
	last := g.result.Articles[s.Members[len(s.Members)-1].Article].Time.Unix()
	return []any{first, last, s.ID, len(s.Members), title, lineN, part.from, part.to, print}, nil
}

// writeRecords packs records, and writes them.
func (g *regrouping) writeRecords(ctx context.Context, block []record) error {
	err := parallel.Each(ctx, len(block), parallel.Jobs(g.jobs), nil, func(_, i int) {
		r := &block[i]
		r.values = append(r.values, pack(r.line), pack(r.pairs), g.groups[r.story])
	})
	if err != nil {
		return err
	}
	for _, r := range block {
		g.written++
		if _, err := g.again(ctx, `UPDATE story SET first=?, last=?, head=?, size=?, title=?, line=?, since=?, reach=?, print=?, record=?, pairs=? WHERE n=?`, r.values...); err != nil {
			return err
		}
	}
	return nil
}

// writeMentions writes how well the words of the articles are known that came, or of all
// that are compared anew.
func (g *regrouping) writeMentions(ctx context.Context) error {
	came := make(map[int64]bool, len(g.came))
	for _, r := range g.came {
		came[r.n] = true
	}
	return g.exec(ctx, `UPDATE article SET mentions=?, unknown=? WHERE n=?`, func(run func(...any) error) error {
		for i, m := range g.result.Mentions {
			if n := g.row(i).n; came[n] || g.kind == "refresh" {
				if err := run(m.All, m.Unknown, n); err != nil {
					return err
				}
			}
		}
		return nil
	})
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
