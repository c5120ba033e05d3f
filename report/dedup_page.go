package report

import (
	"cmp"
	"fmt"
	"html/template"
	"io"
	"slices"
	"time"

	"qissa"
	"qissa/article"
)

const (
	shownGroups  = 300 // kept articles that are listed with what repeats them
	shownRepeats = 20  // repeats of one that are listed
)

// A dedupPage is what the page of a deduplication shows.
type dedupPage struct {
	*language
	CSS     template.CSS
	Policy  string
	Lede    string
	Cards   []card
	Outlets []dedupOutlet
	Groups  []dedupGroup
	More    string
}

// A dedupOutlet is a row of the table of outlets.
type dedupOutlet struct{ Name, Read, Dropped, Share string }

// A dedupGroup is a kept article and those that repeat it.
type dedupGroup struct {
	Kept    dedupArticle
	Dropped []dedupArticle
	More    string
}

type dedupArticle struct {
	Title, Dir, URL, Source, When, Place string
	How, Copied                          string // of a dropped one; How also of one that others repeat, and that is dropped too
	Other                                bool   // of another corpus
}

// Page writes a page that tells a reader what was dropped, and why: the counts,
// the outlets, and the articles that are repeated most. The language is "ar" or
// "en"; times are shown in the zone, nil for UTC.
func (d Deduplication) Page(w io.Writer, lang string, zone *time.Location) error {
	v, err := newView(&qissa.Result{Articles: d.Articles}, HTMLOptions{Lang: lang, Location: zone})
	if err != nil {
		return err
	}
	css, _, err := source()
	if err != nil {
		return err
	}
	t, err := template.ParseFS(assets, "html/dedup.tmpl", "html/plain.tmpl")
	if err != nil {
		return err
	}
	p := dedupPage{language: v.language, CSS: template.CSS(css), Policy: contentPolicy(css, "", false), Outlets: d.outlets(v)}
	read, dropped, surplus := len(d.Articles)-d.Others, 0, 0
	for _, r := range d.Repeats[d.Others:] {
		if r != nil {
			dropped++
			if r.How == qissa.RepeatMax {
				surplus++
			}
		}
	}
	lede := "dedup_lede"
	if surplus > 0 {
		lede = "dedup_lede_max"
	}
	p.Lede = v.say(lede, "read", v.count("articles_of", read), "kept", v.count("articles_of", read-dropped), "dropped", v.count("articles_of", dropped),
		"repeats", v.count("articles_of", dropped-surplus), "surplus", v.count("articles_of", surplus))
	share := float64(dropped) / float64(max(read, 1))
	p.Cards = []card{
		{Value: number(read), Label: v.Text["dedup_read"]},
		{Value: number(read - dropped), Label: v.Text["dedup_kept"]},
		{Value: number(dropped), Label: v.Text["dedup_dropped"]},
		{Value: percent(share), Label: v.Text["dedup_share"], Share: 100 * share},
	}
	p.Groups, p.More = d.groups(v)
	return t.ExecuteTemplate(w, "dedup.tmpl", p)
}

// outlets counts what was read and dropped of each outlet, the one with most
// dropped first.
func (d Deduplication) outlets(v *view) []dedupOutlet {
	read, dropped := map[string]int{}, map[string]int{}
	for i := d.Others; i < len(d.Articles); i++ {
		name := v.source(i)
		read[name]++
		if d.Repeats[i] != nil {
			dropped[name]++
		}
	}
	var names []string
	for name := range read {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(dropped[b], dropped[a]), cmp.Compare(read[b], read[a]), cmp.Compare(a, b))
	})
	var rows []dedupOutlet
	for _, name := range names {
		rows = append(rows, dedupOutlet{name, number(read[name]), number(dropped[name]), percent(float64(dropped[name]) / float64(read[name]))})
	}
	return rows
}

// groups lists the articles that are repeated, and says how many more there are.
func (d Deduplication) groups(v *view) (groups []dedupGroup, more string) {
	repeats := map[int][]int{}
	for i, r := range d.Repeats[d.Others:] {
		if r != nil && r.Of >= 0 {
			repeats[r.Of] = append(repeats[r.Of], d.Others+i)
		}
	}
	var kept []int
	for of := range repeats {
		kept = append(kept, of)
	}
	slices.SortFunc(kept, func(a, b int) int {
		return cmp.Or(cmp.Compare(len(repeats[b]), len(repeats[a])), cmp.Compare(a, b))
	})
	for _, of := range kept[:min(shownGroups, len(kept))] {
		g := dedupGroup{Kept: d.article(v, of)}
		if r := d.Repeats[of]; r != nil {
			g.Kept.How = v.how(r)
		}
		for _, i := range repeats[of][:min(shownRepeats, len(repeats[of]))] {
			a, r := d.article(v, i), d.Repeats[i]
			a.How = v.how(r)
			if r.Copied > 0 {
				a.Copied = v.say("dedup_copied", "share", percent(r.Copied))
			}
			g.Dropped = append(g.Dropped, a)
		}
		if n := len(repeats[of]) - len(g.Dropped); n > 0 {
			g.More = v.say("dedup_more", "n", number(n))
		}
		groups = append(groups, g)
	}
	if n := len(kept) - len(groups); n > 0 {
		more = v.say("dedup_more_groups", "n", number(n))
	}
	return groups, more
}

// how says why an article is dropped.
func (v *view) how(r *qissa.Repeat) string {
	return cmp.Or(v.Text["how_"+string(r.How)], v.Text["relation_"+string(r.How)])
}

func (d Deduplication) article(v *view, n int) dedupArticle {
	a := d.Articles[n]
	title := v.title(n)
	return dedupArticle{
		Title: title, Dir: direction(title), URL: webLink(a.URL), Source: v.source(n), When: v.moment(a).Text, Place: origin(a), Other: n < d.Others,
	}
}

// origin writes where a record stands.
func origin(a article.Article) string {
	if a.Origin.Line > 0 {
		return fmt.Sprintf("%s:%d", plain(a.Origin.File), a.Origin.Line)
	}
	return fmt.Sprintf("%s #%d", plain(a.Origin.File), a.Origin.Item)
}
