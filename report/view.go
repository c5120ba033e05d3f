package report

import (
	"cmp"
	"html"
	"html/template"
	"net/url"
	"slices"
	"strings"
	"time"

	"qissa"
)

const (
	plainStories   = 50  // stories that a reader without scripts sees
	listedMembers  = 60  // articles of one story that are listed
	listedSkipped  = 100 // records that were not read
	leadLength     = 300 // characters of the opening of an article
	titleLength    = 240 // characters of a headline
	titleWords     = 14  // words of the text that stand for a headline
	strongCohesion = 0.75
	weakCohesion   = 0.5
)

// A view turns the parts of a result into what the page's template shows.
type view struct {
	*language
	r    *qissa.Result
	opt  HTMLOptions
	zone *time.Location

	outlets []Outlet
	flows   []Flow

	borrowings map[int][]int // by story; nil before the first is asked for
}

// A storyRow is a story on one line.
type storyRow struct {
	ID, Anchor, Title, Dir, Size, Articles, Sources, When string
	Review                                                bool
}

type storyView struct {
	storyRow
	Why, Lead  string
	Line       lineView
	Facts      []fact
	Phrases    []string
	Flags      []string
	Members    []memberView
	MembersCut template.HTML
	Near       []nearView

	Borrowed     []borrowedView
	BorrowedMore string
}

// A lineView is the storyline of a story, and its stories in the order of time; without
// a name where it has no other.
type lineView struct {
	Name    string
	Stories []lineStory
}

type lineStory struct {
	storyRow
	Here bool
}

type fact struct{ Name, Value, Note string }

type memberView struct {
	Letter, Title, Dir, URL, Source, Label, Class, Copied string
	Share                                                 float64 // 0 to 100
	When                                                  moment
}

type nearView struct {
	storyRow
	Shared string
	Share  float64 // 0 to 100
}

// title returns the headline of an article, or the start of its text, or says
// that it has neither.
func (v *view) title(n int) string {
	return cmp.Or(v.knownTitle(n), v.Text["no_title"])
}

func (v *view) knownTitle(n int) string {
	a := &v.r.Articles[n]
	line := func(s string) string { return cut(plain(s), titleLength) }
	if title := line(opening(a.Title, 4*titleLength)); title != "" {
		return title
	}
	words := strings.Fields(line(html.UnescapeString(opening(a.LoadBody(nil), 4*titleLength))))
	if len(words) > titleWords {
		return strings.Join(words[:titleWords], " ") + "…"
	}
	return strings.Join(words, " ")
}

// lead returns the opening of an article, "" if the page is to hold no text.
func (v *view) lead(n int) string {
	if v.opt.Texts == "none" {
		return ""
	}
	body := plain(html.UnescapeString(opening(v.r.Articles[n].LoadBody(nil), 4*leadLength)))
	if body == "" {
		return v.Text["no_text"]
	}
	return cut(body, leadLength)
}

func (v *view) source(n int) string {
	if s := plain(v.r.Articles[n].Source); s != "" {
		return cut(s, titleLength)
	}
	return v.Text["unknown_source"]
}

func (v *view) row(n int) storyRow {
	s := v.r.Stories[n]
	title := v.title(s.Representative)
	row := storyRow{
		ID: s.ID, Title: title, Dir: direction(title), Review: len(s.Review) > 0,
		Size: number(len(s.Members)), Articles: v.count("articles", len(s.Members)), Sources: v.sources(s), When: v.Text["undated"],
	}
	if len(s.Members) == 1 {
		row.Sources = v.source(s.Representative)
	}
	if s.Earliest >= 0 {
		a := v.r.Articles[s.Earliest]
		row.When = v.shortDate(v.local(a))
	}
	if n < plainStories {
		row.Anchor = "#" + s.ID
	}
	return row
}

func (v *view) story(n int) storyView {
	s := v.r.Stories[n]
	sv := storyView{storyRow: v.row(n), Why: v.Text["reason_"+string(s.Reason)], Lead: v.lead(s.Representative)}
	for _, p := range s.KeyPhrases {
		sv.Phrases = append(sv.Phrases, plain(p))
	}
	for _, why := range s.Review {
		sv.Flags = append(sv.Flags, v.Text["review_"+string(why)])
	}
	sv.Facts, sv.Line = v.facts(s), v.line(n)
	for i, m := range s.Members {
		if i == listedMembers {
			more := v.count("more_articles", len(s.Members)-i)
			sv.MembersCut = v.mark("members_cut", "articles", template.HTML(more), "file", fileLink("articles.csv"))
			break
		}
		sv.Members = append(sv.Members, v.member(s, i, m))
	}
	for _, near := range s.Neighbours {
		sv.Near = append(sv.Near, nearView{v.row(near.Story), v.say("shared", "share", percent(near.Shared)), 100 * near.Shared})
	}
	sv.Borrowed, sv.BorrowedMore = v.borrowed(n)
	return sv
}

// line returns the storyline of a story, with the stories that are nearest to it in time.
func (v *view) line(n int) lineView {
	const most = 8
	l, ok := v.storyline(n)
	if !ok {
		return lineView{}
	}
	lv := lineView{Name: v.say("line_part", "title", isolate(v.title(l.Title)), "counts", v.lineCounts(l))}
	here := slices.Index(l.Stories, n)
	from := max(0, min(here-most/2, len(l.Stories)-most))
	for _, s := range l.Stories[from:min(from+most, len(l.Stories))] {
		lv.Stories = append(lv.Stories, lineStory{v.row(s), s == n})
	}
	return lv
}

// storyline returns the storyline of a story, if that has other stories too.
func (v *view) storyline(n int) (qissa.Storyline, bool) {
	at := v.r.Stories[n].Storyline
	if at >= len(v.r.Storylines) || len(v.r.Storylines[at].Stories) < 2 {
		return qissa.Storyline{}, false
	}
	return v.r.Storylines[at], true
}

func (v *view) lineCounts(l qissa.Storyline) string {
	return v.say("line_counts", "stories", v.count("stories", len(l.Stories)), "articles", v.count("articles", l.Articles))
}

func (v *view) facts(s qissa.Story) []fact {
	first := fact{v.Text["first_publisher"], v.Text["first_withheld"], v.Text["why_first_"+string(s.FirstReason)]}
	seen := fact{v.Text["first_seen"], v.Text["undated"], ""}
	if s.First >= 0 {
		first.Value, first.Note = v.source(s.First), ""
	}
	if s.Earliest >= 0 {
		when := v.moment(v.r.Articles[s.Earliest])
		seen.Value, seen.Note = when.Text, when.Note
	}
	if s.FirstReason == qissa.FirstByCrawl {
		seen.Name = v.Text["collected"]
	}
	facts := []fact{first, seen}
	if len(s.Members) == 1 {
		return facts
	}
	if span := v.span(s); span != "" && s.FirstReason != qissa.FirstByCrawl {
		facts = append(facts, fact{v.Text["span"], span, ""})
	}
	return append(facts,
		fact{v.Text["repeated"], percent(s.RepeatedText), ""},
		fact{v.Text["cohesion"], v.cohesion(s), ""})
}

// cohesion is a story's cohesion in words.
func (v *view) cohesion(s qissa.Story) string {
	switch {
	case s.Cohesion >= strongCohesion:
		return v.Text["cohesion_strong"]
	case s.Cohesion >= weakCohesion:
		return v.Text["cohesion_medium"]
	}
	return v.Text["cohesion_weak"]
}

func (v *view) member(s qissa.Story, i int, m qissa.Member) memberView {
	a := v.r.Articles[m.Article]
	title := v.title(m.Article)
	mv := memberView{
		Letter: v.letter(i), Title: title, Dir: direction(title), URL: webLink(a.URL), Source: v.source(m.Article),
		Label: v.relation(m), Class: string(m.Relation),
		Share: 100 * m.Copied, When: v.moment(a),
	}
	if m.Relation == qissa.First && !dated(a) {
		mv.Label, mv.Class = v.Text["relation_first_undated"], "undated"
	}
	for j, other := range s.Members {
		if other.Article == m.CopyOf && m.Copied > 0 {
			key := "copied_from"
			if m.Order == qissa.Unknown {
				key = "shares_with"
			}
			mv.Copied = v.say(key, "share", percent(m.Copied), "letter", v.letter(j))
		}
	}
	return mv
}

// relation names what a member is to the one that it shares most with; where nobody
// knows who was first, that they share text.
func (v *view) relation(m qissa.Member) string {
	if m.Order == qissa.Unknown && m.Relation != qissa.OwnWording {
		return v.Text["shares_"+string(m.Relation)]
	}
	return v.Text["relation_"+string(m.Relation)]
}

// sources tells in how many outlets a story is and, of several articles, to how many
// texts it goes back.
func (v *view) sources(s qissa.Story) string {
	sources := v.count("sources", len(s.Sources))
	if len(s.Members) == 1 || len(s.Origins) == 0 {
		return sources
	}
	return v.say("sources_origins", "sources", sources, "origins", v.count("origins", len(s.Origins)))
}

// letter names the i-th article of a story: in Arabic by the order of the
// abjad, in English by the alphabet, beyond these by its number.
func (v *view) letter(i int) string {
	letters := []rune("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	if v.Code == "ar" {
		letters = []rune("أبجدهوزحطيكلمنسعفصقرشتثخذضظغ")
	}
	if i < len(letters) {
		return string(letters[i])
	}
	return number(i + 1)
}

// webLink returns the address if it is one of the web, and "" otherwise.
func webLink(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return u.String()
}

// fileLink is a link to another file of the run.
func fileLink(name string) template.HTML {
	name = template.HTMLEscapeString(name)
	return template.HTML(`<a href="` + name + `"><bdi dir="ltr">` + name + `</bdi></a>`)
}
