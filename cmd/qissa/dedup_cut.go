package main

import (
	"context"
	"fmt"

	"qissa"
	"qissa/article"
	"qissa/report"
)

// levelPassage cuts sentences out instead of dropping copies.
const levelPassage = "passage"

// cutWords is how many words a passage has at least to be cut: shorter sentences that two
// articles share are often stock phrases, without which the rest does not read.
const cutWords = 20

// checkCuts refuses what does not go with cutting.
func (v *dedupVerb) checkCuts() error {
	switch {
	case v.level == levelPassage && v.window > 0:
		return usage("--level passage knows no --window: a passage stands in an earlier article, or not")
	case v.level == levelPassage && v.keep == keepNone:
		return usage("--level passage knows no --keep none: one of several keeps the passage")
	case v.changed("min-words") && v.level != levelPassage && v.purify != purifyPassages:
		return usage("--min-words is for --level passage or --purify passages")
	}
	return nil
}

// dropsCopies reports whether articles are compared as a whole.
func (v *dedupVerb) dropsCopies() bool {
	return v.level != levelPassage && !(v.strip && !v.changed("level"))
}

// findCuts finds what is cut out of the articles that are not dropped, others of them first,
// and adds to the repeats what is dropped for it; nil if nothing is to be cut.
func (v *dedupVerb) findCuts(ctx context.Context, all []article.Article, others int, repeats []*qissa.Repeat, found []qissa.Contamination, d *dump) (*qissa.FoundCuts, error) {
	opt := qissa.CutOptions{
		Words: v.cutWords, Passages: v.level == levelPassage, Boilerplate: v.strip || v.level == levelPassage, Jobs: v.jobs,
		Spill: d.scratch.keep, Progress: clearing(v.talk.progress),
		Keep: func(i int) bool { return i < others },
		Skip: func(i int) bool { return repeats[i] != nil },
	}
	if v.purify == purifyPassages {
		opt.Contamination = found
	}
	if !opt.Passages && !opt.Boilerplate && v.purify != purifyPassages {
		return nil, nil
	}
	var err error
	if opt.Prefer, err = preference(v.keep, all); err != nil {
		return nil, err
	}
	cuts, err := qissa.FindCuts(ctx, all, opt)
	if err != nil {
		return nil, err
	}
	if cuts.LeftOut > 0 {
		v.talk.say("%s of passages in very many articles were not looked for: sentences of them may be left", count(cuts.LeftOut, "longer variant", "longer variants"))
	}
	for i, r := range cuts.Repeats {
		if r != nil {
			repeats[i] = r
		}
	}
	return cuts, nil
}

// whatCut tells out of how many articles that are kept something was cut.
func whatCut(d report.Deduplication) string {
	if d.Cuts == nil {
		return ""
	}
	articles, words := 0, 0
	for i, cuts := range d.Cuts.Cuts {
		if d.Repeats[i] == nil && cuts != nil {
			articles++
			for _, c := range cuts {
				words += c.Words
			}
		}
	}
	return fmt.Sprintf(" (%s cut out of %s of them)", count(words, "word", "words"), number(articles))
}
