package qissa

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"math"

	"qissa/article"
	"qissa/internal/grouping"
	"qissa/internal/parallel"
)

// linksFormat begins a file of links. Behind it stand the two cuts, the number of articles
// and for each the length of its id, the id, and the hash that names a story of which it
// is the first; then the corrections; then what [grouping.Links] writes.
const linksFormat = "qissa links 1\n"

// Links returns the links of a run, nil for a result that was read from files.
func (r *Result) Links() *Links { return r.links }

// Write writes the links: about 24 bytes for each pair of similar articles and 30 for
// each article.
func (l *Links) Write(to io.Writer) error {
	w := bufio.NewWriter(to)
	w.WriteString(linksFormat)
	var buffer []byte
	text := func(s string) {
		w.Write(binary.AppendUvarint(buffer[:0], uint64(len(s))))
		w.WriteString(s)
	}
	for _, cut := range []float64{l.Story, l.Storyline} {
		w.Write(binary.LittleEndian.AppendUint64(buffer[:0], math.Float64bits(cut)))
	}
	w.Write(binary.AppendUvarint(buffer[:0], uint64(len(l.IDs))))
	for i, id := range l.IDs {
		text(id)
		w.Write(l.heads[i][:])
	}
	w.Write(binary.AppendUvarint(buffer[:0], uint64(len(l.Corrections))))
	for _, c := range l.Corrections {
		kind := byte(0)
		if c.Together {
			kind |= 1
		}
		if c.Storyline {
			kind |= 2
		}
		w.WriteByte(kind)
		text(c.A)
		text(c.B)
		text(c.Where)
	}
	if err := l.of.Write(w); err != nil {
		return err
	}
	return w.Flush()
}

var (
	errNoLinks      = errors.New("these are no links of qissa, or are of another version of it")
	errLinksDamaged = errors.New("the links are damaged")
)

// longestText bounds ids and places of a file of links: longer ones are damage.
const longestText = 1 << 24

// ReadLinks reads what [Links.Write] wrote.
func ReadLinks(from io.Reader, jobs int) (*Links, error) {
	r := bufio.NewReaderSize(from, 1<<16)
	head := make([]byte, len(linksFormat))
	if _, err := io.ReadFull(r, head); err != nil || string(head) != linksFormat {
		return nil, errNoLinks
	}
	var failed error
	number := func() uint64 {
		n, err := binary.ReadUvarint(r)
		failed = errors.Join(failed, err)
		return n
	}
	read := func(b []byte) {
		_, err := io.ReadFull(r, b)
		failed = errors.Join(failed, err)
	}
	text := func() string {
		n := number()
		if n > longestText {
			failed = errLinksDamaged
			return ""
		}
		b := make([]byte, n)
		read(b)
		return string(b)
	}
	l := &Links{}
	for _, cut := range []*float64{&l.Story, &l.Storyline} {
		var b [8]byte
		read(b[:])
		*cut = math.Float64frombits(binary.LittleEndian.Uint64(b[:]))
	}
	for range number() {
		var hash contentHash
		l.IDs = append(l.IDs, text())
		read(hash[:])
		if l.heads = append(l.heads, hash); failed != nil {
			return nil, errLinksDamaged
		}
	}
	for range number() {
		var kind [1]byte
		read(kind[:])
		c := Correction{Together: kind[0]&1 != 0, Storyline: kind[0]&2 != 0, A: text(), B: text(), Where: text()}
		if l.Corrections = append(l.Corrections, c); failed != nil {
			return nil, errLinksDamaged
		}
	}
	var err error
	l.of, err = grouping.ReadLinks(r, len(l.IDs), parallel.Jobs(jobs))
	if err != nil || failed != nil {
		return nil, errLinksDamaged
	}
	return l, nil
}

// Cut groups the articles of a run as [Cluster] does, with other cuts and corrections. Of
// the result only ids and numbers are set, parts, and who represents a story: there are no texts.
// Cost l log l in the links.
func (l *Links) Cut(ctx context.Context, story, storyline float64, corrections []Correction) (*Result, error) {
	opt := DefaultOptions()
	opt.Story, opt.Storyline = story, storyline
	if err := opt.Validate(); err != nil {
		return nil, err
	}
	r := &Result{Articles: l.articles(), StoryOf: make([]int, len(l.IDs))}
	corrected, err := numberCorrections(r.Articles, corrections)
	if err != nil {
		return nil, err
	}
	g, err := corrected.group(ctx, l.of, opt)
	if err != nil {
		return nil, err
	}
	groups := order(groupsOf(g.stories))
	for s, members := range groups {
		for _, m := range members {
			r.StoryOf[m] = s
		}
	}
	inside := make([][]int, len(groups))
	for n, p := range l.of.Pairs {
		if s := r.StoryOf[p.A]; s == r.StoryOf[p.B] {
			inside[s] = append(inside[s], n)
		}
	}
	d := description{links: l.of}
	for s, members := range groups {
		story := Story{ID: l.heads[members[0]].story(), Cohesion: 1, Representative: members[0], Members: make([]Member, len(members))}
		for i, m := range members {
			story.Members[i].Article = m
		}
		if len(members) > 1 {
			d.cohesion(&story, members, inside[s])
		}
		r.Stories = append(r.Stories, story)
	}
	tellApart(r.Stories)
	r.tellStorylines(g.lines)
	r.Unknown, r.Unobeyed, r.Drawn = corrected.unknown, g.conflicts, corrected.drawn(g)
	r.Parts = l.of.Parts(corrected.constraints, story)
	return r, nil
}

// articles returns the articles, of which only the ids are known.
func (l *Links) articles() []article.Article {
	all := make([]article.Article, len(l.IDs))
	for i, id := range l.IDs {
		all[i].ID = id
	}
	return all
}
