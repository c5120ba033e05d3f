package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"qissa"
	"qissa/article"
	"qissa/internal/tiles"
	"qissa/report"
)

// A shardsPlan is what all tasks know. It lies in their folder.
type shardsPlan struct {
	Schema   int
	Arch     string          // of the machine: another one may sum otherwise in the last bits
	Run      json.RawMessage // run.json, as far as it is known
	Articles int
	Tile     time.Duration // 0 for one tile of all
	Tiles    []tiles.Texts

	TileArticles int // most of a task, those before its tile included

	// The options of qissa, but for the model, which lies beside the plan.
	Window                 time.Duration
	Story, Storyline, Copy float64
	Corrections            []qissa.Correction
	Crawled                map[string]bool
}

const (
	planSchema   = 2
	planFileName = "plan.json"
	planModel    = "model"
	planParts    = "parts" // what tasks leave for others
	planDone     = "done"  // a file for each task that is done
)

// plan reads the articles and writes them by tile.
func (v *shardsVerb) plan(ctx context.Context, args []string) error {
	start := time.Now()
	switch {
	case len(args) == 0:
		return usage("shards plan wants files, or - for standard input; qissa help shards shows examples")
	case v.work.path == "":
		return usage("shards plan wants --out WORK, a folder for the plan")
	case v.tile != 0 && time.Duration(v.tile) < time.Hour || time.Duration(v.tile)%time.Second != 0:
		return usage("--tile %s: want an hour or more, in whole seconds", v.tile.String())
	case v.tileArticles < tiles.LeastArticles:
		return usage("--tile-articles %d: want %d or more", v.tileArticles, tiles.LeastArticles)
	}
	reading, opt, err := v.cluster.options()
	if err != nil {
		return err
	}
	if err := v.take(); err != nil {
		return err
	}
	defer v.work.close()
	found, err := find(args, v.in, v.talk)
	if err != nil {
		return err
	}
	found.unite = !v.cluster.apart
	d, err := load(ctx, found, reading, v.streams)
	if err != nil {
		return err
	}
	v.talk.begin("")
	run := report.Run{Version: version(), Settings: v.cluster.settings(), Inputs: d.inputs, Zone: d.zone.String(), Skipped: len(d.skipped)}
	v.cluster.input.keepLatest(d, &run)
	v.talk.say("%s", d.line(""))
	v.talk.warnOfArticles(d)
	p := &shardsPlan{Schema: planSchema, Arch: runtime.GOARCH, Tile: time.Duration(v.tile), TileArticles: v.tileArticles, Articles: len(d.articles),
		Window: opt.Window, Story: opt.Story, Storyline: opt.Storyline, Copy: opt.Copy, Corrections: opt.Corrections}
	v.setTile(p, d.articles)
	run.Warnings = v.talk.warnings
	tasks, err := v.write(ctx, p, run, d, opt)
	if err != nil {
		return err
	}
	v.talk.begin("")
	v.talk.say("%s of %s in %s; next: qissa shards pairs %s TASK for each from 0 to %d", count(len(p.Tiles), "tile", "tiles"), (*span)(&p.Tile).String(), seconds(start), v.work.path, tasks-1)
	_, err = fmt.Fprintln(v.streams.out, tasks)
	return err
}

// take gets hold of the folder of the plan, which is to be empty.
func (v *shardsVerb) take() error {
	if info, err := os.Stat(v.work.path); err == nil && !info.IsDir() {
		return fmt.Errorf("%s is a file; --out wants a folder", v.work.path)
	}
	if err := settle(v.work.path); err != nil {
		return err
	}
	v.work.wrote = func(w io.Writer) io.Writer { return w }
	if err := v.work.open(true); err != nil {
		return err
	}
	if err := v.work.claim(v.work.refuse()); err != nil {
		return err
	}
	names := slices.DeleteFunc(v.work.names(), func(name string) bool { return strings.HasPrefix(name, ".") }) // staged, or of the system
	switch {
	case slices.Contains(names, planFileName):
		return fmt.Errorf("%s holds a plan; go on with it, choose another folder, or remove it", v.work.path)
	case len(names) > 0:
		return fmt.Errorf("%s holds %s; choose a folder that is empty, or not there yet", v.work.path, names[0])
	}
	return v.work.stage()
}

// setTile says how long tiles are: one for all if each article pairs with all.
func (v *shardsVerb) setTile(p *shardsPlan, articles []article.Article) {
	undated, counts := 0, map[int64]int{}
	for i := range articles {
		if articles[i].Time.IsZero() {
			undated++
		}
		counts[tiles.Number(tiles.ShortTile, &articles[i])]++
	}
	switch {
	case undated > 0:
		v.talk.caution("%s no date and pair with all others, so there is one tile; --now places relative dates, and dated articles alone make many tiles",
			count(undated, "article has", "articles have"))
	case p.Window == 0:
		v.talk.caution("without a --window all articles pair, so there is one tile")
	case v.tile == 0:
		p.Tile = tiles.Length(counts, p.Window)
		return
	default:
		return
	}
	p.Tile = 0
}

// write writes the plan and the texts of its tiles, all or nothing, and returns how many
// tasks there are.
func (v *shardsVerb) write(ctx context.Context, p *shardsPlan, run report.Run, d *dump, opt qissa.Options) (tasks int, err error) {
	opt.Spill, opt.Progress = d.scratch.keep, clearing(opt.Progress)
	article.Identify(d.articles)
	p.Crawled = article.CrawlClocks(d.articles)
	sources := map[string]bool{}
	for i := range d.articles {
		sources[d.articles[i].Source] = true
	}
	delete(sources, "")
	run.Counts.Sources = len(sources)
	model := func(w io.Writer) error { return qissa.WriteModels(w, opt.Model, opt.Epochs) }
	if opt.Model == nil {
		m, err := qissa.BuildModel(ctx, slices.Clone(d.articles), opt)
		if err != nil {
			return 0, err
		}
		opt.Model, model = m, m.Write
	}
	v.talk.begin("writing texts")
	files := taskFiles{filepath.Join(v.work.path, v.work.staged, planParts)}
	if err := p.place(ctx, files, d.articles, v.talk); err != nil {
		return 0, unwritable(v.work.path, err)
	}
	d.articles = nil
	w := &planned{Run: p.run(files, opt)}
	if err := v.mark(ctx, w); err != nil {
		return 0, unwritable(v.work.path, err)
	}
	for _, o := range []output{
		{planModel, model},
		{skippedFileName, func(w io.Writer) error { return report.SkippedJSONL(w, d.skipped) }},
		{planFileName, func(w io.Writer) error { return p.encode(w, run) }},
	} {
		if err := v.work.add(o.name, o.write); err != nil {
			return 0, unwritable(filepath.Join(v.work.path, o.name), err)
		}
	}
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	return w.most(), v.work.commit()
}

// run returns the run that is planned.
func (p *shardsPlan) run(files taskFiles, opt qissa.Options) *tiles.Run {
	return &tiles.Run{Files: files, Options: opt, Tile: p.Tile, Tiles: p.Tiles, Articles: p.Articles, TileArticles: p.TileArticles}
}

// mark does what comes before articles are compared: nothing, where no tile is cut.
func (v *shardsVerb) mark(ctx context.Context, w *planned) error {
	for _, s := range w.steps(stepPlan) {
		for i := range s.Tasks {
			v.talk.progress(qissa.Progress{Stage: qissa.Stage(s.Name), Done: i, Total: s.Tasks})
			if err := s.Do(ctx, i); err != nil {
				return err
			}
		}
	}
	return nil
}

// place writes the articles to the files of their tiles.
func (p *shardsPlan) place(ctx context.Context, files taskFiles, articles []article.Article, t *talk) error {
	if err := os.MkdirAll(files.dir, 0o777); err != nil {
		return err
	}
	order := article.CanonicalOrder(articles)
	of := func(i int) int64 { return tiles.Number(p.Tile, &articles[i]) }
	for from := 0; from < len(order); {
		var tile []article.Article
		number := of(order[from])
		for from < len(order) && of(order[from]) == number {
			tile = append(tile, articles[order[from]])
			from++
		}
		name := fmt.Sprintf("texts-%06d", len(p.Tiles))
		if err := tiles.WriteTexts(ctx, files, name, tile); err != nil {
			return err
		}
		p.Tiles = append(p.Tiles, tiles.Texts{Number: number, Files: []string{name}, Articles: len(tile)})
		t.progress(qissa.Progress{Stage: "writing texts", Done: from, Total: len(order)})
	}
	return nil
}

func (p *shardsPlan) encode(w io.Writer, run report.Run) error {
	var record bytes.Buffer
	if err := report.RunJSON(&record, run); err != nil {
		return err
	}
	p.Run = record.Bytes()
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	return enc.Encode(p)
}
