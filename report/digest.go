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
	d := &changeDigest{view: v, w: bufio.NewWriter(w), story: map[string]int{}, came: map[string]map[string]bool{}, fresh: map[string]bool{}}
	for i, s := range r.Stories {
		d.story[s.ID] = i
	}
	changes = slices.DeleteFunc(slices.Clone(changes), func(c Change) bool { return c.Cause == CausePrune }) // no news
	d.take(changes)
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
	w     *bufio.Writer
	story map[string]int             // number, by id
	came  map[string]map[string]bool // articles that came into each story
	fresh map[string]bool            // stories that are new
}

// take adds up the changes of each story. What came into one that is a part of another
// now came into that.
func (d *changeDigest) take(changes []Change) {
	into := map[string]string{}
	for _, c := range changes {
		if c.Kind == ChangeMerged {
			into[c.Story] = c.Into
		}
		if c.Kind == ChangeNew {
			d.fresh[c.Story] = true
		}
	}
	for _, c := range changes {
		if c.Kind != ChangeNew && c.Kind != ChangeGrew {
			continue
		}
		id := c.Story
		for hops := 0; into[id] != "" && hops < len(into); hops++ {
			id = into[id]
		}
		if d.came[id] == nil {
			d.came[id] = map[string]bool{}
		}
		for _, a := range c.Added {
			d.came[id][a] = true
		}
	}
}

// listed returns the stories that are new, or that are not and grew: those with most
// articles first.
func (d *changeDigest) listed(fresh bool) []int {
	var list []int
	for i, s := range d.r.Stories {
		if len(d.came[s.ID]) > 0 && d.fresh[s.ID] == fresh {
			list = append(list, i)
		}
	}
	return list // the result has the largest first
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
		d.digest(d.w, 3, s, "", func(m qissa.Member) bool { return d.came[s.ID][d.r.Articles[m.Article].ID] })
	}
	if more := len(shown) - most; more > 0 {
		fmt.Fprintf(d.w, "\n%s\n", d.say("digest_more", "stories", d.count("stories", more)))
	}
	if single > 0 {
		fmt.Fprintf(d.w, "\n%s\n", d.say("digest_single", "stories", d.count("stories", single)))
	}
}

// others writes what was put together, taken apart or taken back.
func (d *changeDigest) others(changes []Change) {
	heading := d.Text["digest_corrected"]
	for _, c := range changes {
		title := markdownText(headlineOf(cmp.Or(plain(c.Title), d.Text["no_title"])))
		line := ""
		switch c.Kind {
		case ChangeMerged:
			line = d.say("digest_merged", "story", title)
			if n, ok := d.story[c.Into]; ok {
				line += ": " + markdownText(headlineOf(d.title(d.r.Stories[n].Representative)))
			}
		case ChangeSplit:
			line = d.say("digest_split", "story", title)
		case ChangeShrank:
			line = d.say("digest_shrank", "story", title, "articles", d.count("articles_of", len(c.Removed)))
		case ChangeGone:
			line = d.say("digest_gone", "story", title)
		}
		if line == "" {
			continue
		}
		if heading != "" {
			fmt.Fprintf(d.w, "\n## %s\n\n", heading)
			heading = ""
		}
		fmt.Fprintf(d.w, "- %s\n", strings.TrimSpace(line))
	}
}
