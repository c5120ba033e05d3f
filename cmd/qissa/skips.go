package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"qissa/article"
)

// shownSkipped is how many skipped records are shown; all of them are counted.
const shownSkipped = 3

// The codes of files that are skipped as a whole, among those of records.
const (
	fieldsCode     = "fields"     // none is known to be the text or the title
	kindCode       = "kind"       // not read by qissa
	unreadableCode = "unreadable" // by the system's word
	emptyFileCode  = "empty_file"
	fileCode       = "file" // damaged, or in no known encoding
)

// file judges an error that ended a source, from which some articles were read.
// It returns nil where the others can be used without it: a bad file does not
// stop a folder.
func (l *loader) file(ctx context.Context, s source, err error, read int) error {
	var fields *article.FieldError
	var kind *article.KindError
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
		l.talk.warn("fields_later", "%v", plain(err, err.Error()))
		return nil
	case isFields:
		l.skip(&article.RecordError{File: s.name, Code: fieldsCode, Err: fields.Problem})
		return nil
	}
	code := fileCode
	if errors.As(err, &kind) {
		code = kindCode
	} else if after, ok := strings.CutPrefix(err.Error(), "cannot read "+s.name+": "); ok {
		code, err = unreadableCode, plain(errors.Unwrap(err), after)
	}
	line, why := placed(s.name, err)
	if read > 0 {
		why = article.Messagef("used_before", "%w; the %s before that used", why, nouns(read, "article is", "articles are"))
	}
	l.skip(&article.RecordError{File: s.name, Line: line, Code: code, Err: why})
	return nil
}

// placed parts an error of a file, "file:line: what" or "file: what".
func placed(name string, err error) (line int, why *article.Message) {
	text := strings.TrimPrefix(err.Error(), name+":")
	if number, rest, ok := strings.Cut(text, ": "); ok {
		if n, bad := strconv.Atoi(number); bad == nil {
			return n, plain(err, rest)
		}
	}
	return 0, plain(err, strings.TrimSpace(text))
}

// plain is an error as a message: the one in its chain, said in other words where
// more stands around it, else what the system or a library says.
func plain(err error, text string) *article.Message {
	m := &article.Message{Code: "said", Args: []any{text}, Text: text}
	var inner *article.Message
	switch {
	case errors.As(err, &inner):
		m.Code, m.Args = inner.Code, inner.Args
	case errors.Is(err, fs.ErrPermission):
		m.Code, m.Args = "no_permission", nil
	case errors.Is(err, fs.ErrNotExist):
		m.Code, m.Args = "not_there", nil
	}
	return m
}

// skip keeps a damaged record and shows the first ones.
func (l *loader) skip(e *article.RecordError) {
	l.skipped = append(l.skipped, e)
	ended := e.Code == "truncated" // says itself what was used
	if l.shown++; l.shown <= shownSkipped || ended && l.alone {
		switch why := plain(e.Err, e.Err.Error()); {
		case ended:
			l.talk.warn("ended", "%s: %v", standing(e), why)
		case isFileCode(e.Code):
			l.talk.warn("file_skipped", "%s: %v; file skipped", standing(e), why)
		default:
			l.talk.warn("record_skipped", "%s: %v; record skipped", standing(e), why)
		}
	}
}

func isFileCode(code string) bool {
	switch code {
	case fieldsCode, kindCode, unreadableCode, emptyFileCode, fileCode:
		return true
	}
	return false
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
		file, why, _ := strings.Cut(err.Error(), " has no ")
		l.skipped = append(l.skipped, &article.RecordError{File: file, Code: emptyFileCode, Err: plain(err, "no "+why)})
	}
}

// numbers tells how many records and files were skipped.
func (l *loader) numbers() (records, files int) {
	for _, e := range l.skipped {
		if isFileCode(e.Code) {
			files++
		}
	}
	return len(l.skipped) - files, files
}

// standing writes where a record stands: "file:line", or "file".
func standing(e *article.RecordError) string {
	if e.Line == 0 {
		return e.File
	}
	return fmt.Sprintf("%s:%d", e.File, e.Line)
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
