package archive

import (
	"context"
	"slices"

	"qissa"
	"qissa/article"
	"qissa/internal/corpus"
	"qissa/internal/grouping"
	"qissa/internal/passages"
)

// A finding is what is found out about the articles of a region that came or that no sheet
// tells of.
type finding struct {
	*region
	touches  []int64       // times of what came, changed or is no more; ascending
	centers  []int64       // these, and the times of what is fresh
	read     []int32       // the items whose texts are read, ascending
	facts    laterFacts    // new ones
	dropped  map[int32]int // facts of the sheets that hold no more, by the later item
	loans    map[int32][]passages.Loan
	mentions map[int32]qissa.Mentions // of fresh items
}

func newFinding(r *region) *finding {
	return &finding{region: r, dropped: map[int32]int{}, loans: map[int32][]passages.Loan{}, mentions: map[int32]qissa.Mentions{}}
}

// find finds out what the region's sheets do not tell.
func (r *region) find(ctx context.Context, opt qissa.Options) (*finding, error) {
	for {
		f := newFinding(r)
		f.center()
		weighed, err := f.weigh(ctx, opt)
		if err != nil || weighed == nil {
			return f, err
		}
		if f.freshen(f.crowd()) {
			continue
		}
		if err := f.compare(ctx, weighed); err != nil {
			return nil, err
		}
		if !f.freshen(f.limited()) {
			return f, f.lend(ctx, weighed)
		}
	}
}

// center finds the times around which texts are read.
func (f *finding) center() {
	for _, list := range [][]row{f.came, f.change.left} {
		for i := range list {
			f.touches = append(f.touches, when(&list[i].article, f.At))
		}
	}
	f.centers = slices.Clone(f.touches)
	for i := range f.items {
		if f.items[i].fresh {
			f.centers = append(f.centers, f.items[i].time())
		}
	}
	slices.Sort(f.touches)
	slices.Sort(f.centers)
}

// anyIn reports whether there is one of the times, ascending, in a span.
func anyIn(times []int64, s span) bool {
	i, _ := slices.BinarySearch(times, s.from)
	return i < len(times) && times[i] <= s.to
}

// near reports whether a time is within a window of a center.
func (f *finding) near(t int64) bool { return anyIn(f.centers, span{t - f.window, t + f.window}) }

// anew reports whether the passages that an item has of others are looked for: it is fresh,
// or stands in the window after what came, changed or is no more.
func (f *finding) anew(i int32) bool {
	x := &f.items[i]
	return x.fresh || x.inside && anyIn(f.touches, span{x.time() - f.window, x.time()})
}

// weigh reads the words of the items around the centers, and finds their marks. Nil for
// none.
func (f *finding) weigh(ctx context.Context, opt qissa.Options) (*grouping.Weighed, error) {
	wanted := map[int32]bool{}
	for i := range f.items {
		x := &f.items[i]
		if f.inFringe(x) || x.inside && f.near(x.time()) {
			wanted[int32(i)] = true
			f.read = append(f.read, int32(i))
		}
	}
	if len(f.read) == 0 {
		return nil, nil
	}
	if err := f.readTexts(ctx, opt, wanted); err != nil {
		return nil, err
	}
	articles := make([]article.Article, len(f.read))
	for k, i := range f.read {
		articles[k] = f.items[i].row.folded()
	}
	batch, err := grouping.Read(ctx, articles, f.running(opt))
	if err != nil {
		return nil, err
	}
	for k := range batch.Order {
		if batch.Order[k] != k {
			return nil, errWider // a sheet has another time, outlet or name of it
		}
	}
	model, later := opt.Grouping()
	weighed, err := batch.Weigh(ctx, model, later...)
	if err != nil {
		return nil, err
	}
	marks, err := weighed.Marks(ctx, func(k int) bool { return !f.items[f.read[k]].marked })
	for k, m := range marks {
		x := &f.items[f.read[k]]
		if !x.marked {
			x.mark, x.marked = m, true
		}
		if x.fresh {
			all, unknown := weighed.Mentions(k)
			f.mentions[f.read[k]] = qissa.Mentions{All: all, Unknown: unknown}
		}
	}
	return weighed, err
}

// inFringe reports whether an item is there for its mark.
func (r *region) inFringe(x *item) bool {
	return !x.inside && slices.ContainsFunc(r.days, func(days span) bool { return r.fringe(days).has(x.time()) })
}

// running is how the steps of comparing run.
func (r *region) running(opt qissa.Options) grouping.Options {
	return grouping.Options{Jobs: opt.Jobs, Spill: opt.Spill, Stage: func(name string) func(done, total int) { return stage(opt, qissa.Stage(name)) }}
}

// heldTexts is of how many articles the texts are held in memory as they are: some 200 MB.
const heldTexts = 50_000

// readTexts reads the texts of items that have none.
func (r *region) readTexts(ctx context.Context, opt qissa.Options, wanted map[int32]bool) error {
	var list []int64
	for i := range wanted {
		if !r.items[i].text {
			list = append(list, r.items[i].n)
		}
	}
	if len(list) == 0 {
		return nil
	}
	slices.Sort(list)
	keep := opt.Spill
	if len(list) < heldTexts {
		keep = nil
	}
	rows, err := r.articles(ctx, keep, stage(opt, StageReading), `WHERE a.n IN (SELECT value FROM json_each(?))`, marshal(list))
	if err != nil {
		return err
	}
	for i := range rows {
		x := &r.items[r.numbers.at(rows[i].n)]
		x.row, x.text = &rows[i], true
	}
	if len(rows) < len(list) {
		return errWider // an article of a sheet is not there
	}
	return nil
}

// freshen has the facts of more items found. It reports whether there are such.
func (f *finding) freshen(more []int32) bool {
	for _, i := range more {
		f.items[i].fresh = true
	}
	return len(more) > 0
}

// crowd returns the items that what came, changed or is no more can have set aside, or
// compared with others than before: those after it with its words but for numbers, if they
// are many.
func (f *finding) crowd() (more []int32) {
	var touched []*noted
	for i := range f.items {
		if x := &f.items[i]; f.changed[x.n] {
			touched = append(touched, x.noted)
		}
	}
	touched = append(touched, f.gone...)
	times, count := map[corpus.Digest][]int64{}, map[corpus.Digest]int{}
	for _, x := range touched {
		times[x.mark.Template] = append(times[x.mark.Template], x.at.Unix())
	}
	for i := range f.gone {
		count[f.gone[i].mark.Template]++
	}
	for i := range f.items {
		count[f.items[i].mark.Template]++
	}
	for i := range f.items {
		x := &f.items[i]
		if x.fresh || !x.inside || !grouping.IsCrowd(count[x.mark.Template]) {
			continue
		}
		after := func(t int64) bool { return t <= x.time() && x.time()-t <= marksBack*f.window }
		if slices.ContainsFunc(times[x.mark.Template], after) {
			more = append(more, int32(i))
		}
	}
	return more
}

// lend finds the passages that items have of earlier ones: of those that are fresh, and of
// those that stand in the window after what came, changed or is no more.
func (f *finding) lend(ctx context.Context, weighed *grouping.Weighed) error {
	loans, _, err := weighed.Loans(ctx, f.settings.Window, func(k int32) bool { return f.anew(f.read[k]) })
	for _, l := range loans {
		to := f.read[l.To]
		f.loans[to] = append(f.loans[to], passages.Loan{From: f.read[l.From], To: to, Words: l.Words})
	}
	return err
}
