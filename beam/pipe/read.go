package pipe

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"strings"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"

	"qissa/article"
	"qissa/report"
)

// readFn reads a file, by its number: its articles, the names that its articles have for
// their outlets, and one line for the calendar.
type readFn struct{ Options Options }

// A note is a line for the calendar.
type note struct {
	File, Read   int    // articles of an input
	Skipped      int    // records of it
	Lines, Empty []byte // of skipped.jsonl; those of an input without records stand behind all others
	Slot         int64  // articles of some hours
	Name         string
	Tile         int64
	Articles     int
	Undated      int
	Others       int // records that these articles stand for too
	Outlet       string
	Timed, Burst int
	Crawled      []string // outlets
	SHA256       string   // of an input
	Told         told     // of articles
}

func (n note) String() string {
	b, _ := json.Marshal(n) // of numbers and strings
	return string(b)
}

// A name is how articles of a host are called by their records.
type name struct {
	Source, Raw, URL, Host string
	Hosted                 bool
}

func (f *readFn) ProcessElement(ctx context.Context, number int, emit func([]byte), named, tell func(string)) error {
	path := f.Options.Inputs[number]
	opt, err := f.Options.reading()
	if err != nil {
		return err
	}
	fs, err := filesystem.New(ctx, path)
	if err != nil {
		return err
	}
	defer fs.Close()
	in, err := fs.OpenRead(ctx, path)
	if err != nil {
		return err
	}
	defer in.Close()
	n, hash := note{File: number}, sha256.New()
	raw := article.Hashing(in, hash)
	var skipped, empty []*article.RecordError
	names := map[name]bool{}
	for a, err := range article.SkipBad(article.Read(raw, path, opt), func(e *article.RecordError) { skipped = append(skipped, e) }) {
		if err != nil {
			if errors.Is(err, article.ErrNoRecords) {
				empty = []*article.RecordError{article.EmptyFile(err)}
				break
			}
			if len(f.Options.Inputs) == 1 {
				return err
			}
			var fields *article.FieldError
			if errors.As(err, &fields) && n.Read > 0 {
				break
			}
			skipped = append(skipped, article.FileError(path, err, article.Count(n.Read, "article is", "articles are")))
			break
		}
		n.Read++
		host := article.Host(a.URL)
		if k := (name{a.Source, a.SourceRaw, "", host, a.Hosted()}); !names[k] {
			names[k] = true
			k.URL = a.URL
			b, _ := json.Marshal(k)
			named(string(b))
		}
		record, err := pack(&a)
		if err != nil {
			return err
		}
		emit(record)
	}
	if _, err := io.Copy(io.Discard, raw); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	n.SHA256 = fmt.Sprintf("%x", hash.Sum(nil))
	if err := n.leftOut(skipped, empty, len(f.Options.Inputs) == 1); err != nil {
		return err
	}
	tell(n.String())
	return nil
}

// leftOut notes the records of an input that were not read. An input without records is
// none of them where it is alone.
func (n *note) leftOut(skipped, empty []*article.RecordError, alone bool) error {
	var lines bytes.Buffer
	if err := report.SkippedJSONL(&lines, skipped); err != nil {
		return err
	}
	if n.Skipped, n.Lines = len(skipped), lines.Bytes(); alone {
		return nil
	}
	lines = bytes.Buffer{}
	err := report.SkippedJSONL(&lines, empty)
	n.Empty = lines.Bytes()
	return err
}

// outletsOf tells from all names what outlets they are, as JSON.
func outletsOf(_ int, names func(*string) bool) (string, error) {
	var articles []article.Article
	var keys []name
	var text string
	for names(&text) {
		var k name
		if err := json.Unmarshal([]byte(text), &k); err != nil {
			return "", err
		}
		a := article.Article{Source: k.Source, SourceRaw: k.Raw, URL: k.URL}
		a.SetHosted(k.Hosted)
		articles, keys = append(articles, a), append(keys, k)
	}
	article.FoldOutlets(articles)
	all := map[string]string{}
	for i, k := range keys {
		if articles[i].Source != k.Source {
			all[k.key()] = articles[i].Source
		}
	}
	b, err := json.Marshal(all)
	return string(b), err
}

func (k name) key() string { return fmt.Sprintf("%q %q %q %v", k.Source, k.Raw, k.Host, k.Hosted) }

// foldFn gives articles their outlets, and ids; out they go by what their id begins with.
type foldFn struct{ outlets map[string]string }

func (f *foldFn) ProcessElement(record []byte, outlets func(*string) bool, emit func(string, []byte)) error {
	var text string
	if f.outlets == nil && outlets(&text) {
		if err := json.Unmarshal([]byte(text), &f.outlets); err != nil {
			return err
		}
	}
	a, err := unpack(record)
	if err != nil {
		return err
	}
	if outlet, ok := f.outlets[name{a.Source, a.SourceRaw, "", article.Host(a.URL), a.Hosted()}.key()]; ok {
		a.SetOutlet(outlet)
	}
	one := []article.Article{a}
	article.Identify(one)
	if record, err = pack(&one[0]); err != nil {
		return err
	}
	emit(firstOf(one[0].ID), record)
	return nil
}

// firstOf returns an id without the numbers that tell equal ids apart: a given id may
// look like one of those.
func firstOf(id string) string {
	for {
		at := strings.LastIndexByte(id, '#')
		if at < 0 || at+1 == len(id) || strings.Trim(id[at+1:], "0123456789") != "" {
			return id
		}
		id = id[:at]
	}
}

func hashOf(key string) int64 {
	h := fnv.New64a()
	h.Write([]byte(key))
	return int64(h.Sum64())
}

func keyHash(key string, _ []byte) (int64, int) { return hashOf(key), 1 }

func sum(a, b int) int { return a + b }

func often(key int64, n int, emit func(int64)) {
	if n > 1 {
		emit(key)
	}
}

// apartFn sends records on whose keys no others have, and those whose keys others have by
// their keys.
type apartFn struct{ again map[int64]bool }

func (f *apartFn) ProcessElement(key string, record []byte, again func(*int64) bool, alone func([]byte), together func(string, []byte)) error {
	if f.again == nil {
		f.again = map[int64]bool{}
		for k := int64(0); again(&k); {
			f.again[k] = true
		}
	}
	if key == "" || !f.again[hashOf(key)] {
		alone(record)
	} else {
		together(key, record)
	}
	return nil
}

// sharing sends records of one key through a function of all of them; the others, and
// those without a key, stay as they are. What is moved are the keys, and the few records.
func sharing(s beam.Scope, keyed beam.PCollection, do any) beam.PCollection {
	counts := beam.CombinePerKey(s, sum, beam.ParDo(s, keyHash, keyed))
	again := beam.ParDo(s, often, counts)
	alone, together := beam.ParDo2(s, &apartFn{}, keyed, beam.SideInput{Input: again})
	return beam.Flatten(s, alone, beam.ParDo(s, do, beam.GroupByKey(s, together)))
}

func articlesOf(records func(*[]byte) bool) (all []article.Article, err error) {
	for record := []byte(nil); records(&record); {
		a, err := unpack(record)
		if err != nil {
			return nil, err
		}
		all = append(all, a)
	}
	return all, nil
}

func emitAll(articles []article.Article, emit func([]byte)) error {
	for i := range articles {
		record, err := pack(&articles[i])
		if err != nil {
			return err
		}
		emit(record)
	}
	return nil
}

// identify gives articles of one id ids of their own.
func identify(_ string, records func(*[]byte) bool, emit func([]byte)) error {
	articles, err := articlesOf(records)
	if err != nil {
		return err
	}
	article.Identify(articles)
	return emitAll(articles, emit)
}

// pageOf returns a record by its page; "" if it has none.
func pageOf(record []byte, emit func(string, []byte)) error {
	a, err := unpack(record)
	if err != nil {
		return err
	}
	emit(a.Page(), record)
	return nil
}

// unite makes one article of records of one page.
func unite(_ string, records func(*[]byte) bool, emit func([]byte)) error {
	articles, err := articlesOf(records)
	if err != nil {
		return err
	}
	return emitAll(article.Unite(articles), emit)
}
