package main

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"time"

	"qissa/internal/tiles"
	"qissa/report"
)

// join writes the files of the run.
func (v *shardsVerb) join(ctx context.Context, args []string) error {
	start := time.Now()
	if v.out.path == "" {
		return usage("shards join wants --out OUT, a folder for the files of the run")
	}
	w, err := v.openAll(args, "join")
	if err != nil {
		return err
	}
	if err := w.want(stepDescribe); err != nil {
		return err
	}
	plan, err := w.Plan(ctx)
	if err != nil {
		return w.fault(err)
	}
	run := w.record
	sources := run.Counts.Sources
	run.Counts = plan.Result.Counts
	run.Counts.Sources = sources
	v.talk.warnings = run.Warnings
	v.talk.warnOfResult(plan.Result)
	run.Warnings = v.talk.warnings
	v.talk.summarize(plan.Result, 0)
	v.out.record = func(to io.Writer, files []report.File) error {
		run.Files = files
		return report.RunJSON(to, run)
	}
	defer v.out.close()
	outputs := v.outputs(ctx, w, plan)
	if err := v.out.take(run, append(outputs, output{name: articlesFileName})); err != nil {
		return err
	}
	v.talk.begin(writing)
	if err := v.out.fill(ctx, outputs, v.out.refuse(), v.talk.wrote); err != nil {
		return err
	}
	v.talk.begin("")
	v.talk.say("wrote %s (%s) and %d more files in %s", filepath.Join(v.out.path, storiesFileName), fileSize(v.out.size(storiesFileName)), len(v.out.files)-1, seconds(start))
	v.talk.say("next: qissa report %s writes the page; %s can be removed", v.out.path, w.dir)
	return nil
}

const articlesFileName = "articles.csv" // which is written beside the stories

// outputs are the files of the run but for its record.
func (v *shardsVerb) outputs(ctx context.Context, w *planned, plan *tiles.Plan) []output {
	outputs := []output{
		{storiesFileName, func(stories io.Writer) error {
			articles, err := v.out.begin(articlesFileName)
			if err != nil {
				return err
			}
			for _, s := range plan.Stories {
				if err := w.WriteStories(ctx, s, stories, articles); err != nil {
					return w.fault(err)
				}
			}
			return articles.Close()
		}},
		{pairsFileName, func(to io.Writer) error {
			for _, s := range plan.Pairs {
				if err := w.WritePairs(ctx, s, to); err != nil {
					return w.fault(err)
				}
			}
			return nil
		}},
		{skippedFileName, func(to io.Writer) error { return w.skipped(plan, to) }},
	}
	if v.links {
		outputs = append(outputs, output{linksFileName, func(to io.Writer) error {
			links, err := w.AllLinks(ctx)
			if err != nil {
				return w.fault(err)
			}
			return links.Write(to)
		}})
	}
	return outputs
}

// skipped writes the records that were not read, then the articles that were not compared.
func (w *planned) skipped(plan *tiles.Plan, to io.Writer) error {
	f, err := os.Open(filepath.Join(w.dir, skippedFileName))
	if err != nil {
		return w.fault(err)
	}
	defer f.Close()
	if _, err := io.Copy(to, f); err != nil {
		return err
	}
	return report.SkippedJSONL(to, report.Termless(plan.Result))
}
