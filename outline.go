package qissa

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"math"
	"slices"

	"qissa/article"
	"qissa/cluster"
	"qissa/internal/parallel"
)

// Outlines are what is known of stories from links alone, without a look at a text: enough
// to tell which are as they were.
type Outlines struct {
	Groups         [][]int    // members of each story, in the order of a result
	Representative []int      // article of each
	Prints         []Print    // of each
	storyOf        []int      // of each article
	Times          []TimeSpan // of the parts that the articles of each are of
	inside         [][]int    // links of each, by number
	pairs          []cluster.Pair
	linked         []int   // the link of each pair, by number; -1 for none
	of             [][]int // the pairs that tell of each, by number
	title          []int   // of each, the article whose title names its storyline
}

// A Print is a hash of all that a story's records and pairs are made of, but for texts: of
// its articles and of those that [Outlines.Touches] looks at.
type Print [8]byte

// Outline outlines those stories of a part that is the whole, and grouped, for whose members
// it is true; the others have no prints. Of the options Story and Jobs count. Cost linear in
// the links.
func (p *Part) Outline(ctx context.Context, opt Options, wanted func(members []int) bool) (*Outlines, error) {
	g := p.description(opt.withJobs())
	o := &Outlines{Groups: order(groupsOf(p.Stories)), storyOf: make([]int, len(p.Articles))}
	o.Representative, o.Prints = make([]int, len(o.Groups)), make([]Print, len(o.Groups))
	asked, lines := make([]bool, len(o.Groups)), map[int]bool{}
	for s, members := range o.Groups {
		for _, m := range members {
			o.storyOf[m] = s
		}
		if asked[s] = wanted(members); asked[s] {
			lines[p.Lines[members[0]]] = true
		}
	}
	near := slices.Clone(asked) // these may show pairs with those that are asked for
	for _, p := range p.Links.Pairs {
		if a, b := o.storyOf[p.A], o.storyOf[p.B]; asked[a] || asked[b] {
			near[a], near[b] = true, true
		}
	}
	g.told = func(first int) bool { return near[o.storyOf[first]] }
	linePrints := parallel.Go(func() map[int][]byte { return linePrints(p, lines) })
	e := g.sortPairs(o.storyOf, o.Groups)
	stories := make([]Story, len(o.Groups))
	err := parallel.Each(ctx, len(o.Groups), g.opt.Jobs, nil, func(_, s int) {
		if members := o.Groups[s]; lines[p.Lines[members[0]]] {
			stories[s] = g.outline(members, e.inside[s])
			o.Representative[s] = stories[s].Representative
		}
	})
	if err != nil {
		return nil, err
	}
	o.findTitles(p.Lines)
	o.findTimes(p)
	o.inside = e.inside
	outer := outer{p, nil, o.findPairs(g, e)}
	outer.lines = linePrints()
	return o, parallel.Each(ctx, len(o.Groups), g.opt.Jobs, nil, func(_, s int) {
		if asked[s] {
			o.Prints[s] = o.print(s, &stories[s], g, e.outside[s], outer)
		}
	})
}

// outer is what prints of stories tell of others.
type outer struct {
	*Part
	lines map[int][]byte // hash of the articles of each storyline, by its first one
	same  []float64      // how similar the pairs are
}

// print hashes what tells of a story, of which the nearest pairs to others are given.
func (o *Outlines) print(s int, story *Story, g *description, outside []int, of outer) Print {
	w, members := make(printer, 0, 512), o.Groups[s]
	w.ids(of.Articles, members...)
	w.story(story, of.Articles)
	w = append(w, of.lines[of.Lines[members[0]]]...)
	w.ids(of.Articles, o.title[s])
	w.numbers(o.Times[s].From, o.Times[s].To, int64(len(outside)))
	for _, n := range outside {
		pair := g.links.Pairs[n]
		w.ids(of.Articles, o.Groups[o.storyOf[pair.A]+o.storyOf[pair.B]-s][0])
		w.share(g.links.Same(n))
	}
	for _, n := range o.of[s] {
		pair, same := o.pairs[n], of.same[n]
		merged := o.storyOf[pair.A] == o.storyOf[pair.B]
		w.ids(of.Articles, int(pair.A), int(pair.B))
		w.share(pair.Sim)
		w.share(same)
		w.bools(merged, same < g.opt.Story, g.said.of(pair, merged), g.said.pairs[[2]int32{pair.A, pair.B}])
	}
	return w.print()
}

// outline tells of a story what its links tell.
func (g *description) outline(members, inside []int) Story {
	s := Story{Representative: members[0], Bridge: -1, Cohesion: 1, WeakestLink: 1, Trust: 1}
	if len(members) > 1 {
		g.cohesion(&s, members, inside)
		s.Trust = Trust(s.Cohesion, len(members), g.oneOutlet(members))
	}
	if b := cluster.Bridge(len(members), g.edges(members, inside)); b >= 0 {
		s.Bridge = members[b]
	}
	return s
}

// findTitles finds the article whose title names the storyline of each story.
func (o *Outlines) findTitles(lines cluster.Partition) {
	title := map[int]int{} // by storyline
	for s, members := range o.Groups {
		line := lines[members[0]]
		if _, known := title[line]; !known {
			title[line] = o.Representative[s]
		}
		o.title = append(o.title, title[line])
	}
}

// findPairs finds the pairs that tell of the stories, and returns how similar they are.
func (o *Outlines) findPairs(g *description, e gathered) (same []float64) {
	add := func(p cluster.Pair, link int) {
		o.pairs, o.linked, same = append(o.pairs, p), append(o.linked, link), append(same, 0)
		if link >= 0 {
			same[len(same)-1] = g.links.Same(link)
		}
	}
	told := e.told()
	for _, p := range g.unlike(o.storyOf, func(s int) bool { return g.tells(o.Groups[s]) }) {
		for len(told) > 0 && byArticles(g.links.Pairs[told[0]], p) < 0 {
			add(g.links.Pairs[told[0]], told[0])
			told = told[1:]
		}
		if n, linked := slices.BinarySearchFunc(g.links.Pairs, p, byArticles); !linked {
			add(p, -1)
		} else if len(told) == 0 || told[0] != n {
			add(g.links.Pairs[n], n)
		}
	}
	for _, n := range told {
		add(g.links.Pairs[n], n)
	}
	o.of = make([][]int, len(o.Groups))
	for n, p := range o.pairs {
		a, b := o.storyOf[p.A], o.storyOf[p.B]
		if o.of[a] = append(o.of[a], n); a != b {
			o.of[b] = append(o.of[b], n)
		}
	}
	return same
}

// Touches reports whether one of the articles whose texts tell of a story is wanted.
func (o *Outlines) Touches(story int, wanted func(article int) bool) bool {
	return wanted(o.title[story]) || slices.ContainsFunc(o.Groups[story], wanted) ||
		slices.ContainsFunc(o.of[story], func(n int) bool { return wanted(int(o.pairs[n].A)) || wanted(int(o.pairs[n].B)) })
}

// linePrints returns a hash of the articles of each storyline that is asked for, by its
// first one.
func linePrints(p *Part, asked map[int]bool) map[int][]byte {
	members := map[int][]int{}
	for i, line := range p.Lines {
		if asked[line] {
			members[line] = append(members[line], i)
		}
	}
	prints, w := make(map[int][]byte, len(members)), printer{}
	for line, list := range members {
		w = w[:0]
		w.ids(p.Articles, list...)
		sum := sha256.Sum256(w)
		prints[line] = sum[:]
	}
	return prints
}

// A TimeSpan is from a first to a last time, in Unix seconds.
type TimeSpan struct{ From, To int64 }

func (s TimeSpan) with(o TimeSpan) TimeSpan {
	return TimeSpan{min(s.From, o.From), max(s.To, o.To)}
}

// findTimes finds the first and the last time of the parts of each story.
func (o *Outlines) findTimes(p *Part) {
	spans := make([]TimeSpan, len(p.Articles)) // of each part, by its first article
	for i, part := range p.Parts {
		t := p.Articles[i].Time.Unix()
		at := TimeSpan{t, t}
		if part < i {
			at = at.with(spans[part])
		}
		spans[part] = at
	}
	for _, members := range o.Groups {
		part := spans[p.Parts[members[0]]]
		for _, m := range members { // corrections put together what is of several
			part = part.with(spans[p.Parts[m]])
		}
		o.Times = append(o.Times, part)
	}
}

// A printer gathers values to be hashed, each so that no two lists of them are alike.
type printer []byte

func (w *printer) print() (p Print) {
	sum := sha256.Sum256(*w)
	return Print(sum[:len(p)])
}

// ids writes how many articles there are, and their ids.
func (w *printer) ids(articles []article.Article, numbers ...int) {
	*w = binary.AppendUvarint(*w, uint64(len(numbers)))
	for _, i := range numbers {
		*w = append(binary.AppendUvarint(*w, uint64(len(articles[i].ID))), articles[i].ID...)
	}
}

func (w *printer) numbers(all ...int64) {
	for _, n := range all {
		*w = binary.LittleEndian.AppendUint64(*w, uint64(n))
	}
}

// share writes a share as records tell it, to the thousandth.
func (w *printer) share(x float64) { w.numbers(int64(math.Round(min(x, 1) * 1000))) }

func (w *printer) bools(all ...bool) {
	for _, x := range all {
		b := byte(0)
		if x {
			b = 1
		}
		*w = append(*w, b)
	}
}

// story writes what links tell of a story.
func (w *printer) story(s *Story, articles []article.Article) {
	w.ids(articles, s.Representative)
	if s.Bridge >= 0 {
		w.ids(articles, s.Bridge)
	} else {
		w.ids(articles)
	}
	w.share(s.Cohesion)
	w.share(s.WeakestLink)
	w.share(s.Trust)
	w.bools(s.Trust < leastTrust)
}
