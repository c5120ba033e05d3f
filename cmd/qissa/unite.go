package main

import "qissa/article"

// unite makes one article of the records of each page, and tells how many were of
// a page that others are of. Each record has an id of its own before, so that labels
// and readers can name it.
func (l *loader) unite() {
	l.given = map[string]string{}
	given := make([]string, len(l.articles))
	for i := range l.articles {
		given[i] = l.articles[i].ID
	}
	article.Identify(l.articles)
	for i := range l.articles {
		if id := l.articles[i].ID; id != given[i] {
			l.given[id] = given[i]
		}
	}
	l.articles = article.Unite(l.articles)
	also, versions := 0, 0
	for i := range l.articles {
		a := &l.articles[i]
		if a.Others == nil {
			continue
		}
		for _, r := range a.Others.AlsoIn {
			l.forget(r)
		}
		for _, r := range a.Others.Versions {
			l.forget(r)
		}
		also, versions = also+len(a.Others.AlsoIn), versions+len(a.Others.Versions)
	}
	if also+versions > 0 {
		l.talk.say("%s of a page that another is of: %s with the same words, %s",
			count(also+versions, "record is", "records are"), number(also), count(versions, "other version", "other versions"))
	}
}

// forget takes a record out of the notes.
func (l *loader) forget(r article.Record) {
	if r.Verbatim {
		l.notes.copies--
	}
	id, numbered := l.given[r.ID]
	if !numbered {
		id = r.ID
	}
	if n := l.notes.ids[id]; n > 0 {
		l.notes.ids[id] = n - 1
	}
}
