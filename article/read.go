package article

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"time"
)

// Options say how to read. The zero value works for most dumps.
type Options struct {
	Format   string            // "jsonl", "json", "csv", "tsv", "feed", "xml", "html", "text"; "" or "auto": by content, then by the extension of the name
	Map      map[string]string // our field (id, source, url, title, text, time, time_raw; also records, the list inside a JSON object) to the dump's name; fields not named are guessed
	Now      time.Time         // capture time, which places «منذ ساعتين»; zero: relative dates stay unplaced
	Encoding string            // of text, as the web names it ("windows-1256"); "" or "auto": by content
	Zone     *time.Location    // of dates written without a zone; nil: UTC
	Latest   time.Time         // a date after it is none; zero: a year after Now, or 2100
	Outlet   string            // OutletField or OutletHost; "" is OutletField
	Jobs     int               // workers; 0 or less means one per processor. Never changes what is read
	KeepRaw  bool              // whether to keep each JSON record, or row of CSV, as it came
	Found    func(Recognised)  // told once per input what it is, before its first article; nil for silence
}

// Recognised is what a reader found an input to be.
type Recognised struct {
	File        string
	Compression string            // "gzip", "zstd", "bzip2"; "" for none
	Encoding    string            // "UTF-8", "UTF-16LE", "windows-1256", …
	Format      string            // as in Options
	List        string            // the name of the list of records inside a JSON object
	Fields      map[string]string // our field to the dump's name
}

// String returns the finding in one line, such as
// "dump.jsonl.gz: jsonl, gzip, UTF-8; title=headline text=body".
func (r Recognised) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s", r.File, r.Format)
	if r.Compression != "" {
		b.WriteString(", " + r.Compression)
	}
	b.WriteString(", " + r.Encoding)
	if r.List != "" {
		fmt.Fprintf(&b, "; list under %q", r.List)
	}
	sep := "; "
	for _, ours := range fieldNames {
		if theirs, ok := r.Fields[ours]; ok {
			b.WriteString(sep + ours + "=" + theirs)
			sep = " "
		}
	}
	return b.String()
}

// ErrNoRecords is in the chain of the error of an input that holds none.
var ErrNoRecords = errors.New("no records")

// Formats returns the names of the formats that Options.Format takes.
func Formats() []string {
	return []string{"jsonl", "json", "csv", "tsv", "feed", "xml", "html", "text"}
}

// Read returns the articles of r in input order. The name stands in messages
// and its extension helps where the content leaves the format open. Input
// packed with gzip, zstd, bzip2 or xz is unpacked, archives (tar, zip, WARC) are
// read through, text in UTF-16, windows-1256 or ISO-8859-6 becomes UTF-8.
//
// A record that is damaged yields a [*RecordError], and reading goes on. Any
// other error ends the sequence. Memory is bounded by the longest record, at
// most 16 MiB; a longer one is a RecordError.
func Read(r io.Reader, name string, opt Options) iter.Seq2[Article, error] {
	return func(yield func(Article, error) bool) {
		err := read(r, name, opt, yield)
		if err != nil && err != errStopped {
			yield(Article{}, err)
		}
	}
}

// errStopped says that the caller wants no more articles.
var errStopped = errors.New("stopped")

// read yields the articles of r and returns the error that ended the reading,
// if any, without yielding it.
func read(r io.Reader, name string, opt Options, yield func(Article, error) bool) error {
	in := &input{name: name}
	return in.read(r, opt, yield)
}

func (in *input) read(r io.Reader, opt Options, yield func(Article, error) bool) error {
	fields, err := newFields(opt.Map)
	if err != nil {
		return err
	}
	in.opt, in.fields, in.yield = opt, fields, yield
	if in.opt.Zone == nil {
		in.opt.Zone = time.UTC
	}
	container, err := in.open(r)
	if err != nil {
		return err
	}
	defer in.close()
	if container != "" {
		return in.readContainer(container, r)
	}
	format := opt.Format
	if format == "" || format == "auto" {
		format = sniffFormat(in.longHead(), in.name, fields)
	}
	switch format {
	case "jsonl":
		return in.readJSONL()
	case "json":
		return in.readJSON()
	case "csv", "tsv":
		return in.readCSV(format)
	case "feed":
		return in.readFeed()
	case "xml":
		return in.readXML()
	case "html":
		return in.readHTML()
	case "text":
		return in.readPage()
	}
	return fmt.Errorf("%s: unknown format %q; the formats are %s", in.name, format, strings.Join(Formats(), ", "))
}

// readContainer yields the articles of an archive or a Parquet file. Original
// is what the input was opened from.
func (in *input) readContainer(kind string, original io.Reader) error {
	switch kind {
	case "tar":
		return in.readTar(in.data)
	case "warc":
		return in.readWARC(in.data)
	}
	r, size, err := whole(in.data, in.compression != "", original)
	switch {
	case err != nil:
		return fmt.Errorf("%s: %w", in.name, err)
	case kind == "zip":
		return in.readZip(r, size)
	case kind == "sqlite":
		return in.readDatabase(r, size)
	}
	return in.readParquet(r, size)
}

// ReadAll returns all articles of r, and its damaged records. Where another error
// ends the reading, it comes with what was read before.
func ReadAll(r io.Reader, name string, opt Options) (articles []Article, bad []*RecordError, err error) {
	for a, err := range SkipBad(Read(r, name, opt), func(e *RecordError) { bad = append(bad, e) }) {
		if err != nil {
			return articles, bad, err
		}
		articles = append(articles, a)
	}
	return articles, bad, nil
}

// SkipBad passes articles on and hands each damaged record to report. Any
// other error is passed on, and ends the sequence.
func SkipBad(seq iter.Seq2[Article, error], report func(*RecordError)) iter.Seq2[Article, error] {
	return func(yield func(Article, error) bool) {
		for a, err := range seq {
			var bad *RecordError
			if errors.As(err, &bad) {
				report(bad)
				continue
			}
			if !yield(a, err) || err != nil {
				return
			}
		}
	}
}

// sniffFormat tells the format of an input from its first bytes and its name.
func sniffFormat(head []byte, name string, f *fields) string {
	switch format := sniffJSON(head, f); {
	case format == "json" && len(head) > maxRecord && slices.Contains([]string{".jsonl", ".ndjson"}, Extension(name)):
		return "jsonl" // whose first line is too long for a record
	case format != "":
		return format
	case isFeed(head):
		return "feed"
	case isHTML(head):
		return "html"
	case isXML(head):
		return "xml"
	}
	name = strings.ToLower(name)
	for _, packed := range Packed {
		name = strings.TrimSuffix(name, packed)
	}
	switch ext := name[strings.LastIndexByte(name, '.')+1:]; ext {
	case "ndjson":
		return "jsonl"
	case "jsonl", "json", "csv", "tsv", "html":
		return ext
	case "htm":
		return "html"
	case "rss", "atom":
		return "feed"
	case "xml", "sgm", "sgml":
		return "xml"
	}
	if names := headerRow(head); len(names) > 1 {
		if found, articles := f.choices(names); articles && len(found) > 1 {
			return "csv"
		}
	}
	return "text"
}
