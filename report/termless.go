package report

import (
	"strings"
	"unicode"

	"qissa"
	"qissa/article"
)

// NoTerms is the code of an article that was kept, and could not be compared.
const NoTerms = "no_terms"

// Termless lists the articles that were kept but could not be compared.
func Termless(r *qissa.Result) []*article.RecordError {
	var list []*article.RecordError
	for _, i := range r.Termless {
		a := &r.Articles[i]
		text := strings.TrimSpace(a.Title + "\n" + a.LoadBody(nil))
		why := article.Messagef("no_word", "no word in it")
		if strings.ContainsFunc(text, unicode.IsLetter) {
			why = article.Messagef("stop_words", "only stop words")
		}
		list = append(list, &article.RecordError{File: a.Origin.File, Line: a.Origin.Line, Code: NoTerms, Err: why, Excerpt: opening(text, 200)})
	}
	return list
}
