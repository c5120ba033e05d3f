package report

import (
	"encoding/json"
	"html/template"
	"io"
	"strings"

	"qissa"
)

// What the page of passages shows of very many; chosen so that it stays under 10 MB.
const (
	shownPassages = 500  // and of what outlets put on their pages a tenth of these
	mostPlaces    = 30   // places of one
	mostText      = 1500 // code points of a passage
	mostAround    = 90   // code points before and behind it
)

// A passagesPage is what the page of passages shows.
type passagesPage struct {
	*language
	CSS     template.CSS
	Program template.JS
	Policy  string
	Folding template.JS // JSON
	Lede    string
	Cards   []card
	Parts   []passagesPart
	Empty   bool
}

// A passagesPart is passages under a heading.
type passagesPart struct {
	Title, More string
	Passages    []passageView
}

type passageView struct {
	ID, Text, Dir, Reach, Outlets, Words, When, Same, Between string
	Ticks                                                     []float64 // of each dated place, from the first to the last, 0 to 100
	First, Other                                              passageSide
	Places                                                    []passageSide
	More                                                      string
}

// A passageSide is a place of a passage, and how its words differ from those of another.
type passageSide struct {
	Title, Dir, URL, Source, File, Same string
	When                                moment
	Against, Earliest                   bool
	Pieces                              []passagePiece
}

// A passagePiece is words of a text: of the passage, of these what the other one does not
// have, or around it.
type passagePiece struct {
	Text      string
	Mark, New bool
}

// Page writes a page for readers: passages by reach, who has them and when, the first
// place and the one that differs most side by side, and every other against the first. Of opt
// the language and the zone count.
func (d Passages) Page(w io.Writer, opt HTMLOptions) error {
	v, err := newView(&qissa.Result{Articles: d.Articles}, opt)
	if err != nil {
		return err
	}
	css, _, err := source()
	if err != nil {
		return err
	}
	code, err := passagesCode()
	if err != nil {
		return err
	}
	folding, err := json.Marshal(foldingTable())
	if err != nil {
		return err
	}
	t, err := template.ParseFS(assets, "html/passages.tmpl", "html/plain.tmpl")
	if err != nil {
		return err
	}
	p := passagesPage{language: v.language, CSS: template.CSS(css), Program: template.JS(code), Policy: contentPolicy(css, code, false), Folding: template.JS(folding)}
	d.fill(v, &p)
	return t.ExecuteTemplate(w, "passages.tmpl", p)
}

// passagesCode returns the program of the page: the folding of the report's, and the search.
func passagesCode() (string, error) {
	var b strings.Builder
	b.WriteString("(() => {\n\"use strict\";\n")
	for _, name := range []string{"html/js/fold.js", "html/passages.js"} {
		text, err := assets.ReadFile(name)
		if err != nil {
			return "", err
		}
		b.Write(text)
	}
	b.WriteString("})();\n")
	return b.String(), nil
}

// fill chooses the passages that are shown. Those of which most places lie over places of
// one that is shown are left out.
func (d Passages) fill(v *view, p *passagesPage) {
	parts := [2]passagesPart{{Title: v.Text["passages_widest"]}, {Title: v.Text["passages_framed"]}}
	most, left := [2]int{shownPassages, shownPassages / 10}, [2]int{}
	seen, changed, widest := shownPlaces{}, 0, 0
	texts := &passageReader{of: d.Articles}
	for i := range d.Found.Passages {
		s := &d.Found.Passages[i]
		part := 0
		if s.Boilerplate {
			part = 1
		} else {
			widest = max(widest, int(s.Outlets))
		}
		if s.Same != nil {
			changed++
		}
		if len(parts[part].Passages) == most[part] || seen.most(s) {
			left[part]++
			continue
		}
		seen.add(s)
		parts[part].Passages = append(parts[part].Passages, d.passage(v, texts, s))
	}
	for n, part := range parts {
		if left[n] > 0 {
			part.More = v.say("passages_more", "n", number(left[n]))
		}
		if len(part.Passages) > 0 {
			p.Parts = append(p.Parts, part)
		}
	}
	all := len(d.Found.Passages)
	p.Empty = all == 0
	p.Lede = v.say("passages_lede", "passages", v.count("passages", all), "articles", v.count("articles_of", len(d.Articles)))
	p.Cards = []card{
		{Value: number(all), Label: v.Text["passages_all"]},
		{Value: number(changed), Label: v.Text["passages_changed"]},
		{Value: number(widest), Label: v.Text["passages_outlets"]},
	}
}
