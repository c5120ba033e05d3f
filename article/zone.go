package article

import (
	"cmp"
	"fmt"
	"time"
)

// CommonZone returns the zone in which most of the articles give their times, by
// the offset alone: UTC, or one called like UTC+03:00. Times without a clock say
// nothing; of two offsets that are as common the one nearer to UTC counts, then
// the eastern one.
func CommonZone(articles []Article) *time.Location {
	count := map[int]int{}
	for i := range articles {
		if a := &articles[i]; a.Precision == Exact {
			_, offset := a.Time.Zone()
			count[offset]++
		}
	}
	return CommonOffset(count)
}

// CommonOffset does the same for the numbers of articles by their offsets, in seconds
// east of Greenwich.
func CommonOffset(count map[int]int) *time.Location {
	best := 0
	abs := func(n int) int { return max(n, -n) }
	for offset, n := range count {
		if cmp.Or(cmp.Compare(n, count[best]), cmp.Compare(abs(best), abs(offset)), cmp.Compare(offset, best)) > 0 {
			best = offset
		}
	}
	return FixedZone(best)
}

// FixedZone returns the zone that is so many seconds east of Greenwich, called
// like UTC+03:00.
func FixedZone(offset int) *time.Location {
	if offset == 0 {
		return time.UTC
	}
	sign, minutes := '+', offset/60
	if offset < 0 {
		sign, minutes = '-', -minutes
	}
	return time.FixedZone(fmt.Sprintf("UTC%c%02d:%02d", sign, minutes/60, minutes%60), offset)
}

// LoadZone returns a zone by its name in the tz database, or by its offset as in
// UTC+03:00 or +03:00.
func LoadZone(name string) (*time.Location, error) {
	for _, layout := range []string{"UTC-07:00", "-07:00", "-0700"} {
		if t, err := time.Parse(layout, name); err == nil {
			_, offset := t.Zone()
			return FixedZone(offset), nil
		}
	}
	return time.LoadLocation(name)
}
