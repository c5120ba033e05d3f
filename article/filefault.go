package article

import (
	"errors"
	"io/fs"
	"slices"
	"strconv"
	"strings"
)

// The codes of files that are skipped as a whole, among those of records.
const (
	fieldsCode     = "fields"     // none is known to be the text or the title
	kindCode       = "kind"       // not read by qissa
	unreadableCode = "unreadable" // by the system's word
	emptyFileCode  = "empty_file"
	fileCode       = "file" // damaged, or in no known encoding
)

// IsFileCode reports whether the code of a [RecordError] is that of a file.
func IsFileCode(code string) bool {
	return slices.Contains([]string{fieldsCode, kindCode, unreadableCode, emptyFileCode, fileCode}, code)
}

// FileError returns an error of [Read] that ended a file, one of several, as what is
// listed of it: the articles before that, of which there are so many, are used.
func FileError(name string, err error, before Counted) *RecordError {
	var fields *FieldError
	var kind *KindError
	code := fileCode
	if errors.As(err, &fields) && before.N == 0 {
		return &RecordError{File: name, Code: fieldsCode, Err: fields.Problem}
	}
	if errors.As(err, &kind) {
		code = kindCode
	} else if after, ok := strings.CutPrefix(err.Error(), "cannot read "+name+": "); ok {
		code, err = unreadableCode, Said(errors.Unwrap(err), after)
	}
	line, why := placed(name, err)
	if before.N > 0 {
		why = Messagef("used_before", "%w; the %s before that used", why, before)
	}
	return &RecordError{File: name, Line: line, Code: code, Err: why}
}

// EmptyFile returns an error with [ErrNoRecords] in its chain as what is listed of the
// file, where there are others.
func EmptyFile(err error) *RecordError {
	file, why, _ := strings.Cut(err.Error(), " has no ")
	return &RecordError{File: file, Code: emptyFileCode, Err: Said(err, "no "+why)}
}

// placed parts an error of a file, "file:line: what" or "file: what".
func placed(name string, err error) (line int, why *Message) {
	text := strings.TrimPrefix(err.Error(), name+":")
	if number, rest, ok := strings.Cut(text, ": "); ok {
		if n, bad := strconv.Atoi(number); bad == nil {
			return n, Said(err, rest)
		}
	}
	return 0, Said(err, strings.TrimSpace(text))
}

// Said returns an error as a message: the one in its chain, said in other words where more
// stands around it, else what the system or a library says.
func Said(err error, text string) *Message {
	m := &Message{Code: "said", Args: []any{text}, Text: text}
	var inner *Message
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
