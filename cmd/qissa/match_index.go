package main

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"qissa"
	"qissa/article"
	"qissa/internal/lookup"
	"qissa/internal/parallel"
	"qissa/report"
)

// indexFileName is the index that match keeps in the folder of a run: about 2 KB an article.
const indexFileName = "match.idx"

// An indexed article is what the index keeps of it.
type indexed struct {
	ID, Source, URL, Title, Body, TimeRaw string
	Time                                  time.Time
	Precision                             article.Precision
	Origin                                article.Origin
	Story                                 report.MatchedStory
}

func (x *indexed) article() article.Article {
	return article.Article{ID: x.ID, Source: x.Source, URL: x.URL, Title: x.Title, Body: x.Body, Time: x.Time, TimeRaw: x.TimeRaw, Precision: x.Precision, Origin: x.Origin}
}

// A runIndex is the open index of a run.
type runIndex struct {
	*lookup.Index
	file *os.File
	temp bool // it is removed when it is closed
}

func (x *runIndex) close() {
	x.file.Close()
	if x.temp {
		os.Remove(x.file.Name())
	}
}

// openIndex opens the index of a run, which is made where there is none, or one of another
// run. Where it cannot be kept in the folder, or another file has its name, it is made for this time.
func (s *streams) openIndex(ctx context.Context, dir string) (*runIndex, error) {
	run, err := openFinished(dir)
	if err != nil {
		return nil, err
	}
	of, path := run.identity(), filepath.Join(dir, indexFileName)
	x, err := openIndexFile(path, of)
	if err == nil {
		return x, nil
	}
	foreign := errors.Is(err, lookup.ErrForeign)
	if !foreign && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, lookup.ErrOther) {
		return nil, unreadable(path, err)
	}
	reading := &reportVerb{streams: s, lang: "en", texts: "none", bare: true}
	result, _, err := reading.read(ctx, dir)
	if err != nil {
		return nil, err
	}
	if reading.gone != nil {
		return nil, fmt.Errorf("%w; match needs its texts", reading.gone)
	}
	var file *os.File
	unkept := lookup.ErrForeign
	if !foreign {
		file, unkept = os.CreateTemp(dir, ".match-*.part")
	}
	temp := unkept != nil
	if temp {
		s.talk.warn("index_not_kept", "%s cannot be kept: %v; it is made for this time only", path, unwrapped(unkept))
		if file, err = os.CreateTemp("", "qissa-match-*"); err != nil {
			return nil, err
		}
	} else {
		sweepIndexes(dir, file.Name())
	}
	s.talk.begin("indexing texts")
	if err = buildIndex(ctx, file, of, result); err == nil && !temp {
		err = keepIndex(file, dir)
	}
	s.talk.begin("")
	if err != nil {
		file.Close()
		os.Remove(file.Name())
		return nil, unwritable(path, err)
	}
	if temp {
		path = file.Name()
	}
	file.Close()
	if x, err = openIndexFile(path, of); err != nil {
		return nil, unreadable(path, err)
	}
	if x.temp = temp; !temp {
		if info, err := x.file.Stat(); err == nil {
			s.talk.say("wrote %s (%s), which later questions read", path, fileSize(info.Size()))
		}
	}
	return x, nil
}

// keepIndex gives a whole index its name, and lets those read it who may read the run.
func keepIndex(file *os.File, dir string) error {
	info, err := os.Stat(filepath.Join(dir, runFileName))
	if err != nil {
		return err
	}
	return cmp.Or(file.Chmod(info.Mode().Perm()), file.Sync(), os.Rename(file.Name(), filepath.Join(dir, indexFileName)))
}

func unwrapped(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

// sweepIndexes removes what processes that were killed left, an hour ago or more.
func sweepIndexes(dir, own string) {
	left, _ := filepath.Glob(filepath.Join(dir, ".match-*.part"))
	for _, name := range left {
		if info, err := os.Lstat(name); err == nil && name != own && time.Since(info.ModTime()) > time.Hour {
			os.Remove(name)
		}
	}
}

func openIndexFile(path string, of [32]byte) (*runIndex, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	info, err := file.Stat()
	if err == nil {
		var x *lookup.Index
		if x, err = lookup.Open(file, info.Size(), of); err == nil {
			return &runIndex{Index: x, file: file}, nil
		}
	}
	file.Close()
	return nil, err
}

// identity tells a run from others: by its input and its stories.
func (f *finished) identity() [32]byte {
	h := sha256.New()
	for _, in := range f.record.Inputs {
		fmt.Fprintf(h, "%s %d\n", in.SHA256, in.Articles)
	}
	for _, x := range f.record.Files {
		if wholeName(x.Name) == storiesFileName {
			fmt.Fprintln(h, x.SHA256)
		}
	}
	return [32]byte(h.Sum(nil))
}

// indexedAtOnce is how many texts are read side by side.
const indexedAtOnce = 64 * parallel.Block

// buildIndex writes the index of a run.
func buildIndex(ctx context.Context, w io.WriteSeeker, of [32]byte, r *qissa.Result) error {
	var b lookup.Builder
	for from := 0; from < len(r.Articles); from += indexedAtOnce {
		sequences := make([][]uint32, min(indexedAtOnce, len(r.Articles)-from))
		err := parallel.EachWith(ctx, len(sequences), 0, func(int) func(int) {
			var memory []byte
			return func(i int) {
				a := &r.Articles[from+i]
				sequences[i] = lookup.Sequences(a.Title + "\n" + a.LoadBody(&memory))
			}
		})
		if err != nil {
			return err
		}
		for i, of := range sequences {
			b.Add(from+i, of)
		}
	}
	var memory []byte
	return b.Write(w, of, len(r.Articles), func(i int) ([]byte, error) {
		a, s := &r.Articles[i], &r.Stories[r.StoryOf[i]]
		return json.Marshal(indexed{
			a.ID, a.Source, a.URL, a.Title, a.LoadBody(&memory), a.TimeRaw, a.Time, a.Precision, a.Origin,
			report.MatchedStory{ID: s.ID, Title: report.Line(r.Articles[s.Representative].Title, 200, false), Size: len(s.Members)},
		})
	})
}

// candidates returns the articles that may have passages in common with a text, the most
// likely ones, and how many others there are.
func (x *runIndex) candidates(text string, most int) (articles []indexed, others int, err error) {
	found, err := x.Find(text)
	if err != nil {
		return nil, 0, err
	}
	for _, f := range found[:min(most, len(found))] {
		line, err := x.Record(f.Text)
		if err != nil {
			return nil, 0, err
		}
		var a indexed
		if err := json.Unmarshal(line, &a); err != nil {
			return nil, 0, err
		}
		articles = append(articles, a)
	}
	return articles, len(found) - len(articles), nil
}
