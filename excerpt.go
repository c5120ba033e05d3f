package qissa

import (
	"cmp"
	"slices"

	"qissa/cluster"
	"qissa/internal/grouping"
	"qissa/internal/passages"
)

// An Excerpt is what is needed of a whole to describe some of its stories, and no more:
// their articles, those of the pairs that tell of them, all of their storylines, and the
// first article of each story of these.
type Excerpt struct {
	Part
	Of      []int  // the number of each article in the whole
	Text    []bool // of each article, whether its text is read
	Whole   []int  // the number of each story, in the order of a result, in the whole
	groups  [][]int
	outline *Outlines
}

// Excerpt returns what is needed to describe the stories that are told. Articles are those of
// the whole.
func (o *Outlines) Excerpt(p *Part, told func(story int) bool) *Excerpt {
	x := &Excerpt{outline: o}
	texts := x.choose(p, told)
	number := make(map[int]int, len(x.Of))
	for k, i := range x.Of {
		number[i] = k
		x.Articles, x.Text = append(x.Articles, p.Articles[i]), append(x.Text, texts[i])
	}
	x.Stories, x.Before, x.Lines = excerpted(p.Stories, x.Of), excerpted(p.Before, x.Of), excerpted(p.Lines, x.Of)
	x.groups = order(groupsOf(x.Stories))
	for _, group := range x.groups {
		x.Whole = append(x.Whole, o.storyOf[x.Of[group[0]]])
	}
	x.Told = func(first int) bool { return told(o.storyOf[x.Of[first]]) }
	for _, pair := range p.Said {
		a, hasA := number[int(pair[0])]
		b, hasB := number[int(pair[1])]
		if hasA && hasB && (told(o.storyOf[pair[0]]) || told(o.storyOf[pair[1]])) {
			x.Said = append(x.Said, [2]int32{int32(a), int32(b)})
		}
	}
	x.takePairs(p, number, told)
	return x
}

// choose chooses the articles, and returns those whose texts are read.
func (x *Excerpt) choose(p *Part, told func(story int) bool) (texts map[int]bool) {
	o, lines, all := x.outline, map[int]bool{}, map[int]bool{}
	texts = map[int]bool{}
	for s, members := range o.Groups {
		if !told(s) {
			continue
		}
		lines[p.Lines[members[0]]] = true
		texts[o.title[s]] = true
		for _, m := range members {
			texts[m] = true
		}
		for _, n := range o.of[s] {
			texts[int(o.pairs[n].A)], texts[int(o.pairs[n].B)] = true, true
		}
	}
	for i := range texts {
		all[i], all[o.Groups[o.storyOf[i]][0]] = true, true
	}
	for i, line := range p.Lines {
		if lines[line] {
			all[i] = true
		}
	}
	for i := range all {
		x.Of = append(x.Of, i)
	}
	slices.Sort(x.Of)
	return texts
}

// excerpted returns how some articles are grouped.
func excerpted(p cluster.Partition, of []int) cluster.Partition {
	first, some := map[int]int{}, make(cluster.Partition, len(of))
	for k, i := range of {
		group := p[i]
		if _, known := first[group]; !known {
			first[group] = k
		}
		some[k] = first[group]
	}
	return some
}

// takePairs takes over the links and loans that tell of the stories.
func (x *Excerpt) takePairs(p *Part, number map[int]int, told func(story int) bool) {
	o := x.outline
	numbers := map[int]bool{} // of links
	lent := map[[2]int32]bool{}
	for s := range o.Groups {
		if !told(s) {
			continue
		}
		for _, n := range o.inside[s] {
			numbers[n] = true
		}
		for _, n := range o.of[s] {
			pair := [2]int32{o.pairs[n].A, o.pairs[n].B}
			lent[pair] = true
			if o.linked[n] >= 0 {
				numbers[o.linked[n]] = true
				x.Asked = append(x.Asked, [2]int32{int32(number[int(pair[0])]), int32(number[int(pair[1])])})
			}
		}
	}
	links := make([]grouping.Link, 0, len(numbers))
	for n := range numbers {
		l := p.Links.Link(n)
		l.A, l.B = int32(number[int(l.A)]), int32(number[int(l.B)])
		links = append(links, l)
	}
	slices.SortFunc(links, func(x, y grouping.Link) int { return cmp.Or(cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B)) })
	times := make([]int64, len(x.Of))
	for k := range x.Of {
		times[k] = x.Articles[k].Time.Unix()
	}
	x.Links = grouping.LinksFrom(times, links, p.Links.Options())
	for _, l := range p.Loans {
		if lent[[2]int32{l.From, l.To}] {
			x.Loans = append(x.Loans, passages.Loan{From: int32(number[int(l.From)]), To: int32(number[int(l.To)]), Words: l.Words})
		}
	}
}

// untoldID is the id of a story that is not described.
const untoldID = "s_000000000000"

// Complete gives the stories of the excerpt's result that are not told their members and
// representatives, but nothing else, and tells the storylines. Those of stories that are
// told are whole.
func (x *Excerpt) Complete(r *Result) {
	for s := range r.Stories {
		story := &r.Stories[s]
		if story.Members != nil {
			continue
		}
		story.ID = untoldID
		for _, k := range x.groups[s] {
			story.Members = append(story.Members, Member{Article: k, CopyOf: -1})
		}
		k, there := slices.BinarySearch(x.Of, x.outline.Representative[x.Whole[s]])
		if !there {
			k = story.Members[0].Article
		}
		story.Representative = k
	}
	r.tellStorylines(x.Lines)
}
