// Package pipe runs qissa on Apache Beam: reading, ids and outlets as transforms, then
// the steps of internal/tiles as tasks that read and write files. Large things never
// stand under one key; an engine moves texts once, to the files of their hours.
package pipe

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"runtime"
	"sync"
	"time"

	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"

	"qissa"
	"qissa/article"
	"qissa/internal/tiles"
)

// Options are how a job runs. Each worker gets them.
type Options struct {
	Inputs []string // files, in the order in which their skipped records are listed
	Out    string   // folder of the shards
	Work   string   // folder of what tasks leave for others; of this job alone
	Model  string   // file of the model; "" for one of the articles themselves

	Window                 time.Duration
	Tile                   time.Duration // 0: as [tiles.Length] says
	Story, Storyline, Copy float64
	Corrections            []qissa.Correction
	TileArticles           int // most of a task, about, those before its tile included
	KeepVersions           bool

	Format, Encoding, Zone, Outlet string
	Map                            map[string]string
	Now, Latest                    time.Time

	Record Record
}

// shortTile is the tile by which articles are sorted into files: that of the job is as
// long, or some times as long.
func (o *Options) shortTile() time.Duration { return cmp.Or(o.Tile, tiles.ShortTile) }

// reading returns how to read.
func (o *Options) reading() (article.Options, error) {
	opt := article.Options{Format: o.Format, Map: o.Map, Encoding: o.Encoding, Outlet: o.Outlet, Now: o.Now, Latest: o.Latest, Jobs: runtime.NumCPU()}
	var err error
	if o.Zone != "" {
		opt.Zone, err = article.LoadZone(o.Zone)
	}
	return opt, err
}

// files are the files of a folder, on any system of files that Beam knows.
type files struct{ folder string }

func (f files) path(name string) string { return f.folder + "/" + name }

// Create writes a file of its name at once: a task that was ended and runs again leaves
// one whole file.
func (f files) Create(ctx context.Context, name string) (io.WriteCloser, error) {
	fs, err := filesystem.New(ctx, f.folder)
	if err != nil {
		return nil, err
	}
	path := f.path(name)
	renamer, renames := fs.(filesystem.Renamer)
	if !renames { // an object is there once it is closed
		w, err := fs.OpenWrite(ctx, path)
		return &written{WriteCloser: w, done: func() error { return fs.Close() }}, err
	}
	part := fmt.Sprintf("%s.%d.part", path, time.Now().UnixNano())
	w, err := fs.OpenWrite(ctx, part)
	return &written{WriteCloser: w, done: func() error {
		if err := renamer.Rename(ctx, part, path); err != nil {
			return err
		}
		return fs.Close()
	}}, err
}

type written struct {
	io.WriteCloser
	done func() error
}

func (w *written) Close() error {
	if err := w.WriteCloser.Close(); err != nil {
		return err
	}
	return w.done()
}

func (f files) Open(ctx context.Context, name string) (io.ReadCloser, error) {
	fs, err := filesystem.New(ctx, f.folder)
	if err != nil {
		return nil, err
	}
	return fs.OpenRead(ctx, f.path(name))
}

// putJSON writes a value as a file.
func putJSON(ctx context.Context, f files, name string, value any) error {
	w, err := f.Create(ctx, name)
	if err != nil {
		return err
	}
	if err := json.NewEncoder(w).Encode(value); err != nil {
		return err
	}
	return w.Close()
}

func getJSON(ctx context.Context, f files, name string, value any) error {
	r, err := f.Open(ctx, name)
	if err != nil {
		return err
	}
	defer r.Close()
	return json.NewDecoder(r).Decode(value)
}

// models holds those that this process has read, by path.
var models struct {
	sync.Mutex
	of map[string]inTime
}

// inTime is a model, and those of later epochs.
type inTime struct {
	model *qissa.Model
	later []qissa.Epoch
}

func (o *Options) model(ctx context.Context) (m inTime, err error) {
	models.Lock()
	defer models.Unlock()
	if m, known := models.of[o.Model]; known {
		return m, nil
	}
	fs, err := filesystem.New(ctx, o.Model)
	if err != nil {
		return m, err
	}
	defer fs.Close()
	r, err := fs.OpenRead(ctx, o.Model)
	if err != nil {
		return m, err
	}
	defer r.Close()
	if m.model, m.later, err = qissa.ReadModels(r); err != nil {
		return m, fmt.Errorf("%s: %w; qissa model build makes one", o.Model, err)
	}
	if models.of == nil {
		models.of = map[string]inTime{}
	}
	models.of[o.Model] = m
	return m, nil
}

// A calendar is what is known of a job once its articles are in files.
type calendar struct {
	Arch     string
	Tile     time.Duration // 0 where undated articles need one
	Tiles    []tiles.Texts
	Articles int
	Crawled  map[string]bool
	Counts   Counts
	Recorded recorded
}

// Counts are what a job read.
type Counts struct {
	Read, Skipped, Others, Articles, Undated, Tiles, Stories, Unmet, Unkept int
	Model                                                                   string // its id
	Terms                                                                   int
}

// calendars holds those that this process has read, by folder.
var calendars struct {
	sync.Mutex
	of map[string]calendar
}

// calendar reads the calendar of the job.
func (o *Options) calendar(ctx context.Context) (c calendar, err error) {
	calendars.Lock()
	defer calendars.Unlock()
	if c, known := calendars.of[o.Work]; known {
		return c, nil
	}
	if err := getJSON(ctx, files{o.Work}, "calendar", &c); err != nil {
		return c, err
	}
	if c.Arch != runtime.GOARCH {
		return c, fmt.Errorf("the job began on %s, this worker is %s: sums may differ in their last bits", c.Arch, runtime.GOARCH)
	}
	if calendars.of == nil {
		calendars.of = map[string]calendar{}
	}
	calendars.of[o.Work] = c
	return c, nil
}

// counting returns the run of a job that has no model yet, as far as counting goes.
func (o *Options) counting(ctx context.Context) (*tiles.Run, error) {
	c, err := o.calendar(ctx)
	return &tiles.Run{Files: files{o.Work}, Tile: c.Tile, Tiles: c.Tiles, Articles: c.Articles, TileArticles: o.TileArticles}, err
}

// run returns the run of a job whose articles are in files.
func (o *Options) run(ctx context.Context) (*tiles.Run, error) {
	c, err := o.calendar(ctx)
	if err != nil {
		return nil, err
	}
	m, err := o.model(ctx)
	if err != nil {
		return nil, err
	}
	opt := qissa.DefaultOptions()
	opt.Window, opt.Story, opt.Storyline, opt.Copy = o.Window, o.Story, o.Storyline, o.Copy
	opt.Model, opt.Epochs, opt.Crawled, opt.Corrections = m.model, m.later, c.Crawled, o.Corrections
	return &tiles.Run{Files: files{o.Work}, Options: opt, Tile: c.Tile, Tiles: c.Tiles, Articles: c.Articles, TileArticles: o.TileArticles}, nil
}
