package main

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/spf13/pflag"

	"qissa"
	"qissa/archive"
	"qissa/report"
)

// nearLabelled is how many neighbours a story has on a page for labels: what a reader can
// look through in a minute.
const nearLabelled = 10

// labelReport holds the flags of a page for labels.
type labelReport struct {
	on, blind bool
	two       bool     // labels are adjudicated
	files     []string // of the two readers
}

func (l *labelReport) group() flagGroup {
	return group("For labels", func(fs *pflag.FlagSet) {
		fs.BoolVar(&l.on, "label", false, "the page to label articles on (default label.html in OUT): a queue, ten\nneighbours, all texts; its labels.tsv is for qissa eval")
		fs.BoolVar(&l.two, "adjudicate", false, "with --label and two files of labels behind OUT: what the two readers differ in,\nfor a third to decide (default adjudicate.html)")
		fs.BoolVar(&l.blind, "blind", false, "with --label: each article alone, so that labels do not copy the grouping")
	})
}

func (l *labelReport) check(v *reportVerb) error {
	switch {
	case l.blind && !l.on:
		return usage("--blind is for --label")
	case l.two && !l.on:
		return usage("--adjudicate is for --label")
	case l.blind && l.two:
		return usage("--blind and --adjudicate exclude each other")
	case l.two && len(l.files) != 2:
		return usage("--adjudicate wants the folder of a run and two files of labels: qissa report OUT --label --adjudicate a.tsv b.tsv")
	case l.on && (v.format != "html" || v.story != ""):
		return usage("--label makes one page of the folder of a run, or of days of an archive; it goes with no --format or --story")
	}
	return nil
}

// take takes the files of two readers from the arguments, and returns the rest.
func (l *labelReport) take(args []string) []string {
	if l.two && len(args) > 0 {
		args, l.files = args[:1], args[1:]
	}
	return args
}

// name is that of the page.
func (l *labelReport) name() string {
	if l.two {
		return "adjudicate.html"
	}
	return "label.html"
}

// ofRun turns the result of a run into what is labelled.
func (l *labelReport) ofRun(ctx context.Context, dir string, v *reportVerb, r *qissa.Result, opt *report.HTMLOptions) (*qissa.Result, error) {
	if v.gone != nil {
		return nil, fmt.Errorf("%w; labels want the texts", v.gone)
	}
	record, err := readRun(filepath.Join(dir, runFileName))
	if err != nil {
		return nil, err
	}
	like, err := record.grouping(v.talk)
	if err != nil {
		return nil, err
	}
	return l.make(ctx, v, r, like, opt)
}

// ofArchive turns stories of an archive into what is labelled.
func (l *labelReport) ofArchive(ctx context.Context, a *archive.Archive, v *reportVerb, r *qissa.Result, opt *report.HTMLOptions) (*qissa.Result, error) {
	like := qissa.DefaultOptions()
	s, err := a.Settings()
	if err != nil {
		return nil, err
	}
	like.Window, like.Story, like.Copy, like.Progress = s.Window, s.Story, s.Copy, v.talk.progress
	if like.Model, like.Epochs, err = a.Models(ctx); err != nil {
		return nil, err
	}
	return l.make(ctx, v, r, like, opt)
}

// make turns a result into what is labelled; its articles are compared like those of a run.
func (l *labelReport) make(ctx context.Context, v *reportVerb, r *qissa.Result, like qissa.Options, opt *report.HTMLOptions) (*qissa.Result, error) {
	opt.Label = "label"
	if v.texts == "shared" {
		opt.Texts = "all"
	}
	if l.blind {
		opt.Label, r = "blind", report.Ungrouped(r)
	}
	if l.two {
		var err error
		if opt.Adjudicate, err = l.adjudication(v.streams, r); err != nil {
			return nil, err
		}
		r = opt.Adjudicate.Meet(r)
	}
	near, err := qissa.Nearest(ctx, r, like, nearLabelled)
	if err != nil {
		return nil, err
	}
	v.talk.begin("")
	for s := range r.Stories {
		r.Stories[s].Neighbours = near[s]
	}
	return r, nil
}

// obeyed returns the corrections that a run obeyed, if they are still there.
func (v *reportVerb) obeyed(record *runFile) []qissa.Correction {
	path, _ := record.Settings["corrections"].(string)
	list, err := readCorrections(path)
	if err != nil {
		v.talk.warn("corrections_gone", "%v; corrections of the page do not repeat those that the run obeyed", err)
	}
	return list
}

// asking returns what a page of all stories needs to ask questions and to be cut anew, nil
// if the run has left no links.
func (v *reportVerb) asking(ctx context.Context, f *finished) (*qissa.Uncertain, *qissa.Cuts) {
	if v.format != "html" || v.story != "" || v.label.blind || v.label.two {
		return nil, nil
	}
	links, err := f.links()
	if err == nil {
		u, c, failed := asking(ctx, links)
		if err = failed; err == nil {
			return u, c
		}
	}
	v.talk.warn("links_gone", "%v; the page asks no questions", err)
	return nil, nil
}

// asking returns what a page needs of the links of a run.
func asking(ctx context.Context, links *qissa.Links) (*qissa.Uncertain, *qissa.Cuts, error) {
	uncertain, err := links.Uncertain(ctx, pageLinks)
	if err != nil {
		return nil, nil, err
	}
	cuts, err := links.Cuts(ctx)
	return uncertain, cuts, err
}
