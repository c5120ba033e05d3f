package report

import (
	"bytes"
	"fmt"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"qissa"
	"qissa/article"
	"qissa/vectorize/arabic"
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
	Origins  []originDetails  `json:"origins"`
	Figures  []figureDetails  `json:"figures"`
}

type originDetails struct {
	Article  int    `json:"article"`
	Agency   string `json:"agency,omitempty"`
	Articles int    `json:"articles"`
}

type figureDetails struct {
	Kind   int             `json:"kind"`
	Of     string          `json:"of,omitempty"`
	Differ bool            `json:"differ,omitempty"`
	Values []figureValueIn `json:"values"`
}

type figureValueIn struct {
	Text string `json:"text"`
	In   []int  `json:"in"`
}

type articleDetails struct {
	ID     string   `json:"id"`
	URL    string   `json:"url,omitempty"`
	Raw    string   `json:"raw,omitempty"` // the date as written, where the time does not say all
	Credit []string `json:"credit,omitempty"`
	Text   *string  `json:"text,omitempty"`
	Lead   string   `json:"lead,omitempty"`
	Cut    bool     `json:"cut,omitempty"`      // the text goes on in the input
	Also   int      `json:"also,omitempty"`     // records of its address with the same words
	Before int      `json:"versions,omitempty"` // with other words
	Was    string   `json:"was,omitempty"`      // the last of their headlines that is another
	Parts  []int    `json:"parts,omitempty"`    // sentences of four words or more in the text: the gap before each and its length
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
	Borrowed int      `json:"borrowed,omitempty"` // words of the passage that B has of A, of another story
	Order    int      `json:"order,omitempty"`    // how that is known
}

func (l *layout) details(story int, memory *[]byte) detailsJSON {
	r := l.v.r
	s := r.Stories[story]
	d := detailsJSON{Pairs: []pairDetails{}, Near: make([]string, len(s.Neighbours)), Outside: map[int]string{}, Origins: []originDetails{}}
	for _, m := range s.Members {
		d.Articles = append(d.Articles, l.article(story, m, memory))
	}
	for _, o := range s.Origins {
		d.Origins = append(d.Origins, originDetails{l.place[o.Article], o.Agency, o.Articles})
	}
	d.Figures = l.figures(s)
	places := map[int][][2]int{}
	numbers := func(article int) [][2]int {
		if _, ok := places[article]; !ok {
			text := ""
			if i := l.within(s, article); i >= 0 && i < len(d.Articles) && d.Articles[i].Text != nil && !d.Articles[i].Cut {
				text = *d.Articles[i].Text
			} else { // of another story, or too long
				text = r.Articles[article].Title + "\n" + r.Articles[article].LoadBody(memory)
			}
			places[article] = arabic.WholeNumbers(text)
		}
		return places[article]
	}
	closest := make([]float64, len(s.Neighbours))
	for _, n := range l.pairs[story] {
		p := r.Pairs[n]
		pair := pairDetails{l.place[p.A], l.place[p.B], share(p.AInB), share(p.BInA), string(p.Decision), string(p.Why), []int{}, [][3]int{}, [][3]int{}, 0, 0}
		if r.StoryOf[p.A] != r.StoryOf[p.B] && p.Borrowed > 0 {
			pair.Borrowed, pair.Order = p.Borrowed, slices.Index(orders, p.BorrowOrder)
		}
		if l.whole(p.A) && l.whole(p.B) {
			if len(p.Passages) > 0 {
				pair.Runs = packPassages(wholePassages(p.Passages, numbers(p.A), numbers(p.B)))
			}
			pair.OnlyA, pair.OnlyB = packFacts(p.OnlyA), packFacts(p.OnlyB)
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

// wholePassages draws the edges of passages back where they would cut a number of several
// words, as 25/10/1436 is, which the other text then does not have as a whole.
func wholePassages(runs []qissa.Passage, a, b [][2]int) []qissa.Passage {
	whole := make([]qissa.Passage, 0, len(runs))
	for _, r := range runs {
		r.A, r.B = drawBack(r.A, a), drawBack(r.B, b)
		if r.A[0] < r.A[1] && r.B[0] < r.B[1] {
			whole = append(whole, r)
		}
	}
	return whole
}

func drawBack(at [2]int, numbers [][2]int) [2]int {
	inside := func(place int) ([2]int, bool) {
		n := sort.Search(len(numbers), func(i int) bool { return numbers[i][1] > place })
		if n < len(numbers) && numbers[n][0] < place {
			return numbers[n], true
		}
		return [2]int{}, false
	}
	if n, cut := inside(at[0]); cut {
		at[0] = n[1]
	}
	if n, cut := inside(at[1]); cut && n[1] != at[1] {
		// A sign behind the digits belongs to them; a part of the digits does not.
		if n[1] == at[1]+1 && n[0] >= at[0] {
			at[1] = n[1]
		} else {
			at[1] = n[0]
		}
	}
	return at
}

// leastSentence is how many words a sentence has at least to count as new.
const leastSentence = 4

// packSentences writes for each sentence of some words the gap before it and its length.
func packSentences(text string) []int {
	var packed []int
	last := 0
	for x := range arabic.Sentences(text) {
		if x.Words >= leastSentence {
			packed = append(packed, x.From-last, x.To-x.From)
			last = x.To
		}
	}
	return packed
}

func (l *layout) figures(s qissa.Story) []figureDetails {
	list := []figureDetails{}
	for _, f := range s.Figures {
		d := figureDetails{Kind: slices.Index(factKinds, f.Kind), Of: plain(f.Of), Differ: f.Differ}
		for _, v := range f.Values {
			value := figureValueIn{Text: plain(v.Text)}
			for _, a := range v.Articles {
				value.In = append(value.In, l.place[a])
			}
			d.Values = append(d.Values, value)
		}
		list = append(list, d)
	}
	return list
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
	if a.Others != nil {
		d.Also, d.Before = len(a.Others.AlsoIn), len(a.Others.Versions)
		for _, v := range slices.Backward(a.Others.Versions) {
			if v.Title != a.Title && d.Was == "" {
				d.Was = cut(plain(v.Title), 120)
			}
		}
	}
	switch text, lead := l.embedded(story); {
	case text:
		whole := a.Title + "\n" + a.LoadBody(memory)
		kept := opening(whole, max(textLength, utf8.RuneCountInString(a.Title)+1))
		d.Text, d.Cut = &kept, len(kept) < len(whole)
		if len(l.v.r.Stories[story].Members) > 1 {
			d.Parts = packSentences(kept)
		}
	case lead:
		body := a.LoadBody(memory)
		d.Lead = strings.Clone(cutAtWord(body, leadLength))
		d.Cut = len(d.Lead) < len(body)
	}
	return d
}
