package report

import (
	"bufio"
	"cmp"
	"fmt"
	"html"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"

	"qissa"
)

// MarkdownOptions are the settings of [Markdown].
type MarkdownOptions struct {
	Lang    string         // "ar" or "en"; "" means "ar"
	Zone    *time.Location // in which times are shown, and which the digest names; nil means UTC
	Stories int            // the largest that are written; 0 means 20
}

// Markdown writes a digest of the largest stories of several articles, ready to
// paste into a mail: headline, how many articles in how many outlets and of how many
// origins, the figures that differ, and a line for each article.
func Markdown(w io.Writer, r *qissa.Result, opt MarkdownOptions) error {
	v, err := newView(r, HTMLOptions{Lang: opt.Lang, Location: opt.Zone})
	if err != nil {
		return err
	}
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "# %s\n\n%s\n", v.Text["title"], markdownText(html.UnescapeString(htmlTag.ReplaceAllString(string(v.lede()), ""))))
	if r.Counts.FirstWithheld > 0 {
		fmt.Fprintf(b, "\n%s\n", markdownText(v.crawlNote()))
	}
	if v.dateRange() != "" {
		fmt.Fprintf(b, "\n%s\n", markdownText(v.say("about_zone", "zone", v.zoneName())))
	}
	told := map[int]bool{}
	chosen := chosenStories(r, cmp.Or(opt.Stories, 20))
	for _, n := range chosen {
		group := []int{n}
		if l, ok := v.storyline(n); ok {
			group = slices.DeleteFunc(slices.Clone(l.Stories), func(s int) bool { return !slices.Contains(chosen, s) })
			if len(group) > 1 && !told[n] {
				fmt.Fprintf(b, "\n## %s: %s\n\n%s\n", v.Text["line"], markdownText(headlineOf(v.title(l.Title))), v.lineCounts(l))
			}
		}
		for _, s := range group {
			if !told[s] {
				told[s] = true
				level, line := 2, v.lineOf(r.Stories[s])
				if len(group) > 1 { // in the part of its storyline
					level, line = 3, ""
				}
				v.digest(b, level, r.Stories[s], line, func(qissa.Member) bool { return true })
			}
		}
	}
	return b.Flush()
}

// chosenStories returns the largest stories of several articles, or the largest one.
func chosenStories(r *qissa.Result, most int) []int {
	var chosen []int
	for n, s := range r.Stories[:min(most, len(r.Stories))] {
		if n == 0 || len(s.Members) > 1 {
			chosen = append(chosen, n)
		}
	}
	return chosen
}

// digest writes one story under a heading of that level, with those of its articles that
// are wanted; beside stands behind the outlets.
func (v *view) digest(b *bufio.Writer, level int, s qissa.Story, beside string, wanted func(qissa.Member) bool) {
	fmt.Fprintf(b, "\n%s %s\n\n%s · %s\n\n", strings.Repeat("#", level), markdownText(headlineOf(v.title(s.Representative))), v.count("articles", len(s.Members)), v.sources(s)+beside)
	if lines := v.differing(s); lines != "" {
		fmt.Fprintf(b, "%s\n\n", lines)
	}
	for _, m := range s.Members {
		if wanted(m) {
			fmt.Fprintf(b, "- %s\n", v.memberLine(m))
		}
	}
}

// memberLine is an article of a story as a line of Markdown.
func (v *view) memberLine(m qissa.Member) string {
	a := v.r.Articles[m.Article]
	title := markdownText(headlineOf(v.title(m.Article)))
	if link := webLink(a.URL); link != "" {
		title = "[" + title + "](<" + strings.NewReplacer("<", "%3C", ">", "%3E", "\n", "").Replace(Harmless(link)) + ">)"
	}
	relation, when := v.relation(m), ""
	if dated(a) {
		when = v.moment(a).Text
	} else if m.Relation == qissa.First {
		relation = v.Text["relation_first_undated"]
	}
	return strings.Join(nonEmpty([]string{title, markdownText(plain(a.Source)), when, relation}), " · ")
}

// lineOf tells how wide a story's storyline is, if it is wider than the story.
func (v *view) lineOf(s qissa.Story) string {
	l := storylineRecord(v.r, s)
	if l == nil || l.Stories < 2 {
		return ""
	}
	return " · " + v.say("digest_storyline", "stories", v.count("stories_of", l.Stories), "articles", v.count("articles_of", l.Size))
}

// differing tells the figures of a story that differ: «قتلى: 7 ← 9 ← 12».
func (v *view) differing(s qissa.Story) string {
	const most = 3
	arrow := " → "
	switch {
	case s.FirstReason != "":
		arrow = " · "
	case v.Code == "ar":
		arrow = " ← "
	}
	var lines []string
	for _, f := range s.Figures {
		if !f.Differ || len(lines) == most {
			break
		}
		var values []string
		for _, value := range f.Values[:min(len(f.Values), 6)] {
			values = append(values, markdownText(plain(value.Text)))
		}
		of := markdownText(plain(f.Of))
		if f.Of == "%" {
			of = v.Text["figure_percent"]
		}
		lines = append(lines, of+": "+strings.Join(values, arrow))
	}
	if len(lines) == 0 {
		return ""
	}
	return v.Text["figures"] + ": " + strings.Join(lines, v.Text["semicolon"]+" ")
}

var htmlTag = regexp.MustCompile(`<[^>]*>`)

func nonEmpty(parts []string) []string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return kept
}

// markdownText escapes what Markdown would take for its own.
func markdownText(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "`", "\\`", "[", `\[`, "]", `\]`, "<", `\<`, ">", `\>`, "#", `\#`, "|", `\|`).Replace(s)
}
