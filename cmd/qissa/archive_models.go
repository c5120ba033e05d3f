package main

import (
	"fmt"
	"io"
	"time"

	"qissa/archive"
)

// advisedUnknown is the share of mentions of unknown terms from which a new model is
// advised. With a model of a month ago it is 1.5 % in a week of ant, of five months ago,
// and small, 3.0 %.
const advisedUnknown = 0.025

// printModels prints under what models an archive compares, and how well these know the
// words of the last weeks.
func printModels(w io.Writer, i *archive.Info) {
	for k, m := range i.Models {
		from := "from the beginning"
		if !m.Start.IsZero() {
			from = "from " + m.Start.Format(time.RFC3339)
		}
		since := ""
		if k == len(i.Models)-1 {
			since = "; " + count(m.Own, "article has", "articles have") + " come since"
		}
		fmt.Fprintf(w, "model        %s, %s documents, %s%s\n", m.Model, number(m.Documents), from, since)
	}
	for k, x := range i.Weeks {
		advice := ""
		if k == 0 && x.Unknown > advisedUnknown {
			advice = "; qissa archive refresh counts them"
		}
		fmt.Fprintf(w, "new words    %.1f %% in the week of %s, %s%s\n", 100*x.Unknown, x.Monday.Format(day), count(x.Articles, "article", "articles"), advice)
	}
}

// newModel tells of a model that a batch made.
func (t *talk) newModel(s *archive.Summary) {
	if s.Model == nil {
		return
	}
	from := "for all articles"
	if !s.Model.Start.IsZero() {
		from = "for what is published after " + s.Model.Start.Format(time.RFC3339)
	}
	t.say("new model %s of %s, %s", s.Model.ID, count(s.Model.Documents, "document", "documents"), from)
}
