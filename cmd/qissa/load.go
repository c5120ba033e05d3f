package main

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"strings"
	"time"

	"qissa"
	"qissa/article"
	"qissa/internal/parallel"
	"qissa/report"
)

// A dump is what the inputs gave.
type dump struct {
	articles []article.Article
	skipped  []*article.RecordError
	inputs   []report.Input
	notes    notes
	scratch  scratch        // where the texts are
	zone     *time.Location // in which times are shown: the user's, else the commonest
	latest   time.Time      // dates after it were taken for unknown
}

// release hands the articles over: the dump holds them no more.
func (d *dump) release() []article.Article {
	articles := d.articles
	d.articles = nil
	return articles
}

// load reads all sources. It returns early, leaving the reading behind, when
// the context ends: a terminal or pipe may never answer.
func load(ctx context.Context, found *finding, opt article.Options, s *streams) (*dump, error) {
	l := &loader{dump: dump{notes: newNotes(), zone: opt.Zone, latest: opt.Latest, scratch: scratch{compressFrom: s.compressFrom}}, talk: s.talk, opt: opt, sources: map[string]string{}, settling: func() bool { return true }}
	go l.scratch.tend(ctx)
	done := make(chan error, 1)
	go func() {
		defer func() {
			if p := recover(); p != nil {
				l.talk.detail("%s", stackOf(p))
				done <- internal(p)
			}
		}()
		done <- l.all(ctx, found)
	}()
	select {
	case err := <-done:
		return &l.dump, err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// A loader reads sources and tells what is wrong with them.
type loader struct {
	dump
	talk    *talk
	opt     article.Options
	alone   bool                        // there is one source
	only    func(*article.Article) bool // what is kept, nil for all
	empty   []error                     // inputs without a record
	unmet   error                       // the user's name for a field is not in a file: the first such error
	fitting int                         // files that were read without an error
	shown   int                         // skipped records that were shown

	sources map[string]string // outlets, to hold each name once
	given   map[string]string // of ids that became others, what they were in the input

	read     int               // articles so far
	batch    []article.Article // the last ones, which are not settled
	size     int               // bytes of their texts
	settling func() bool       // waits until the batch before is settled
}

// settled is how many bytes of text are settled at a time.
const settled = 1 << 20

func (l *loader) all(ctx context.Context, found *finding) error {
	sources := found.sources
	l.alone, l.only = len(sources) == 1 && found.only == nil, found.only
	l.skipped = found.refused
	if len(sources) > 1 {
		l.talk.say("reading %s", files(sources))
	}
	l.opt.Found = func(r article.Recognised) {
		if len(sources) > 1 {
			l.talk.detail("reading %s", recognition(r))
		} else {
			l.talk.say("reading %s", recognition(r))
		}
		if r.Encoding == article.Twice {
			l.talk.warn("file_twice", "%s is UTF-8 that was encoded twice; repaired", r.File)
		} else if r.Encoding != "" && !strings.HasPrefix(r.Encoding, "UTF") {
			l.talk.warn("file_encoding", "%s is not UTF-8; read as %s; if the report looks wrong, save the file as UTF-8", r.File, r.Encoding)
		}
	}
	for _, s := range sources {
		before := l.read
		if err := l.one(ctx, s); err != nil {
			if err = l.file(ctx, s, err, l.read-before); err != nil {
				return err
			}
		} else {
			l.fitting++
		}
	}
	l.settle()
	l.settling()
	l.notes.seen = nil
	article.FoldOutlets(l.articles)
	if found.unite {
		l.unite()
	}
	if l.zone == nil {
		l.zone = article.CommonZone(l.articles)
	}
	return l.judge(sources)
}

// one reads one source to its end.
func (l *loader) one(ctx context.Context, s source) error {
	f, err := s.open()
	if err != nil {
		return unreadable(s.name, err)
	}
	defer f.Close()
	hash := sha256.New()
	raw := article.Hashing(f, hash)
	before, fault := l.read, error(nil)
	for a, err := range article.SkipBad(article.Read(raw, s.name, l.opt), l.skip) {
		if err != nil {
			fault = err
			break
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		l.hold(a)
		l.talk.progress(qissa.Progress{Stage: "reading articles", Done: l.read})
	}
	if _, err := io.Copy(io.Discard, raw); err != nil && fault == nil {
		fault = unreadable(s.name, err)
	}
	l.inputs = append(l.inputs, report.Input{Name: s.name, SHA256: fmt.Sprintf("%x", hash.Sum(nil)), Articles: l.read - before})
	return fault
}

// hold keeps an article.
func (l *loader) hold(a article.Article) {
	if l.read++; l.only != nil && !l.only(&a) {
		return
	}
	name, ok := l.sources[a.Source]
	if !ok {
		name = strings.Clone(a.Source)
		l.sources[name] = name
	}
	a.Source = name
	l.batch = append(l.batch, a)
	if l.size += len(a.Title) + len(a.Body) + len(a.Raw); l.size >= settled {
		l.settle()
	}
}

// settle notes what there is to say of the last articles and moves their texts
// out of memory, while the next ones are read.
func (l *loader) settle() {
	l.settling()
	batch := l.batch
	l.batch, l.size = make([]article.Article, 0, len(batch)), 0
	l.settling = parallel.Go(func() bool {
		for _, a := range batch {
			l.notes.add(a)
		}
		l.scratch.keepTexts(batch)
		l.articles = append(l.articles, batch...)
		return true
	})
}

// files names the first sources: "14 files: a.jsonl, b.jsonl, c.jsonl, …".
func files(sources []source) string {
	const named = 3
	var names []string
	for _, s := range sources {
		names = append(names, s.name)
	}
	if len(names) > named {
		names = append(names[:named], "…")
	}
	return count(len(sources), "file", "files") + ": " + strings.Join(names, ", ")
}

// recognition writes what an input was found to be:
// "dump.jsonl (jsonl, UTF-8; title=headline text=body)".
func recognition(r article.Recognised) string {
	return fmt.Sprintf("%s (%s)", r.File, strings.TrimPrefix(r.String(), r.File+": "))
}
