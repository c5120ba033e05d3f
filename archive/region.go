package archive

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"qissa/article"
	"qissa/internal/corpus"
	"qissa/internal/grouping"
)

// A region is the articles of a stretch in canonical order, with what sheets tell of them,
// and what is found out anew. Their texts are read where they are needed.
type region struct {
	*regrouping
	days    spans // whole ones, of which sheets tell
	sheets  map[int64]*sheet
	changed map[int64]bool // articles that came, changed or are no more
	gone    []*noted       // of these, what sheets tell of them
	items   []item
	first   int // number of the first one among the articles that were compared
	numbers numbers
	written map[int64]int // tables of days that are to be written
}

// An item is an article of a region.
type item struct {
	*noted
	row    *row // nil where nothing but the sheet was read
	marked bool // its mark is known
	fresh  bool // its facts are to be found
	inside bool // of a day of the region: else it is there for others to be compared with
	text   bool // the row has its text
}

func (x *item) time() int64 { return x.at.Unix() }

func (x *item) compare(y *item) int {
	return cmp.Or(x.at.Compare(y.at), strings.Compare(x.outlet, y.outlet), strings.Compare(x.name, y.name))
}

// numbers are the places of items by the numbers of articles.
type numbers struct {
	first int64
	of    []int32
}

// at returns the place of an article, -1 if it is not there.
func (n *numbers) at(article int64) int32 {
	if article < n.first || article >= n.first+int64(len(n.of)) {
		return -1
	}
	return n.of[article-n.first]
}

func numbersOf(items []item) numbers {
	if len(items) == 0 {
		return numbers{}
	}
	from, to := items[0].n, items[0].n
	for i := range items {
		from, to = min(from, items[i].n), max(to, items[i].n)
	}
	n := numbers{from, slices.Repeat([]int32{-1}, int(to-from+1))}
	for i := range items {
		n.of[items[i].n-from] = int32(i)
	}
	return n
}

// marksBack is how far marks and facts look back, in windows: an article pairs within a
// window, and whether it is set aside as a duplicate depends on those up to a window before
// that.
const marksBack = 2

// newRegion returns the region of the stretch, without items.
func (g *regrouping) newRegion() *region {
	r := &region{regrouping: g, sheets: map[int64]*sheet{}, changed: map[int64]bool{}, written: map[int64]int{}}
	for _, s := range g.stretch.read {
		if s == always {
			s.from -= marksBack * g.window
		}
		r.days = append(r.days, span{floorDay(s.from + marksBack*g.window), floorDay(s.to)})
	}
	for _, list := range [][]row{r.came, r.change.left} {
		for i := range list {
			r.changed[list[i].n] = true
		}
	}
	return r
}

// fringe returns the time before some days of which marks and texts may be needed.
func (r *region) fringe(days span) span {
	to := days.from*secondsOfDay - 1
	return span{to - marksBack*r.window, to}
}

// region reads the articles of the stretch, and the sheets that there are.
func (g *regrouping) region(ctx context.Context) (*region, error) {
	r := g.newRegion()
	if err := r.readSheets(ctx); err != nil {
		return nil, err
	}
	if err := r.dropUnfit(ctx); err != nil {
		return nil, err
	}
	r.dropUnknown()
	noted := r.itemsOfSheets()
	if err := r.readMissing(ctx); err != nil {
		return nil, err
	}
	slices.SortFunc(r.items, func(x, y item) int { return x.compare(&y) })
	r.items = merged(noted, r.items)
	r.numbers = numbersOf(r.items)
	return r, nil
}

// merged returns items of two lists, both in order.
func merged(x, y []item) []item {
	if len(y) == 0 {
		return x
	}
	all := make([]item, 0, len(x)+len(y))
	for len(x) > 0 && len(y) > 0 {
		if x[0].compare(&y[0]) < 0 {
			all, x = append(all, x[0]), x[1:]
		} else {
			all, y = append(all, y[0]), y[1:]
		}
	}
	return append(append(all, x...), y...)
}

// floorDay returns the day of a time in Unix seconds.
func floorDay(t int64) int64 {
	if t < 0 {
		t -= secondsOfDay - 1
	}
	return t / secondsOfDay
}

// drop drops a sheet: its articles are as those of a day without one.
func (r *region) drop(day int64) {
	if r.sheets[day] != nil {
		delete(r.sheets, day)
		r.written[day] = sheetTable | stateTable
	}
}

// dropUnfit drops the sheets of days that have other articles, where somebody else changed
// the file: their numbers tell, which the index of times has.
func (r *region) dropUnfit(ctx context.Context) error {
	numbers, err := r.prepared(ctx, `SELECT count(*), coalesce(sum(n), 0) FROM article WHERE at BETWEEN ? AND ?`)
	if err != nil {
		return err
	}
	came := map[int64][2]int64{} // articles of each day, and the sum of their numbers
	for i := range r.came {
		x := &r.came[i]
		day := floorDay(when(&x.article, r.At))
		came[day] = [2]int64{came[day][0] + 1, came[day][1] + x.n}
	}
	for _, day := range r.sortedDays() {
		count, sum := came[day][0], came[day][1]
		for _, a := range r.sheets[day].articles {
			if !r.changed[a.n] {
				count, sum = count+1, sum+a.n
			}
		}
		var there, of int64
		if err := numbers.scan(ctx, []any{day * secondsOfDay, (day+1)*secondsOfDay - 1}, &there, &of); err != nil {
			return told(err)
		}
		if there != count || of != sum {
			r.drop(day)
		}
	}
	return nil
}

// dropUnknown drops the sheets of the days after an article that is no more, or changed, and
// that no sheet tells of: what it did to those after it is not known.
func (r *region) dropUnknown() {
	for i := range r.change.left {
		x := &r.change.left[i]
		t := x.article.Time.Unix()
		if s := r.sheets[floorDay(t)]; s != nil && s.has(x.n) {
			continue
		}
		for day := floorDay(t); day <= floorDay(t+marksBack*r.window); day++ {
			r.drop(day)
		}
	}
}

// itemsOfSheets makes items of what sheets tell of articles that are as they were.
func (r *region) itemsOfSheets() []item {
	count := 0
	for _, s := range r.sheets {
		count += len(s.articles)
	}
	items := make([]item, 0, count)
	for _, day := range r.sortedDays() {
		s := r.sheets[day]
		for k := range s.articles {
			a := &s.articles[k]
			if r.changed[a.n] {
				r.gone = append(r.gone, a)
				r.written[day] = sheetTable | stateTable
				continue
			}
			items = append(items, item{noted: a, marked: true, inside: true})
		}
	}
	return items
}

func (r *region) sortedDays() []int64 {
	days := make([]int64, 0, len(r.sheets))
	for day := range r.sheets {
		days = append(days, day)
	}
	slices.Sort(days)
	return days
}

// missing returns the days of the region that have no sheet.
func (r *region) missing() (all []span) {
	sheets := r.sortedDays()
	for _, days := range r.days {
		next := days.from
		for _, day := range append(slices.Clone(sheets), days.to+1) {
			if day < days.from || day > days.to+1 {
				continue
			}
			if day > next {
				all = append(all, span{next, day - 1})
			}
			next = day + 1
		}
	}
	return all
}

// readMissing adds the articles of days that have no sheet, those that came, those of the
// fringe if they are needed, and those that corrections name.
func (r *region) readMissing(ctx context.Context) error {
	there := map[int64]bool{}
	var fresh []int64 // times
	read := func(inside bool, where string, args ...any) error {
		return r.eachKnown(ctx, where, func(of *row) {
			if there[of.n] || r.isNoted(of) {
				return
			}
			x := *of
			there[x.n] = true
			at := x.article.Time.UTC()
			r.items = append(r.items, item{noted: &noted{n: x.n, at: at, name: x.article.ID, outlet: x.outlet, story: x.story}, row: &x, fresh: inside, inside: inside})
			if inside {
				fresh = append(fresh, at.Unix())
				r.written[floorDay(at.Unix())] = sheetTable | stateTable
			}
		}, args...)
	}
	for _, days := range r.missing() {
		if err := read(true, `WHERE a.at BETWEEN ? AND ?`, days.from*secondsOfDay, days.to*secondsOfDay+secondsOfDay-1); err != nil {
			return err
		}
	}
	var came []int64
	for _, x := range r.came {
		if !there[x.n] {
			came = append(came, x.n)
		}
	}
	if err := read(true, `WHERE a.n IN (SELECT value FROM json_each(?))`, marshal(came)); err != nil {
		return err
	}
	slices.Sort(fresh)
	for _, days := range r.days {
		fringe := r.fringe(days)
		if anyIn(fresh, span{fringe.to, fringe.to + 1 + marksBack*r.window}) {
			if err := read(false, `WHERE a.at BETWEEN ? AND ?`, fringe.from, fringe.to); err != nil {
				return err
			}
		}
	}
	return read(false, `WHERE a.name IN (SELECT a FROM correction WHERE ended IS NULL UNION SELECT b FROM correction WHERE ended IS NULL)`)
}

// isNoted reports whether an article is an item already, by a sheet.
func (r *region) isNoted(x *row) bool {
	s := r.sheets[floorDay(x.article.Time.Unix())]
	return s != nil && !r.changed[x.n] && s.has(x.n)
}

// times returns the times of the items by which they are compared.
func (r *region) times() []int64 {
	all := make([]int64, len(r.items))
	for i := range r.items {
		all[i] = r.items[i].time()
	}
	return all
}

// marks returns those of the items. One that is there for a correction alone is like no other.
func (r *region) marks() []grouping.Mark {
	all := make([]grouping.Mark, len(r.items))
	for i := range r.items {
		x := &r.items[i]
		if all[i] = x.mark; !x.marked {
			all[i] = grouping.Mark{Words: strange(i), Template: strange(i), TooShort: true}
		}
	}
	return all
}

// strange returns a digest that no words have.
func strange(i int) (d corpus.Digest) {
	copy(d[:], "no words")
	for k := range 4 {
		d[8+k] = byte(i >> (8 * k))
	}
	return d
}

// articlesOf returns what is known of all items without their texts.
func (r *region) articlesOf() []article.Article {
	all := make([]article.Article, len(r.items))
	for i := range r.items {
		x := &r.items[i]
		all[i] = article.Article{ID: x.name, Source: x.outlet, Time: x.at}
	}
	return all
}
