package report

import (
	"time"

	"qissa/article"
)

// An otherJSON is another record of an article's page: elsewhere with the same
// words, or an earlier version of it.
type otherJSON struct {
	ID     text       `json:"id"`                     // as given; null if none was
	Source text       `json:"source"`                 // outlet; null if unknown
	URL    text       `json:"url"`                    // address as the record has it
	Title  text       `json:"title"`                  // headline; null if it has none
	Time   text       `json:"time"`                   // RFC 3339, in the zone it was given in; null if unknown
	Gone   []string   `json:"numbers_gone,omitempty"` // numbers of this version that the article has no longer, as European digits
	New    []string   `json:"numbers_new,omitempty"`  // numbers that the article has since
	Origin originJSON `json:"origin"`                 // where the record stands in the input
}

func recordsJSON(records []article.Record) []otherJSON {
	var list []otherJSON
	for _, r := range records {
		when := ""
		if !r.Time.IsZero() {
			when = r.Time.Format(time.RFC3339)
		}
		list = append(list, otherJSON{text(r.ID), text(r.Source), text(r.URL), text(r.Title), text(when), r.Gone, r.New,
			originJSON{text(r.Origin.File), r.Origin.Line, r.Origin.Item}})
	}
	return list
}

// records returns what is read of other records; a time that is none is unknown.
func records(of []otherJSON) (list []article.Record) {
	for _, r := range of {
		when, _ := time.Parse(time.RFC3339, string(r.Time))
		list = append(list, article.Record{ID: string(r.ID), Source: string(r.Source), URL: string(r.URL), Title: string(r.Title), Time: when, Gone: r.Gone, New: r.New,
			Origin: article.Origin{File: string(r.Origin.File), Line: r.Origin.Line, Item: r.Origin.Item}})
	}
	return list
}

// records writes the other records of an article, nothing if there are none.
func (j *jsonText) records(name string, records []otherJSON) {
	if len(records) == 0 {
		return
	}
	appendObjects(j.name(name), records, func(r otherJSON) {
		j.name("id").text(r.ID)
		j.name("source").text(r.Source)
		j.name("url").text(r.URL)
		j.name("title").text(r.Title)
		j.name("time").text(r.Time)
		if len(r.Gone) > 0 {
			appendStrings(j.name("numbers_gone"), r.Gone)
		}
		if len(r.New) > 0 {
			appendStrings(j.name("numbers_new"), r.New)
		}
		r.Origin.append(j)
	})
}

// append writes the place of a record under the name origin.
func (o originJSON) append(j *jsonText) {
	j.name("origin").open('{')
	j.name("file").text(o.File)
	if o.Line != 0 {
		j.name("line").int(o.Line)
	}
	if o.Item != 0 {
		j.name("item").int(o.Item)
	}
	j.close('}')
}
