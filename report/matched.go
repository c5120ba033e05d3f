package report

import (
	"io"

	"qissa"
	"qissa/article"
)

// Matches are the articles that have passages in common with a text, to be written.
type Matches struct {
	Text     string
	Articles []article.Article
	Stories  []MatchedStory // of each article; without id where it is of no run
	Found    []qissa.TextMatch
}

// A MatchedStory is the story of an article that was found.
type MatchedStory struct {
	ID    string `json:"id"`    // as in stories.jsonl
	Title string `json:"title"` // headline of its representative, at most 200 letters
	Size  int    `json:"size"`  // number of articles
}

// matchJSON is a line of qissa match -f jsonl.
type matchJSON struct {
	Schema   int                `json:"schema"`   // version of the format; fields are only ever added within one
	Article  string             `json:"article"`  // its id
	Source   text               `json:"source"`   // outlet; null if unknown
	Title    text               `json:"title"`    // headline; null if it has none
	URL      text               `json:"url"`      // address; null if unknown
	Time     text               `json:"time"`     // RFC 3339, in the zone it was given in; null if unknown
	Story    *MatchedStory      `json:"story"`    // its story in the run; null where no run was asked
	Holds    share              `json:"holds"`    // share of the words of the text that stand in its passages, 0 to 1
	Held     share              `json:"held"`     // share of its words that stand in the passages of the text, 0 to 1
	Passages []matchPassageJSON `json:"passages"` // what both have, by place in the text
	Origin   originJSON         `json:"origin"`   // where the record stands in the input
}

type matchPassageJSON struct {
	Text  string     `json:"text"`  // as the text that was asked for has it
	Words int        `json:"words"` // its length in words, from 8
	At    qissa.Span `json:"at"`    // where: from and to (exclusive), in code points of the text that was asked for
	There qissa.Span `json:"there"` // where in the article: from and to (exclusive), in code points of the title, one line break, and the body
}

// JSONL writes one article per line.
func (d Matches) JSONL(w io.Writer) error {
	records := make([]matchJSON, len(d.Found))
	for i, m := range d.Found {
		a := &d.Articles[m.Article]
		records[i] = matchJSON{
			Schema: schema, Article: a.ID, Source: text(a.Source), Title: text(a.Title), URL: text(a.URL), Time: text(timeText(*a)),
			Holds: share(m.Holds), Held: share(m.Held), Passages: []matchPassageJSON{}, Origin: originJSON{text(a.Origin.File), a.Origin.Line, a.Origin.Item},
		}
		if s := d.Stories[m.Article]; s.ID != "" {
			records[i].Story = &s
		}
		for _, p := range m.Passages {
			records[i].Passages = append(records[i].Passages, matchPassageJSON{p.Item.In(d.Text), p.Words, p.Item, p.Article})
		}
	}
	return plainLines(w, records)
}
