package pipe

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem/local"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/runners/prism"

	"qissa"
	"qissa/article"
	"qissa/internal/invented"
	"qissa/report"
)

func TestMain(m *testing.M) {
	Register()
	beam.Init()
	os.Exit(m.Run())
}

// oneRun reads and groups files as qissa cluster does, and returns its four files.
func oneRun(t *testing.T, opt Options, m *qissa.Model) map[string]string {
	t.Helper()
	reading, err := opt.reading()
	if err != nil {
		t.Fatal(err)
	}
	var all []article.Article
	var skipped []*article.RecordError
	for _, path := range opt.Inputs {
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		before := len(all)
		for a, err := range article.SkipBad(article.Read(f, path, reading), func(e *article.RecordError) { skipped = append(skipped, e) }) {
			if err != nil {
				skipped = append(skipped, article.FileError(path, err, article.Count(len(all)-before, "article is", "articles are")))
				break
			}
			all = append(all, a)
		}
		f.Close()
	}
	article.FoldOutlets(all)
	article.Identify(all)
	all = article.Unite(all)
	q := qissa.DefaultOptions()
	q.Model, q.Corrections = m, opt.Corrections
	r, err := qissa.Cluster(t.Context(), all, q)
	if err != nil {
		t.Fatal(err)
	}
	var stories, articles, pairs, skips bytes.Buffer
	for _, err := range []error{
		report.StoriesJSONL(&stories, r), report.ArticlesCSV(&articles, r), report.PairsJSONL(&pairs, r), report.SkippedJSONL(&skips, slices.Concat(skipped, report.Termless(r))),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return map[string]string{"stories-*.jsonl": stories.String(), "articles-*.csv": articles.String(), "pairs-*.jsonl": pairs.String(), "skipped-*.jsonl": skips.String()}
}

// run runs a job in this process.
func run(t *testing.T, opt Options) {
	t.Helper()
	p, s := beam.NewPipelineWithRoot()
	Pipeline(s, opt)
	if _, err := prism.Execute(t.Context(), p); err != nil {
		t.Fatal(err)
	}
}

// joined returns the shards of a file, one behind the other.
func joined(t *testing.T, folder, pattern string) string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(folder, pattern))
	if err != nil || len(names) == 0 {
		t.Fatalf("no %s in %s: %v", pattern, folder, err)
	}
	var all strings.Builder
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(b)
	}
	return all.String()
}

// inputs writes made articles as files, packed, with what goes wrong in real ones: ids and
// pages that stand twice, names of sections, records that are damaged, a file cut short.
func inputs(t *testing.T, n int) []string {
	t.Helper()
	r := rand.New(rand.NewPCG(23, 1))
	start := time.Date(2025, 7, 1, 0, 0, 0, 0, time.UTC)
	var names []string
	var body, before []string
	var lastHost, lastPage int
	for file := range 4 {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		for i := range n / 4 {
			event := r.IntN(n / 4)
			at := start.Add(time.Duration(event*28*24*3600/(n/4)) * time.Second).Add(time.Duration(r.IntN(60*3600)) * time.Second)
			if i == 0 || r.IntN(5) > 0 {
				body = invented.Report(r, event, 40+r.IntN(60), 2)
			}
			host, page := r.IntN(5), r.IntN(1<<40)
			if again := slices.Equal(body, before); again && r.IntN(2) == 0 {
				host, page = lastHost, lastPage // the page once more
			}
			before, lastHost, lastPage = body, host, page
			record := map[string]string{
				"id": fmt.Sprint(file, "-", i-i%50/49), "url": fmt.Sprintf("https://site%d.example/%d", host, page), "title": strings.Join(body[:6], " "),
				"text": strings.Join(body, " "), "date": at.Format(time.RFC3339), "source": fmt.Sprint("صحيفة ", host, []string{" - رياضة", " - دولي", ""}[r.IntN(3)]),
			}
			if host == 4 {
				delete(record, "source")
			}
			if r.IntN(40) == 0 {
				record["title"], record["text"] = "في", "على من"
			}
			line, err := json.Marshal(record)
			if err != nil {
				t.Fatal(err)
			}
			if r.IntN(60) == 0 {
				line = line[:len(line)/2]
			}
			fmt.Fprintf(z, "%s\n", line)
		}
		z.Close()
		content := b.Bytes()
		if file == 3 {
			content = content[:len(content)*2/3]
		}
		name := filepath.Join(t.TempDir(), fmt.Sprintf("day%d.jsonl.gz", file))
		if err := os.WriteFile(name, content, 0o644); err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
	}
	return names
}

// defaults are the options of a job under a model of its articles.
func defaults(t *testing.T, files []string) (Options, *qissa.Model) {
	t.Helper()
	q, folder := qissa.DefaultOptions(), t.TempDir()
	opt := Options{
		Inputs: files, Out: filepath.Join(folder, "out"), Work: filepath.Join(folder, "work"), Model: filepath.Join(folder, "model"),
		Window: q.Window, Story: q.Story, Storyline: q.Storyline, Copy: q.Copy, Tile: 100 * time.Hour, TileArticles: 300,
	}
	m, err := qissa.ReferenceModel(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(opt.Model)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := m.Write(f); err != nil {
		t.Fatal(err)
	}
	return opt, m
}

// A job without a model counts one, and one without a length of tiles finds one: its files
// are those of one run.
func TestJobEqualsOneRun(t *testing.T) {
	opt, m := defaults(t, inputs(t, 1200))
	t.Run("model given", func(t *testing.T) { equalsOneRun(t, opt, m, 4) })
	opt.Model, opt.Tile = "", 0
	opt.Out, opt.Work = opt.Out+"-own", opt.Work+"-own"
	t.Run("model counted", func(t *testing.T) { equalsOneRun(t, opt, nil, 1) })
}

func equalsOneRun(t *testing.T, opt Options, m *qissa.Model, tiles int) {
	t.Helper()
	opt.Corrections = []qissa.Correction{{A: "0-3", B: "1-7", Together: true}, {A: "0-8", B: "2-9", Together: true, Storyline: true}, {A: "nobody", B: "0-3"}}
	c := equal(t, opt, m)
	if cut, _ := filepath.Glob(filepath.Join(opt.Work, "some-*")); cut == nil {
		t.Error("tiles that are compared in parts are to be tested")
	}
	if c.Others == 0 || c.Skipped == 0 || c.Tiles < tiles || c.Unmet != 1 {
		t.Errorf("%+v: pages that stand twice, damaged records and tiles are to be tested", c)
	}
}

// equal runs a job and compares its files with those of one run. It returns what the job
// counted.
func equal(t *testing.T, opt Options, m *qissa.Model) Counts {
	t.Helper()
	run(t, opt)
	for pattern, want := range oneRun(t, opt, m) {
		got := joined(t, opt.Out, pattern)
		if got == want {
			continue
		}
		g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
		for i := range min(len(g), len(w)) {
			if g[i] != w[i] {
				t.Fatalf("%s: line %d of %d (%d):\n%s\nwant\n%s", pattern, i+1, len(g), len(w), g[i], w[i])
			}
		}
		t.Fatalf("%s: %d lines, want %d", pattern, len(g), len(w))
	}
	var c Counts
	if err := getJSON(context.Background(), files{opt.Work}, "counts", &c); err != nil {
		t.Fatal(err)
	}
	return c
}
