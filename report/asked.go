package report

import (
	"encoding/json"
	"io"

	"qissa"
)

// An Asked is a question as it is shown to a reader, with what each answer makes.
type Asked struct {
	Of           qissa.Question
	A, B         AskedGroup
	Shared       []string // words of both headlines
	Yes, No      []qissa.Correction
	OneStoryline []qissa.Correction // no, but of one storyline
}

// An AskedGroup is one of the two groups of articles of a question.
type AskedGroup struct {
	ID, Title string   // of the article that is shown
	Articles  []string // ids
	Only      []string // words of its headline, numbers and dates that the other article does not have
}

// questionJSON is a line of qissa ask -f jsonl.
type questionJSON struct {
	Schema   int            `json:"schema"`   // version of the format; fields are only ever added within one
	Weight   float64        `json:"weight"`   // pairs of articles that the answer is expected to change: the product of the numbers of articles, the similarity, and one minus the similarity
	Same     float64        `json:"same"`     // mean similarity of the two groups, 0 to 1
	Together bool           `json:"together"` // whether the run has the two in one story
	A        askedGroupJSON `json:"a"`        // the group whose first article is earlier
	B        askedGroupJSON `json:"b"`        // the other group
	Shared   []string       `json:"shared"`   // words of both headlines, as the first has them
	Answers  answersJSON    `json:"answers"`  // lines of a file of corrections that each answer makes
}

type askedGroupJSON struct {
	ID       string   `json:"id"`       // of its most central article, which is shown
	Title    text     `json:"title"`    // headline of that article; null if it has none
	Articles []string `json:"articles"` // ids of all its articles
	Only     []string `json:"only"`     // what the other article that is shown does not have: words of the headline, numbers and dates of the text
}

type answersJSON struct {
	No           []correctionJSON `json:"no"`            // they are two stories
	OneStoryline []correctionJSON `json:"one_storyline"` // they are two stories of one storyline
	Yes          []correctionJSON `json:"yes"`           // they are one story
}

// linkKind is what a correction says of two articles.
type linkKind string

const (
	mustLink   linkKind = "must_link"
	cannotLink linkKind = "cannot_link"
)

// correctionJSON is a line of a file of corrections.
type correctionJSON struct {
	Type  linkKind `json:"type"`            // whether the two articles belong together or apart
	Level string   `json:"level,omitempty"` // "storyline" where it is about storylines; left out where it is about stories
	A     string   `json:"a"`               // id of an article
	B     string   `json:"b"`               // id of another
}

func correctionRecords(corrections []qissa.Correction) []correctionJSON {
	records := make([]correctionJSON, len(corrections))
	for i, c := range corrections {
		records[i] = correctionJSON{Type: cannotLink, A: c.A, B: c.B}
		if c.Together {
			records[i].Type = mustLink
		}
		if c.Storyline {
			records[i].Level = "storyline"
		}
	}
	return records
}

// CorrectionsJSONL writes corrections as lines of a file of them.
func CorrectionsJSONL(w io.Writer, corrections []qissa.Correction) error {
	return plainLines(w, correctionRecords(corrections))
}

// AskedJSONL writes questions, one per line.
func AskedJSONL(w io.Writer, questions []Asked) error {
	group := func(g AskedGroup) askedGroupJSON {
		return askedGroupJSON{g.ID, text(g.Title), list(g.Articles), list(g.Only)}
	}
	records := make([]questionJSON, len(questions))
	for i, q := range questions {
		records[i] = questionJSON{
			schema, q.Of.Difference, q.Of.Same, q.Of.Together, group(q.A), group(q.B), list(q.Shared),
			answersJSON{correctionRecords(q.No), correctionRecords(q.OneStoryline), correctionRecords(q.Yes)},
		}
	}
	return plainLines(w, records)
}

// plainLines writes records on one line each, letters as they are.
func plainLines[T any](w io.Writer, records []T) error {
	return lines(w, func(enc *json.Encoder) error {
		enc.SetEscapeHTML(false)
		for _, rec := range records {
			if err := enc.Encode(rec); err != nil {
				return err
			}
		}
		return nil
	})
}
