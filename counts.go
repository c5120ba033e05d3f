package qissa

import (
	"slices"

	"qissa/article"
)

// Chosen by eye on the stories of two dumps.
const (
	giantShare = 0.05 // of all articles, from which a story is marked for review
	giantSize  = 50   // articles that such a story has at least
)

// Recount sets what depends on all articles and stories together: the review note of a
// giant story, and the counts but for those of pairs and passages.
func (r *Result) Recount() {
	for i := range r.Stories {
		r.Stories[i].noteGiant(len(r.Articles))
	}
	c := count(r, func(int) bool { return true })
	c.SimilarPairs, c.AlignedPairs, c.Flooded = r.Counts.SimilarPairs, r.Counts.AlignedPairs, r.Counts.Flooded
	r.Counts = c
}

// noteGiant sets the review note of a giant story in a run of so many articles.
func (s *Story) noteGiant(articles int) {
	s.Review = slices.DeleteFunc(s.Review, func(x Review) bool { return x == Giant })
	if n := len(s.Members); n >= giantSize && float64(n) > giantShare*float64(articles) {
		s.Review = append(s.Review, Giant)
	}
}

// count counts what the stories of a result that have members are, and the articles that
// are told.
func count(r *Result, told func(article int) bool) Counts {
	c := Counts{Termless: len(r.Termless), TooShort: len(r.TooShort)}
	sources := map[string]bool{}
	words, repeated := 0, 0.0
	for i := range r.Articles {
		if !told(i) {
			continue
		}
		a := &r.Articles[i]
		c.Articles++
		if a.Source != "" {
			sources[a.Source] = true
		}
		if !a.HasClock() {
			c.Undated++
		}
		if a.Precision == article.Relative && !a.HasClock() {
			c.Relative++
		}
		words += r.Words[i]
	}
	c.Sources = len(sources)
	for _, s := range r.Stories {
		if len(s.Members) == 0 {
			continue
		}
		c.Stories++
		c.Largest = max(c.Largest, len(s.Members))
		if len(s.Members) == 1 {
			c.Single++
		} else {
			c.Multiple++
			if s.FirstReason == FirstByCrawl {
				c.FirstWithheld++
			}
			if len(s.Sources) > 1 && len(s.Origins) == 1 {
				c.OneOrigin++
			}
		}
		if len(s.Review) > 0 {
			c.ToReview++
		}
		for _, m := range s.Members {
			repeated += m.Copied * float64(r.Words[m.Article])
			switch m.Relation {
			case Verbatim, Shortened, Edited:
				c.Copies++
			}
		}
	}
	if words > 0 {
		c.RepeatedText = repeated / float64(words)
	}
	return c
}
