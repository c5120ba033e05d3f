package report

import (
	"bufio"
	"cmp"
	"fmt"
	"html"
	"io"
	"regexp"
	"strings"
	"time"

	"qissa"
	"qissa/article"
)

// MarkdownOptions are the settings of [Markdown].
type MarkdownOptions struct {
	Lang    string         // "ar" or "en"; "" means "ar"
	Zone    *time.Location // in which times are shown, and which the digest names; nil means UTC
	Stories int            // the largest that are written; 0 means 20
}

// Markdown writes a digest of the largest stories of several articles, ready to
// paste into a mail: headline, how many articles in how many outlets, who had
// it first, and a line for each article.
func Markdown(w io.Writer, r *qissa.Result, opt MarkdownOptions) error {
	v, err := newView(r, HTMLOptions{Lang: opt.Lang, Location: opt.Zone})
	if err != nil {
		return err
	}
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "# %s\n\n%s\n", v.Text["title"], markdownText(html.UnescapeString(htmlTag.ReplaceAllString(string(v.lede()), ""))))
	if v.zone != time.UTC {
		fmt.Fprintf(b, "\n%s\n", markdownText(v.say("about_times", "zone", v.zone.String())))
	}
	most := cmp.Or(opt.Stories, 20)
	for n, s := range r.Stories {
		if n == most || n > 0 && len(s.Members) == 1 {
			break
		}
		fmt.Fprintf(b, "\n## %s\n\n%s · %s\n\n", markdownText(v.title(s.Representative)), v.count("articles", len(s.Members)), v.count("sources", len(s.Sources)))
		for _, m := range s.Members {
			a := r.Articles[m.Article]
			title := markdownText(v.title(m.Article))
			if link := webLink(a.URL); link != "" {
				title = "[" + title + "](<" + strings.NewReplacer("<", "%3C", ">", "%3E", "\n", "").Replace(Harmless(link)) + ">)"
			}
			relation := "relation_" + string(m.Relation)
			if m.Relation == qissa.First && !dated(a) {
				relation = "relation_first_undated"
			}
			parts := []string{title, markdownText(plain(a.Source)), timeText(article.Article{Time: v.local(a), Precision: a.Precision}), v.Text[relation]}
			fmt.Fprintf(b, "- %s\n", strings.Join(nonEmpty(parts), " · "))
		}
	}
	return b.Flush()
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
