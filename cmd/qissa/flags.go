package main

import (
	"runtime"
	"runtime/debug"
	"slices"
	"time"

	"github.com/spf13/pflag"

	"qissa"
	"qissa/article"
	"qissa/report"
)

// inputFlags say how dumps are read.
type inputFlags struct {
	format   string
	encoding string
	fields   map[string]string
	now      string
	tz       string
	outlet   string
	latest   string
}

func (f *inputFlags) group() flagGroup {
	return group("Input", func(fs *pflag.FlagSet) {
		f.format = "auto"
		fs.Var(choice{&f.format, append([]string{"auto"}, article.Formats()...)}, "input-format", "format of every input; auto tells it from the content")
		fs.StringVar(&f.encoding, "encoding", "auto", "`name` of the encoding of every text, such as windows-1256; auto tells it from the content")
		fs.StringToStringVar(&f.fields, "map", nil, "`names` of fields where guessing fails: title=hdr,text=story_html\n(also id, source, url, time; records=LIST in a JSON object)")
		fs.StringVar(&f.now, "now", "", "`time` at which the input was saved; places dates like \"two hours ago\"")
		fs.StringVar(&f.tz, "tz", "", "`zone` of dates without one, and of the page, such as Asia/Riyadh\n(default UTC, and on the page the zone of most dates)")
		f.outlet = article.OutletField
		fs.Var(choice{&f.outlet, []string{article.OutletField, article.OutletHost}}, "outlet", "what tells the outlet where both are there: the field, or the host of the address")
		fs.StringVar(&f.latest, "latest", "", "`time` after which a date is taken for unknown (default the day after tomorrow)")
		fs.Lookup("latest").Hidden = true
	})
}

// options returns how to read, for the article package.
func (f *inputFlags) options() (article.Options, error) {
	opt := article.Options{Format: f.format, Map: f.fields, Encoding: f.encoding, Outlet: f.outlet}
	if err := article.CheckMap(f.fields); err != nil {
		return opt, err
	}
	var err error
	if f.tz != "" {
		if opt.Zone, err = article.LoadZone(f.tz); err != nil {
			return opt, noZone(f.tz)
		}
	}
	if f.now != "" {
		var p article.Precision
		opt.Now, p = article.ParseTime(f.now, time.Time{}, opt.Zone)
		if opt.Now.IsZero() || p == article.Relative {
			return opt, usage("--now: %q is no time; want e.g. 2025-07-14T14:00:00Z", f.now)
		}
	}
	opt.Latest = time.Now()
	if opt.Now.After(opt.Latest) {
		opt.Latest = opt.Now
	}
	opt.Latest = opt.Latest.UTC().Truncate(24 * time.Hour).Add(48 * time.Hour)
	if f.latest != "" {
		if opt.Latest, _ = article.ParseTime(f.latest, time.Time{}, nil); opt.Latest.IsZero() {
			return opt, usage("--latest: %q is no time; want e.g. 2025-07-14", f.latest)
		}
	}
	return opt, nil
}

// keepLatest makes the day after which dates are unknown a setting of the run, if
// there are such dates, so that a later run takes them for unknown too.
func (f *inputFlags) keepLatest(d *dump, run *report.Run) {
	if f.latest != "" || !slices.ContainsFunc(d.articles, func(a article.Article) bool { return a.IsFuture(d.latest) }) {
		return
	}
	run.SetLatest(d.latest)
}

func noZone(name string) error {
	return usage("--tz: no zone is called %q; want a name such as Asia/Riyadh, or +03:00", name)
}

// clusterFlags say how articles are grouped.
type clusterFlags struct {
	window span
	memory size
	model  string
	opt    qissa.Options
}

func (f *clusterFlags) group() flagGroup {
	f.opt = qissa.DefaultOptions()
	f.window = span(f.opt.Window)
	return group("Clustering", func(fs *pflag.FlagSet) {
		fs.Var(&f.window, "window", "articles further apart never join directly; 0 for no limit")
		fs.Var(share{&f.opt.Copy, 0.2, 0}, "dup", "share of an article's words from which it counts as a copy")
		fs.Var(share{&f.opt.Story, 0.05, f.opt.Story}, "story", "least mean similarity of two groups that become one story;\nhigher makes smaller stories")
		fs.Var(share{&f.opt.Storyline, 0.05, f.opt.Storyline}, "storyline", "likewise of two stories that become one storyline")
		fs.StringVar(&f.model, "model", "", "`file` of statistics that qissa model build wrote; without it they are those\nof the input, and results of two days do not compare")
		addJobs(fs, &f.opt.Jobs)
		fs.Var(&f.memory, "max-memory", "memory to stay under, such as 8GB, at the price of time; a run that needs more\nsays so and takes it")
	})
}

// options returns how to group, with progress shown by the talk.
func (f *clusterFlags) options(t *talk) (qissa.Options, error) {
	limitProcessors(f.opt.Jobs)
	if f.memory > 0 {
		debug.SetMemoryLimit(int64(f.memory - f.memory/6)) // files that are mapped take the rest
	}
	opt := f.opt
	opt.Window = time.Duration(f.window)
	opt.Progress = t.progress
	if f.model != "" {
		var err error
		if opt.Model, opt.Epochs, err = readModels(f.model); err != nil {
			return opt, err
		}
	}
	return opt, nil
}

// limitProcessors has the whole process use jobs processors, all that there are where
// jobs is 0 or less. That holds for reading, packing the page and writing too, and for
// the collector of garbage.
func limitProcessors(jobs int) {
	if jobs > 0 {
		runtime.GOMAXPROCS(min(jobs, runtime.GOMAXPROCS(0)))
	}
}
