package report

import (
	"time"

	"qissa"
	"qissa/article"
)

// A moment is an article's time in words.
type moment struct {
	Text string
	Note string // how exactly the time is known; "" if exactly
	ISO  string // for machines; "" if unknown
}

// local returns an article's time in the zone of the page. A day without an
// hour stays in the zone it was given in, where it is that day.
func (v *view) local(a article.Article) time.Time {
	if a.Precision == article.Day {
		return a.Time
	}
	return a.Time.In(v.zone)
}

// wall is what the local time of a dated article would be in seconds since 1970,
// were it in UTC.
func (v *view) wall(a article.Article) int {
	t := v.local(a)
	_, offset := t.Zone()
	return int(t.Unix()) + offset
}

func (v *view) moment(a article.Article) moment {
	raw := cut(plain(a.TimeRaw), 40)
	if !dated(a) {
		switch {
		case a.Precision == article.Relative:
			return moment{v.Text["undated"], v.say("unplaced", "raw", raw), ""}
		case raw != "":
			return moment{v.Text["undated"], v.say("unreadable", "raw", raw), ""}
		}
		return moment{v.Text["undated"], "", ""}
	}
	t := v.local(a)
	switch a.Precision {
	case article.Day:
		return moment{v.date(t), v.Text["day_only"], t.Format(time.DateOnly)}
	case article.Relative:
		return moment{v.say("approximate", "time", v.clock(t)), v.say("relative", "raw", raw), t.Format(time.RFC3339)}
	}
	return moment{v.clock(t), "", t.Format(time.RFC3339)}
}

func (v *view) clock(t time.Time) string {
	return v.date(t) + v.Text["comma"] + " " + t.Format("15:04")
}

// span is the time from the first to the last dated article, "" if fewer than
// two are dated.
func (v *view) span(s qissa.Story) string {
	if s.Earliest < 0 || s.Earliest == s.Last {
		return ""
	}
	first, last := v.r.Articles[s.Earliest], v.r.Articles[s.Last]
	if first.Precision != article.Day && last.Precision != article.Day {
		return v.duration(last.Time.Sub(first.Time))
	}
	if days := calendarDays(v.local(first), v.local(last)); days > 0 {
		return v.count("days", days)
	}
	return v.Text["same_day"]
}

// calendarDays counts the midnights between two times.
func calendarDays(from, to time.Time) int {
	day := func(t time.Time) time.Time {
		return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	}
	return int(day(to).Sub(day(from)) / (24 * time.Hour))
}

// dateRange is the time from the first to the last dated article of the run.
func (v *view) dateRange() string {
	from, to := -1, -1
	for i, a := range v.r.Articles {
		if !dated(a) {
			continue
		}
		if from < 0 || a.Time.Before(v.r.Articles[from].Time) {
			from = i
		}
		if to < 0 || a.Time.After(v.r.Articles[to].Time) {
			to = i
		}
	}
	if from < 0 {
		return ""
	}
	first, last := v.shortDate(v.local(v.r.Articles[from])), v.shortDate(v.local(v.r.Articles[to]))
	if first == last {
		return first
	}
	return v.say("to", "from", first, "to", last)
}
