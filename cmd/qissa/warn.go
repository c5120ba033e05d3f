package main

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"qissa"
	"qissa/article"
	"qissa/report"
)

const (
	shortArticle  = 20  // words
	otherLanguage = 0.1 // share of articles in another script that is worth a word
)

// warnOfArticles tells what about the articles makes the result less certain.
func (t *talk) warnOfArticles(d *dump) {
	n := &d.notes
	if n.repaired > 0 {
		t.warn("damaged_characters", "%s damaged in %s; dropped, or shown as \ufffd", nouns(n.characters, "character is", "characters are"), nouns(n.repaired, "article", "articles"))
	}
	if n.recoded > 0 {
		t.warn("recoded", "%s UTF-8 that was encoded twice; repaired", nouns(n.recoded, "article is", "articles are"))
	}
	if n.short > 0 {
		t.warn("short", "%s fewer than %d words; kept, but what they report is less certain", nouns(n.short, "article has", "articles have"), shortArticle)
	}
	if share := float64(n.foreign) / float64(len(d.articles)); share > otherLanguage {
		t.warn("foreign", "%.0f %% of the articles are not mostly in Arabic letters; results are only tuned for Arabic", 100*share)
	}
	t.warnOfLanguages(n.languages, len(d.articles))
	t.warnOfEmpty(n, len(d.articles))
	t.warnOfDates(d.articles, d.latest)
	t.warnOfIDs(n.ids)
}

// warnOfLanguages names the languages other than Arabic that have its letters.
func (t *talk) warnOfLanguages(languages map[string]int, articles int) {
	var parts []*article.Message
	others := 0
	for _, code := range slices.SortedFunc(maps.Keys(languages), func(a, b string) int {
		return cmp.Or(cmp.Compare(languages[b], languages[a]), cmp.Compare(a, b))
	}) {
		if code != article.Arabic {
			others += languages[code]
			parts = append(parts, article.Messagef("language_"+code, "%s %s", figure(languages[code]), article.LanguageName(code)))
		}
	}
	if float64(others) > otherLanguage*float64(articles) {
		t.warn("languages", "%s in another language with Arabic letters (%s); results are only tuned for Arabic", nouns(others, "article is", "articles are"), article.List(parts, ", "))
	}
}

// nearlyAll is the share of articles without a text or a title from which that is
// worth a word.
const nearlyAll = 0.9

// warnOfEmpty tells that titles or texts are compared alone.
func (t *talk) warnOfEmpty(n *notes, articles int) {
	if float64(n.bodyless) >= nearlyAll*float64(articles) {
		t.warn("bodyless", "%s of %s no text; titles alone are compared", figure(n.bodyless), nouns(articles, "article has", "articles have"))
	}
}

// warnOfDates tells which articles cannot be placed in time.
func (t *talk) warnOfDates(articles []article.Article, latest time.Time) {
	var undated, relative int
	var unread, ago, future []string
	for _, a := range articles {
		switch {
		case a.Precision == article.Relative:
			relative++
			if a.Time.IsZero() {
				ago = append(ago, a.TimeRaw)
			}
		case a.IsFuture(latest):
			future = append(future, a.TimeRaw)
		case a.Time.IsZero() && a.TimeRaw != "":
			unread = append(unread, a.TimeRaw)
		case a.Time.IsZero():
			undated++
		}
	}
	const apart = `compared by text alone, and never "first"`
	if undated > 0 {
		t.warn("undated", "%s no date; %s", nouns(undated, "article has", "articles have"), apart)
	}
	if len(unread) > 0 {
		t.warn("unread_dates", "%s unknown or impossible (%q); %s", nouns(len(unread), "date is", "dates are"), slices.Min(unread), apart)
	}
	if len(future) > 0 {
		t.warn("future_dates", "%s in the future (%q); taken for unknown", nouns(len(future), "date is", "dates are"), slices.Max(future))
	}
	if len(ago) > 0 {
		t.warn("relative_dates", "%s relative (\"%s\"); give --now to place them", nouns(len(ago), "date is", "dates are"), slices.Min(ago))
	} else if relative > 0 {
		t.warn("relative_placed", "%s relative and placed by --now; never \"first\"", nouns(relative, "date is", "dates are"))
	}
}

// warnOfIDs tells how articles with one id are kept apart.
func (t *talk) warnOfIDs(ids map[string]int) {
	repeated, example := 0, ""
	for id, n := range ids {
		if n < 2 {
			continue
		}
		repeated++
		if example == "" || n > ids[example] || n == ids[example] && id < example {
			example = id
		}
	}
	if repeated > 0 {
		t.warn("repeated_ids", "%s more than once (%q %d times); kept as %s, %s, …", nouns(repeated, "id occurs", "ids occur"), report.ShortID(example), ids[example], report.ShortID(example), report.ShortID(example)+"#2")
	}
}

// warnOfResult tells which articles and stories need a look.
func (t *talk) warnOfResult(r *qissa.Result) {
	for _, m := range report.Warnings(r) {
		t.warned(m)
	}
}

// opening returns the first n code points of s.
func opening(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}
