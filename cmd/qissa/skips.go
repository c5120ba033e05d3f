package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"qissa/article"
)

// shownSkipped is how many skipped records are shown; all of them are counted.
const shownSkipped = 3

// file judges an error that ended a source, from which some articles were read.
// It returns nil where the others can be used without it: a bad file does not
// stop a folder.
func (l *loader) file(ctx context.Context, s source, err error, read int) error {
	var fields *article.FieldError
	isFields := errors.As(err, &fields)
	if isFields && fields.Missing != "" && l.unmet == nil {
		l.unmet = err
	}
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, article.ErrNoRecords):
		l.empty = append(l.empty, err)
		return nil
	case l.alone, isFields && fields.File == "":
		return err
	case isFields && read > 0:
		l.talk.warn("fields_later", "%v", article.Said(err, err.Error()))
		return nil
	}
	l.skip(article.FileError(s.name, err, nouns(read, "article is", "articles are")))
	return nil
}

// skip keeps a damaged record and shows the first ones.
func (l *loader) skip(e *article.RecordError) {
	l.skipped = append(l.skipped, e)
	ended := e.Code == "truncated" // says itself what was used
	if l.shown++; l.shown <= shownSkipped || ended && l.alone {
		switch why := article.Said(e.Err, e.Err.Error()); {
		case ended:
			l.talk.warn("ended", "%s: %v", e.Place(), why)
		case article.IsFileCode(e.Code):
			l.talk.warn("file_skipped", "%s: %v; file skipped", e.Place(), why)
		default:
			l.talk.warn("record_skipped", "%s: %v; record skipped", e.Place(), why)
		}
	}
}

// judge tells what was left out, and returns an error if nothing is left.
func (l *loader) judge(sources []source) error {
	if l.unmet != nil && l.fitting == 0 {
		return l.unmet
	}
	if l.shown > shownSkipped {
		records, files := l.numbers()
		l.talk.warn("skipped_more", "%s skipped; the first %d are shown", article.Counted{N: records + files, Text: l.counted(false)}, shownSkipped)
	}
	if len(l.articles) > 0 {
		for i, err := range l.empty {
			if i < shownSkipped {
				file, _, _ := strings.Cut(err.Error(), " has no ")
				l.talk.warn("nothing_in", "%v; nothing read from it", &article.Message{Code: "said", Args: []any{file}, Text: err.Error()})
			}
		}
		if n := len(l.empty); n > shownSkipped {
			l.talk.warn("nothing_more", "%s no records; the first %d are shown", nouns(n, "file has", "files have"), shownSkipped)
		}
		l.keepEmpty()
		return nil
	}
	switch {
	case len(l.skipped) > 0:
		return &fault{exitNoArticles, fmt.Errorf("no article left: %s skipped", l.counted(true))}
	case len(l.empty) == 1:
		return l.empty[0]
	}
	return &fault{exitNoArticles, fmt.Errorf("no records in %s", files(sources))}
}

// keepEmpty lists the files without a record among what was skipped, where there
// are others.
func (l *loader) keepEmpty() {
	if l.alone {
		return
	}
	for _, err := range l.empty {
		l.skipped = append(l.skipped, article.EmptyFile(err))
	}
}

// numbers tells how many records and files were skipped.
func (l *loader) numbers() (records, files int) {
	for _, e := range l.skipped {
		if article.IsFileCode(e.Code) {
			files++
		}
	}
	return len(l.skipped) - files, files
}

// counted writes how many records and files were skipped, with the verb if it is
// wanted.
func (l *loader) counted(verb bool) string {
	records, files := l.numbers()
	var parts []string
	if files > 0 {
		parts = append(parts, count(files, "file", "files"))
	}
	if records > 0 {
		parts = append(parts, count(records, "record", "records"))
	}
	text := strings.Join(parts, " and ")
	switch {
	case verb && len(l.skipped) == 1:
		text += " was"
	case verb:
		text += " were"
	}
	return text
}
