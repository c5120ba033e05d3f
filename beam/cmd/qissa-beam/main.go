// Command qissa-beam groups news articles into stories on an engine that runs Apache Beam.
package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem/gcs"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem/local"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/x/beamx"

	"qissa"
	"qissa/article"
	"qissa/beam/pipe"
	"qissa/internal/garbage"
	"qissa/internal/module"
	"qissa/internal/tiles"
	"qissa/report"
)

// The exit codes are those of qissa.
const (
	exitFailed     = 1
	exitUsage      = 2
	exitNoArticles = 4
)

// A fault is an error with the exit code that it leads to.
type fault struct {
	code int
	error
}

func usage(format string, args ...any) error { return fault{exitUsage, fmt.Errorf(format, args...)} }

// flags are those of qissa cluster that decide, and where things are.
type flags struct {
	in, out, work, model, corrections, now, latest, fields string
	force                                                  bool
	options                                                pipe.Options
}

func parse() (*flags, error) {
	q, f := qissa.DefaultOptions(), &flags{}
	o := &f.options
	flag.StringVar(&f.in, "in", "", "`patterns` of the files to read, with commas between them; each may name a bucket")
	flag.StringVar(&f.out, "out", "", "`folder` for the shards")
	flag.StringVar(&f.model, "model", "", "`file` that qissa model build wrote; without it the statistics are those of the input,\nas of qissa cluster")
	flag.StringVar(&f.work, "work", "", "`folder` for what tasks leave for others (default: work in --out); removed at the end")
	flag.BoolVar(&f.force, "force", false, "overwrite the shards of another run")
	flag.DurationVar(&o.Tile, "tile", 0, "how long a tile of time is; never changes a byte (default ten days, more where articles are few)")
	flag.IntVar(&o.TileArticles, "tile-articles", tiles.MostArticles, "most articles of a task, about, those before its tile included, 12 KB of memory each; a tile of\nmore is cut, and two parts of it at a time are compared; never changes a byte")
	flag.DurationVar(&o.Window, "window", q.Window, "articles further apart never pair; 0 for no limit")
	flag.Float64Var(&o.Story, "story", q.Story, "least average similarity of a story")
	flag.Float64Var(&o.Storyline, "storyline", q.Storyline, "least average similarity of the stories of a storyline")
	flag.Float64Var(&o.Copy, "dup", q.Copy, "share of words from which an article counts as a copy")
	flag.StringVar(&f.corrections, "corrections", "", "`file` of corrections from a report")
	flag.BoolVar(&o.KeepVersions, "keep-versions", false, "keep records of one address apart")
	flag.StringVar(&o.Format, "input-format", "", "`format` of the input; default by content")
	flag.StringVar(&o.Encoding, "encoding", "", "`encoding` of the input; default by content")
	flag.StringVar(&f.fields, "map", "", "names of fields: `title=hdr,text=story`")
	flag.StringVar(&o.Zone, "tz", "", "`zone` of dates written without one; default UTC")
	flag.StringVar(&f.now, "now", "", "`time` of capture, which places relative dates")
	flag.StringVar(&f.latest, "latest", "", "`time` after which a date is taken for unknown (default the day after tomorrow)")
	flag.StringVar(&o.Outlet, "outlet", article.OutletField, "what tells the outlet where both are there: field or host")
	flag.Parse()
	if flag.NArg() > 0 {
		return nil, usage("%q: files are given to --in", flag.Arg(0))
	}
	return f, f.check()
}

// check completes the options.
func (f *flags) check() error {
	o := &f.options
	switch {
	case f.in == "" || f.out == "":
		return usage("qissa-beam wants --in and --out")
	case o.Tile != 0 && o.Tile < time.Hour:
		return usage("--tile %v: want an hour or more", o.Tile)
	case o.Tile%time.Second != 0:
		return usage("--tile %v: want whole seconds", o.Tile)
	case o.TileArticles < tiles.LeastArticles:
		return usage("--tile-articles %d: want %d or more", o.TileArticles, tiles.LeastArticles)
	}
	o.Out, o.Model, o.Work = strings.TrimSuffix(f.out, "/"), f.model, strings.TrimSuffix(f.work, "/")
	if o.Work == "" {
		o.Work = o.Out + "/work"
	}
	q := qissa.DefaultOptions()
	q.Window, q.Story, q.Storyline, q.Copy = o.Window, o.Story, o.Storyline, o.Copy
	if err := q.Validate(); err != nil {
		return fault{exitUsage, err}
	}
	if f.fields != "" {
		o.Map = map[string]string{}
		for part := range strings.SplitSeq(f.fields, ",") {
			ours, theirs, ok := strings.Cut(part, "=")
			if !ok {
				return usage("--map %q: want title=hdr", part)
			}
			o.Map[ours] = theirs
		}
	}
	if err := article.CheckMap(o.Map); err != nil {
		return fault{exitUsage, err}
	}
	return f.times()
}

func (f *flags) times() error {
	o, zone := &f.options, time.UTC
	if o.Zone != "" {
		var err error
		if zone, err = article.LoadZone(o.Zone); err != nil {
			return usage("--tz: no zone is called %q", o.Zone)
		}
	}
	if f.now != "" {
		if o.Now, _ = article.ParseTime(f.now, time.Time{}, zone); o.Now.IsZero() {
			return usage("--now: %q is no time", f.now)
		}
	}
	o.Record = pipe.Record{Version: module.Version(), Settings: report.Settings{
		Format: cmp.Or(o.Format, "auto"), Encoding: cmp.Or(o.Encoding, "auto"), Map: o.Map, Now: f.now, Zone: o.Zone, Outlet: o.Outlet, Latest: f.latest,
		KeepVersions: o.KeepVersions, Corrections: f.corrections, Window: o.Window, Copy: o.Copy, Story: o.Story, Storyline: o.Storyline, Model: f.model,
		Lang: "ar", EmbedText: "shared",
	}}
	o.Latest = time.Now()
	if o.Now.After(o.Latest) {
		o.Latest = o.Now
	}
	o.Latest = o.Latest.UTC().Truncate(24 * time.Hour).Add(48 * time.Hour)
	if f.latest != "" {
		if o.Latest, _ = article.ParseTime(f.latest, time.Time{}, nil); o.Latest.IsZero() {
			return usage("--latest: %q is no time", f.latest)
		}
	}
	return nil
}

func main() {
	f, err := parse()
	go collect()
	pipe.Register()
	beam.Init() // a worker goes no further
	ctx := context.Background()
	if err == nil {
		err = f.run(ctx)
	}
	if err == nil {
		return
	}
	fmt.Fprintln(os.Stderr, "qissa-beam:", err)
	var with fault
	if errors.As(err, &with) {
		os.Exit(with.code)
	}
	os.Exit(exitFailed)
}

// collect has garbage collected the seldomer the less memory is in use: an engine copies
// texts again and again.
func collect() {
	for heap := (garbage.Heap{Spare: spare}); ; time.Sleep(garbage.Tending) {
		heap.Tend()
	}
}

// spare is how many bytes may be garbage: a task holds up to six times as much.
const spare = 1 << 30

func (f *flags) run(ctx context.Context) error {
	start := time.Now()
	if err := f.before(ctx); err != nil {
		return err
	}
	p, s := beam.NewPipelineWithRoot()
	pipe.Pipeline(s, f.options)
	if err := beamx.Run(ctx, p); err != nil {
		if strings.Contains(err.Error(), pipe.ErrNoArticles.Error()) {
			return fault{exitNoArticles, pipe.ErrNoArticles}
		}
		return fmt.Errorf("%w\nnothing is to be used of %s; what tasks left stands in %s", err, f.options.Out, f.options.Work)
	}
	c, err := pipe.Finish(ctx, f.options)
	if err != nil {
		return err
	}
	n := article.Number
	fmt.Fprintf(os.Stderr, "%s articles from %s files, %s records skipped, %s of pages that others are of; model %s: %s terms\n",
		n(c.Articles), n(len(f.options.Inputs)), n(c.Skipped), n(c.Others), c.Model, n(c.Terms))
	if c.Undated > 0 {
		fmt.Fprintf(os.Stderr, "%s articles have no date and pair with all others: one tile\n", n(c.Undated))
	}
	if c.Unmet+c.Unkept > 0 {
		fmt.Fprintf(os.Stderr, "%s corrections are of articles that are not there, %s contradict others; left out\n", n(c.Unmet), n(c.Unkept))
	}
	fmt.Fprintf(os.Stderr, "%s stories in %s tiles; wrote %s/run.json and shards of stories, articles, pairs and skipped in %v\n",
		n(c.Stories), n(c.Tiles), f.options.Out, time.Since(start).Round(time.Second))
	fmt.Fprintf(os.Stderr, "next: qissa report %s --day DAY, or qissa archive import %s ARCHIVE\n", f.options.Out, f.options.Out)
	return nil
}

// before looks at what would end a job that has begun.
func (f *flags) before(ctx context.Context) error {
	runner, environment := flag.Lookup("runner").Value.String(), strings.ToUpper(flag.Lookup("environment_type").Value.String())
	if runner != "" && !strings.Contains(strings.ToLower(runner), "prism") && environment != "LOOPBACK" && environment != "PROCESS" {
		for _, path := range append(strings.Split(f.in, ","), f.options.Out, f.options.Work, f.model) {
			if path != "" && !strings.Contains(path, "://") {
				return usage("%s is a local path, but the runner is not local", path)
			}
		}
	}
	if f.model != "" {
		if _, err := pipe.ReadModel(ctx, f.model); err != nil {
			return err
		}
	}
	seen := map[string]bool{}
	for pattern := range strings.SplitSeq(f.in, ",") {
		names, err := pipe.List(ctx, pattern)
		if err != nil {
			return fmt.Errorf("cannot look for %s: %w", pattern, err)
		}
		if len(names) == 0 {
			return fault{exitNoArticles, fmt.Errorf("no input matches '%s'", pattern)}
		}
		for _, name := range names {
			if !seen[name] { // by another pattern
				seen[name], f.options.Inputs = true, append(f.options.Inputs, name)
			}
		}
	}
	var err error
	if f.options.Corrections, err = corrections(f.corrections); err != nil {
		return err
	}
	return pipe.Clear(ctx, f.options, f.force)
}

// corrections reads the lines that a report makes of a reader's corrections.
func corrections(path string) (list []qissa.Correction, err error) {
	if path == "" {
		return nil, nil
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	n := 0
	for line := range strings.Lines(string(b)) {
		n++
		if strings.TrimSpace(line) == "" {
			continue
		}
		var c struct{ Type, Level, A, B string }
		err := json.Unmarshal([]byte(line), &c)
		if err != nil || c.A == "" || c.B == "" || c.Type != "must_link" && c.Type != "cannot_link" {
			return nil, fmt.Errorf("%s:%d: not a correction", path, n)
		}
		list = append(list, qissa.Correction{Together: c.Type == "must_link", Storyline: c.Level == "storyline", A: c.A, B: c.B, Where: fmt.Sprintf("%s:%d", path, n)})
	}
	return list, nil
}
