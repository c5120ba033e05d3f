package qissa

import (
	"errors"
	"fmt"
	"time"

	"qissa/internal/grouping"
	"qissa/internal/overlap"
	"qissa/internal/parallel"
)

// Options are the settings of [Cluster]. Start from [DefaultOptions].
type Options struct {
	Window      time.Duration       // articles further apart never pair; 0 means no limit, less than a second is one. Undated articles pair by text alone
	Story       float64             // least average similarity at which two groups become one story, 0.05 to 1
	Storyline   float64             // least average similarity at which stories become one storyline, 0.05 to 1
	Copy        float64             // share of an article's words from which it counts as a copy, 0.2 to 1
	Model       *Model              // statistics of the corpus; nil means: of the articles given
	Epochs      []Epoch             // models of what is published later, in the order of time; none without a Model
	Corrections []Correction        // what a reader knows better; obeyed whatever the similarity
	Count       bool                // have the result tell the model of the articles themselves
	Crawled     map[string]bool     // outlets whose times are those of a crawler; nil means: as the articles tell, see [article.CrawlClocks]
	Jobs        int                 // workers; 0 or less means one per processor. Never changes the result
	Spill       func([]byte) []byte // moves bytes that are seldom read out of memory and returns them where they stand, at a multiple of 8; nil leaves them
	Progress    func(Progress)      // called from one goroutine at a time; nil for silence
}

// DefaultOptions are the settings of a run that asks for nothing else.
func DefaultOptions() Options {
	return Options{Window: 72 * time.Hour, Story: 0.3, Storyline: grouping.LineCut, Copy: overlap.Edited}
}

// Validate reports the first field that is out of its range.
func (o Options) Validate() error {
	switch {
	case o.Window < 0:
		return fmt.Errorf("qissa: Options.Window %v: want 0 or more", o.Window)
	case !(o.Story >= grouping.LowestCut && o.Story <= 1):
		return fmt.Errorf("qissa: Options.Story %v: want %v to 1", o.Story, grouping.LowestCut)
	case !(o.Storyline >= grouping.LowestCut && o.Storyline <= 1):
		return fmt.Errorf("qissa: Options.Storyline %v: want %v to 1", o.Storyline, grouping.LowestCut)
	case !(o.Copy >= overlap.Partly && o.Copy <= 1):
		return fmt.Errorf("qissa: Options.Copy %v: want %v to 1", o.Copy, overlap.Partly)
	case o.Model == nil && len(o.Epochs) > 0:
		return errors.New("qissa: Options.Epochs without a Model of what was published before")
	}
	for i, e := range o.Epochs {
		if e.Model == nil || i > 0 && !o.Epochs[i-1].Start.Before(e.Start) {
			return fmt.Errorf("qissa: Options.Epochs[%d] starts at %v: want a model, and a start later than the one before", i, e.Start)
		}
	}
	return nil
}

// Progress is how far a stage of a run has come. Done and Total count steps of
// the stage; both are 0 when it starts.
type Progress struct {
	Stage       Stage
	Done, Total int
}

// Stage names a part of a run that takes time.
type Stage string

// The stages of a run, in order.
const (
	StageWords      Stage = grouping.StageWords
	StageWeighing   Stage = grouping.StageWeighing
	StageComparing  Stage = grouping.StageComparing // also of [FindRepeats]
	StageSections   Stage = grouping.StageSections
	StageFirstWords Stage = grouping.StageFirstWords
	StageAligning   Stage = grouping.StageAligning
	StageNeighbours Stage = grouping.StageNeighbours
	StageDeciding   Stage = grouping.StageDeciding
	StageLinking    Stage = grouping.StageLinking
	StageStorylines Stage = grouping.StageStorylines
	StageGathering  Stage = "gathering pairs"
	StageStories    Stage = "describing stories"
	StagePairs      Stage = "describing pairs"
)

// run is how the steps run.
func (o Options) run() grouping.Options {
	return grouping.Options{Jobs: o.Jobs, Spill: o.Spill, Stage: func(name string) func(done, total int) { return o.stage(Stage(name)) }}
}

// stage starts a stage of the run. It returns what tells how far the stage is,
// nil for silence.
func (o Options) stage(name Stage) func(done, total int) {
	if o.Progress == nil {
		return nil
	}
	o.Progress(Progress{Stage: name})
	return func(done, total int) { o.Progress(Progress{name, done, total}) }
}

// withJobs returns the options with a number of workers.
func (o Options) withJobs() Options {
	o.Jobs = parallel.Jobs(o.Jobs)
	return o
}
