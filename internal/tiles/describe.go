package tiles

import (
	"context"
	"maps"
	"math/bits"
	"slices"

	"qissa"
	"qissa/article"
	"qissa/cluster"
	"qissa/report"
)

// records are what is written of stories of one class, in the order of a result.
type records struct {
	Size           []int
	First          []Place
	Story, Article [][]byte // lines of stories.jsonl and articles.csv
}

// pairs are lines of pairs.jsonl, by (A, B).
type pairs struct {
	A, B []Place
	Line [][]byte
}

// A summary tells what was written of a piece.
type summary struct {
	Classes  []int // of stories
	Pairs    []int // tiles of the earlier articles
	Counts   qissa.Counts
	Words    int // of the articles of its stories
	Giants   []giant
	Termless []stub
	TooShort []stub // the first
}

// A giant is a story to look at for its size.
type giant struct {
	ID   string
	Size int
}

// A stub is what is told of an article that cannot be compared.
type stub struct {
	At          Place
	Title, Body string
	Origin      article.Origin
}

func (d *describer) stub(k int) stub {
	a := &d.result.Articles[k]
	return stub{d.number.places[k], a.Title, a.LoadBody(nil), a.Origin}
}

// From this size on several sizes are one class, up to twice its least.
const largeStory = 10

// class returns in which file a story of a size is; the largest are in the last.
func class(size int) int {
	if size < largeStory {
		return size
	}
	return largeStory + bits.Len(uint(size/largeStory)) - 1
}

// Describe writes the records of the stories of a piece.
func (r *Run) Describe(ctx context.Context, task int) error {
	s, err := get[*settled](ctx, r.Files, "settled")
	if err != nil {
		return err
	}
	p := r.pieces()[task]
	d := &describer{Run: r, task: task, i: p.tile, piece: p, tile: r.stretch(p.tile), said: s.Said}
	if err := d.read(ctx, s); err != nil {
		return err
	}
	opt := r.Options
	opt.Corrections = nil
	if d.result, err = d.part().Describe(ctx, opt); err != nil {
		return err
	}
	if err := d.name(ctx); err != nil {
		return err
	}
	return d.write(ctx)
}

// A describer describes the stories of one piece.
type describer struct {
	*Run
	task, i  int
	piece    piece
	tile     stretch
	labels   book
	links    links
	loans    loans
	said     [][2]Place // those that name an article of a story of the piece
	number   numbering
	articles []article.Article
	result   *qissa.Result
	story    []Place // of each article, by number
}

// tells reports whether an article is in a story of the piece.
func (d *describer) tells(p Place) bool {
	story := d.labels.at(p).story
	return d.tile.has(story) && d.piece.has(story)
}

// read reads the links of the stories, and the articles in these.
func (d *describer) read(ctx context.Context, s *settled) (err error) {
	last := s.Reach[d.i]
	from, to := d.in(stretch{d.tile.from - d.window(), d.stretch(last).to + d.window()})
	tiles := map[int]bool{}
	for k := from; k < to; k++ {
		tiles[k] = true
	}
	for _, pair := range d.said {
		if a, b := d.of(pair[0]), d.of(pair[1]); d.i <= a && a <= last || d.i <= b && b <= last {
			tiles[a], tiles[b] = true, true
		}
	}
	sorted := slices.Sorted(maps.Keys(tiles))
	if d.labels, err = d.book(ctx, s, sorted); err != nil {
		return err
	}
	ends := map[Place]bool{}
	d.said = slices.DeleteFunc(uniquePairs(d.said), func(pair [2]Place) bool { return !d.tells(pair[0]) && !d.tells(pair[1]) })
	for _, pair := range d.said {
		ends[pair[0]], ends[pair[1]] = true, true
	}
	for k := d.i; k < to; k++ {
		if err := d.addLinks(ctx, &d.links, k, func(a, b Place) bool { return d.tells(a) || d.tells(b) }); err != nil {
			return err
		}
	}
	for k := d.i; k <= last; k++ {
		if err := d.addLoans(ctx, &d.loans, k, d.tells); err != nil {
			return err
		}
	}
	for n, a := range d.links.A {
		ends[a], ends[d.links.B[n]] = true, true
	}
	for _, from := range d.loans.From {
		ends[from] = true
	}
	for _, k := range sorted {
		err := d.eachText(ctx, k, k+1, func(p Place) bool { return ends[p] || d.tells(p) }, func(p Place, a article.Article) {
			d.articles, d.number.places = append(d.articles, a), append(d.number.places, p)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// part returns the articles by number.
func (d *describer) part() *qissa.Part {
	p := &qissa.Part{
		Articles: d.articles, Links: d.links.numbered(d.number, d.grouping()), Loans: d.loans.numbered(d.number), Total: d.Articles,
		Stories: d.partition(func(l label) Place { return l.story }),
		Before:  d.partition(func(l label) Place { return l.before }),
		Told:    func(first int) bool { return d.tells(d.number.places[first]) },
	}
	for _, pair := range d.said {
		p.Said = append(p.Said, [2]int32{d.number.of(pair[0]), d.number.of(pair[1])})
	}
	return p
}

// partition groups the articles by a place.
func (d *describer) partition(of func(label) Place) cluster.Partition {
	first, group := map[Place]int{}, make(cluster.Partition, len(d.number.places))
	for k, p := range d.number.places {
		at := of(d.labels.at(p))
		if _, known := first[at]; !known {
			first[at] = k
		}
		group[k] = first[at]
	}
	return group
}

// name gives the stories of the result, and those near them, their names.
func (d *describer) name(ctx context.Context) error {
	r := d.result
	d.story = make([]Place, len(r.Stories))
	for k, s := range r.StoryOf {
		d.story[s] = d.labels.at(d.number.places[k]).story
	}
	at := map[Place]int{} // number of each story that is asked for
	tiles := map[int]bool{d.i: true}
	for s := range r.Stories {
		if r.Stories[s].Members == nil {
			continue
		}
		at[d.story[s]] = s
		for _, n := range r.Stories[s].Neighbours {
			at[d.story[n.Story]] = n.Story
			tiles[d.of(d.story[n.Story])] = true
		}
	}
	for k := range tiles {
		names, err := get[ids](ctx, d.Files, d.Run.name("ids", k))
		if err != nil {
			return err
		}
		for n, p := range names.Story {
			if s, asked := at[p]; asked {
				r.Stories[s].ID = names.ID[n]
				r.Stories[s].Storyline = len(r.Storylines)
				// Records tell no more of the article than its title.
				r.Articles = append(r.Articles, article.Article{Title: names.LineTitle[n]})
				r.Storylines = append(r.Storylines, qissa.Storyline{
					ID: names.LineID[n], Title: len(r.Articles) - 1, Articles: names.LineArticles[n], Stories: make([]int, names.LineStories[n]),
				})
			}
		}
	}
	return nil
}

// write writes the records.
func (d *describer) write(ctx context.Context) error {
	out := summary{Counts: d.result.Counts}
	classes := map[int]*records{}
	for s := range d.result.Stories {
		size := len(d.result.Stories[s].Members)
		if size == 0 {
			continue
		}
		c := classes[class(size)]
		if c == nil {
			c = &records{}
			classes[class(size)] = c
		}
		c.Size, c.First = append(c.Size, size), append(c.First, d.story[s])
		c.Story, c.Article = append(c.Story, report.AppendStory(nil, d.result, s)), append(c.Article, report.AppendArticles(nil, d.result, s))
		if slices.Contains(d.result.Stories[s].Review, qissa.Giant) {
			out.Giants = append(out.Giants, giant{d.result.Stories[s].ID, size})
		}
		for _, m := range d.result.Stories[s].Members {
			out.Words += d.result.Words[m.Article]
		}
	}
	for k, c := range classes {
		out.Classes = append(out.Classes, k)
		if err := put(ctx, d.Files, d.Run.name("stories", d.task)+"-"+d.Run.name("class", k), c); err != nil {
			return err
		}
	}
	tiles := map[int]*pairs{}
	for n, p := range d.result.Pairs {
		a, b := d.number.places[p.A], d.number.places[p.B]
		of := tiles[d.of(a)]
		if of == nil {
			of = &pairs{}
			tiles[d.of(a)] = of
		}
		of.A, of.B, of.Line = append(of.A, a), append(of.B, b), append(of.Line, report.AppendPair(nil, d.result, n))
	}
	for k, of := range tiles {
		out.Pairs = append(out.Pairs, k)
		if err := put(ctx, d.Files, d.Run.name("pairs", d.task)+"-"+d.Run.name("of", k), of); err != nil {
			return err
		}
	}
	slices.Sort(out.Classes)
	slices.Sort(out.Pairs)
	for _, k := range d.result.Termless {
		out.Termless = append(out.Termless, d.stub(k))
	}
	for _, k := range d.result.TooShort[:min(1, len(d.result.TooShort))] {
		out.TooShort = append(out.TooShort, d.stub(k))
	}
	return put(ctx, d.Files, d.Run.name("summary", d.task), out)
}
