package report

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"qissa"
	"qissa/cluster"
	"qissa/vectorize/arabic"
)

// passage returns what the page shows of a passage.
func (d Passages) passage(v *view, texts *passageReader, p *qissa.SharedPassage) passageView {
	first := strings.Join(strings.Fields(plain(texts.read(p.Places[0]))), " ")
	out := passageView{
		ID: passageID(p), Text: cut(first, 2*titleLength), Dir: direction(first), Reach: v.count("articles", int(p.Articles)),
		Outlets: v.count("sources", int(p.Outlets)), Words: v.count("words", int(p.Words)), When: v.Text["undated"],
	}
	if p.Earliest >= 0 {
		out.When = v.moment(d.Articles[p.Places[p.Earliest].Article]).Text
		out.Between, out.Ticks = d.spread(v, p)
	}
	other := 1
	if p.Same != nil {
		other = slices.Index(p.Same, slices.Min(p.Same))
		out.Same = v.say("passages_same", "share", percent(min(0.99, p.LeastSame())))
		other = max(1, other) // all words are there, in another order
	}
	here := texts.read(p.Places[0])
	against := func(n int) (notThere, notHere []arabic.Word) {
		if p.Same == nil {
			return nil, nil
		}
		return differing(here, texts.read(p.Places[n]))
	}
	notThere, notHere := against(other)
	out.First, out.Other = d.side(v, texts, p, 0, notThere), d.side(v, texts, p, other, notHere)
	for n := range p.Places {
		if n == 0 || n == other {
			continue
		}
		if len(out.Places) == mostPlaces {
			out.More = v.say("passages_more_places", "n", number(len(p.Places)-2-mostPlaces))
			break
		}
		_, own := against(n)
		out.Places = append(out.Places, d.side(v, texts, p, n, own))
	}
	return out
}

// spread tells from when to when the dated places of a passage are, and where in between
// each is, 0 to 100.
func (d Passages) spread(v *view, p *qissa.SharedPassage) (between string, ticks []float64) {
	var times []time.Time
	for _, at := range p.Places {
		if a := d.Articles[at.Article]; dated(a) {
			times = append(times, v.local(a))
		}
	}
	if len(times) == 0 {
		return "", nil
	}
	first, last := slices.MinFunc(times, time.Time.Compare), slices.MaxFunc(times, time.Time.Compare)
	all := last.Sub(first)
	if all == 0 {
		return "", nil
	}
	for _, t := range times {
		ticks = append(ticks, 99*t.Sub(first).Seconds()/all.Seconds())
	}
	slices.Sort(ticks)
	return v.say("passages_between", "from", v.shortDate(first), "to", v.shortDate(last)), slices.CompactFunc(ticks, func(a, b float64) bool { return b-a < 0.5 })
}

// side returns a place of a passage, with the words marked that another one lacks.
func (d Passages) side(v *view, texts *passageReader, p *qissa.SharedPassage, n int, own []arabic.Word) passageSide {
	at := p.Places[n]
	a := d.Articles[at.Article]
	title := v.title(int(at.Article))
	s := passageSide{
		Title: title, Dir: direction(title), URL: webLink(a.URL), Source: v.source(int(at.Article)), File: origin(a), When: v.moment(a),
		Against: int(at.Article) < d.Others, Earliest: n == int(p.Earliest),
	}
	if share := sameAt(p, n); share < 1 {
		s.Same = v.say("passages_same", "share", percent(min(0.99, share)))
	}
	before := qissa.SharedPlace{Article: at.Article, From: max(0, at.From-mostAround), To: at.From}
	behind := qissa.SharedPlace{Article: at.Article, From: at.To, To: at.To + mostAround}
	if text := texts.read(before); text != "" {
		if before.From > 0 {
			text = "…" + text[max(0, strings.IndexByte(text, ' ')):]
		}
		s.Pieces = append(s.Pieces, passagePiece{Text: text})
	}
	text, from := texts.read(at), 0
	whole := opening(text, mostText)
	piece := func(to int, isNew bool) {
		if from < to {
			s.Pieces = append(s.Pieces, passagePiece{qissa.Span{from, to}.In(whole), true, isNew})
		}
		from = to
	}
	end := utf8.RuneCountInString(whole)
	for _, w := range own {
		if w.End <= end {
			piece(w.Start, false)
			piece(w.End, true)
		}
	}
	piece(end, false)
	if len(whole) < len(text) {
		s.Pieces = append(s.Pieces, passagePiece{Text: " … "})
	}
	if text := texts.read(behind); text != "" {
		if utf8.RuneCountInString(text) == mostAround {
			text = text[:strings.LastIndexByte(text, ' ')+1] + "…"
		}
		s.Pieces = append(s.Pieces, passagePiece{Text: text})
	}
	for i := range s.Pieces {
		s.Pieces[i].Text = harmlessPart(s.Pieces[i].Text)
	}
	return s
}

// harmlessPart is plain for a part of a text: spaces at its ends stay.
func harmlessPart(s string) string {
	inside := plain(s)
	first, _ := utf8.DecodeRuneInString(s)
	last, _ := utf8.DecodeLastRuneInString(s)
	if unicode.IsSpace(first) {
		inside = " " + inside
	}
	if unicode.IsSpace(last) && inside != " " {
		inside += " "
	}
	return inside
}

// mostTable bounds the table of words of two texts that are compared one by one.
const mostTable = 1 << 18

// differing returns the words of two texts that stand in no common sequence of four or
// more, nor in the longest common subsequence of both.
func differing(a, b string) (inA, inB []arabic.Word) {
	x, y := slices.Collect(arabic.Words(a)), slices.Collect(arabic.Words(b))
	number := map[string]uint32{}
	numbered := func(words []arabic.Word) (of []uint32) {
		for _, w := range words {
			n, ok := number[w.Text]
			if !ok {
				n = uint32(len(number))
				number[w.Text] = n
			}
			of = append(of, n)
		}
		return of
	}
	m, n := numbered(x), numbered(y)
	var al cluster.Aligner
	al.Start(cluster.Text{Words: m})
	sameX, sameY := make([]bool, len(x)), make([]bool, len(y))
	for _, r := range al.Align(cluster.Text{Words: n}).Runs {
		for k := range r.Words {
			sameX[r.A+k], sameY[r.B+k] = true, true
		}
	}
	if len(m)*len(n) <= mostTable {
		common(m, n, sameX, sameY)
	}
	only := func(words []arabic.Word, same []bool) (own []arabic.Word) {
		for i, w := range words {
			if !same[i] {
				own = append(own, w)
			}
		}
		return own
	}
	return only(x, sameX), only(y, sameY)
}

// common marks the words of a longest common subsequence.
func common(a, b []uint32, inA, inB []bool) {
	width := len(b) + 1
	longest := make([]int32, (len(a)+1)*width) // from each word on
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if at := i*width + j; a[i] == b[j] {
				longest[at] = longest[at+width+1] + 1
			} else {
				longest[at] = max(longest[at+width], longest[at+1])
			}
		}
	}
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch at := i*width + j; {
		case a[i] == b[j]:
			inA[i], inB[j] = true, true
			i, j = i+1, j+1
		case cmp.Less(longest[at+width], longest[at+1]):
			j++
		default:
			i++
		}
	}
}
