package pipe

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"

	"qissa/internal/tiles"
	"qissa/report"
)

// Pipeline adds all of a job to a pipeline.
func Pipeline(s beam.Scope, opt Options) {
	inputs := make([]int, len(opt.Inputs))
	for i := range inputs {
		inputs[i] = i
	}
	sources := beam.Reshuffle(s, beam.CreateList(s, inputs))
	records, names, read := beam.ParDo3(s.Scope("read"), &readFn{opt}, sources)
	outlets := beam.ParDo(s.Scope("outlets"), outletsOf, together(s.Scope("outlets"), names))
	records = sharing(s.Scope("ids"), beam.ParDo(s, &foldFn{}, records, beam.SideInput{Input: outlets}), identify)
	if !opt.KeepVersions {
		records = sharing(s.Scope("pages"), beam.ParDo(s, pageOf, records), unite)
	}
	t := s.Scope("texts")
	bySlot, byOutlet, byFile := beam.ParDo3(t, &placeFn{opt.shortTile()}, records)
	notes := beam.Flatten(t, read,
		beam.ParDo(t, &slotFn{opt}, beam.GroupByKey(t, bySlot)),
		beam.ParDo(t, bursts, beam.GroupByKey(t, byOutlet)),
		beam.ParDo(t, orders, beam.GroupByKey(t, byFile)))
	all := beam.ParDo(t, &calendarFn{opt}, together(t, notes))
	if opt.Model == "" {
		all = addSteps(s.Scope("model"), all, opt)
		opt.Model = files{opt.Work}.path("model")
	}
	all = addSteps(s, all, opt)
	w := s.Scope("write")
	written := beam.ParDo(w, &shardFn{opt}, beam.Reshuffle(w, beam.ParDo(w, &planFn{opt}, together(w, all))))
	beam.ParDo0(w, &recordFn{opt}, together(w, written))
}

// steps returns the steps of a run, or without a model those that count one.
func (o *Options) steps(r *tiles.Run) []tiles.Step {
	if o.Model == "" {
		return r.ModelSteps()
	}
	return r.Steps()
}

// step returns a step of the job by its number.
func (o *Options) step(ctx context.Context, k int) (tiles.Step, error) {
	read := o.run
	if o.Model == "" {
		read = o.counting
	}
	r, err := read(ctx)
	if err != nil {
		return tiles.Step{}, err
	}
	return o.steps(r)[k], nil
}

// addSteps adds the steps of a job, each once all tasks of the one before are done.
func addSteps(s beam.Scope, all beam.PCollection, opt Options) beam.PCollection {
	for k, step := range opt.steps(&tiles.Run{}) {
		s := s.Scope(step.Name)
		tasks := beam.ParDo(s, &tasksFn{opt, k}, together(s, all))
		all = beam.ParDo(s, &stepFn{opt, k}, beam.Reshuffle(s, tasks))
	}
	return all
}

// tasksFn lists the tasks of a step. Of none it lists one, which does nothing: nothing
// would begin the step behind it.
type tasksFn struct {
	Options Options
	Step    int
}

func (f *tasksFn) ProcessElement(ctx context.Context, _ int, _ func(*int) bool, emit func(int)) error {
	s, err := f.Options.step(ctx, f.Step)
	for i := range max(1, s.Tasks) {
		emit(i)
	}
	return err
}

// stepFn does a task of a step.
type stepFn struct {
	Options Options
	Step    int
}

func (f *stepFn) ProcessElement(ctx context.Context, i int, emit func(int)) error {
	heavy.Lock()
	defer heavy.Unlock()
	s, err := f.Options.step(ctx, f.Step)
	if err != nil {
		return err
	}
	if i < s.Tasks {
		if err := s.Do(ctx, i); err != nil {
			return fmt.Errorf("%s, task %d: %w", s.Name, i, err)
		}
	}
	emit(i)
	return nil
}

// A shard is a part of a file to write.
type shard struct {
	File  string // stories, pairs or skipped
	Shard tiles.Shard
}

// planFn lists the shards, and writes what the job came to.
type planFn struct{ Options Options }

func (f *planFn) ProcessElement(ctx context.Context, _ int, _ func(*int) bool, emit func(string)) error {
	run, err := f.Options.run(ctx)
	if err != nil {
		return err
	}
	plan, err := run.Plan(ctx)
	if err != nil {
		return err
	}
	c, err := f.Options.calendar(ctx)
	if err != nil {
		return err
	}
	c.Counts.Model, c.Counts.Terms = run.Options.Model.ID(), run.Options.Model.Info().Terms
	r := plan.Result
	c.Counts.Stories, c.Counts.Unmet, c.Counts.Unkept = r.Counts.Stories, len(r.Unknown), len(r.Unobeyed)
	if err := putJSON(ctx, files{f.Options.Work}, "counts", c.Counts); err != nil {
		return err
	}
	var termless bytes.Buffer
	if err := report.SkippedJSONL(&termless, report.Termless(r)); err != nil {
		return err
	}
	if err := putJSON(ctx, files{f.Options.Work}, "termless", termless.Bytes()); err != nil {
		return err
	}
	shards := []shard{{"skipped", tiles.Shard{Count: 1}}}
	for _, s := range plan.Stories {
		shards = append(shards, shard{"stories", s})
	}
	if len(plan.Pairs) == 0 { // readers want a file
		plan.Pairs = []tiles.Shard{{Count: 1}}
	}
	for _, s := range plan.Pairs {
		shards = append(shards, shard{"pairs", s})
	}
	for _, s := range shards {
		b, err := json.Marshal(s)
		if err != nil {
			return err
		}
		emit(string(b))
	}
	return nil
}

// shardFn writes a shard, and tells of its files for the record.
type shardFn struct{ Options Options }

func (f *shardFn) ProcessElement(ctx context.Context, text string, tell func(string)) error {
	var s shard
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		return err
	}
	r, err := f.Options.run(ctx)
	if err != nil {
		return err
	}
	out := files{f.Options.Out}
	name := func(file, ending string) string {
		return fmt.Sprintf("%s-%05d-of-%05d.%s", file, s.Shard.Number, s.Shard.Count, ending)
	}
	switch s.File {
	case "skipped":
		return write(ctx, out, name(s.File, "jsonl"), func(to io.Writer) error { return f.skipped(ctx, to) }, tell)
	case "pairs":
		return write(ctx, out, name(s.File, "jsonl"), func(to io.Writer) error { return r.WritePairs(ctx, s.Shard, to) }, tell)
	}
	return write(ctx, out, name(s.File, "jsonl"), func(stories io.Writer) error {
		return write(ctx, out, name("articles", "csv"), func(articles io.Writer) error {
			return r.WriteStories(ctx, s.Shard, stories, articles)
		}, tell)
	}, tell)
}

// skipped writes the records that were not read, then the articles that were not compared.
func (f *shardFn) skipped(ctx context.Context, to io.Writer) error {
	for _, name := range []string{"skipped", "termless"} {
		var lines []byte
		if err := getJSON(ctx, files{f.Options.Work}, name, &lines); err != nil {
			return err
		}
		if _, err := to.Write(lines); err != nil {
			return err
		}
	}
	return nil
}
