package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"qissa/article"
)

// inspections sum up inputs by kind: format, encoding, the names of the fields.
// Inputs from which nothing was read are a kind of their own.
type inspections struct {
	kinds  map[string]*inspection
	unread []*inspection
}

func (s *inspections) add(in *inspection) {
	if in.articles == 0 && in.ended != nil {
		s.unread = append(s.unread, in)
		return
	}
	r := in.recognised
	r.File = ""
	key := r.String()
	if s.kinds == nil {
		s.kinds = map[string]*inspection{}
	}
	if sum := s.kinds[key]; sum != nil {
		sum.merge(in)
	} else {
		s.kinds[key] = in
	}
}

// merge adds what was found in another input of the same kind.
func (in *inspection) merge(other *inspection) {
	in.files += other.files
	in.articles += other.articles
	if in.example.Title == "" || in.example.Body == "" {
		in.example = other.example
	}
	add := func(to, from map[string]int) {
		for key, n := range from {
			to[key] += n
		}
	}
	add(in.filled, other.filled)
	add(in.outlets, other.outlets)
	add(in.languages, other.languages)
	add(in.skips, other.skips)
	for p, n := range other.precision {
		in.precision[p] += n
	}
	for code, errs := range other.skipped {
		in.skipped[code] = append(in.skipped[code], errs...)[:min(shownSkipped, len(in.skipped[code])+len(errs))]
	}
	if in.first.IsZero() || !other.first.IsZero() && other.first.Before(in.first) {
		in.first = other.first
	}
	if other.last.After(in.last) {
		in.last = other.last
	}
	in.unread = append(in.unread, other.unread...)[:min(shownUnread, len(in.unread)+len(other.unread))]
	in.arabic, in.letters, in.repaired = in.arabic+other.arabic, in.letters+other.letters, in.repaired+other.repaired
	if in.ended == nil {
		in.ended = other.ended
	}
}

// String writes each kind like an input, the largest first, and in the end what
// was not read.
func (s *inspections) String() string {
	var b strings.Builder
	for _, key := range slices.SortedFunc(maps.Keys(s.kinds), func(x, y string) int {
		return cmp.Or(cmp.Compare(s.kinds[y].files, s.kinds[x].files), cmp.Compare(x, y))
	}) {
		in := s.kinds[key]
		if in.files > 1 {
			in.name = count(in.files, "file", "files") + " such as " + in.name
		}
		b.WriteString(in.String())
	}
	if n := len(s.unread); n > 0 {
		fmt.Fprintf(&b, "%s not read\n", count(n, "file", "files"))
		for i, in := range s.unread {
			if i == shownFiles {
				fmt.Fprintf(&b, "  and %s more; --verbose lists all\n", number(n-i))
				break
			}
			fmt.Fprintf(&b, "  %v\n", in.ended)
		}
	}
	return b.String()
}

// notRead lists the files that are not read for what they are, each kind once
// unless all are wanted.
func notRead(refused []*article.RecordError, all bool) string {
	var b strings.Builder
	seen := map[string]int{}
	for _, e := range refused {
		if seen[e.Err.Error()]++; all || seen[e.Err.Error()] == 1 {
			fmt.Fprintf(&b, "%s: not read\n  %-9s %v\n", e.File, "why", e.Err)
		}
	}
	if more := len(refused) - len(seen); more > 0 && !all {
		fmt.Fprintf(&b, "and %s of these kinds; --verbose lists all\n", count(more, "more file", "more files"))
	}
	return b.String()
}

// otherLanguages names the languages other than Arabic, with the number of articles
// in them.
func otherLanguages(languages map[string]int) string {
	var text string
	for _, code := range slices.Sorted(maps.Keys(languages)) {
		if code != article.Arabic {
			text += fmt.Sprintf("; %s in %s", count(languages[code], "article", "articles"), article.LanguageName(code))
		}
	}
	return text
}
