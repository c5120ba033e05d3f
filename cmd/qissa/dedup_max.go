package main

import (
	"context"
	"time"

	"qissa"
	"qissa/article"
)

// checkMax refuses what does not go with a number of articles that are kept.
func (v *dedupVerb) checkMax() error {
	switch {
	case v.most > 0 && v.level == levelPassage:
		return usage("--max does not go with --level passage: what was cut out of one article has to stay in another; cut first, then run dedup --max on what was written")
	case v.most > 0 && !v.dropsCopies():
		return usage("--max wants copies dropped first: add --level edited, or another, to --strip-boilerplate")
	}
	return nil
}

// dropSurplus adds to the repeats what is dropped so that no more than --max articles are
// kept.
func (v *dedupVerb) dropSurplus(ctx context.Context, all []article.Article, others int, repeats []*qissa.Repeat, d *dump) error {
	if v.most == 0 {
		return nil
	}
	opt := qissa.SurplusOptions{
		Max: v.most, Window: time.Duration(v.window), Jobs: v.jobs, Spill: d.scratch.keep, Progress: clearing(v.talk.progress),
		Skip: func(i int) bool { return repeats[i] != nil },
		Keep: func(i int) bool { return i < others },
	}
	var err error
	if opt.Prefer, err = preference(v.keep, all); err != nil {
		return err
	}
	surplus, err := qissa.FindSurplus(ctx, all, opt)
	for i, r := range surplus {
		if r != nil {
			repeats[i] = r
		}
	}
	return err
}
