package main

import (
	"fmt"
	"os"
	"time"

	"qissa"
	"qissa/article"
)

// line tells in one line what was read. List is the file that lists the skipped
// records, "" if there will be none.
func (d *dump) line(list string) string {
	sources := map[string]bool{}
	var first, last time.Time
	for _, a := range d.articles {
		if a.Source != "" {
			sources[a.Source] = true
		}
		if a.Time.IsZero() || a.Precision == article.Relative {
			continue
		}
		when := a.Time
		if a.Precision != article.Day {
			when = when.In(d.zone)
		}
		if first.IsZero() || when.Before(first) {
			first = when
		}
		if when.After(last) {
			last = when
		}
	}
	text := count(len(d.articles), "article", "articles")
	if len(sources) > 0 {
		text += " from " + count(len(sources), "source", "sources")
	}
	if !first.IsZero() {
		text += ", " + days(first, last)
	}
	if len(d.skipped) > 0 {
		text += " · " + number(len(d.skipped)) + " skipped"
		if list != "" {
			text += " (" + list + ")"
		}
	}
	return text
}

// days writes a range of days: "12–14 Jul 2025".
func days(first, last time.Time) string {
	const day = "2 Jan 2006"
	from, to := first.Format(day), last.Format(day)
	switch {
	case from == to:
		return from
	case first.Year() != last.Year():
		return from + " – " + to
	case first.Month() != last.Month():
		return first.Format("2 Jan") + " – " + to
	}
	return first.Format("2") + "–" + to
}

// summarize tells in two lines what was found. Exact is the number of articles
// that repeat another letter for letter.
func (t *talk) summarize(r *qissa.Result, exact int) {
	c := r.Counts
	t.say("%s: %s single, %s with several articles; largest %s",
		count(c.Stories, "story", "stories"), number(c.Single), number(c.Multiple), number(c.Largest))
	copies := count(c.Copies, "article is a copy", "articles are copies")
	if exact > 0 {
		copies += fmt.Sprintf(" (%s letter for letter)", number(exact))
	}
	t.say("%.0f %% of the text is repeated, %s; %s to review", 100*c.RepeatedText, copies, count(c.ToReview, "story", "stories"))
	t.detail("%s similar, %s compared word by word", count(c.SimilarPairs, "pair", "pairs"), number(c.AlignedPairs))
}

// seconds writes the time since start.
func seconds(start time.Time) string { return fmt.Sprintf("%.1f s", time.Since(start).Seconds()) }

// fileSize writes a size: "4.6 MB".
func fileSize(n int64) string {
	switch {
	case n < 1000:
		return fmt.Sprintf("%d bytes", n)
	case n < 1000_000:
		return fmt.Sprintf("%.0f KB", float64(n)/1e3)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}

// isolates tells whether right-to-left text is kept apart with direction
// isolates, which some terminals draw wrongly.
func isolates(stream any) bool {
	return isTerminal(stream) && os.Getenv("QISSA_BIDI") != "off"
}
