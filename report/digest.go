package report

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"qissa"
)

// ChangesMarkdown writes a digest of what became of stories, ready to paste into a mail:
// the new ones, then those that go on with what is new in each, then what was put
// together, taken apart or taken back. The result holds the stories that are still
// there.
func ChangesMarkdown(w io.Writer, r *qissa.Result, changes []Change, opt MarkdownOptions) error {
	v, err := newView(r, HTMLOptions{Lang: opt.Lang, Location: opt.Zone})
	if err != nil {
		return err
	}
	d := &changeDigest{view: v, w: bufio.NewWriter(w), story: map[string]int{}}
	for i, s := range r.Stories {
		d.story[s.ID] = i
	}
	changes = slices.DeleteFunc(slices.Clone(changes), func(c Change) bool { return c.Cause == CausePrune }) // no news
	d.news = newsOf(changes)
	fmt.Fprintf(d.w, "# %s\n", v.Text["digest_title"])
	if len(changes) == 0 {
		fmt.Fprintf(d.w, "\n%s\n", v.Text["digest_nothing"])
	} else if v.dateRange() != "" {
		fmt.Fprintf(d.w, "\n%s\n", markdownText(v.say("about_zone", "zone", v.zoneName())))
	}
	most := cmp.Or(opt.Stories, 20)
	d.section("digest_new", d.listed(true), most)
	d.section("digest_grew", d.listed(false), most)
	d.others(changes)
	return d.w.Flush()
}

// A changeDigest is what the changes say of each story that is still there.
type changeDigest struct {
	*view
	news
	w     *bufio.Writer
	story map[string]int // number, by id
}

// listed returns the stories that are new, or that are not and have new articles: those
// with most articles first.
func (d *changeDigest) listed(fresh bool) []int {
	var list []int
	for i, s := range d.r.Stories {
		if d.fresh[s.ID] == fresh && slices.ContainsFunc(s.Members, d.cameInto(s)) {
			list = append(list, i)
		}
	}
	return list // the result has the largest first
}

// cameInto returns whether an article of a story came into it.
func (d *changeDigest) cameInto(s qissa.Story) func(qissa.Member) bool {
	return func(m qissa.Member) bool { return d.came(s.ID, d.r.Articles[m.Article].ID) }
}

// section writes stories, each with the articles that came. New ones of one article
// are only counted.
func (d *changeDigest) section(name string, stories []int, most int) {
	single := 0
	shown := slices.DeleteFunc(slices.Clone(stories), func(i int) bool {
		alone := len(d.r.Stories[i].Members) == 1
		if alone {
			single++
		}
		return alone
	})
	if len(stories) == 0 {
		return
	}
	fmt.Fprintf(d.w, "\n## %s\n", d.Text[name])
	for _, i := range shown[:min(most, len(shown))] {
		s := d.r.Stories[i]
		d.digest(d.w, 3, s, "", d.cameInto(s))
	}
	if more := len(shown) - most; more > 0 {
		fmt.Fprintf(d.w, "\n%s\n", d.say("digest_more", "stories", d.count("stories", more)))
	}
	if single > 0 {
		fmt.Fprintf(d.w, "\n%s\n", d.say("digest_single", "stories", d.count("stories", single)))
	}
}

// others writes what was put together, taken apart or taken back: each of it once, of
// stories that were there before the changes or came out of such.
func (d *changeDigest) others(changes []Change) {
	heading := d.Text["digest_corrected"]
	told := map[string]bool{}
	for _, c := range changes {
		title := markdownText(headlineOf(cmp.Or(plain(c.Title), d.Text["no_title"])))
		line := ""
		switch {
		case c.Kind == ChangeMerged && d.before[c.Story] && d.into[c.Story] == c.Into:
			line = d.say("digest_merged", "story", title)
			if n, ok := d.story[c.Into]; ok {
				line += ": " + markdownText(headlineOf(d.title(d.r.Stories[n].Representative)))
			}
		case c.Kind == ChangeSplit && !d.before[c.Story] && !d.fresh[c.Story] && d.into[c.Story] == "":
			line = d.say("digest_split", "story", title)
		case c.Kind == ChangeShrank && d.before[c.Story] && d.into[c.Story] == "" && d.lost(c.Story) > 0:
			line = d.say("digest_shrank", "story", title, "articles", d.count("articles_of", d.lost(c.Story)))
		case c.Kind == ChangeGone && d.before[c.Story]:
			line = d.say("digest_gone", "story", title)
		}
		if line == "" || told[c.Story+" "+string(c.Kind)] {
			continue
		}
		told[c.Story+" "+string(c.Kind)] = true
		if heading != "" {
			fmt.Fprintf(d.w, "\n## %s\n\n", heading)
			heading = ""
		}
		fmt.Fprintf(d.w, "- %s\n", strings.TrimSpace(line))
	}
}
