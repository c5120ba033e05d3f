package main

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/spf13/pflag"

	"qissa"
	"qissa/archive"
	"qissa/internal/carry"
	"qissa/report"
)

// addAgain adds the flags of a command that compares stories again; it moves no mark.
func (f *storyFlags) addAgain(fs *pflag.FlagSet) {
	f.add(fs, "stories that changed from `where` on: last or last:NAME (that mark stays where it\nis), yesterday, a length of time such as 24h or 7d, a time, or the number of a batch")
	fs.StringVar(&f.tz, "tz", "", "`zone` of these times and days (default that of most articles)")
}

// rerun compares the chosen stories of an archive again, and tells its zone.
func (f *storyFlags) rerun(ctx context.Context, s *streams, path, verb string, cut archive.Cut) (*archive.Rerun, *time.Location, error) {
	if f.given() != 1 {
		return nil, nil, usage("an archive keeps no links, so they are found again for the stories asked for: %s of an archive wants one of --since, --day, --days and --all", verb)
	}
	since, err := f.parse(time.Now())
	if err != nil {
		return nil, nil, err
	}
	a, err := openArchive(ctx, path)
	if err != nil {
		return nil, nil, err
	}
	defer a.Close()
	ids, _, err := f.choose(ctx, a, since)
	if err != nil {
		return nil, nil, archiveFault(path, err, 0)
	}
	if ids != nil && len(ids) == 0 {
		return nil, nil, usage("%s has no such story", path)
	}
	zone, err := f.zone(ctx, a)
	if err != nil {
		return nil, nil, archiveFault(path, err, 0)
	}
	scratch := scratch{compressFrom: s.compressFrom}
	again, err := a.Rerun(ctx, ids, cut, qissa.Options{Spill: scratch.keep, Progress: clearing(s.talk.progress)})
	s.talk.begin("")
	if errors.Is(err, archive.ErrForgotten) {
		return nil, nil, usage("%w; want later days", err)
	}
	return again, zone, archiveFault(path, err, 0)
}

// concerned returns the groups that hold an article of some, or one of a group that does,
// and so on: those among which all that became of these is told.
func concerned(before, after []report.Group, of func(string) bool) (_, _ []report.Group) {
	in := map[string]bool{}
	for grew := true; grew; {
		grew = false
		for _, groups := range [][]report.Group{before, after} {
			for _, g := range groups {
				had := func(id string) bool { return in[id] }
				if !slices.ContainsFunc(g.Articles, func(id string) bool { return had(id) || of(id) }) {
					continue
				}
				for _, id := range g.Articles {
					grew = grew || !in[id]
					in[id] = true
				}
			}
		}
	}
	left := func(groups []report.Group) []report.Group {
		return slices.DeleteFunc(groups, func(g report.Group) bool { return !in[g.Articles[0]] })
	}
	return left(before), left(after)
}

// carryIDs gives groups the ids of those that they go on from, as an archive does.
func carryIDs(before, after []report.Group) {
	articles := func(groups []report.Group) (lists [][]string) {
		for _, g := range groups {
			lists = append(lists, g.Articles)
		}
		return lists
	}
	taken := map[string]bool{}
	for _, g := range before {
		taken[g.ID] = true
	}
	for n, old := range carry.Match(articles(before), articles(after)).OldOf {
		switch g := &after[n]; {
		case old >= 0:
			g.ID = before[old].ID
		case taken[g.ID]:
			g.ID += "-2" // as archives mint ids
		}
	}
}
