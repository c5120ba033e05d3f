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
	Cuts     *qissa.FoundCuts  // what is cut out of articles that are kept; nil for nothing. Then what is dropped is listed with its record
	Annotate bool              // writes every record with its fate, not those alone that are kept
}

// cutsOf returns what is cut out of an article.
func (d Deduplication) cutsOf(i int) []qissa.Cut {
	if d.Cuts == nil || d.Repeats[i] != nil {
		return nil
	}
	return d.Cuts.Cuts[i]
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
	Repeats *placeJSON       `json:"repeats"`          // the article that is kept in its place, or, where none is, one that has the same text; of one that is cut, or dropped for what was cut, that in which most of it stands; null for boilerplate, or if there is none
	How     qissa.RepeatKind `json:"how"`              // what makes it a repeat: the words of one stand in the other, both have one address, or both report one happening, or happenings of one affair; or what was cut; or more were left than asked for
	Copied  share            `json:"copied"`           // share of the words of the dropped one that stand in the kept one, or that were cut, 0 to 1
	Covers  share            `json:"covers"`           // share of the words of the kept one that stand in the dropped one, 0 to 1
	Cuts    []cutJSON        `json:"cuts,omitempty"`   // what was cut out of an article that is kept; absent for one that is dropped
	Was     json.RawMessage  `json:"was,omitempty"`    // the field of the text as it was, with the escapes that it had, where it is no plain text: a string, or what else the record has there
	Record  string           `json:"record,omitempty"` // the record of a dropped one as it came, where passages or boilerplate are cut
}

// Dropped writes for each record that is not kept what it repeats, one per
// line.
func (d Deduplication) Dropped(w io.Writer) error {
	return lines(w, func(enc *json.Encoder) error {
		enc.SetEscapeHTML(d.Cuts == nil) // what was cut is written as it stood
		var memory lineMemory
		for i := d.Others; i < len(d.Articles); i++ {
			r, cut := d.Repeats[i], d.cutsOf(i)
			if r == nil && cut == nil {
				continue
			}
			if r == nil {
				r = d.Cuts.Cut[i]
			}
			rec := droppedJSON{Schema: schema, placeJSON: place(d.Articles[i]), How: r.How, Copied: share(r.Copied), Covers: share(r.Covers)}
			if r.Of >= 0 {
				of := place(d.Articles[r.Of])
				rec.Repeats = &of
			}
			if err := d.addCuts(&rec, i, cut, &memory); err != nil {
				return err
			}
			if err := enc.Encode(rec); err != nil {
				return err
			}
		}
		return nil
	})
}

// addCuts adds what was cut out of an article, or, where any is cut, the record of one that
// is dropped.
func (d Deduplication) addCuts(rec *droppedJSON, i int, cuts []qissa.Cut, memory *lineMemory) error {
	if d.Cuts == nil {
		return nil
	}
	a := &d.Articles[i]
	raw, err := rawOf(a, memory)
	if err != nil || cuts == nil {
		rec.Record = raw
		return err
	}
	c, err := cutOut(a, raw, a.LoadBody(&memory.body), cuts)
	if err != nil {
		return err
	}
	rec.Was = c.was
	for n, cut := range cuts {
		x := cutJSON{From: c.from + cut.Span[0], To: c.from + cut.Span[1], How: cut.How, Text: quoted{c.texts[n]}}
		if cut.Of >= 0 {
			of, at := place(d.Articles[cut.Of]), [2]int(cut.At)
			x.Of, x.At = &of, &at
		}
		rec.Cuts = append(rec.Cuts, x)
	}
	return nil
}
