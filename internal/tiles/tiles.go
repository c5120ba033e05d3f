// Package tiles runs the steps of [qissa.Cluster] on stretches of time, for those who
// have more articles than one machine holds: the same bytes of stories, articles and
// pairs as of one run under the same model.
//
// A tile is a stretch of time. Each step is a task for each tile, which reads files of a
// few tiles and writes one, or a task that reads a little of all tiles. Tasks of a step
// may run anywhere, in any order, and again. A tile with more articles than a task may
// hold is cut into parts, for the steps that read texts: a task then reads the texts of
// one part, or compares those of two.
//
//	Marks      texts of a part of such a tile → hashes of what the articles say
//	Facts      texts of a tile and two windows before it → what is true of pairs, passages of earlier articles
//	Together   what two parts at a time tell → what the tile tells
//	Links      facts two windows before and after a tile → similarities of pairs
//	Labels     links around a tile → the story and storyline of each article
//	Settle     labels → corrections, how far stories reach            (all tiles)
//	Names      texts of first articles, who represents a story
//	IDs        names → ids of stories, their storylines               (all tiles)
//	Describe   texts of the articles of stories and of their neighbours → records
//	Write      records → shards, in the order of one run
//
// A pair, and a step that is about it, belongs to the tile of its later article; a story
// to that of its first. Articles are known by their [Place], which tells their order.
//
// Undated articles pair with all others: they, and a run without a window, need one tile.
package tiles

import (
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"sort"
	"sync"
	"time"

	"github.com/klauspost/compress/zstd"

	"qissa"
	"qissa/article"
	"qissa/cluster"
	"qissa/internal/grouping"
)

// A Place is where an article stands in the canonical order of a run: its time in Unix
// seconds, and its number among those of the same second.
type Place int64

// Each second has room for 16 million articles: all of a day whose hours are not known.
const secondBits = 24

// undated is the second of those without a time, behind all others.
const undated = int64(1) << 38

// placeOf returns the place of the nth article of those with its second.
func placeOf(a *article.Article, n int) (Place, error) {
	if n >= 1<<secondBits {
		return 0, fmt.Errorf("more than %d articles have the time %v", n, a.Time)
	}
	return Place(second(a)<<secondBits | int64(n)), nil
}

func second(a *article.Article) int64 {
	if a.Time.IsZero() {
		return undated
	}
	return a.Time.Unix()
}

// time returns the time by which an article pairs.
func (p Place) time() int64 {
	if s := p.second(); s != undated {
		return s
	}
	return cluster.Undated
}

func (p Place) second() int64 { return int64(p) >> secondBits }

// Files are where tasks leave what others read. What was created is there once it is
// closed without an error, whole; a task that runs again writes the same.
type Files interface {
	Create(ctx context.Context, name string) (io.WriteCloser, error)
	Open(ctx context.Context, name string) (io.ReadCloser, error)
}

// A Run is a run in tiles. All its tasks have the same.
type Run struct {
	Files
	Options  qissa.Options // with Model and Crawled
	Tile     time.Duration // how long a tile is; 0 is one tile for all
	Tiles    []Texts       // those that have articles, in order
	Articles int           // of all tiles

	// TileArticles is how many articles a task reads the texts of, about, those before its
	// tile included: a tile of more is cut into parts. It never changes a byte; 0 for no bound.
	TileArticles int
}

// Texts are the files of the articles of a tile, each in canonical order, one after the
// other.
type Texts struct {
	Number   int64 // of the tile, counted from 1970 on
	Files    []string
	Articles int
}

// Number returns the number of the tile of an article.
func Number(tile time.Duration, a *article.Article) int64 { return number(tile, second(a)) }

func number(tile time.Duration, second int64) int64 {
	if tile <= 0 {
		return 0
	}
	return floor(second, grouping.Seconds(tile))
}

// A stretch is from a second on, up to another.
type stretch struct{ from, to int64 }

func (s stretch) has(p Place) bool { return s.from <= p.second() && p.second() < s.to }

func (s stretch) wider(before, after int64) stretch { return stretch{s.from - before, s.to + after} }

// stretch returns that of a tile, by its place in the list.
func (r *Run) stretch(i int) stretch {
	if r.Tile <= 0 {
		return stretch{-undated, 2 * undated}
	}
	length := grouping.Seconds(r.Tile)
	return stretch{r.Tiles[i].Number * length, (r.Tiles[i].Number + 1) * length}
}

// in returns the tiles that touch a stretch: from one, up to another.
func (r *Run) in(s stretch) (from, to int) {
	from = sort.Search(len(r.Tiles), func(i int) bool { return r.stretch(i).to > s.from })
	to = sort.Search(len(r.Tiles), func(i int) bool { return r.stretch(i).from >= s.to })
	return from, max(from, to)
}

// of returns the tile of an article.
func (r *Run) of(p Place) int {
	n := number(r.Tile, p.second())
	return sort.Search(len(r.Tiles), func(i int) bool { return r.Tiles[i].Number >= n })
}

func (r *Run) window() int64 { return grouping.Seconds(r.Options.Window) }

func (r *Run) name(step string, i int) string { return fmt.Sprintf("%s-%06d", step, i) }

func (r *Run) grouping() grouping.Options { return grouping.Options{Jobs: r.Options.Jobs} }

// Packing needs megabytes, which most files do not hold: each worker keeps them for the
// next file. A window of a megabyte is as good as a larger one for texts.
var (
	encoders = sync.Pool{New: func() any {
		z, _ := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(1<<20)) // of options that it has
		return z
	}}
	decoders = sync.Pool{New: func() any {
		z, _ := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true)) // likewise
		return z
	}}
)

// put writes a value as a file.
func put(ctx context.Context, files Files, name string, value any) error {
	return create(ctx, files, name, func(to io.Writer) error { return gob.NewEncoder(to).Encode(value) })
}

// create writes a file, packed.
func create(ctx context.Context, files Files, name string, write func(io.Writer) error) error {
	f, err := files.Create(ctx, name)
	if err != nil {
		return err
	}
	z := encoders.Get().(*zstd.Encoder)
	defer encoders.Put(z)
	z.Reset(f)
	if err := write(z); err != nil {
		return fmt.Errorf("%s: %w", name, err) // f is left open: it is not there
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return f.Close()
}

// get reads a value that was put.
func get[T any](ctx context.Context, files Files, name string) (value T, err error) {
	err = open(ctx, files, name, func(from io.Reader) error {
		if err := gob.NewDecoder(from).Decode(&value); err != nil {
			return fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		return nil
	})
	return value, err
}

// ErrDamaged is that a file is not as it was written.
var ErrDamaged = errors.New("damaged")

// open reads a file that create wrote.
func open(ctx context.Context, files Files, name string, read func(io.Reader) error) error {
	f, err := files.Open(ctx, name)
	if err != nil {
		return err
	}
	defer f.Close()
	z := decoders.Get().(*zstd.Decoder)
	defer decoders.Put(z)
	if err := z.Reset(f); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if err := read(z); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}
