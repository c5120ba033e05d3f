package qissa

import (
	"time"

	"qissa/internal/parallel"
)

// withJobs returns the options with a number of workers.
func (o Options) withJobs() Options {
	o.Jobs = parallel.Jobs(o.Jobs)
	return o
}

// stage starts a stage of the run. It returns what tells how far the stage is,
// nil for silence.
func (o Options) stage(name string) func(done, total int) {
	if o.Progress == nil {
		return nil
	}
	o.Progress(Progress{Stage: name})
	return func(done, total int) { o.Progress(Progress{name, done, total}) }
}

// DefaultOptions are the settings of a run that asks for nothing else.
func DefaultOptions() Options {
	return Options{Window: 72 * time.Hour, MinSim: 0.15, Story: 0.35, Copy: 0.6}
}
