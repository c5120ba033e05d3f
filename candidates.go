package qissa

import (
	"context"
	"slices"

	"qissa/article"
	"qissa/cluster"
	"qissa/vectorize"
)

// Candidates are the pairs of articles that a run decides on, with all that
// the decision reads.
type Candidates struct {
	Articles      []article.Article // in canonical order
	Order         []int             // number of each in the input
	Documents     *cluster.Documents
	Neighbourhood *cluster.Neighbourhood
	Pairs         []cluster.Pair    // by (A, B); Sim is the mixed cosine
	Cosines       []cluster.Cosines // by pair
	Counts        cluster.JoinCounts

	texts *texts
}

// FindCandidates runs the pipeline up to the decision.
func FindCandidates(ctx context.Context, articles []article.Article, opt Options) (*Candidates, error) {
	c, err := findPairs(ctx, articles, opt)
	if err != nil {
		return nil, err
	}
	opt.stage("summing up neighbours")
	if c.Cosines, err = c.cosines(ctx, opt.withJobs().Jobs); err != nil {
		return nil, err
	}
	c.Neighbourhood = cluster.Neighbours(c.Documents, c.Pairs, c.Cosines)
	return c, nil
}

// findPairs runs the pipeline up to the pairs, without what only the decision
// reads.
func findPairs(ctx context.Context, articles []article.Article, opt Options) (*Candidates, error) {
	articles = slices.Clone(articles)
	article.Identify(articles)
	c := &Candidates{Order: article.CanonicalOrder(articles), Articles: make([]article.Article, 0, len(articles))}
	for _, i := range c.Order {
		c.Articles = append(c.Articles, articles[i])
	}
	jobs := opt.withJobs().Jobs
	t, err := readTexts(ctx, c.Articles, jobs, opt.Spill, opt.stage("reading words"))
	if err != nil {
		return nil, err
	}
	c.texts = t
	t.findBulletins(c.Articles)
	opt.stage("weighing words")
	if err := t.findFrames(ctx, c.Articles, jobs); err != nil {
		return nil, err
	}
	df, lengths, err := countFrequencies(ctx, t, jobs, loadReference())
	if err != nil {
		return nil, err
	}
	if c.Documents, err = buildDocuments(ctx, c.Articles, t, df, lengths, jobs); err != nil {
		return nil, err
	}
	join := cluster.Join{MinSim: opt.MinSim, Window: int64(opt.Window.Seconds()), Jobs: jobs, Progress: opt.stage("comparing")}
	c.Pairs, c.Counts, err = cluster.Pairs(ctx, c.Documents.Mixed, c.Documents.Time, join)
	return c, err
}

// cosines returns the cosines of all pairs by section.
func (c *Candidates) cosines(ctx context.Context, jobs int) ([]cluster.Cosines, error) {
	cosines := make([]cluster.Cosines, len(c.Pairs))
	comparers := make([]*cluster.Comparer, jobs)
	for w := range comparers {
		comparers[w] = c.Documents.Comparer(nil)
	}
	blocks := (len(c.Pairs) + blockSize - 1) / blockSize
	err := forBlocks(ctx, blocks, jobs, nil, func(worker, b int) {
		for n := b * blockSize; n < min((b+1)*blockSize, len(c.Pairs)); n++ {
			cosines[n] = comparers[worker].Cosines(c.Pairs[n])
		}
	})
	return cosines, err
}

func buildDocuments(ctx context.Context, articles []article.Article, t *texts, df *frequencies, lengths [numViews][]uint32, jobs int) (*cluster.Documents, error) {
	var idf [3][]float64
	var sections []vectorize.Section
	for s := range idf {
		idf[s] = vectorize.IDF(df[s].Of, df[s].Documents)
		sections = append(sections, vectorize.Section{Share: sectionShare[s], DF: df[s].Of})
	}
	mix := vectorize.SideBySide(sections)
	rows, err := buildRows(ctx, t, idf, mix, lengths, jobs)
	if err != nil {
		return nil, err
	}
	d := &cluster.Documents{
		Mixed: cluster.Rows(rows[mixed]), Section: mix.Section, Share: sectionShare,
		Headline: cluster.Rows(rows[headline]), Opening: cluster.Rows(rows[opening]), Decayed: cluster.Rows(rows[decayed]),
		Rarity: idf[cluster.Whole], Number: make([]bool, len(t.terms)),
	}
	for n, term := range t.terms {
		d.Number[n] = term != "" && term[0] >= '0' && term[0] <= '9'
	}
	d.CountNumbers()
	sources := map[string]int32{"": -1}
	for i, a := range articles {
		if _, ok := sources[a.Source]; !ok {
			sources[a.Source] = int32(len(sources))
		}
		d.Source = append(d.Source, sources[a.Source])
		d.Time = append(d.Time, unixTime(a))
		d.Length = append(d.Length, int32(t.indexed(i)))
		d.Direction = append(d.Direction, t.direction(i))
	}
	return d, nil
}

// unixTime is the time by which an article pairs. A time that is only relative
// to an unknown moment is none.
func unixTime(a article.Article) int64 {
	if a.Time.IsZero() {
		return cluster.Undated
	}
	return a.Time.Unix()
}

// leastTerms is the least number of different index terms, numbers apart, that
// can tell one story from another: "Cartoon" and "Friday's cartoon" cannot.
const leastTerms = 4

// tooShort tells whether an article has too few terms to be compared.
func (t *texts) tooShort(i int) bool {
	var seen [leastTerms]uint32
	n := 0
	for _, w := range t.all(i) {
		term := t.term[w]
		if term == noTerm || t.isNumber(w) || slices.Contains(seen[:n], term) {
			continue
		}
		seen[n] = term
		if n++; n == leastTerms {
			return false
		}
	}
	return true
}

// indexed counts the words of an article that are index terms.
func (t *texts) indexed(i int) (n int) {
	for _, w := range t.all(i) {
		if t.term[w] != noTerm {
			n++
		}
	}
	return n
}
