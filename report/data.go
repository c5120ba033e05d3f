package report

import (
	"cmp"
	"io"
	"slices"

	"qissa"
	"qissa/article"
)

const (
	blockSize  = 400 << 10 // bytes of text from which a block of stories is full
	textLength = 40_000    // code points of an article that are embedded at most
)

// A layout is the order of the page's data: stories as in the result, the
// articles of each together, and blocks of stories whose details are unpacked
// together. Articles are named by their place in that order.
type layout struct {
	v        *view
	order    []int   // article numbers by place
	place    []int   // places by article number
	pairs    [][]int // numbers of the pairs that tell about a story
	lends    []bool  // stories that have a passage in common with another
	blocks   [][2]int
	blockOf  []int
	sources  []string
	sourceOf map[string]int
	texts    string // "none", "lead", "shared" or "all"
	bytes    int    // of texts and leads, before packing
	asks     *doubts
	cut      *cuts
	differ   *disputes
}

func newLayout(v *view, texts string) *layout {
	l := &layout{v: v, texts: texts, place: make([]int, len(v.r.Articles)), pairs: make([][]int, len(v.r.Stories)), lends: make([]bool, len(v.r.Stories)), sourceOf: map[string]int{}}
	for n, p := range v.r.Pairs {
		a, b := v.r.StoryOf[p.A], v.r.StoryOf[p.B]
		l.pairs[a] = append(l.pairs[a], n)
		if a != b {
			l.pairs[b] = append(l.pairs[b], n)
			l.lends[a], l.lends[b] = l.lends[a] || p.Borrowed > 0, l.lends[b] || p.Borrowed > 0
		}
	}
	for n, s := range v.r.Stories {
		for _, m := range s.Members {
			l.place[m.Article] = len(l.order)
			l.order = append(l.order, m.Article)
			if name := plain(v.r.Articles[m.Article].Source); name != "" {
				if _, seen := l.sourceOf[name]; !seen {
					l.sourceOf[name] = len(l.sources)
					l.sources = append(l.sources, name)
				}
			}
		}
		l.addToBlock(n)
	}
	return l
}

func (l *layout) addToBlock(story int) {
	size := 0
	for _, m := range l.v.r.Stories[story].Members {
		if text, lead := l.embedded(story); text {
			a := &l.v.r.Articles[m.Article]
			size += len(a.Title) + min(a.BodySize(), 2*textLength)
		} else if lead {
			size += min(l.v.r.Articles[m.Article].BodySize(), 2*leadLength)
		}
		size += 100
	}
	last := len(l.blocks) - 1
	if last < 0 || l.bytes-l.blocks[last][1] > blockSize {
		l.blocks = append(l.blocks, [2]int{story, l.bytes}) // where it starts, for now
		last++
	}
	l.bytes += size
	l.blockOf = append(l.blockOf, last)
}

// embedded tells what of a story's articles goes into the page.
func (l *layout) embedded(story int) (text, lead bool) {
	switch l.texts {
	case "none":
		return false, false
	case "all":
		return true, false
	case "shared":
		text = len(l.v.r.Stories[story].Members) > 1 || l.lends[story]
	}
	return text, !text
}

// missing counts the articles whose whole text is not in the page.
func (l *layout) missing() int {
	n := 0
	for story, s := range l.v.r.Stories {
		for range s.Members {
			if text, _ := l.embedded(story); !text {
				n++
			}
		}
	}
	return n
}

// sourceOrder lists the sources, those with most articles first.
func (l *layout) sourceOrder() []int {
	articles := make([]int, len(l.sources))
	order := make([]int, len(l.sources))
	for i := range order {
		order[i] = i
	}
	for _, a := range l.v.r.Articles {
		if i, ok := l.sourceOf[plain(a.Source)]; ok {
			articles[i]++
		}
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(articles[b], articles[a]), cmp.Compare(l.sources[a], l.sources[b]))
	})
	return order
}

var (
	relations  = []qissa.Relation{qissa.First, qissa.Verbatim, qissa.Shortened, qissa.Edited, qissa.PartlyCopied, qissa.OwnWording}
	precisions = []article.Precision{article.Exact, article.Day, article.Relative, article.None}
	factKinds  = []qissa.FactKind{qissa.Date, qissa.Number, qissa.Name}
	reviews    = []qissa.Review{qissa.LowTrust, qissa.BridgeArticle, qissa.Giant}
	reasons    = []qissa.FirstReason{"", qissa.FirstUndated, qissa.FirstByCrawl, qissa.FirstTied}
	orders     = []qissa.Order{qissa.ByTime, qissa.ByCredit, qissa.Unknown}
)

// writeIndex packs the columns of stories and articles. Articles are named by their place
// in the story, and times as steps, for small numbers take less room.
func (l *layout) writeIndex(w io.Writer) error {
	stories := l.v.r.Stories
	p := pack(w)
	column := func(name string, cell func(*jsonText, qissa.Story)) {
		p.column(name, len(stories), func(j *jsonText, n int) { cell(j, stories[n]) })
		p.raw(",")
	}
	p.raw(`{"stories":{`)
	column("id", func(j *jsonText, s qissa.Story) { j.string(s.ID) })
	column("size", func(j *jsonText, s qissa.Story) { j.int(len(s.Members)) })
	column("representative", func(j *jsonText, s qissa.Story) { j.int(l.within(s, s.Representative)) })
	column("first", func(j *jsonText, s qissa.Story) { j.int(l.within(s, s.First)) })
	column("earliest", func(j *jsonText, s qissa.Story) { // -2 where it is the first one, as nearly always
		if s.Earliest == s.First {
			j.int(-2)
		} else {
			j.int(l.within(s, s.Earliest))
		}
	})
	column("why", func(j *jsonText, s qissa.Story) { j.int(max(0, slices.Index(reasons, s.FirstReason))) })
	column("origins", func(j *jsonText, s qissa.Story) { j.int(len(s.Origins)) })
	column("last", func(j *jsonText, s qissa.Story) { // counted from the end, -1 for none
		if s.Last < 0 {
			j.int(-1)
		} else {
			j.int(len(s.Members) - 1 - l.within(s, s.Last))
		}
	})
	column("sources", func(j *jsonText, s qissa.Story) { j.int(len(s.Sources)) })
	column("cohesion", func(j *jsonText, s qissa.Story) { j.share(share(s.Cohesion)) })
	column("repeated", func(j *jsonText, s qissa.Story) { j.share(share(s.RepeatedText)) })
	column("copies", func(j *jsonText, s qissa.Story) { j.int(copies(s)) })
	column("review", func(j *jsonText, s qissa.Story) { j.int(flags(s.Review)) })
	column("phrases", func(j *jsonText, s qissa.Story) {
		j.open('[')
		for _, x := range s.KeyPhrases {
			j.string(plain(x))
		}
		j.close(']')
	})
	column("near", func(j *jsonText, s qissa.Story) {
		j.open('[')
		for _, n := range s.Neighbours {
			j.open('[')
			j.int(n.Story)
			j.share(share(n.Sim))
			j.share(share(n.Shared))
			j.close(']')
		}
		j.close(']')
	})
	p.column("block", len(stories), func(j *jsonText, n int) { j.int(l.blockOf[n]) })
	p.raw(`},"articles":{`)
	l.writeArticles(p)
	p.raw(`},"lines":`)
	p.json(l.lines)
	p.raw(`,"outlets":`)
	p.json(l.outlets)
	p.raw(`}`)
	return p.close()
}

// writeArticles packs the columns of articles.
func (l *layout) writeArticles(p *packer) {
	v := l.v
	type member struct {
		qissa.Member
		story int
	}
	members := make([]member, 0, len(l.order))
	for n, s := range v.r.Stories {
		for _, m := range s.Members {
			members = append(members, member{m, n})
		}
	}
	of := func(name string, cell func(*jsonText, member, article.Article)) {
		p.column(name, len(members), func(j *jsonText, i int) { cell(j, members[i], v.r.Articles[members[i].Article]) })
		p.raw(",")
	}
	of("title", func(j *jsonText, m member, _ article.Article) { j.string(v.knownTitle(m.Article)) })
	of("source", func(j *jsonText, _ member, a article.Article) { j.int(l.source(a)) })
	last := 0
	of("time", func(j *jsonText, _ member, a article.Article) { // as the step from the dated one before
		if dated(a) {
			now := v.wall(a)
			j.int(now - last)
			last = now
		} else {
			j.null()
		}
	})
	of("precision", func(j *jsonText, _ member, a article.Article) { j.int(slices.Index(precisions, a.Precision)) })
	of("relation", func(j *jsonText, m member, _ article.Article) { j.int(slices.Index(relations, m.Relation)) })
	of("copied", func(j *jsonText, m member, _ article.Article) { j.share(share(m.Copied)) })
	of("copyOf", func(j *jsonText, m member, _ article.Article) { j.int(l.within(v.r.Stories[m.story], m.CopyOf)) })
	of("order", func(j *jsonText, m member, _ article.Article) { j.int(max(0, slices.Index(orders, m.Order))) })
	of("origin", func(j *jsonText, m member, _ article.Article) { j.int(m.Origin) })
	p.column("words", len(members), func(j *jsonText, i int) { j.int(v.r.Words[members[i].Article]) })
}

// lines writes the storylines of several stories: the id, the story that names each, and
// its stories in the order of time.
func (l *layout) lines(j *jsonText) {
	r := l.v.r
	j.open('[')
	for _, line := range r.Storylines {
		if len(line.Stories) > 1 {
			j.open('[')
			j.string(line.ID)
			j.int(r.StoryOf[line.Title])
			j.ints(line.Stories)
			j.close(']')
		}
	}
	j.close(']')
}

// outlets writes who carried what; see [Outlets]. An outlet without a name in the page
// is left out with its flows.
func (l *layout) outlets(j *jsonText) {
	outlets, flows := l.v.outlets, l.v.flows
	at := func(n int) int {
		if i, ok := l.sourceOf[plain(outlets[n].Name)]; ok {
			return i
		}
		return -1
	}
	j.open('{')
	j.name("list").open('[')
	for n, o := range outlets {
		crawled := 0
		if o.Crawled {
			crawled = 1
		}
		j.open('[')
		for _, x := range []int{at(n), crawled, o.Articles, o.Shared, o.First, o.InShared, o.Own, o.Partly, o.Copies, o.FromAgency, o.Taken,
			int(o.Delay.Seconds()), o.Timed, int(o.Rank * 1e4), o.Component} {
			j.int(x)
		}
		j.close(']')
	}
	j.close(']')
	j.name("flows").open('[')
	for _, f := range flows {
		j.ints([]int{at(f.From), at(f.To), slices.Index(orders, f.Order), f.Articles, f.Copies, int(f.Delay.Seconds())})
	}
	j.close(']')
	j.close('}')
}

// within returns the place of an article in its story, -1 for none.
func (l *layout) within(s qissa.Story, article int) int {
	if article < 0 {
		return -1
	}
	return l.place[article] - l.place[s.Members[0].Article]
}

func (l *layout) source(a article.Article) int {
	if i, ok := l.sourceOf[plain(a.Source)]; ok {
		return i
	}
	return -1
}

// copies counts the members of a story that are copies.
func copies(s qissa.Story) int {
	n := 0
	for _, m := range s.Members {
		switch m.Relation {
		case qissa.Verbatim, qissa.Shortened, qissa.Edited:
			n++
		}
	}
	return n
}

// flags packs the review notes of a story into bits, in the order of reviews.
func flags(review []qissa.Review) int {
	bits := 0
	for _, why := range review {
		if i := slices.Index(reviews, why); i >= 0 {
			bits |= 1 << i
		}
	}
	return bits
}
