package report

import (
	"encoding/json"
	"io"

	"qissa"
	"qissa/article"
)

// A Deduplication is a corpus with what its articles repeat.
type Deduplication struct {
	Articles []article.Article // in the order of the input
	Repeats  []*qissa.Repeat   // of each article, nil if it is kept
	Others   int               // how many articles, the first ones, are of other corpora; those are never written
	Annotate bool              // writes every record with its fate, not those alone that are kept
}

type placeJSON struct {
	ID     text       `json:"id"`     // as given; null if the record has none
	Source text       `json:"source"` // outlet; null if unknown
	URL    text       `json:"url"`    // address; null if unknown
	Title  text       `json:"title"`  // headline; null if it has none
	Time   text       `json:"time"`   // RFC 3339, in the zone it was given in; null if unknown
	Origin originJSON `json:"origin"` // where the record stands in the input
}

func place(a article.Article) placeJSON {
	return placeJSON{text(a.ID), text(a.Source), text(a.URL), text(a.Title), text(timeText(a)), originJSON{text(a.Origin.File), a.Origin.Line, a.Origin.Item}}
}

// droppedJSON is a line of dropped.jsonl.
type droppedJSON struct {
	Schema int `json:"schema"` // version of the format; fields are only ever added within one
	placeJSON
	Repeats placeJSON        `json:"repeats"` // the article that is kept in its place, or, where none is, one that has the same text
	How     qissa.RepeatKind `json:"how"`     // what makes it a repeat: the words of one stand in the other, both have one address, or both report one happening, or happenings of one affair
	Copied  share            `json:"copied"`  // share of the words of the dropped one that stand in the kept one, 0 to 1
	Covers  share            `json:"covers"`  // share of the words of the kept one that stand in the dropped one, 0 to 1
}

// Dropped writes for each record that is not kept what it repeats, one per
// line.
func (d Deduplication) Dropped(w io.Writer) error {
	return lines(w, func(enc *json.Encoder) error {
		for i, r := range d.Repeats[d.Others:] {
			if r == nil {
				continue
			}
			rec := droppedJSON{schema, place(d.Articles[d.Others+i]), place(d.Articles[r.Of]), r.How, share(r.Copied), share(r.Covers)}
			if err := enc.Encode(rec); err != nil {
				return err
			}
		}
		return nil
	})
}
