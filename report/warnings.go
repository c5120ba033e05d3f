package report

import (
	"fmt"
	"slices"
	"strings"

	"qissa"
	"qissa/article"
)

// placesShown is how many places of articles a warning names: as many as fit its line.
const placesShown = 3

// Warnings tells which articles and stories of a result need a look.
func Warnings(r *qissa.Result) (list []*article.Message) {
	warn := func(code, format string, args ...any) { list = append(list, article.Messagef(code, format, args...)) }
	if n := len(r.Termless); n > 0 {
		var places []*article.Message
		for _, e := range Termless(r)[:min(n, placesShown)] {
			places = append(places, article.Messagef("at", "%s: %v", e.Place(), e.Err))
		}
		if n > placesShown {
			places = append(places, article.Messagef("more", "…"))
		}
		warn("termless", "%s kept apart, for want of a word to compare: %s", article.Count(n, "article is", "articles are"), article.List(places, "; "))
	}
	if n := len(r.TooShort); n > 0 {
		a := &r.Articles[r.TooShort[0]]
		warn("too_short", "%s kept apart, with too few words to compare, as in %s (%q)", article.Count(n, "article is", "articles are"), fmt.Sprintf("%s:%d", a.Origin.File, a.Origin.Line), opening(strings.TrimSpace(a.Title+" "+a.LoadBody(nil)), 40))
	}
	if n := len(r.Unknown); n > 0 {
		c := r.Unknown[0]
		c.A, c.B = ShortID(c.A), ShortID(c.B)
		warn("corrections_lost", "%s of articles that are not there, such as %v; left out", article.Count(n, "correction is", "corrections are"), c)
	}
	if n := len(r.Unobeyed); n > 0 {
		warn("corrections_against", "%v; %s not obeyed for that", r.Unobeyed[0], article.Count(n, "correction is", "corrections are"))
	}
	if r.Drawn > 0 {
		warn("corrections_draw", "corrections also gave %s other company, which they do not name: whole stories become one where an article of each is said to be of one story with the other", article.Count(r.Drawn, "article", "articles"))
	}
	for _, s := range r.Stories {
		if slices.Contains(s.Review, "giant") {
			warn("giant", "story %s holds %s of %s articles; look at it, a higher --story splits it", s.ID, figure(len(s.Members)), figure(r.Counts.Articles))
		}
	}
	return list
}

func figure(n int) article.Counted { return article.Counted{N: n, Text: number(n)} }

// ShortID shortens an id that is an address or longer, in its middle, so that
// a message stays on its line.
func ShortID(id string) string {
	const most, tail = 40, 12 // chosen by eye: hashes of 40 digits and UUIDs stay whole
	letters := []rune(id)
	if len(letters) <= most {
		return id
	}
	return string(letters[:most-tail-1]) + "…" + string(letters[len(letters)-tail:])
}
