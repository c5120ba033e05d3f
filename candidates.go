package qissa

import (
	"context"
	"slices"

	"qissa/article"
	"qissa/cluster"
	"qissa/internal/parallel"
	"qissa/vectorize"
)

// Candidates are the pairs of articles that a run decides on, with all that
// the decision reads.
type Candidates struct {
	Articles      []article.Article // in canonical order
	Order         []int             // number of each in the input
	Time          []int64           // Unix seconds or cluster.Undated
	Sections      *cluster.Sections // what pairs are found by; nil once the rest is there
	Documents     *cluster.Documents
	Neighbourhood *cluster.Neighbourhood
	Pairs         []cluster.Pair // by (A, B); Sim is the mixed cosine
	Counts        cluster.JoinCounts

	texts   *texts
	idf     [3][]float64 // by section
	lengths rowLengths
	cosines [][]cluster.Cosines // by block of pairs
}

// Cosines returns the cosines of a pair, which is given by its number.
func (c *Candidates) Cosines(pair int) cluster.Cosines {
	return c.cosines[pair/parallel.Block][pair%parallel.Block]
}

// FindCandidates runs the pipeline up to the decision. The rows by which pairs
// are found and those by which they are decided on take the most memory of a
// run, and never exist together.
func FindCandidates(ctx context.Context, articles []article.Article, opt Options) (*Candidates, error) {
	c, err := FindPairs(ctx, articles, opt)
	if err != nil {
		return nil, err
	}
	jobs := opt.withJobs().Jobs
	opt.stage("summing up neighbours")
	if err = c.findCosines(ctx, opt.Spill, jobs); err != nil {
		return nil, err
	}
	c.Sections = nil
	c.Neighbourhood = cluster.Neighbours(len(c.Articles), c.Pairs, c.Cosines, jobs)
	opt.stage("weighing first words")
	return c, c.buildDocuments(ctx, jobs)
}

// FindPairs runs the pipeline up to the similar pairs: the candidates are without
// what only the decision reads.
func FindPairs(ctx context.Context, articles []article.Article, opt Options) (*Candidates, error) {
	c, err := readCandidates(ctx, articles, opt)
	if err != nil {
		return nil, err
	}
	opt = opt.withJobs()
	if err := c.texts.findBulletins(ctx, c.Articles, opt.Jobs); err != nil {
		return nil, err
	}
	template, err := c.texts.sameTemplate(ctx, opt.Jobs)
	if err != nil {
		return nil, err
	}
	if err := c.findTwins(ctx, template, opt); err != nil {
		return nil, err
	}
	if err := c.weigh(ctx, opt.Jobs); err != nil {
		return nil, err
	}
	join := cluster.Join{
		MinSim: opt.MinSim, Window: int64(opt.Window.Seconds()), Jobs: opt.Jobs, Progress: opt.stage("comparing"),
		Compared: c.texts.findRounds(template).near,
		Spill:    func(pairs []cluster.Pair) []cluster.Pair { return spilled(pairs, opt.Spill) },
	}
	c.Pairs, c.Counts, err = cluster.Pairs(ctx, c.Sections.Rows, c.Time, join)
	c.pairTwins()
	return c, err
}

// readCandidates reads the words of articles, whose pairs are yet to be found.
func readCandidates(ctx context.Context, articles []article.Article, opt Options) (*Candidates, error) {
	articles = slices.Clone(articles)
	article.Identify(articles)
	c := &Candidates{Order: article.CanonicalOrder(articles), Articles: make([]article.Article, 0, len(articles))}
	for _, i := range c.Order {
		c.Articles = append(c.Articles, articles[i])
		c.Time = append(c.Time, unixTime(articles[i]))
	}
	jobs := opt.withJobs().Jobs
	t, err := readTexts(ctx, c.Articles, jobs, opt.Spill, opt.stage("reading words"))
	if err != nil {
		return nil, err
	}
	c.texts = t
	opt.stage("weighing words")
	return c, t.findFrames(ctx, c.Articles, jobs)
}

// weigh counts frequencies and writes the rows by which pairs are found.
func (c *Candidates) weigh(ctx context.Context, jobs int) error {
	df, lengths, err := countFrequencies(ctx, c.texts, jobs, loadReference())
	if err != nil {
		return err
	}
	c.lengths = lengths
	var sections []vectorize.Section
	for s := range c.idf {
		c.idf[s] = vectorize.IDF(df[s].Of, df[s].Documents)
		sections = append(sections, vectorize.Section{Share: sectionShare[s], DF: df[s].Of})
	}
	mix := vectorize.SideBySide(sections)
	rows, err := c.texts.buildSections(ctx, c.idf, mix, lengths[mixed], jobs)
	c.Sections = &cluster.Sections{Rows: cluster.Rows(rows), Section: mix.Section, Share: sectionShare}
	return err
}

// findCosines finds the cosines of all pairs. They go to spill: the decision reads
// them once.
func (c *Candidates) findCosines(ctx context.Context, spill func([]byte) []byte, jobs int) error {
	blocks := parallel.Blocks(len(c.Pairs))
	c.cosines = make([][]cluster.Cosines, blocks)
	comparers := make([]*cluster.SectionComparer, jobs)
	for w := range comparers {
		comparers[w] = c.Sections.Comparer()
	}
	return parallel.ForBlocks(ctx, blocks, jobs, nil, func(worker, b int) {
		pairs := c.Pairs[b*parallel.Block : min((b+1)*parallel.Block, len(c.Pairs))]
		cosines := make([]cluster.Cosines, len(pairs))
		for i, p := range pairs {
			comparers[worker].Prefetch(pairs[i:])
			cosines[i] = comparers[worker].Cosines(p)
		}
		c.cosines[b] = spilled(cosines, spill)
	})
}

// buildDocuments fills in what the decision reads of the articles.
func (c *Candidates) buildDocuments(ctx context.Context, jobs int) error {
	t, whole := c.texts, c.idf[cluster.Whole]
	rows, err := t.buildViews(ctx, whole, c.lengths, jobs)
	if err != nil {
		return err
	}
	d := &cluster.Documents{
		Headline: cluster.Rows(rows[headline]), Opening: cluster.Rows(rows[opening]), Decayed: cluster.Rows(rows[decayed]),
		Rarity: whole, Number: make([]bool, len(t.terms)), Time: c.Time,
	}
	for n, term := range t.terms {
		d.Number[n] = term != "" && term[0] >= '0' && term[0] <= '9'
	}
	sources := map[string]int32{"": -1}
	for _, a := range c.Articles {
		if _, ok := sources[a.Source]; !ok {
			sources[a.Source] = int32(len(sources))
		}
		d.Source = append(d.Source, sources[a.Source])
	}
	c.Documents, d.Length, d.Direction = d, make([]int32, t.len()), make([]int8, t.len())
	return parallel.Each(ctx, t.len(), jobs, nil, func(_, i int) {
		d.Length[i], d.Direction[i] = int32(t.indexed(i)), t.direction(i)
	})
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
