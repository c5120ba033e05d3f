package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"qissa"
	"qissa/internal/parallel"
	"qissa/internal/tiles"
	"qissa/report"
)

// taskFiles are files of a folder which many processes write into at once: each has its
// name once it is whole.
type taskFiles struct{ dir string }

func (f taskFiles) Create(_ context.Context, name string) (io.WriteCloser, error) {
	part := filepath.Join(f.dir, fmt.Sprintf("%s.%08x.part", name, rand.Uint32()))
	file, err := os.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	return &taskFile{file, filepath.Join(f.dir, name)}, err
}

func (f taskFiles) Open(_ context.Context, name string) (io.ReadCloser, error) {
	return os.Open(filepath.Join(f.dir, name))
}

type taskFile struct {
	*os.File
	name string
}

func (f *taskFile) Close() error {
	if err := errors.Join(f.Sync(), f.File.Close()); err != nil {
		os.Remove(f.File.Name())
		return err
	}
	return os.Rename(f.File.Name(), f.name)
}

// A planned run is a folder with a plan, and the run that is planned there.
type planned struct {
	*tiles.Run
	dir    string
	record report.Run
	done   taskFiles
}

// open reads the plan of a folder.
func (v *shardsVerb) open(args []string, verb string) (*planned, error) {
	if len(args) == 0 {
		return nil, usage("shards %s wants the folder of a plan; qissa help shards shows examples", verb)
	}
	dir := args[0]
	if err := settle(dir); err != nil {
		return nil, err
	}
	path := filepath.Join(dir, planFileName)
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s holds no plan; qissa shards plan FILE… -o %s makes one", dir, dir)
	} else if err != nil {
		return nil, unreadable(path, err)
	}
	var p shardsPlan
	if err := json.Unmarshal(data, &p); err != nil || p.Schema != planSchema {
		return nil, fmt.Errorf("%s is damaged, or of another version of qissa; plan anew", path)
	}
	limitProcessors(v.jobs)
	w := &planned{dir: dir, done: taskFiles{filepath.Join(dir, planDone)}}
	if w.record, err = report.ReadRun(bytes.NewReader(p.Run)); err != nil {
		return nil, fmt.Errorf("%s is damaged: %w", path, err)
	}
	switch {
	case w.record.Version != version():
		return nil, fmt.Errorf("%s was planned by qissa %s, this is %s; one version does all tasks of a plan", dir, w.record.Version, version())
	case p.Arch != runtime.GOARCH:
		return nil, fmt.Errorf("%s was planned on %s, this is %s: sums may differ in their last bits", dir, p.Arch, runtime.GOARCH)
	}
	opt := qissa.Options{Window: p.Window, Story: p.Story, Storyline: p.Storyline, Copy: p.Copy, Corrections: p.Corrections, Crawled: p.Crawled, Jobs: v.jobs}
	if opt.Model, opt.Epochs, err = readModels(filepath.Join(dir, planModel)); err != nil {
		return nil, err
	}
	w.Run = p.run(taskFiles{filepath.Join(dir, planParts)}, opt)
	return w, os.MkdirAll(w.done.dir, 0o777)
}

// openAll is open for what is one task.
func (v *shardsVerb) openAll(args []string, verb string) (*planned, error) {
	if len(args) > 1 {
		return nil, usage("shards %s is one task, and takes no number", verb)
	}
	return v.open(args, verb)
}

// A step is what is done by tasks, or by one.
type shardsStep string

const (
	stepPlan     shardsStep = "plan"
	stepPairs    shardsStep = "pairs"
	stepLink     shardsStep = "link"
	stepDescribe shardsStep = "describe"
)

// steps returns what a step does.
func (w *planned) steps(step shardsStep) []tiles.Step {
	all := w.Steps()
	facts := slices.IndexFunc(all, func(s tiles.Step) bool { return s.Name == "facts" })
	last := len(all) - 1
	switch step {
	case stepPlan:
		return all[:facts]
	case stepPairs:
		return all[facts : facts+1]
	case stepLink:
		return all[facts+1 : last]
	default:
		return all[last:]
	}
}

// most returns how many tasks the step with most has.
func (w *planned) most() int { return max(w.tasks(stepPairs), w.tasks(stepDescribe)) }

// tasks returns how many tasks a step has.
func (w *planned) tasks(step shardsStep) int {
	if step == stepLink {
		return 1
	}
	return w.steps(step)[0].Tasks
}

func (w *planned) isDone(step shardsStep, i int) bool {
	_, err := os.Stat(filepath.Join(w.done.dir, doneName(step, i)))
	return err == nil
}

func doneName(step shardsStep, i int) string {
	if step == stepLink {
		return string(step)
	}
	return fmt.Sprintf("%s-%d", step, i)
}

// finish notes that a task is done.
func (w *planned) finish(ctx context.Context, step shardsStep, i int) error {
	f, err := w.done.Create(ctx, doneName(step, i))
	if err != nil {
		return err
	}
	return f.Close()
}

// want returns an error if some of a step is not done.
func (w *planned) want(step shardsStep) error {
	if step == stepLink {
		if !w.isDone(step, 0) {
			return fmt.Errorf("the tiles of %s are not linked yet: qissa shards link %s", w.dir, w.dir)
		}
		return nil
	}
	const shown = 10
	var missing []string
	for i := range w.tasks(step) {
		if !w.isDone(step, i) {
			missing = append(missing, strconv.Itoa(i))
		}
	}
	if n := len(missing); n > 0 {
		list := strings.Join(missing[:min(n, shown)], " ")
		if n > shown {
			list += " …"
		}
		return fmt.Errorf("%s lacks %s of %d: qissa shards %s %s %s", step, count(n, "task", "tasks"), w.tasks(step), step, w.dir, list)
	}
	return nil
}

// numbers returns which tasks of a step are named, all if none is. Each step takes the
// numbers of the other, too: one array of tasks suits both.
func (w *planned) numbers(step shardsStep, args []string) (list []int, err error) {
	if len(args) == 0 {
		for i := range w.tasks(step) {
			list = append(list, i)
		}
	}
	for _, arg := range args {
		i, err := strconv.Atoi(arg)
		if err != nil || i < 0 || i >= w.most() {
			return nil, usage("%q is no task of %s; they are 0 to %d", arg, w.dir, w.most()-1)
		}
		list = append(list, i)
	}
	return list, nil
}

func (v *shardsVerb) pairs(ctx context.Context, args []string) error {
	w, err := v.open(args, "pairs")
	if err != nil {
		return err
	}
	return v.tasks(ctx, w, stepPairs, args[1:])
}

func (v *shardsVerb) describe(ctx context.Context, args []string) error {
	w, err := v.open(args, "describe")
	if err != nil {
		return err
	}
	if err := w.want(stepLink); err != nil {
		return err
	}
	return v.tasks(ctx, w, stepDescribe, args[1:])
}

// tasks does those tasks of a step that are named and not done.
func (v *shardsVerb) tasks(ctx context.Context, w *planned, step shardsStep, args []string) error {
	numbers, err := w.numbers(step, args)
	if err != nil {
		return err
	}
	s, did := w.steps(step)[0], 0
	for n, i := range numbers {
		if w.isDone(step, i) {
			continue
		}
		v.talk.progress(qissa.Progress{Stage: qissa.Stage(step), Done: n, Total: len(numbers)})
		if i < s.Tasks {
			if err := s.Do(ctx, i); err != nil {
				if did > 0 && ctx.Err() != nil {
					v.talk.say("%s done; the same command goes on", count(did, "task is", "tasks are"))
				}
				return w.fault(err)
			}
			did++
		}
		if err := w.finish(ctx, step, i); err != nil {
			return w.fault(err)
		}
	}
	v.talk.begin("")
	if did == 0 {
		v.talk.say("%s: nothing to do", step)
	} else {
		v.talk.say("%s: %s of %d done, %s memory at most", step, count(did, "task", "tasks"), s.Tasks, fileSize(peak()))
	}
	return nil
}

// fault says of an error that a file is missing what that means.
func (w *planned) fault(err error) error {
	var file *fs.PathError
	if errors.Is(err, fs.ErrNotExist) && errors.As(err, &file) {
		return fmt.Errorf("%s has lost %s, which a task left; plan anew in another folder", w.dir, file.Path)
	}
	if errors.Is(err, tiles.ErrDamaged) {
		return fmt.Errorf("%s: %w; plan anew in another folder", filepath.Join(w.dir, planParts), err)
	}
	return err
}

// link makes stories and storylines of the pairs of all tiles.
func (v *shardsVerb) link(ctx context.Context, args []string) error {
	w, err := v.openAll(args, "link")
	if err != nil {
		return err
	}
	if err := w.want(stepPairs); err != nil {
		return err
	}
	if w.isDone(stepLink, 0) {
		v.talk.say("link: nothing to do, it was done already")
		return nil
	}
	w.Options.Jobs = 1 // many tiles at once: each is little
	for _, s := range w.steps(stepLink) {
		if err := v.step(ctx, s); err != nil {
			return w.fault(err)
		}
	}
	if err := w.finish(ctx, stepLink, 0); err != nil {
		return err
	}
	v.talk.begin("")
	v.talk.say("link: done, %s memory at most; next: qissa shards describe %s TASK for each from 0 to %d", fileSize(peak()), w.dir, w.tasks(stepDescribe)-1)
	return nil
}

// step does all of a step, some tasks at once.
func (v *shardsVerb) step(ctx context.Context, s tiles.Step) error {
	faults := make([]error, s.Tasks)
	progress := func(done, total int) {
		v.talk.progress(qissa.Progress{Stage: qissa.Stage(s.Name), Done: done, Total: total})
	}
	err := parallel.ForBlocks(ctx, s.Tasks, parallel.Jobs(v.jobs), progress, func(_, i int) { faults[i] = s.Do(ctx, i) })
	return cmp.Or(append(faults, err)...)
}
