package main

import (
	"errors"
	"os"
	"runtime"
	"runtime/pprof"
	"runtime/trace"

	"github.com/spf13/pflag"
)

// profiles are the files that profiles go to, "" for none.
type profiles struct {
	cpu, memory, trace string
	timings            bool
}

// group returns the flags; timings are for verbs that write a record of the run.
func (p *profiles) group(timings bool) flagGroup {
	return group("Debug", func(fs *pflag.FlagSet) {
		fs.StringVar(&p.cpu, "cpuprofile", "", "write a processor profile to this `file`")
		fs.StringVar(&p.memory, "memprofile", "", "write a memory profile to this `file`")
		fs.StringVar(&p.trace, "trace", "", "write an execution trace to this `file`")
		if timings {
			fs.BoolVar(&p.timings, "timings", false, "note in run.json how long each stage took, and how much memory; no two runs then write the same")
		}
	})
}

// around runs work and writes the profiles of it.
func (p *profiles) around(work func() error) error {
	if p.cpu != "" {
		f, err := os.Create(p.cpu)
		if err != nil {
			return err
		}
		defer f.Close()
		if err := pprof.StartCPUProfile(f); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	if p.trace != "" {
		f, err := os.Create(p.trace)
		if err != nil {
			return err
		}
		defer f.Close()
		if err := trace.Start(f); err != nil {
			return err
		}
		defer trace.Stop()
	}
	if err := work(); err != nil {
		return err
	}
	if p.memory == "" {
		return nil
	}
	f, err := os.Create(p.memory)
	if err != nil {
		return err
	}
	runtime.GC() // the profile shows what the last collection left
	return errors.Join(pprof.WriteHeapProfile(f), f.Close())
}
