package pipe

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"qissa/article"
	"qissa/report"
)

// A Record is what whoever starts a job knows of it for its run.json.
type Record struct {
	Version  string
	Settings report.Settings
}

// recordName is also that of the record of qissa cluster.
const recordName = "run.json"

// told is what articles of some hours tell for the record.
type told struct {
	Offsets map[int]int `json:",omitempty"` // articles by the offset of their time, in seconds
	Sources []string    `json:",omitempty"` // outlets
	Future  bool        `json:",omitempty"` // a date is later than any can be
}

// toldBy looks at articles for the record.
func (o *Options) toldBy(articles []article.Article) told {
	t, sources := told{Offsets: map[int]int{}}, map[string]bool{}
	for i := range articles {
		a := &articles[i]
		if a.Precision == article.Exact {
			_, offset := a.Time.Zone()
			t.Offsets[offset]++
		}
		if a.Source != "" {
			sources[a.Source] = true
		}
		t.Future = t.Future || a.IsFuture(o.Latest)
	}
	t.Sources = slices.Sorted(maps.Keys(sources))
	return t
}

// recorded is what is known for the record once all is read.
type recorded struct {
	Inputs  []report.Input
	Skipped int // records
	Sources int
	Zone    string
	Future  bool
}

// recorded sums up notes on articles and inputs.
func (o *Options) recorded(slots, inputs []note) (recorded, error) {
	var r recorded
	reading, err := o.reading()
	if err != nil {
		return r, err
	}
	offsets, sources := map[int]int{}, map[string]bool{}
	for _, n := range slots {
		for offset, articles := range n.Told.Offsets {
			offsets[offset] += articles
		}
		for _, source := range n.Told.Sources {
			sources[source] = true
		}
		r.Future = r.Future || n.Told.Future
	}
	for _, n := range inputs {
		r.Inputs = append(r.Inputs, report.Input{Name: o.Inputs[n.File], SHA256: n.SHA256, Articles: n.Read})
		r.Skipped += n.Skipped
		if len(n.Empty) > 0 {
			r.Skipped++
		}
	}
	r.Sources = len(sources)
	r.Zone = cmp.Or(reading.Zone, article.CommonOffset(offsets)).String()
	return r, nil
}

// recordFn writes the record of the job, once all shards are there.
type recordFn struct{ Options Options }

func (f *recordFn) ProcessElement(ctx context.Context, _ int, written func(*string) bool) error {
	tiles, err := f.Options.run(ctx)
	if err != nil {
		return err
	}
	plan, err := tiles.Plan(ctx)
	if err != nil {
		return err
	}
	c, err := f.Options.calendar(ctx)
	if err != nil {
		return err
	}
	told := c.Recorded
	run := report.Run{Version: f.Options.Record.Version, Settings: f.Options.Record.Settings.List(), Inputs: told.Inputs, Zone: told.Zone, Counts: plan.Result.Counts, Skipped: told.Skipped, Warnings: report.Warnings(plan.Result)}
	run.Counts.Sources = told.Sources
	if told.Future {
		run.SetLatest(f.Options.Latest)
	}
	for text := ""; written(&text); {
		var file report.File
		if err := json.Unmarshal([]byte(text), &file); err != nil {
			return err
		}
		run.Files = append(run.Files, file)
	}
	slices.SortFunc(run.Files, func(a, b report.File) int { return strings.Compare(a.Name, b.Name) })
	return write(ctx, files{f.Options.Out}, recordName, func(w io.Writer) error { return report.RunJSON(w, run) }, func(string) {})
}

// write writes a file, and tells its size and hash.
func write(ctx context.Context, f files, name string, do func(io.Writer) error, tell func(string)) error {
	w, err := f.Create(ctx, name)
	if err != nil {
		return err
	}
	hash, size := sha256.New(), sized(0)
	if err := do(io.MultiWriter(w, hash, &size)); err != nil {
		return err
	}
	b, err := json.Marshal(report.File{Name: name, Bytes: int64(size), SHA256: fmt.Sprintf("%x", hash.Sum(nil))})
	if err != nil {
		return err
	}
	tell(string(b))
	return w.Close()
}

// sized counts what is written.
type sized int64

func (s *sized) Write(p []byte) (int, error) {
	*s += sized(len(p))
	return len(p), nil
}
