package report

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"qissa"
	"qissa/article"
)

// blockEnd returns the story after the last one of a block.
func (l *layout) blockEnd(block int) int {
	if block+1 < len(l.blocks) {
		return l.blocks[block+1][0]
	}
	return len(l.v.r.Stories)
}

// packBlock packs the details of a block of stories.
func (l *layout) packBlock(block int) ([]byte, error) {
	var b bytes.Buffer
	b.Grow(blockSize / 2)
	p := pack(&b)
	var memory []byte // of compressed bodies
	from := l.blocks[block][0]
	p.raw(fmt.Sprintf(`{"from":%d,"stories":[`, from))
	for n := from; n < l.blockEnd(block); n++ {
		if n > from {
			p.raw(",")
		}
		p.json(l.details(n, &memory).append)
	}
	p.raw("]}")
	err := p.close()
	return b.Bytes(), err
}

type detailsJSON struct {
	Articles []articleDetails `json:"articles"`
	Pairs    []pairDetails    `json:"pairs"`
	Near     []string         `json:"near"`    // why each neighbour is apart
	Outside  map[int]string   `json:"outside"` // ids of the articles in pairs that stand in other stories
}

type articleDetails struct {
	ID     string   `json:"id"`
	URL    string   `json:"url,omitempty"`
	Raw    string   `json:"raw,omitempty"` // the date as written, where the time does not say all
	Credit []string `json:"credit,omitempty"`
	Text   *string  `json:"text,omitempty"`
	Lead   string   `json:"lead,omitempty"`
	Cut    bool     `json:"cut,omitempty"` // the text goes on in the input
}

type pairDetails struct {
	A        int      `json:"a"`
	B        int      `json:"b"`
	AInB     share    `json:"aInB"`
	BInA     share    `json:"bInA"`
	Decision string   `json:"decision"`
	Why      string   `json:"why"`
	Runs     []int    `json:"runs"`  // see packPassages
	OnlyA    [][3]int `json:"onlyA"` // kind and place of the facts that B does not have
	OnlyB    [][3]int `json:"onlyB"`
}

func (l *layout) details(story int, memory *[]byte) detailsJSON {
	r := l.v.r
	s := r.Stories[story]
	d := detailsJSON{Pairs: []pairDetails{}, Near: make([]string, len(s.Neighbours)), Outside: map[int]string{}}
	for _, m := range s.Members {
		d.Articles = append(d.Articles, l.article(story, m, memory))
	}
	closest := make([]float64, len(s.Neighbours))
	for _, n := range l.pairs[story] {
		p := r.Pairs[n]
		pair := pairDetails{l.place[p.A], l.place[p.B], share(p.AInB), share(p.BInA), string(p.Decision), string(p.Why), []int{}, [][3]int{}, [][3]int{}}
		if l.whole(p.A) && l.whole(p.B) {
			pair.Runs, pair.OnlyA, pair.OnlyB = packPassages(p.Passages), packFacts(p.OnlyA), packFacts(p.OnlyB)
		}
		d.Pairs = append(d.Pairs, pair)
		for _, a := range [2]int{p.A, p.B} {
			if r.StoryOf[a] == story {
				continue
			}
			d.Outside[l.place[a]] = r.Articles[a].ID
			for i, near := range s.Neighbours {
				if near.Story == r.StoryOf[a] && (d.Near[i] == "" || p.Same > closest[i]) {
					d.Near[i], closest[i] = string(p.Why), p.Same
				}
			}
		}
	}
	return d
}

// whole tells whether an article's whole text is embedded, so that places in
// it can be shown.
func (l *layout) whole(article int) bool {
	text, _ := l.embedded(l.v.r.StoryOf[article])
	return text
}

// packPassages writes for each passage the gap before it and its length in A, both in
// B, and whether it is a stock phrase. Small numbers take less room.
func packPassages(passages []qissa.Passage) []int {
	packed := make([]int, 0, 5*len(passages))
	a, b := 0, 0
	for _, r := range passages {
		stock := 0
		if r.Stock {
			stock = 1
		}
		packed = append(packed, r.A[0]-a, r.A[1]-r.A[0], r.B[0]-b, r.B[1]-r.B[0], stock)
		a, b = r.A[1], r.B[1]
	}
	return packed
}

func packFacts(facts []qissa.Fact) [][3]int {
	packed := make([][3]int, len(facts))
	for i, f := range facts {
		packed[i] = [3]int{slices.Index(factKinds, f.Kind), f.At[0], f.At[1]}
	}
	return packed
}

func (l *layout) article(story int, m qissa.Member, memory *[]byte) articleDetails {
	a := &l.v.r.Articles[m.Article]
	d := articleDetails{ID: a.ID, URL: webLink(a.URL), Credit: m.Credit}
	if a.Precision != article.Exact && a.Precision != article.Day || !dated(*a) {
		d.Raw = cut(plain(a.TimeRaw), 40)
	}
	switch text, lead := l.embedded(story); {
	case text:
		whole := a.Title + "\n" + a.LoadBody(memory)
		kept := opening(whole, max(textLength, utf8.RuneCountInString(a.Title)+1))
		d.Text, d.Cut = &kept, len(kept) < len(whole)
	case lead:
		d.Lead = strings.Clone(opening(a.LoadBody(memory), leadLength))
		d.Cut = len(d.Lead) < a.BodySize()
	}
	return d
}
