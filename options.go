package qissa

import "time"

// DefaultOptions are the settings of a run that asks for nothing else.
func DefaultOptions() Options {
	return Options{Window: 72 * time.Hour, MinSim: 0.12, Story: 0.35, Copy: 0.6}
}
