package report

import (
	"bufio"
	"crypto/sha256"
	"encoding/base64"
	"html/template"
	"io"
	"time"

	"qissa"
	"qissa/article"
)

// HTMLOptions are the settings of [HTML].
type HTMLOptions struct {
	Run      Run
	Skipped  []*article.RecordError
	Lang     string         // "ar" or "en"; "" means "ar"
	Location *time.Location // zone in which times are shown; nil means UTC
}

// HTML writes the result as one page that needs no network and no script.
// The largest stories stand first and in full, the others as short lists.
func HTML(w io.Writer, r *qissa.Result, opt HTMLOptions) error {
	l, err := speak(opt.Lang)
	if err != nil {
		return err
	}
	css, err := assets.ReadFile("html/page.css")
	if err != nil {
		return err
	}
	t, err := template.ParseFS(assets, "html/*.tmpl")
	if err != nil {
		return err
	}
	v := &view{language: l, r: r, opt: opt, zone: time.UTC, shown: map[int]bool{}}
	if opt.Location != nil {
		v.zone = opt.Location
	}
	b := bufio.NewWriter(w)
	if err := t.ExecuteTemplate(b, "page.tmpl", v.page(string(css))); err != nil {
		return err
	}
	return b.Flush()
}

// contentPolicy forbids the page to load or run anything but its own styles.
func contentPolicy(css string) string {
	sum := sha256.Sum256([]byte(css))
	return "default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-" +
		base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

func (v *view) page(css string) page {
	detailed := v.detailed()
	for _, n := range detailed {
		v.shown[n] = true
	}
	p := page{
		language: v.language, CSS: template.CSS(css), Policy: contentPolicy(css),
		Inputs: v.inputs(), Dates: v.dateRange(), Lede: v.lede(), Cards: v.cards(),
		Skipped: v.skipped(), SkippedName: v.say("skipped", "n", number(len(v.opt.Skipped))), About: v.about(),
	}
	if v.opt.Run.Version != "" {
		p.Version = v.say("version", "version", v.opt.Run.Version)
	}
	for i, n := range detailed {
		p.Stories = append(p.Stories, v.story(n))
		if i < contentsStories {
			p.Contents = append(p.Contents, v.row(n))
		}
	}
	var more, singles []int
	for n, s := range v.r.Stories {
		switch {
		case v.shown[n]:
		case len(s.Members) == 1:
			singles = append(singles, n)
		default:
			more = append(more, n)
		}
	}
	p.More, p.Singles = v.list("more_stories", more), v.list("singles", singles)
	p.Notes = v.notes(len(detailed), len(detailed)+len(more))
	return p
}

// detailed returns the stories shown in full: the largest of those with
// several articles, or, if there are none, nothing.
func (v *view) detailed() []int {
	var list []int
	for n, s := range v.r.Stories {
		if len(list) == detailedStories {
			break
		}
		if len(s.Members) > 1 {
			list = append(list, n)
		}
	}
	return list
}

func (v *view) list(name string, stories []int) storyList {
	l := storyList{Name: v.say(name, "n", number(len(stories)))}
	for _, n := range stories[:min(len(stories), listedStories)] {
		l.Rows = append(l.Rows, v.row(n))
	}
	if len(l.Rows) < len(stories) {
		l.Cut = v.mark("list_cut", "shown", template.HTML(number(len(l.Rows))), "all", template.HTML(number(len(stories))),
			"file", fileLink("stories.jsonl"))
	}
	return l
}

// lede is the one sentence that tells the outcome of the run.
func (v *view) lede() template.HTML {
	c := v.r.Counts
	strong := func(noun string, n int) template.HTML {
		return template.HTML("<b>" + template.HTMLEscapeString(v.count(noun, n)) + "</b>")
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
func (v *view) notes(shown, all int) []template.HTML {
	c := v.r.Counts
	counted := func(noun string, n int) template.HTML { return template.HTML(v.count(noun, n)) }
	var notes []template.HTML
	switch {
	case c.Undated > 0 && c.Relative > 0:
		notes = append(notes, v.mark("note_undated_relative", "articles", counted("articles", c.Undated), "relative", counted("articles", c.Relative)))
	case c.Undated > 0:
		notes = append(notes, v.mark("note_undated", "articles", counted("articles", c.Undated)))
	}
	if n := len(v.opt.Skipped); n > 0 {
		notes = append(notes, v.mark("note_skipped", "records", counted("records_of", n), "file", fileLink("skipped.jsonl")))
	}
	if c.Termless > 0 {
		notes = append(notes, v.mark("note_termless", "articles", counted("articles", c.Termless)))
	}
	if shown < all {
		notes = append(notes, v.mark("note_bounded", "shown", template.HTML(number(shown)), "all", template.HTML(number(all)), "file", fileLink("stories.jsonl")))
	}
	return notes
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
	a := aboutView{Settings: run.Settings, Warnings: run.Warnings}
	for _, in := range run.Inputs {
		a.Inputs = append(a.Inputs, fact{in.Name, v.count("articles", in.Articles), in.SHA256})
	}
	a.Zone = v.say("about_times", "zone", v.zone.String())
	for _, rel := range []qissa.Relation{qissa.First, qissa.Verbatim, qissa.Shortened, qissa.Edited, qissa.PartlyCopied, qissa.OwnWording} {
		a.Labels = append(a.Labels, fact{v.Text["relation_"+string(rel)], v.Text["label_"+string(rel)], string(rel)})
	}
	return a
}
