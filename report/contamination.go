package report

import (
	"encoding/json"
	"io"

	"qissa"
	"qissa/article"
)

// Contaminations are items of other corpora that stand in articles, to be written.
type Contaminations struct {
	Articles []article.Article // in the order of the input, those of other corpora first
	Found    []qissa.Contamination
}

// contaminationJSON is a line of contamination.jsonl.
type contaminationJSON struct {
	Schema int `json:"schema"` // version of the format; fields are only ever added within one
	placeJSON
	Words int          `json:"words"` // of its text, of its title if it has no text
	Share share        `json:"share"` // the greatest share of these that stand in one article, 0 to 1
	In    []holderJSON `json:"in"`    // the articles that hold it, or stand in it, by share
}

type holderJSON struct {
	placeJSON
	Holds    share             `json:"holds"`    // share of the item's words that stand in the article, 0 to 1
	Held     share             `json:"held"`     // share of the article's words that stand in the item, 0 to 1
	Passages []heldPassageJSON `json:"passages"` // what the two have in common, by place in the item
}

type heldPassageJSON struct {
	Words   int    `json:"words"`   // words that both have
	Item    [2]int `json:"item"`    // code points of title, line break and text of the item
	Article [2]int `json:"article"` // likewise of the article
}

// JSONL writes one item per line with the articles that hold it.
func (d Contaminations) JSONL(w io.Writer) error {
	return lines(w, func(enc *json.Encoder) error {
		enc.SetEscapeHTML(false)
		for _, c := range d.Found {
			rec := contaminationJSON{schema, place(d.Articles[c.Item]), c.Words, share(c.Share), []holderJSON{}}
			for _, h := range c.Holders {
				in := holderJSON{place(d.Articles[h.Article]), share(h.Holds), share(h.Held), []heldPassageJSON{}}
				for _, p := range h.Passages {
					in.Passages = append(in.Passages, heldPassageJSON{p.Words, p.Item, p.Article})
				}
				rec.In = append(rec.In, in)
			}
			if err := enc.Encode(rec); err != nil {
				return err
			}
		}
		return nil
	})
}
