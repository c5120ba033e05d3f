package report

import (
	"fmt"
	"strings"
	"time"

	"qissa/article"
)

// dataZone returns the zone that all exact times of the articles are given in, UTC if
// they differ or none is given.
func dataZone(articles []article.Article) *time.Location {
	offset, found := 0, false
	for _, a := range articles {
		if a.Precision != article.Exact || !dated(a) {
			continue
		}
		_, o := a.Time.Zone()
		if found && o != offset {
			return time.UTC
		}
		offset, found = o, true
	}
	if offset == 0 {
		return time.UTC
	}
	return time.FixedZone(offsetName(offset), offset)
}

// offsetName is the name of a zone by its seconds east of Greenwich: «UTC+3».
func offsetName(seconds int) string {
	if seconds == 0 {
		return "UTC"
	}
	sign := "+"
	if seconds < 0 {
		sign, seconds = "−", -seconds
	}
	name := fmt.Sprintf("UTC%s%d", sign, seconds/3600)
	if minutes := seconds / 60 % 60; minutes > 0 {
		name += fmt.Sprintf(":%02d", minutes)
	}
	return name
}

// zoneName names the zone of the page: a place with its offset where that was the same
// all through the run.
func (v *view) zoneName() string {
	name, offsets := v.zone.String(), map[int]bool{}
	for _, a := range v.r.Articles {
		if dated(a) && a.Precision != article.Day {
			_, o := a.Time.In(v.zone).Zone()
			offsets[o] = true
		}
	}
	for o := range offsets {
		if len(offsets) > 1 {
			break
		}
		if name == "" {
			return offsetName(o)
		} else if !strings.HasPrefix(name, "UTC") { // which tells its offset itself
			return name + " (" + offsetName(o) + ")"
		}
	}
	return name
}
