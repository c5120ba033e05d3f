package report

import (
	"html/template"
	"path"

	"qissa"
)

// A page is the data of the page's template.
type page struct {
	*language
	CSS     template.CSS
	Policy  string
	Parts   []part
	Stories []storyView   // the largest, for readers without scripts
	Rows    []storyRow    // those of them that have one article
	Rest    template.HTML // says how many more there are
}

// A part is what the page says in one language.
type part struct {
	*language
	Hidden        bool
	Inputs, Dates string
	Zone          string // of the times, after the dates; "" without dates
	Lede          template.HTML
	Notes         []template.HTML
	Cards         []card
	Skipped       []skippedView
	SkippedName   string
	About         aboutView
}

type card struct {
	Value, Label string
	Share        float64 // length of the bar, 0 to 100; no bar if 0
}

type skippedView struct {
	File   string
	Reason template.HTML
	Line   int
}

type aboutView struct {
	Inputs   []fact
	Settings []Setting
	Warnings []template.HTML
	Labels   []fact
	Zone     string
	Version  string
}

func (v *view) page(css, policy string, l *layout, side bool) (page, error) {
	p := page{language: v.language, CSS: template.CSS(css), Policy: policy}
	for _, code := range languageCodes {
		lang, err := speak(code)
		if err != nil {
			return p, err
		}
		in := *v
		in.language = lang
		p.Parts = append(p.Parts, in.part(l, side, code != v.Code))
	}
	shown := min(len(v.r.Stories), plainStories)
	for n, s := range v.r.Stories[:shown] {
		if len(s.Members) > 1 {
			p.Stories = append(p.Stories, v.story(n))
		} else {
			p.Rows = append(p.Rows, v.row(n))
		}
	}
	if all := len(v.r.Stories); shown < all {
		p.Rest = v.mark("list_cut", "shown", template.HTML(number(shown)), "all", template.HTML(number(all)), "file", fileLink("stories.jsonl"))
	}
	return p, nil
}

func (v *view) part(l *layout, side, hidden bool) part {
	p := part{
		language: v.language, Hidden: hidden, Inputs: v.inputs(), Dates: v.dateRange(), Lede: v.lede(), Notes: v.notes(l, side), Cards: v.cards(),
		Skipped: v.skipped(), SkippedName: v.say("skipped", "n", number(len(v.opt.Skipped))), About: v.about(),
	}
	if p.Dates != "" {
		p.Zone = v.say("in_zone", "zone", isolate(v.zoneName()))
	}
	return p
}

// lede is the one sentence that tells the outcome of the run.
func (v *view) lede() template.HTML {
	c := v.r.Counts
	strong := func(noun string, n int) template.HTML {
		return template.HTML("<b data-digits>" + template.HTMLEscapeString(v.count(noun, n)) + "</b>")
	}
	if c.Articles == 0 || len(v.r.Stories) == 0 {
		return v.mark("lede_none")
	}
	title := template.HTMLEscapeString(v.title(v.r.Stories[0].Representative))
	key := "lede_many"
	switch {
	case c.Articles == 1:
		key = "lede_one"
	case c.Stories == 1:
		key = "lede_same"
	case c.Largest <= 1:
		key = "lede_apart"
	case c.Stories == 2:
		key = "lede_two"
	}
	return v.mark(key, "articles", strong("articles_of", c.Articles), "stories", strong("stories_of", c.Stories),
		"largest", strong("articles_of", c.Largest), "title", template.HTML(`<bdi lang="ar">`+title+`</bdi>`))
}

// notes says what a reader must know before believing the page.
func (v *view) notes(l *layout, side bool) []template.HTML {
	c := v.r.Counts
	counted := func(noun string, n int) template.HTML { return template.HTML(v.count(noun, n)) }
	var notes []template.HTML
	switch {
	case c.Undated > 0 && c.Relative > 0:
		notes = append(notes, v.mark("note_undated_relative", "articles", counted("articles", c.Undated), "relative", counted("articles", c.Relative)))
	case c.Undated > 0:
		notes = append(notes, v.mark("note_undated", "articles", counted("articles", c.Undated)))
	}
	if c.FirstWithheld > 0 {
		notes = append(notes, template.HTML(template.HTMLEscapeString(v.crawlNote())))
	}
	if n := len(v.opt.Skipped); n > 0 {
		notes = append(notes, v.mark("note_skipped", "records", counted("records_of", n), "file", fileLink("skipped.jsonl")))
	}
	if c.Termless > 0 {
		notes = append(notes, v.mark("note_termless", "articles", counted("articles", c.Termless)))
	}
	if n := l.missing(); n > 0 {
		notes = append(notes, v.mark("note_texts_"+l.texts, "articles", counted("articles", n)))
	}
	if side {
		notes = append(notes, v.mark("note_beside", "folder", template.HTML(`<bdi dir="ltr">`+SideFolder+`</bdi>`)))
	}
	return notes
}

// crawlNote tells that times are a crawler's, and for how many stories nobody is said
// to be first.
func (v *view) crawlNote() string {
	crawled := 0
	for _, o := range v.outlets {
		if o.Crawled {
			crawled++
		}
	}
	return v.say("note_crawl", "outlets", v.count("outlets_of", crawled), "stories", v.count("stories_f", v.r.Counts.FirstWithheld))
}

func (v *view) cards() []card {
	c := v.r.Counts
	return []card{
		{number(c.Articles), v.Text["card_articles"], 0},
		{number(c.Stories), v.Text["card_stories"], 0},
		{percent(c.RepeatedText), v.Text["card_repeated"], 100 * c.RepeatedText},
		{number(c.Sources), v.Text["card_sources"], 0},
		{number(c.ToReview), v.Text["card_review"], 0},
	}
}

func (v *view) about() aboutView {
	run := v.opt.Run
	a := aboutView{Settings: run.Settings}
	for _, m := range run.Warnings {
		a.Warnings = append(a.Warnings, v.message(m))
	}
	for _, in := range run.Inputs {
		a.Inputs = append(a.Inputs, fact{in.Name, v.count("articles", in.Articles), in.SHA256})
	}
	if run.Version != "" {
		a.Version = v.say("version", "version", run.Version)
	}
	a.Zone = v.say("about_times", "zone", v.zoneName())
	for _, rel := range []qissa.Relation{qissa.First, qissa.Verbatim, qissa.Shortened, qissa.Edited, qissa.PartlyCopied, qissa.OwnWording} {
		a.Labels = append(a.Labels, fact{v.Text["relation_"+string(rel)], v.Text["label_"+string(rel)], string(rel)})
	}
	return a
}

func (v *view) inputs() string {
	const named = 3
	names := ""
	for i, in := range v.opt.Run.Inputs {
		if i == named {
			return names + " " + v.say("and", "x", v.count("more_files", len(v.opt.Run.Inputs)-named))
		}
		if i > 0 {
			names += " · "
		}
		names += isolate(plain(path.Base(in.Name)))
	}
	return names
}

func (v *view) skipped() []skippedView {
	var list []skippedView
	for _, e := range v.opt.Skipped[:min(len(v.opt.Skipped), listedSkipped)] {
		list = append(list, skippedView{plain(e.File), v.reason(e), e.Line})
	}
	return list
}
