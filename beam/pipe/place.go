package pipe

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"

	"qissa/article"
	"qissa/internal/tiles"
)

// slotsOfTile is in how many files a tile of time is: at 270,000 articles a day a file of a
// tile of three days has 35,000.
const slotsOfTile = 24

// placeFn sends articles to the file of their hours, and what tells of clocks by outlet
// and file.
type placeFn struct{ Tile time.Duration }

// undatedSlot is behind all others.
const undatedSlot = int64(1) << 60

func (f *placeFn) ProcessElement(record []byte, emit func(int64, []byte), outlet func(string, int64), file func(string, []byte)) error {
	a, err := unpack(record)
	if err != nil {
		return err
	}
	slot := undatedSlot
	if !a.Time.IsZero() {
		slot = tiles.Number(f.slot(), &a)
	}
	emit(slot, record)
	if a.IsTimed() {
		outlet(a.Source, a.Time.UnixNano())
		stub := article.Article{Source: a.Source, Time: a.Time, Precision: a.Precision, Origin: a.Origin}
		if record, err = pack(&stub); err != nil {
			return err
		}
		file(a.Origin.File, record)
	}
	return nil
}

// slot is how long the time of a file is: whole seconds, of which a tile is a multiple.
func (f *placeFn) slot() time.Duration {
	for n := slotsOfTile; n > 1; n-- {
		if s := f.Tile / time.Duration(n); f.Tile%time.Duration(n) == 0 && s >= time.Hour && s%time.Second == 0 {
			return s
		}
	}
	return f.Tile
}

// slotFn writes the articles of some hours in order.
type slotFn struct{ Options Options }

func (f *slotFn) ProcessElement(ctx context.Context, slot int64, records func(*[]byte) bool, tell func(string)) error {
	articles, err := articlesOf(records)
	if err != nil {
		return err
	}
	n := note{Slot: slot, Name: fmt.Sprintf("texts%+020d", slot), Articles: len(articles), Told: f.Options.toldBy(articles)}
	ordered := make([]article.Article, 0, len(articles))
	for _, i := range article.CanonicalOrder(articles) {
		a := &articles[i]
		ordered = append(ordered, *a)
		if a.Time.IsZero() {
			n.Undated++
		}
		if a.Others != nil {
			n.Others += len(a.Others.AlsoIn) + len(a.Others.Versions)
		}
	}
	if n.Undated == 0 {
		n.Tile = tiles.Number(f.Options.shortTile(), &ordered[0])
	}
	if err := tiles.WriteTexts(ctx, files{f.Options.Work}, n.Name, ordered); err != nil {
		return err
	}
	tell(n.String())
	return nil
}

// bursts counts the times of an outlet, and those in bursts.
func bursts(outlet string, times func(*int64) bool, tell func(string)) {
	var all []time.Time
	for ns := int64(0); times(&ns); {
		all = append(all, time.Unix(0, ns))
	}
	n := note{Outlet: outlet, Timed: len(all)}
	for _, in := range article.Bursts(all) {
		if in {
			n.Burst++
		}
	}
	tell(n.String())
}

// orders tells of a file whether its times follow the order of its records.
func orders(_ string, stubs func(*[]byte) bool, tell func(string)) error {
	articles, err := articlesOf(stubs)
	if err != nil {
		return err
	}
	// Times that fall somewhere may still be by equal steps: the function tells.
	if outlets := article.CrawledInOrder(articles); len(outlets) > 0 {
		tell(note{Crawled: outlets}.String())
	}
	return nil
}

// calendarFn makes the calendar of a job from all notes, and begins the steps.
type calendarFn struct{ Options Options }

// ErrNoArticles is of a job whose inputs hold no article.
var ErrNoArticles = errors.New("the input holds no article")

func (f *calendarFn) ProcessElement(ctx context.Context, _ int, notes func(*string) bool, emit func(int)) error {
	c := calendar{Arch: runtime.GOARCH, Tile: f.Options.Tile}
	slots, inputs, err := c.take(notes)
	if err != nil {
		return err
	}
	var skipped []byte
	for _, n := range inputs {
		c.Counts.Read, c.Counts.Skipped = c.Counts.Read+n.Read, c.Counts.Skipped+n.Skipped
		skipped = append(skipped, n.Lines...)
	}
	for _, n := range inputs {
		skipped = append(skipped, n.Empty...)
	}
	for _, n := range slots {
		c.Articles, c.Counts.Undated, c.Counts.Others = c.Articles+n.Articles, c.Counts.Undated+n.Undated, c.Counts.Others+n.Others
	}
	if err := c.check(); err != nil {
		return err
	}
	f.divide(&c, slots)
	if c.Recorded, err = f.Options.recorded(slots, inputs); err != nil {
		return err
	}
	if err := putJSON(ctx, files{f.Options.Work}, "calendar", c); err != nil {
		return err
	}
	if err := putJSON(ctx, files{f.Options.Work}, "skipped", skipped); err != nil {
		return err
	}
	emit(0)
	return nil
}

// take takes what notes tell of clocks, and returns those of slots and inputs, in order.
func (c *calendar) take(notes func(*string) bool) (slots, inputs []note, err error) {
	clocks, crawled := map[string]article.Clock{}, []string{}
	for text := ""; notes(&text); {
		var n note
		if err := json.Unmarshal([]byte(text), &n); err != nil {
			return nil, nil, err
		}
		switch {
		case n.Name != "":
			slots = append(slots, n)
		case n.Timed > 0:
			clocks[n.Outlet] = article.Clock{Timed: n.Timed, Bursts: n.Burst}
		case n.Crawled != nil:
			crawled = append(crawled, n.Crawled...)
		default:
			inputs = append(inputs, n)
		}
	}
	c.Crawled = article.CrawlClocksOf(clocks)
	for _, outlet := range crawled {
		c.Crawled[outlet] = true
	}
	slices.SortFunc(slots, func(x, y note) int { return cmp.Compare(x.Slot, y.Slot) })
	slices.SortFunc(inputs, func(x, y note) int { return cmp.Compare(x.File, y.File) })
	return slots, inputs, nil
}

// divide lists the tiles, with the slots of each: one where articles pair with all others.
func (f *calendarFn) divide(c *calendar, slots []note) {
	counts, short := map[int64]int{}, f.Options.shortTile()
	for _, n := range slots {
		counts[n.Tile] += n.Articles
	}
	if c.Counts.Undated > 0 || f.Options.Window <= 0 {
		c.Tile = 0
	} else if c.Tile == 0 {
		c.Tile = tiles.Length(counts, f.Options.Window)
	}
	for _, n := range slots {
		first := article.Article{Time: time.Unix(n.Tile*int64(short/time.Second), 0)}
		number := tiles.Number(c.Tile, &first)
		if k := len(c.Tiles); k == 0 || c.Tiles[k-1].Number != number {
			c.Tiles = append(c.Tiles, tiles.Texts{Number: number})
		}
		t := &c.Tiles[len(c.Tiles)-1]
		t.Files, t.Articles = append(t.Files, n.Name), t.Articles+n.Articles
	}
	c.Counts.Articles, c.Counts.Tiles = c.Articles, len(c.Tiles)
}

// check looks at what was read.
func (c *calendar) check() error {
	if c.Articles == 0 {
		return ErrNoArticles
	}
	if c.Counts.Read != c.Articles+c.Counts.Others {
		return fmt.Errorf("%d articles were read, %d and %d records of these are left: a fault of qissa", c.Counts.Read, c.Articles, c.Counts.Others)
	}
	return nil
}

// heavy lets one task of a process work at a time: it uses all processors.
var heavy sync.Mutex

// together sends all elements to one place.
func together(s beam.Scope, of beam.PCollection) beam.PCollection {
	return beam.GroupByKey(s, beam.AddFixedKey(s, of))
}
