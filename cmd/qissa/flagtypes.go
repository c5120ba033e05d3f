package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"qissa/report"
)

// A span is a flag that holds a length of time: 72h, 90m, 3d.
type span time.Duration

func (s *span) Type() string { return "duration" }

func (s *span) String() string { return report.Span(time.Duration(*s)) }

func (s *span) Set(text string) error {
	if days, ok := strings.CutSuffix(text, "d"); ok {
		n, err := strconv.Atoi(days)
		if err != nil || n < 0 {
			return errors.New("want a number of days, such as 3d")
		}
		*s = span(n) * span(24*time.Hour)
		return nil
	}
	d, err := time.ParseDuration(text)
	if err != nil || d < 0 {
		return errors.New("want a length of time, such as 72h or 3d; 0 for no limit")
	}
	*s = span(d)
	return nil
}

// A share is a flag that holds a number from low to 1.
type share struct {
	value *float64
	low   float64
	auto  float64 // what "auto" stands for; 0 if it is not allowed
}

func (s share) Type() string {
	if s.auto > 0 {
		return "auto|number"
	}
	return "number"
}

func (s share) String() string {
	if s.value == nil {
		return ""
	}
	return strconv.FormatFloat(*s.value, 'g', -1, 64)
}

func (s share) Set(text string) error {
	if text == "auto" && s.auto > 0 {
		*s.value = s.auto
		return nil
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || !(s.low <= v && v <= 1) {
		return fmt.Errorf("want a number from %g to 1", s.low)
	}
	*s.value = v
	return nil
}

// addJobs adds the flag for the number of workers.
func addJobs(fs *pflag.FlagSet, to *int) {
	fs.VarP((*jobs)(to), "jobs", "j", "`number` of processors to use; never changes the result")
}

// jobs is a flag that holds a number of workers, 0 for one per processor.
type jobs int

func (j *jobs) Type() string { return "number" }

func (j *jobs) String() string {
	if *j == 0 {
		return "all"
	}
	return strconv.Itoa(int(*j))
}

// mostJobs is far above what any machine has processors, and below what its memory
// could not hold.
const mostJobs = 4096

func (j *jobs) Set(text string) error {
	if text == "all" {
		*j = 0
		return nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n > mostJobs {
		return fmt.Errorf("want a number of processors from 1 to %d, or all", mostJobs)
	}
	*j = jobs(max(n, 0)) // 0 or less are all, here as everywhere
	return nil
}

// A whole is a flag that holds a whole number from low to high.
type whole struct {
	value     *int
	low, high int
}

func (w whole) Type() string { return "int" }

func (w whole) String() string {
	if w.value == nil {
		return ""
	}
	return strconv.Itoa(*w.value)
}

func (w whole) Set(text string) error {
	v, err := strconv.Atoi(text)
	if err != nil || v < w.low || v > w.high {
		return fmt.Errorf("want a number from %d to %d", w.low, w.high)
	}
	*w.value = v
	return nil
}

// A choice is a flag that holds one of a few words.
type choice struct {
	value *string
	words []string
}

func (c choice) Type() string { return strings.Join(c.words, "|") }

func (c choice) String() string {
	if c.value == nil {
		return ""
	}
	return *c.value
}

func (c choice) Set(text string) error {
	for _, w := range c.words {
		if text == w {
			*c.value = text
			return nil
		}
	}
	return fmt.Errorf("want one of %s", strings.Join(c.words, ", "))
}

// A size is a flag that holds a number of bytes: 8GB, 500 MB.
type size int64

func (s *size) Type() string { return "size" }

func (s *size) String() string {
	if *s == 0 {
		return ""
	}
	return strings.ReplaceAll(fileSize(int64(*s)), " ", "")
}

func (s *size) Set(text string) error {
	number, unit := strings.ToUpper(strings.ReplaceAll(text, " ", "")), 1.0
	for _, u := range []struct {
		name  string
		bytes float64
	}{{"GB", 1e9}, {"G", 1e9}, {"MB", 1e6}, {"M", 1e6}} {
		if rest, ok := strings.CutSuffix(number, u.name); ok {
			number, unit = rest, u.bytes
			break
		}
	}
	n, err := strconv.ParseFloat(number, 64)
	if err != nil || n*unit < 1e6 {
		return errors.New("want a size from 1 MB on, such as 8GB or 500MB")
	}
	*s = size(n * unit)
	return nil
}
