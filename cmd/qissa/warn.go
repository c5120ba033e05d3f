package main

import (
	"errors"
	"fmt"
	"hash/maphash"
	"slices"
	"strings"
	"unicode"

	"qissa"
	"qissa/article"
)

const (
	shortArticle  = 20  // words
	otherLanguage = 0.1 // share of articles in another script that is worth a word
)

// warnOfArticles tells what about the articles makes the result less certain.
func (t *talk) warnOfArticles(d *dump) {
	var few, foreign, repaired, characters, recoded int
	ids := map[string]int{}
	for _, a := range d.articles {
		if short(a) {
			few++
		}
		if !mostlyArabic(a) {
			foreign++
		}
		if a.Repaired > 0 {
			repaired++
			characters += a.Repaired
		}
		if a.Recoded {
			recoded++
		}
		if a.ID != "" {
			ids[a.ID]++
		}
	}
	if repaired > 0 {
		t.warn("%s damaged in %s; dropped, or shown as \ufffd", count(characters, "character is", "characters are"), count(repaired, "article", "articles"))
	}
	if recoded > 0 {
		t.warn("%s UTF-8 that was encoded twice; repaired", count(recoded, "article is", "articles are"))
	}
	if few > 0 {
		t.warn("%s fewer than %d words; kept, but what they report is less certain", count(few, "article has", "articles have"), shortArticle)
	}
	if share := float64(foreign) / float64(len(d.articles)); share > otherLanguage {
		t.warn("%.0f %% of the articles are not mostly in Arabic letters; results are only tuned for Arabic", 100*share)
	}
	t.warnOfDates(d.articles)
	t.warnOfIDs(ids)
}

// warnOfDates tells which articles cannot be placed in time.
func (t *talk) warnOfDates(articles []article.Article) {
	var undated, relative int
	var unread, ago []string
	for _, a := range articles {
		switch {
		case a.Precision == article.Relative:
			relative++
			if a.Time.IsZero() {
				ago = append(ago, a.TimeRaw)
			}
		case a.Time.IsZero() && a.TimeRaw != "":
			unread = append(unread, a.TimeRaw)
		case a.Time.IsZero():
			undated++
		}
	}
	const apart = `compared by text alone, and never "first"`
	if undated > 0 {
		t.warn("%s no date; %s", count(undated, "article has", "articles have"), apart)
	}
	if len(unread) > 0 {
		t.warn("%s unknown or impossible (%q); %s", count(len(unread), "date is", "dates are"), slices.Min(unread), apart)
	}
	if len(ago) > 0 {
		t.warn("%s relative (\"%s\"); give --now to place them", count(len(ago), "date is", "dates are"), slices.Min(ago))
	} else if relative > 0 {
		t.warn("%s relative and placed by --now; never \"first\"", count(relative, "date is", "dates are"))
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
		t.warn("%s more than once (%q %d times); kept as %s, %s#2, …", count(repeated, "id occurs", "ids occur"), example, ids[example], example, example)
	}
}

// warnOfResult tells which articles and stories need a look.
func (t *talk) warnOfResult(r *qissa.Result) {
	if n := len(r.Termless); n > 0 {
		var places []string
		for _, e := range termless(r)[:min(n, shownSkipped)] {
			places = append(places, fmt.Sprintf("%s:%d: %v", e.File, e.Line, e.Err))
		}
		if n > shownSkipped {
			places = append(places, "…")
		}
		t.warn("%s kept apart, for want of a word to compare: %s", count(n, "article is", "articles are"), strings.Join(places, "; "))
	}
	if n := len(r.TooShort); n > 0 {
		a := r.Articles[r.TooShort[0]]
		t.warn("%s kept apart, with too few words to compare, as in %s:%d (%q)", count(n, "article is", "articles are"), a.Origin.File, a.Origin.Line, opening(strings.TrimSpace(a.Title+" "+a.Body), 40))
	}
	if n := len(r.Unknown); n > 0 {
		t.warn("%s of articles that are not there, such as %v; left out", count(n, "correction is", "corrections are"), r.Unknown[0])
	}
	for _, s := range r.Stories {
		if slices.Contains(s.Review, "giant") {
			t.warn("story %s holds %s of %s articles; look at it, a higher --story splits it", s.ID, number(len(s.Members)), number(len(r.Articles)))
		}
	}
}

// termless lists the articles that were kept but could not be compared.
func termless(r *qissa.Result) []*article.RecordError {
	var list []*article.RecordError
	for _, i := range r.Termless {
		a := r.Articles[i]
		text := strings.TrimSpace(a.Title + "\n" + a.Body)
		why := "no word in it"
		if strings.ContainsFunc(text, unicode.IsLetter) {
			why = "only stop words"
		}
		list = append(list, &article.RecordError{File: a.Origin.File, Line: a.Origin.Line, Code: "no_terms",
			Err: errors.New(why), Excerpt: opening(text, 200)})
	}
	return list
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

// short tells whether an article has few words, roughly, as a reader counts.
func short(a article.Article) bool {
	words := 0
	for _, text := range []string{a.Title, a.Body} {
		for range strings.FieldsSeq(text) {
			if words++; words == shortArticle {
				return false
			}
		}
	}
	return true
}

// mostlyArabic tells whether half of the letters or more are Arabic. The start
// of the text is enough to tell.
func mostlyArabic(a article.Article) bool {
	arabic, letters := 0, 0
	for _, text := range []string{a.Title, opening(a.Body, 200)} {
		for _, r := range text {
			if 'ء' <= r && r <= 'ي' && r != 'ـ' || unicode.Is(unicode.Arabic, r) && unicode.IsLetter(r) {
				arabic++
				letters++
			} else if unicode.IsLetter(r) {
				letters++
			}
		}
	}
	return 2*arabic >= letters
}

// exactCopies counts the articles whose title and text another has too, letter
// for letter.
func exactCopies(articles []article.Article) int {
	seeds := [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()} // 128 bits: no two texts meet by chance
	seen := make(map[[4]uint64]bool, len(articles))
	for _, a := range articles {
		seen[[4]uint64{maphash.String(seeds[0], a.Title), maphash.String(seeds[1], a.Title),
			maphash.String(seeds[0], a.Body), maphash.String(seeds[1], a.Body)}] = true
	}
	return len(articles) - len(seen)
}
