package tiles

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"

	"qissa"
	"qissa/report"
)

// A Shard is a part of the four files of a run: what one task writes of one of them.
type Shard struct {
	Class  int   // of stories and articles; 0 of pairs
	From   int   // tile of the earlier articles of pairs
	Of     []int // tiles that wrote pairs of these
	Number int   // among the shards of its file, from 0
	Count  int   // of these
}

// A Plan is what is left to write once all is described.
type Plan struct {
	Stories, Pairs []Shard
	StoryCount     int
	Described      int // articles in stories
	Unmet, Unkept  int // corrections of articles that are not there, and those that others contradict
	Termless       []byte
}

// mostOfShard is how many articles of stories are in a shard, of those of up to nine: 100
// MB of records. Larger stories of a size, up to twice of it, are one shard.
const mostOfShard = 50_000

// Plan lists the shards. Error: articles are missing.
func (r *Run) Plan(ctx context.Context) (*Plan, error) {
	s, err := get[*settled](ctx, r.Files, "settled")
	if err != nil {
		return nil, err
	}
	p := &Plan{Unmet: s.Unmet, Unkept: s.Unkept}
	classes, pairs := map[int][]int{}, map[int][]int{} // tiles of each class, and those that wrote pairs of each tile
	for i := range r.Tiles {
		t, err := get[summary](ctx, r.Files, r.name("summary", i))
		if err != nil {
			return nil, err
		}
		p.StoryCount, p.Described = p.StoryCount+t.Stories, p.Described+t.Articles
		p.Termless = append(p.Termless, t.Termless...)
		for _, c := range t.Classes {
			classes[c] = append(classes[c], i)
		}
		for _, k := range t.Pairs {
			pairs[k] = append(pairs[k], i)
		}
	}
	if p.Described != r.Articles {
		return nil, fmt.Errorf("the stories have %d of %d articles: a fault of qissa; nothing was written", p.Described, r.Articles)
	}
	each := max(1, len(r.Tiles)*mostOfShard/max(1, r.Articles))
	for _, c := range descending(classes) {
		of := classes[c]
		step := each
		if c >= largeStory {
			step = len(of)
		}
		for tiles := range slices.Chunk(of, step) {
			p.Stories = append(p.Stories, Shard{Class: c, Of: tiles})
		}
	}
	for k := 0; k < len(r.Tiles); k++ {
		if pairs[k] != nil {
			p.Pairs = append(p.Pairs, Shard{From: k, Of: pairs[k]})
		}
	}
	for _, list := range [][]Shard{p.Stories, p.Pairs} {
		for n := range list {
			list[n].Number, list[n].Count = n, len(list)
		}
	}
	return p, nil
}

func descending(classes map[int][]int) []int {
	var list []int
	for c := range classes {
		list = append(list, c)
	}
	slices.SortFunc(list, func(a, b int) int { return cmp.Compare(b, a) })
	return list
}

// WriteStories writes a shard of stories.jsonl, and of articles.csv, whose first has the
// names of the columns.
func (r *Run) WriteStories(ctx context.Context, s Shard, stories, articles io.Writer) error {
	if s.Number == 0 {
		if err := report.ArticlesCSV(articles, &qissa.Result{}); err != nil {
			return err
		}
	}
	var all records
	for _, i := range s.Of {
		part, err := get[records](ctx, r.Files, r.name("stories", i)+"-"+r.name("class", s.Class))
		if err != nil {
			return err
		}
		all.Size, all.First = append(all.Size, part.Size...), append(all.First, part.First...)
		all.Story, all.Article = append(all.Story, part.Story...), append(all.Article, part.Article...)
	}
	order := make([]int, len(all.Size))
	for n := range order {
		order[n] = n
	}
	slices.SortFunc(order, func(x, y int) int {
		return cmp.Or(cmp.Compare(all.Size[y], all.Size[x]), cmp.Compare(all.First[x], all.First[y]))
	})
	for _, n := range order {
		if _, err := stories.Write(all.Story[n]); err != nil {
			return err
		}
		if _, err := articles.Write(all.Article[n]); err != nil {
			return err
		}
	}
	return nil
}

// WritePairs writes a shard of pairs.jsonl. Two stories may both tell of a pair.
func (r *Run) WritePairs(ctx context.Context, s Shard, to io.Writer) error {
	type pair struct {
		a, b Place
		line []byte
	}
	var all []pair
	for _, i := range s.Of {
		part, err := get[pairs](ctx, r.Files, r.name("pairs", i)+"-"+r.name("of", s.From))
		if err != nil {
			return err
		}
		for n := range part.A {
			all = append(all, pair{part.A[n], part.B[n], part.Line[n]})
		}
	}
	slices.SortFunc(all, func(x, y pair) int { return cmp.Or(cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b)) })
	for n, p := range all {
		if n > 0 && all[n-1].a == p.a && all[n-1].b == p.b {
			if !bytes.Equal(all[n-1].line, p.line) {
				return fmt.Errorf("two stories tell otherwise of one pair: a fault of qissa: %s%s", all[n-1].line, p.line)
			}
			continue
		}
		if _, err := to.Write(p.line); err != nil {
			return err
		}
	}
	return nil
}
