package archive

import (
	"context"
	"slices"

	"qissa"
	"qissa/article"
	"qissa/internal/grouping"
	"qissa/internal/passages"
)

// keepSheets keeps what was found out for the next batch.
func (g *regrouping) keepSheets(ctx context.Context) error {
	if !g.known {
		if err := g.dropReached(ctx); err != nil {
			return err
		}
	}
	if g.finding == nil {
		return nil
	}
	return g.finding.writeSheets(ctx, g.outlines)
}

// knownRegion returns the region of the stretch, with what sheets tell of it; nil where all
// articles of the stretch are to be compared anew: because they are asked for, because
// outlets are others than before, or because sheets tell of less than half of them.
func (g *regrouping) knownRegion(ctx context.Context) (*region, error) {
	if g.forceWhole || !g.outlets.same || g.window <= 0 {
		return nil, nil
	}
	there := 0
	for _, s := range g.stretch.read {
		n := 0
		if err := g.tx.QueryRowContext(ctx, `SELECT count(*) FROM article WHERE at BETWEEN ? AND ?`, s.from, s.to).Scan(&n); err != nil {
			return nil, told(err)
		}
		there += n
	}
	if 2*len(g.came) > there && !g.forceKnown {
		return nil, nil
	}
	r, err := g.region(ctx)
	if err != nil {
		return nil, err
	}
	fresh := 0
	for i := range r.items {
		if r.items[i].fresh {
			fresh++
		}
	}
	if 2*fresh > len(r.items) && !g.forceKnown {
		return nil, nil
	}
	return r, nil
}

// run groups the articles of the stretch by what sheets tell of them and what is found
// out of the others, and describes the stories that are others than before. The result has
// all stories of the stretch, those that are not told without anything but their members.
//
// Cost: that of comparing what came with what stands in the window around it, of
// describing what changed, and a look at what is known of the others.
func (r *region) run(ctx context.Context, opt qissa.Options) (err error) {
	published := span{always.to, always.from}
	for i := range r.items {
		published = published.with(r.items[i].time())
	}
	if opt, err = r.options(ctx, opt, published); err != nil {
		return err
	}
	f, err := r.find(ctx, opt)
	if err != nil {
		return err
	}
	p := &qissa.Part{Articles: r.articlesOf()}
	if p.Links, err = f.links(ctx, opt); err != nil {
		return err
	}
	if err := p.Group(ctx, opt); err != nil {
		return err
	}
	if p.Loans, err = f.allLoans(); err != nil {
		return err
	}
	o, err := p.Outline(ctx, opt, f.inStretch)
	if err != nil {
		return err
	}
	x := o.Excerpt(p, f.choose(o))
	x.Total = len(r.items)
	r.finding, r.outlines, r.whole = f, o, x.Whole
	for i := range r.items {
		if !r.items[i].text {
			r.spared++
		}
	}
	return f.describe(ctx, x, opt)
}

// options returns the options under which articles of a time are compared.
func (g *regrouping) options(ctx context.Context, opt qissa.Options, published span) (qissa.Options, error) {
	opt.Window, opt.Story, opt.Copy, opt.Crawled = g.settings.Window, g.settings.Story, g.settings.Copy, g.outlets.crawled
	opt.Storyline = qissa.DefaultOptions().Storyline
	var err error
	if opt.Model, opt.Epochs, err = g.models(ctx, published); err != nil {
		return opt, err
	}
	opt.Corrections, err = g.corrections(ctx)
	return opt, err
}

// links decides on all pairs.
func (f *finding) links(ctx context.Context, opt qissa.Options) (*grouping.Links, error) {
	facts, err := f.all(ctx, opt.Jobs)
	if err != nil {
		return nil, err
	}
	model, later := opt.Grouping()
	return facts.Facts(f.times(), f.settings.Window, f.running(opt), model, later...).Decide(ctx, nil)
}

// allLoans returns the passages that items have of earlier ones, by To and From.
func (f *finding) allLoans() (all []passages.Loan, err error) {
	err = f.eachLoan(func(to int32, t tie) {
		if from := f.numbers.at(t.n); from >= 0 {
			all = append(all, passages.Loan{From: from, To: to, Words: t.words})
		}
	})
	slices.SortFunc(all, passages.Loan.Compare)
	return all, err
}

// inStretch reports whether an article of a story is in the time in which stories are told
// anew.
func (f *finding) inStretch(members []int) bool {
	return slices.ContainsFunc(members, func(i int) bool { return i >= f.first && f.stretch.told.has(f.items[i-f.first].time()) })
}

// choose tells which stories are described anew: in the time that a change reaches, those
// that are outlined otherwise than before, or have something to do with an article whose
// text changed. After an import all of them are: it may have made stories, and put them into
// storylines that are there.
func (f *finding) choose(o *qissa.Outlines) func(story int) bool {
	chosen := make([]bool, len(o.Groups))
	updated := func(i int) bool { return f.updated[f.items[i].n] }
	for s, members := range o.Groups {
		chosen[s] = f.inStretch(members) && (f.kind == "import" || f.items[members[0]].print != o.Prints[s] || o.Touches(s, updated))
	}
	return func(s int) bool { return chosen[s] }
}

// describe describes the stories that are told.
func (f *finding) describe(ctx context.Context, x *qissa.Excerpt, opt qissa.Options) error {
	wanted := map[int32]bool{}
	for k, i := range x.Of {
		if x.Text[k] {
			wanted[int32(i)] = true
		}
	}
	if err := f.readTexts(ctx, opt, wanted); err != nil {
		return err
	}
	f.at, f.content, f.lines = make(map[string]int, len(x.Of)), nil, nil
	f.rows = make([]row, len(x.Of))
	for k, i := range x.Of {
		of := &f.items[i]
		f.at[of.name] = k
		f.rows[k] = row{n: of.n, story: of.story, outlet: of.outlet, article: x.Articles[k]}
		if x.Text[k] {
			x.Articles[k] = of.row.folded()
			f.rows[k] = *of.row
			f.rows[k].article.Body, f.rows[k].article.Compressed = "", article.CompressedTexts{}
		}
	}
	var err error
	if f.result, err = x.Describe(ctx, opt); err != nil {
		return err
	}
	x.Complete(f.result)
	f.result.Mentions = make([]qissa.Mentions, len(x.Of))
	for k, i := range x.Of {
		f.result.Mentions[k] = f.mentions[int32(i)]
	}
	f.told = make([]bool, len(f.result.Stories))
	for s := range f.told {
		f.told[s] = x.Told(f.result.Stories[s].Members[0].Article)
	}
	f.nameByHeads()
	return nil
}
