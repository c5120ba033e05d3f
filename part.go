package qissa

import (
	"context"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"qissa/article"
	"qissa/cluster"
	"qissa/internal/grouping"
	"qissa/internal/passages"
)

// A Part is some articles of a run that was grouped in parts, so that some of its stories
// can be described without the others; see internal/tiles. Links hold all pairs with an
// article of those stories, and Articles all that stand in these pairs.
type Part struct {
	Articles []article.Article // in canonical order, with ids
	Links    *grouping.Links
	Stories  cluster.Partition    // of each article
	Before   cluster.Partition    // without corrections
	Lines    cluster.Partition    // storylines; nil where they are told elsewhere
	Parts    cluster.Partition    // as of a [Result]; likewise
	Said     [][2]int32           // pairs that corrections of stories name, A < B
	Asked    [][2]int32           // other pairs that are told, where Links hold them; likewise
	Loans    []passages.Loan      // of the articles of those stories
	Told     func(first int) bool // the stories that are described, by their first articles
	Total    int                  // articles of the run
}

// Group makes the stories and storylines of a part that is the whole, and obeys the
// corrections of the options, as [Cluster] does. Only Articles and Links are to be given.
func (p *Part) Group(ctx context.Context, opt Options) error {
	opt = opt.withJobs()
	n, err := numberCorrections(p.Articles, opt.Corrections)
	if err != nil {
		return err
	}
	g, err := n.group(ctx, p.Links, opt)
	if err != nil {
		return err
	}
	p.take(n, g)
	p.Parts = p.Links.Parts(n.constraints, opt.Story)
	return nil
}

// take takes over stories, storylines, and what corrections said.
func (p *Part) take(n corrected, g grouped) {
	p.Stories, p.Before, p.Lines, p.Said = g.stories, g.before, g.lines, nil
	for pair := range n.said(g).pairs {
		p.Said = append(p.Said, pair)
	}
	slices.SortFunc(p.Said, func(x, y [2]int32) int { return slices.Compare(x[:], y[:]) })
}

// description returns what the stories are described from.
func (p *Part) description(opt Options) *description {
	g := &description{links: p.Links, articles: p.Articles, loans: p.Loans, told: p.Told, opt: opt, said: said{p.Before, map[[2]int32]bool{}}, asked: map[[2]int32]bool{}}
	for _, pair := range p.Said {
		g.said.pairs[pair] = true
	}
	for _, pair := range p.Asked {
		g.asked[pair] = true
	}
	return g
}

// Describe tells what the stories of a part are, and the pairs that tell of them, as
// [Cluster] under the models of the options does. Stories that are not told have no
// members, and their articles are not counted; Mentions are not told. Ids of stories are those of their content,
// alike where two have the same, and storylines are not known. Crawled of the options is
// to be set.
func (p *Part) Describe(ctx context.Context, opt Options) (*Result, error) {
	opt = opt.withJobs()
	batch, err := grouping.Read(ctx, p.Articles, opt.run())
	if err != nil {
		return nil, err
	}
	for i := range batch.Order {
		if batch.Order[i] != i {
			return nil, fmt.Errorf("qissa: article %d of a part stands out of order", i)
		}
	}
	weighed, err := opt.weigh(ctx, batch)
	if err != nil {
		return nil, err
	}
	r, err := p.description(opt).describe(ctx, weighed, p.Stories)
	if err != nil {
		return nil, err
	}
	for i := range r.Stories {
		r.Stories[i].noteGiant(p.Total)
	}
	told := func(i int) bool { return p.Told(p.Stories[i]) }
	untold := func(i int) bool { return !told(i) }
	r.Termless, r.TooShort = slices.DeleteFunc(r.Termless, untold), slices.DeleteFunc(r.TooShort, untold)
	r.Counts = count(r, told)
	return r, nil
}

// Obeyed is what corrections made of the articles of some storylines.
type Obeyed struct {
	Stories, Lines cluster.Partition
	Unobeyed       []error // as of a [Result]
	Drawn          int     // likewise
}

// Obey moves what corrections, each of two articles by number, name in stories and
// storylines that were made without them. Links hold those between the articles that are
// named; which articles follow one that leaves its story depends on no others.
func Obey(ctx context.Context, links *grouping.Links, stories, lines cluster.Partition, corrections []Correction, of [][2]int32, least float64) (Obeyed, error) {
	n := corrected{known: corrections}
	for i, c := range corrections {
		n.constraints = append(n.constraints, grouping.Constraint{A: of[i][0], B: of[i][1], Together: c.Together, Storyline: c.Storyline})
	}
	g := grouped{before: stories, lines: lines}
	err := n.obey(ctx, &g, links, least)
	return Obeyed{g.stories, g.lines, g.conflicts, n.drawn(g)}, err
}

// Representative returns the article that stands for a story of the members, ascending,
// between which the links are.
func Representative(links *grouping.Links, members, inside []int) int {
	s := Story{Representative: members[0], WeakestLink: 1}
	if len(members) > 1 {
		(&description{links: links}).cohesion(&s, members, inside)
	}
	return s.Representative
}

// StoryID returns the id of a story whose first article is a, by its content.
func StoryID(a *article.Article) string {
	return hashContent(a, nil).story()
}

// StorylineID returns the id of a storyline whose first story has an id.
func StorylineID(story string) string { return lineID(story) }

// Join gives links what was found in parts: the ids of the stories of which the articles
// are, or would be, the first, and the pairs.
func (l *Links) Join(stories []string, pairs *grouping.Links) error {
	l.heads, l.of = make([]contentHash, len(stories)), pairs
	for i, id := range stories {
		if n, err := hex.Decode(l.heads[i][:], []byte(strings.TrimPrefix(id, "s_"))); err != nil || n != len(l.heads[i]) {
			return fmt.Errorf("qissa: %q is no id of a story by content", id)
		}
	}
	return nil
}
