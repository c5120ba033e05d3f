package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"qissa"
	"qissa/article"
)

// What --purify takes out.
const (
	purifyNothing   = "nothing"
	purifyDocuments = "documents"
	purifyPassages  = "passages"
)

// contamination finds the items of --against that stand in articles of the input, others
// of them first, and tells of them by file.
func (v *dedupVerb) contamination(ctx context.Context, all []article.Article, others int, d *dump) ([]qissa.Contamination, error) {
	opt := qissa.DefaultContaminationOptions()
	opt.Share, opt.Other = v.share, func(i int) bool { return i < others }
	opt.Jobs, opt.Spill, opt.Progress = v.jobs, d.scratch.keep, clearing(v.talk.progress)
	found, err := qissa.FindContamination(ctx, all, opt)
	if err != nil {
		return nil, err
	}
	items, in, names := map[string]int{}, map[string]int{}, []string{}
	for i := range all[:others] {
		name := all[i].Origin.File
		if items[name]++; items[name] == 1 {
			names = append(names, name)
		}
	}
	for _, c := range found {
		in[all[c.Item].Origin.File]++
	}
	for _, name := range names {
		v.talk.say("%s: %s of %s found in the input, or hold a record of it (%.1f %%)", name, number(in[name]), count(items[name], "record", "records"), 100*float64(in[name])/float64(items[name]))
	}
	return found, nil
}

// purified returns for each article that --purify takes out the item that it holds most of,
// nil for the others.
func (v *dedupVerb) purified(found []qissa.Contamination, articles int) []*qissa.Repeat {
	out := make([]*qissa.Repeat, articles)
	if v.purify != purifyDocuments {
		return out
	}
	for _, c := range found {
		for _, h := range c.Holders {
			if r := out[h.Article]; r == nil || h.Holds > r.Covers {
				out[h.Article] = &qissa.Repeat{Of: c.Item, How: qissa.Contaminated, Copied: h.Held, Covers: h.Holds}
			}
		}
	}
	return out
}

// findRepeats finds what articles repeat, but for those that are out already: these are
// repeated by none.
func (v *dedupVerb) findRepeats(ctx context.Context, all []article.Article, others int, out []*qissa.Repeat, d *dump) ([]*qissa.Repeat, error) {
	var left []int
	var articles []article.Article
	for i, r := range out {
		if r == nil {
			left, articles = append(left, i), append(articles, all[i])
		}
	}
	opt := qissa.DefaultRepeatOptions()
	opt.Level, opt.Window, opt.Jobs = qissa.DedupLevel(v.level), time.Duration(v.window), v.jobs
	opt.Spill, opt.Progress = d.scratch.keep, clearing(v.talk.progress)
	opt.Copy = v.share
	opt.Keep = func(i int) bool { return left[i] < others }
	var err error
	if opt.Prefer, err = preference(v.keep, articles); err != nil {
		return nil, err
	}
	repeats, err := qissa.FindRepeats(ctx, articles, opt)
	if err != nil {
		return nil, err
	}
	for i, r := range repeats {
		if r != nil {
			r.Of = left[r.Of]
		}
		out[left[i]] = r
	}
	return out, nil
}

// checkPurify refuses --purify without a corpus to purify of.
func (v *dedupVerb) checkPurify() error {
	if v.purify != purifyNothing && len(v.against) == 0 {
		return usage("--purify %s wants --against OTHER: what to purify the input of", v.purify)
	}
	return nil
}

// contaminationName is the name of the report on contamination.
func contaminationName(stem string) string {
	return fmt.Sprintf("%s.contamination.jsonl", strings.TrimSuffix(stem, "."))
}

// keepNone keeps no article that has a repeat.
const keepNone = "none"

// dropRepeated drops the articles of which others are repeats too, as repeats of the one
// that repeats them most. Those of other corpora stay.
func dropRepeated(repeats []*qissa.Repeat, others int) {
	by := map[int]*qissa.Repeat{}
	for i, r := range repeats {
		if r == nil || r.Of < others || r.How == qissa.Contaminated {
			continue
		}
		if x := by[r.Of]; x == nil || r.Covers > x.Copied {
			by[r.Of] = &qissa.Repeat{Of: i, How: r.How, Copied: r.Covers, Covers: r.Copied}
		}
	}
	for i, r := range by {
		repeats[i] = r
	}
}
