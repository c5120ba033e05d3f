package report

import "qissa"

// originsJSON is one text that articles of a story go back to.
type originsJSON struct {
	Article  string `json:"article"`  // the agency's own, else the first by time, else the longest
	Agency   text   `json:"agency"`   // the agency whose text it is; null if none is known
	Articles int    `json:"articles"` // that go back to it, itself among them
	Sources  int    `json:"sources"`  // outlets of these
}

// figureJSON is a row of a story's table of facts.
type figureJSON struct {
	Kind   qissa.FactKind    `json:"kind"`   // a number, a day or date, or the name of a person
	Of     text              `json:"of"`     // what is counted, as first written; null for days and names
	Differ bool              `json:"differ"` // two articles that name one value each name different ones
	Values []figureValueJSON `json:"values"` // at most 12
}

// figureValueJSON is one value of a figure.
type figureValueJSON struct {
	Text     string   `json:"text"`     // as first written
	Articles []string `json:"articles"` // ids of those that have it
}

// addOrigins adds the texts that a story goes back to, and what its articles do not all
// say.
func (rec *storyJSON) addOrigins(r *qissa.Result, s qissa.Story) {
	rec.OriginCount, rec.Origins, rec.Figures = len(s.Origins), []originsJSON{}, []figureJSON{}
	for _, o := range s.Origins {
		rec.Origins = append(rec.Origins, originsJSON{r.Articles[o.Article].ID, text(o.Agency), o.Articles, o.Sources})
	}
	for _, f := range s.Figures {
		row := figureJSON{f.Kind, text(f.Of), f.Differ, []figureValueJSON{}}
		for _, v := range f.Values {
			value := figureValueJSON{Text: v.Text}
			for _, a := range v.Articles {
				value.Articles = append(value.Articles, r.Articles[a].ID)
			}
			row.Values = append(row.Values, value)
		}
		rec.Figures = append(rec.Figures, row)
	}
}

// readOrigins is the way back. Among numbers an article of the story by its id.
func (s storyJSON) readOrigins(out *qissa.Story, among func(what, id string) int) {
	for _, o := range s.Origins {
		out.Origins = append(out.Origins, qissa.Origin{Article: among("origin", o.Article), Agency: string(o.Agency), Articles: o.Articles, Sources: o.Sources})
	}
	for _, f := range s.Figures {
		row := qissa.Figure{Kind: f.Kind, Of: string(f.Of), Differ: f.Differ}
		for _, v := range f.Values {
			value := qissa.FigureValue{Text: v.Text}
			for _, id := range v.Articles {
				value.Articles = append(value.Articles, among("article of a figure", id))
			}
			row.Values = append(row.Values, value)
		}
		out.Figures = append(out.Figures, row)
	}
}
