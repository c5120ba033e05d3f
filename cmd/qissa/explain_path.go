package main

import (
	"fmt"
	"slices"
	"strings"

	"qissa/report"
)

// said lists the corrections that keep the stories of two articles apart.
func (v *explainVerb) said(a, b runArticle, pairs map[[2]string]runPair) {
	s, t := v.of[a.ID].story, v.of[b.ID].story
	if s == t {
		return // the path shows them
	}
	for _, x := range v.stories[s].Articles {
		for _, y := range v.stories[t].Articles {
			if p, ok := pairs[[2]string{x.ID, y.ID}]; ok && p.Why == "correction" && (x.ID != a.ID || y.ID != b.ID) {
				fmt.Fprintf(v.out, "said    %s and %s are two stories: a correction says so\n", report.Harmless(x.ID), report.Harmless(y.ID))
			}
		}
	}
}

// path shows the articles through which two of one story hold together: the
// chain whose weakest link is strongest.
func (v *explainVerb) path(a, b runArticle, pairs map[[2]string]runPair) {
	at := v.of[a.ID].story
	if at != v.of[b.ID].story {
		return
	}
	members := v.stories[at].Articles
	strength, before := map[string]float64{a.ID: 2}, map[string]string{}
	done := map[string]bool{}
	for range members {
		next := ""
		for _, m := range members {
			if !done[m.ID] && strength[m.ID] > 0 && (next == "" || strength[m.ID] > strength[next]) {
				next = m.ID
			}
		}
		if next == "" || next == b.ID {
			break
		}
		done[next] = true
		for _, m := range members {
			p, ok := pairs[[2]string{next, m.ID}]
			if s := min(strength[next], p.strength()); ok && !done[m.ID] && s > strength[m.ID] {
				strength[m.ID], before[m.ID] = s, next
			}
		}
	}
	if strength[b.ID] == 0 || before[b.ID] == a.ID {
		return
	}
	chain := []string{b.ID}
	for id := b.ID; id != a.ID; id = before[id] {
		link := "–a correction–"
		if p := pairs[[2]string{before[id], id}]; p.Why != "correction" {
			link = fmt.Sprintf("–%.2f–", p.Same)
		}
		chain = append(chain, link, before[id])
	}
	slices.Reverse(chain)
	fmt.Fprintf(v.out, "path    %s\n", report.Harmless(strings.Join(chain, " ")))
}
