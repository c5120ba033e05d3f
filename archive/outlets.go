package archive

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"qissa/article"
)

// outlets is what only all articles together tell of outlets.
type outlets struct {
	crawled map[string]bool // whose times are those of a crawler
	newest  int64           // time that an article tells, else by which one is compared
	same    bool            // of the outlets that were there nothing is told otherwise than before
}

// A class is the articles of which their records tell alike what outlet they are from.
// What outlet that is depends on the classes that there are, however many articles each
// has.
type class struct {
	host, source, sourceRaw string
	hosted                  bool
}

func classOf(a *article.Article) class {
	return class{article.Host(a.URL), a.Source, a.SourceRaw, a.Hosted()}
}

// outlets finds the outlets of the articles that a change brings, and which ones have the
// clock of a crawler, from what is known of the articles that were there. If that tells
// of these otherwise than before, all are read.
//
// Cost that of the days and files of the articles of the change.
func (c *change) outlets(ctx context.Context) (*outlets, error) {
	o := &outlets{same: true}
	known, err := c.classes(ctx)
	if err != nil {
		return nil, err
	}
	if known == nil || !known.fold() {
		if o.same, err = c.readOutlets(ctx); err != nil {
			return nil, err
		}
		if known, err = c.classes(ctx); err != nil {
			return nil, err
		}
	} else if err := c.addOutlets(ctx, known); err != nil {
		return nil, err
	}
	if o.crawled, err = c.crawled(ctx); err != nil {
		return nil, err
	}
	if err := c.compareCrawled(o, known); err != nil {
		return nil, err
	}
	if err := c.tx.QueryRowContext(ctx, newestTime).Scan(&o.newest); err != nil {
		return nil, told(err)
	}
	var list []string
	for outlet := range o.crawled {
		list = append(list, outlet)
	}
	slices.Sort(list)
	c.settings["crawled"] = marshal(slices.Concat([]string{}, list))
	_, err = c.tx.ExecContext(ctx, `INSERT OR REPLACE INTO setting VALUES ('crawled', ?)`, c.settings["crawled"])
	return o, told(err)
}

// newestTime asks for the latest time that an article tells, else by which one is
// compared, else 0.
const newestTime = `SELECT coalesce((SELECT at FROM article WHERE time <> '' AND precision <> 'none' ORDER BY at DESC LIMIT 1), (SELECT max(at) FROM article), 0)`

// compareCrawled finds out whether an outlet that was there has another clock.
func (c *change) compareCrawled(o *outlets, known *classes) error {
	before, err := c.crawledList()
	if err != nil {
		return err
	}
	for k, x := range known.of {
		if x.articles > known.came[k] { // not all are of this change
			o.same = o.same && slices.Contains(before, x.outlet) == o.crawled[x.outlet]
		}
	}
	return nil
}

// crawledList returns the outlets that had the clock of a crawler after the last batch.
func (a *Archive) crawledList() (list []string, err error) {
	if err := json.Unmarshal([]byte(a.settings["crawled"]), &list); err != nil && a.settings["crawled"] != "" {
		return nil, a.damaged("the setting crawled is %q", a.settings["crawled"])
	}
	return list, nil
}

// classes are those of the articles of an archive.
type classes struct {
	of   map[class]*classOutlet
	came map[class]int // articles of the change
}

type classOutlet struct {
	outlet, url string
	articles    int
	fresh       bool // the archive had none
}

// classes returns the classes as they are after the change; nil if they are not known.
func (c *change) classes(ctx context.Context) (*classes, error) {
	all := &classes{map[class]*classOutlet{}, map[class]int{}}
	for i := range c.came {
		all.came[classOf(&c.came[i].article)]++
	}
	rows, err := c.tx.QueryContext(ctx, `SELECT host, source, source_raw, hosted, outlet, url, articles FROM class`)
	if err != nil {
		return nil, told(err)
	}
	defer rows.Close()
	articles := 0
	for rows.Next() {
		var k class
		x := &classOutlet{}
		if err := rows.Scan(&k.host, &k.source, &k.sourceRaw, &k.hosted, &x.outlet, &x.url, &x.articles); err != nil {
			return nil, told(err)
		}
		all.of[k] = x
		articles += x.articles
	}
	if err := rows.Err(); err != nil {
		return nil, told(err)
	}
	for _, r := range c.came {
		k := classOf(&r.article)
		if all.of[k] == nil {
			all.of[k] = &classOutlet{url: r.article.URL, fresh: true}
		}
	}
	if !c.classed {
		for _, r := range c.came {
			all.of[classOf(&r.article)].articles++
		}
		for _, r := range c.left {
			if x := all.of[classOf(&r.article)]; x != nil {
				x.articles--
			}
		}
		articles += len(c.came) - len(c.left)
	}
	for k, x := range all.of {
		if x.articles == 0 {
			delete(all.of, k)
		}
	}
	var there int
	err = c.tx.QueryRowContext(ctx, `SELECT count(*) FROM article`).Scan(&there)
	if articles != there { // others took articles away, or format 1 wrote them
		return nil, told(err)
	}
	return all, told(err)
}

// fold finds the outlets of the classes that are new. It reports whether the others have
// the outlets that they had.
func (s *classes) fold() bool {
	var keys []class
	var articles []article.Article
	for k, x := range s.of {
		a := article.Article{Source: k.source, SourceRaw: k.sourceRaw, URL: x.url}
		a.SetHosted(k.hosted)
		keys, articles = append(keys, k), append(articles, a)
	}
	article.FoldOutlets(articles)
	for i, k := range keys {
		x := s.of[k]
		if !x.fresh && x.outlet != articles[i].Source {
			return false
		}
		x.outlet = articles[i].Source
	}
	return true
}

// addOutlets writes the outlets of the articles that came, and what is known now.
func (c *change) addOutlets(ctx context.Context, known *classes) error {
	err := c.exec(ctx, `UPDATE article SET outlet=? WHERE n=?`, func(run func(...any) error) error {
		for _, r := range c.came {
			if outlet := known.of[classOf(&r.article)].outlet; outlet != r.article.Source {
				if err := run(outlet, r.n); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := c.writeClasses(ctx, known); err != nil {
		return err
	}
	r := newRecount()
	for i := range c.came {
		r.add(&c.came[i], true)
	}
	for i := range c.left {
		r.add(&c.left[i], false)
	}
	return c.recount(ctx, r)
}

// A recount is the days and files of which some articles came or left.
type recount struct {
	days  map[int64]bool
	files map[string]span
}

func newRecount() recount { return recount{map[int64]bool{}, map[string]span{}} }

func (r *recount) add(x *row, there bool) {
	add(r.files, x.article.Origin.File, x.n, there)
	for _, d := range []time.Duration{-article.BurstTime, 0, article.BurstTime} {
		r.days[dayOf(x.article.Time.Add(d))] = true
	}
}

// recount writes what is known of days and files.
func (c *change) recount(ctx context.Context, r recount) error {
	for _, d := range sorted(r.days) {
		if err := c.writeClocks(ctx, d, d); err != nil {
			return err
		}
	}
	return c.writeFiles(ctx, r.files)
}

// A loss is what some articles tell of outlets that are about to be forgotten.
type loss struct {
	recount
	of   map[class]int // how many there are of each class
	last int64         // the latest time of them
}

func (c *change) loss(ctx context.Context, where string) (*loss, error) {
	l := &loss{newRecount(), map[class]int{}, always.from}
	return l, c.eachKnown(ctx, where, func(r *row) {
		l.add(r, false)
		l.last = max(l.last, r.article.Time.Unix())
		l.of[classOf(&r.article)]++
	})
}

// forgetOutlets takes articles that were forgotten out of what is known of outlets, so
// that the next batch need not read all others to know it.
func (c *change) forgetOutlets(ctx context.Context, l *loss) error {
	for k, n := range l.of {
		if _, err := c.again(ctx, `UPDATE class SET articles = articles - ? WHERE host=? AND source=? AND source_raw=? AND hosted=?`, n, k.host, k.source, k.sourceRaw, k.hosted); err != nil {
			return err
		}
	}
	if _, err := c.tx.ExecContext(ctx, `DELETE FROM class WHERE articles = 0`); err != nil {
		return told(err)
	}
	return c.recount(ctx, l.recount)
}

func (c *change) writeClasses(ctx context.Context, known *classes) error {
	c.classed = true
	if _, err := c.tx.ExecContext(ctx, `DELETE FROM class`); err != nil {
		return told(err)
	}
	return c.exec(ctx, `INSERT INTO class (host, source, source_raw, hosted, outlet, url, articles) VALUES (?, ?, ?, ?, ?, ?, ?)`, func(run func(...any) error) error {
		for k, x := range known.of {
			if err := run(k.host, k.source, k.sourceRaw, k.hosted, x.outlet, x.url, x.articles); err != nil {
				return err
			}
		}
		return nil
	})
}

// readOutlets reads of all articles what tells of outlets, and writes what is new. It
// reports whether those that were there have the outlets that they had.
func (c *change) readOutlets(ctx context.Context) (same bool, err error) {
	rows, err := c.known(ctx, ``)
	if err != nil {
		return false, err
	}
	articles := make([]article.Article, len(rows))
	for i := range rows {
		articles[i] = rows[i].article
	}
	article.FoldOutlets(articles)
	same = true
	all := &classes{of: map[class]*classOutlet{}}
	err = c.exec(ctx, `UPDATE article SET outlet=? WHERE n=?`, func(run func(...any) error) error {
		for i := range articles {
			r, outlet := &rows[i], articles[i].Source
			k := classOf(&r.article)
			if all.of[k] == nil {
				all.of[k] = &classOutlet{outlet: outlet, url: r.article.URL}
			}
			all.of[k].articles++
			if outlet == r.outlet {
				continue
			}
			same = same && (r.story == 0 || c.updated[r.n])
			if err := run(outlet, r.n); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return false, err
	}
	if err := c.writeClasses(ctx, all); err != nil {
		return false, err
	}
	files := map[string]span{}
	for i := range rows {
		add(files, rows[i].article.Origin.File, rows[i].n, true)
	}
	if err := c.writeClocks(ctx, always.from/secondsOfDay, always.to/secondsOfDay); err != nil {
		return false, err
	}
	if _, err := c.tx.ExecContext(ctx, `DELETE FROM dump`); err != nil {
		return false, told(err)
	}
	return same, c.writeFiles(ctx, files)
}

// add adds a file, and the number of an article of it if that is there.
func add(files map[string]span, file string, n int64, there bool) {
	s, ok := files[file]
	if !ok {
		s = span{always.to, always.from}
	}
	if there {
		s = span{min(s.from, n), max(s.to, n)}
	}
	files[file] = s
}
