package article

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Identify gives each article an id of its own. Given ids are kept; a missing
// one is the first 12 hex digits of the SHA-256 of title, body, source, url and
// time. Of articles with the same id, all but the first by (time, source, url,
// title, body) get #2, #3 and so on, so ids depend on the content alone, never
// on the order of the input. Cost: n log n.
func Identify(articles []Article) {
	order := make([]int, len(articles))
	taken := make(map[string]bool, len(articles))
	for i := range articles {
		if articles[i].ID == "" {
			articles[i].ID = contentID(&articles[i])
		}
		taken[articles[i].ID] = true
		order[i] = i
	}
	if len(taken) == len(articles) {
		return
	}
	slices.SortStableFunc(order, func(i, j int) int {
		a, b := &articles[i], &articles[j]
		return cmp.Or(strings.Compare(a.ID, b.ID), compareContent(a, b))
	})
	last, n := "", 0
	for _, i := range order {
		id := articles[i].ID
		if id != last {
			last, n = id, 1
			continue
		}
		for {
			n++
			numbered := fmt.Sprintf("%s#%d", id, n)
			if !taken[numbered] {
				taken[numbered] = true
				articles[i].ID = numbered
				break
			}
		}
	}
}

// contentID returns the id of an article that was given none. A relative date
// counts as written, since its place depends on the capture time.
func contentID(a *Article) string {
	when := a.TimeRaw
	if a.Precision == Exact || a.Precision == Day {
		when = a.Time.UTC().Format(time.RFC3339Nano)
	}
	h := sha256.New()
	var length [8]byte
	for _, s := range []string{a.Title, a.LoadBody(nil), a.sourceRead(), a.URL, when} {
		binary.BigEndian.PutUint64(length[:], uint64(len(s)))
		h.Write(length[:])
		h.Write([]byte(s))
	}
	return hex.EncodeToString(h.Sum(nil)[:6])
}

// CanonicalOrder returns the numbers of the articles ordered by time, undated ones
// last, then by source, id, url, title, body and the date as written. Call it after
// [Identify]. Cost: n log n.
func CanonicalOrder(articles []Article) []int {
	order := make([]int, len(articles))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return compare(&articles[i], &articles[j]) })
	return order
}

// compare is the order of [CanonicalOrder]: 0 only for articles equal in all of it.
func compare(a, b *Article) int {
	if c := compareTime(a.Time, b.Time); c != 0 {
		return c
	}
	if c := compareStrings([]*string{&a.Source, &a.ID, &a.URL, &a.Title}, []*string{&b.Source, &b.ID, &b.URL, &b.Title}); c != 0 {
		return c
	}
	return cmp.Or(compareBodies(a, b), strings.Compare(a.TimeRaw, b.TimeRaw))
}

// compareContent orders articles whatever their ids.
func compareContent(a, b *Article) int {
	if c := compareTime(a.Time, b.Time); c != 0 {
		return c
	}
	if c := compareStrings([]*string{&a.Source, &a.URL, &a.Title}, []*string{&b.Source, &b.URL, &b.Title}); c != 0 {
		return c
	}
	return cmp.Or(compareBodies(a, b), strings.Compare(a.TimeRaw, b.TimeRaw), strings.Compare(a.ID, b.ID))
}

func compareBodies(a, b *Article) int { return strings.Compare(a.LoadBody(nil), b.LoadBody(nil)) }

func compareStrings(a, b []*string) int {
	for i := range a {
		if c := strings.Compare(*a[i], *b[i]); c != 0 {
			return c
		}
	}
	return 0
}

// compareTime puts the zero time last.
func compareTime(a, b time.Time) int {
	switch {
	case a.IsZero() && b.IsZero():
		return 0
	case a.IsZero():
		return 1
	case b.IsZero():
		return -1
	}
	return a.Compare(b)
}

// Earlier orders articles by time, those without a clock last; see [Article.HasClock].
func Earlier(a, b *Article) int {
	switch clockA, clockB := a.HasClock(), b.HasClock(); {
	case clockA && clockB:
		return cmp.Compare(a.Time.Unix(), b.Time.Unix())
	case clockA:
		return -1
	case clockB:
		return 1
	}
	return 0
}
