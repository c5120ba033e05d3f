package main

import (
	"context"
	"time"

	"github.com/spf13/pflag"

	"qissa/archive"
	"qissa/article"
	"qissa/report"
)

// storyFlags choose stories of an archive.
type storyFlags struct {
	sinceFlag
	day  string
	days int
	all  bool
}

// add adds the flags; since tells what --since means.
func (f *storyFlags) add(fs *pflag.FlagSet, since string) {
	fs.StringVar(&f.since, "since", "", since)
	fs.StringVar(&f.day, "day", "", "stories with an article of this `day`")
	fs.IntVar(&f.days, "days", 0, "stories with an article of the last `number` of days")
	fs.BoolVar(&f.all, "all", false, "all stories")
}

// given is how many of the flags are given.
func (f *storyFlags) given() (n int) {
	for _, is := range []bool{f.since != "", f.day != "", f.days > 0, f.all} {
		if is {
			n++
		}
	}
	return n
}

// choose returns the ids of the stories, nil for all, and the changes by which they are
// chosen.
func (f *storyFlags) choose(ctx context.Context, a *archive.Archive, since archive.Since) (ids []string, changes []report.Change, err error) {
	switch {
	case f.all:
		return archive.All, nil, nil
	case f.since != "":
		if changes, err = a.Changes(ctx, since); err != nil {
			return nil, nil, err
		}
		ids = []string{}
		for _, c := range changes {
			if c.Kind != report.ChangeClosed && c.Kind != report.ChangeGone {
				ids = append(ids, c.Story)
			}
		}
		return ids, changes, nil
	}
	zone, err := f.zone(ctx, a)
	if err != nil {
		return nil, nil, err
	}
	from, to, err := f.span(zone, func() (time.Time, error) {
		i, err := a.Info(ctx)
		if err != nil {
			return time.Time{}, err
		}
		return i.Last, nil
	})
	if err != nil {
		return nil, nil, err
	}
	ids, err = a.Between(ctx, from.Unix(), to.Unix())
	return ids, nil, err
}

// span returns the days that are chosen: one, or the last ones up to the newest article,
// which newest tells.
func (f *storyFlags) span(zone *time.Location, newest func() (time.Time, error)) (from, to time.Time, err error) {
	if f.day != "" {
		if from, err = time.ParseInLocation(day, f.day, zone); err != nil {
			return from, to, usage("--day %q: want a day such as 2025-07-14", f.day)
		}
		return from, from.AddDate(0, 0, 1), nil
	}
	last, err := newest()
	if err != nil {
		return from, to, err
	}
	y, m, d := last.In(zone).Date()
	to = time.Date(y, m, d+1, 0, 0, 0, 0, zone)
	return to.AddDate(0, 0, -f.days), to, nil
}

// zone returns the zone of days and times: the user's, else that of most articles of the
// archive, so that all reports of it have one.
func (f *storyFlags) zone(ctx context.Context, a *archive.Archive) (*time.Location, error) {
	if f.tz == "" {
		return a.Zone(ctx)
	}
	zone, err := article.LoadZone(f.tz)
	if err != nil {
		return nil, noZone(f.tz)
	}
	return zone, nil
}
