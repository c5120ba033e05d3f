package tiles

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"qissa"
	"qissa/article"
	"qissa/report"
)

// A Shard is a part of the four files of a run: what one task writes of one of them.
type Shard struct {
	Class  int   // of stories and articles; 0 of pairs
	From   int   // tile of the earlier articles of pairs
	Of     []int // tasks of Describe that wrote some of it
	Number int   // among the shards of its file, from 0
	Count  int   // of these
}

// A Plan is what is left to write once all is described.
type Plan struct {
	Stories, Pairs []Shard

	// Result is what there is to tell of all: counts, but for the pairs that were aligned
	// and the outlets; what could not be compared; of what is too short the first of
	// each piece, as often; giant stories, of which only the number of members is known; corrections that were not obeyed.
	Result *qissa.Result
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
	p := &Plan{Result: &qissa.Result{Unknown: s.Unmet, Drawn: s.Drawn}}
	for _, why := range s.Unkept {
		p.Result.Unobeyed = append(p.Result.Unobeyed, errors.New(why))
	}
	for i := range r.Tiles {
		if err := r.addCounts(ctx, i, &p.Result.Counts); err != nil {
			return nil, err
		}
	}
	classes, pairs := map[int][]int{}, map[int][]int{} // tasks that wrote each class, and pairs of each tile
	var at []Place                                     // of the articles of the result
	pieces, words := r.pieces(), 0
	for i := range pieces {
		t, err := get[summary](ctx, r.Files, r.name("summary", i))
		if err != nil {
			return nil, err
		}
		at = t.tell(p.Result, at, words)
		words += t.Words
		for _, c := range t.Classes {
			classes[c] = append(classes[c], i)
		}
		for _, k := range t.Pairs {
			pairs[k] = append(pairs[k], i)
		}
	}
	if n := p.Result.Counts.Articles; n != r.Articles {
		return nil, fmt.Errorf("the stories have %d of %d articles: a fault of qissa; nothing was written", n, r.Articles)
	}
	byPlace := func(x, y int) int { return cmp.Compare(at[x], at[y]) }
	slices.SortFunc(p.Result.Termless, byPlace)
	slices.SortFunc(p.Result.TooShort, byPlace)
	each := max(1, len(r.Tiles)*mostOfShard/max(1, r.Articles))
	for _, c := range descending(classes) {
		if of := classes[c]; c >= largeStory {
			p.Stories = append(p.Stories, Shard{Class: c, Of: of})
		} else {
			for _, tasks := range byTiles(of, pieces, each) {
				p.Stories = append(p.Stories, Shard{Class: c, Of: tasks})
			}
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

// byTiles cuts tasks into those of so many tiles each.
func byTiles(tasks []int, pieces []piece, tiles int) (list [][]int) {
	n := 0 // tiles of the last
	for k, task := range tasks {
		if k == 0 || pieces[task].tile != pieces[tasks[k-1]].tile {
			if n = n%tiles + 1; n == 1 {
				list = append(list, nil)
			}
		}
		list[len(list)-1] = append(list[len(list)-1], task)
	}
	return list
}

// addCounts adds what stands in other files of a tile.
func (r *Run) addCounts(ctx context.Context, i int, c *qissa.Counts) error {
	label, err := get[labels](ctx, r.Files, r.name("labels", i))
	if err != nil {
		return err
	}
	loan, err := get[loans](ctx, r.Files, r.name("loans", i))
	c.SimilarPairs, c.Flooded = c.SimilarPairs+label.Links, c.Flooded+loan.Flooded
	return err
}

// tell adds a summary to what is told of the pieces before, which have so many words. It
// returns the places of the articles, of which those before have some.
func (s *summary) tell(r *qissa.Result, at []Place, words int) []Place {
	c := &r.Counts
	if all := words + s.Words; all > 0 {
		c.RepeatedText = (c.RepeatedText*float64(words) + s.Counts.RepeatedText*float64(s.Words)) / float64(all)
	}
	for _, x := range []struct {
		to   *int
		more int
	}{
		{&c.Articles, s.Counts.Articles}, {&c.Stories, s.Counts.Stories}, {&c.Single, s.Counts.Single}, {&c.Multiple, s.Counts.Multiple}, {&c.ToReview, s.Counts.ToReview},
		{&c.Undated, s.Counts.Undated}, {&c.Relative, s.Counts.Relative}, {&c.Termless, s.Counts.Termless}, {&c.TooShort, s.Counts.TooShort}, {&c.Copies, s.Counts.Copies},
		{&c.FirstWithheld, s.Counts.FirstWithheld}, {&c.OneOrigin, s.Counts.OneOrigin},
	} {
		*x.to += x.more
	}
	c.Largest = max(c.Largest, s.Counts.Largest)
	add := func(of stub) int {
		r.Articles, at = append(r.Articles, article.Article{Title: of.Title, Body: of.Body, Origin: of.Origin}), append(at, of.At)
		return len(r.Articles) - 1
	}
	for _, of := range s.Termless {
		r.Termless = append(r.Termless, add(of))
	}
	for _, of := range s.TooShort {
		r.TooShort = slices.Concat(r.TooShort, slices.Repeat([]int{add(of)}, s.Counts.TooShort))
	}
	for _, g := range s.Giants {
		r.Stories = append(r.Stories, qissa.Story{ID: g.ID, Members: make([]qissa.Member, g.Size), Review: []qissa.Review{qissa.Giant}})
	}
	return at
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
