package main

import "qissa/article"

// unite makes one article of the records of each page, and tells how many were of
// a page that others are of.
func (l *loader) unite() {
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
	if n := l.notes.ids[r.ID]; n > 0 {
		l.notes.ids[r.ID] = n - 1
	}
}
