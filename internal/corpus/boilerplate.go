package corpus

import (
	"context"
	"slices"
	"strings"

	"qissa/article"
	"qissa/cluster"
	"qissa/internal/parallel"
)

// Boilerplate stands around the text of an article: a line that its outlet puts on
// every page («شارك من خلال تويتر», share by Twitter), a dateline, the credit of an
// agency. It tells nothing of what is reported, so it is neither compared nor
// counted as new text. The numbers are chosen by eye on real pages.
const (
	endWords   = 40   // words at either end of a body that are looked at
	gapWords   = 5    // words that may stand between the end and the boilerplate, or inside it: a date, an author
	echoWords  = 24   // likewise below the text, where the headline is often repeated
	nGramWords = 5    // words in sequence that repeat
	leastPages = 20   // articles of the outlet that have the sequence
	leastShare = 0.01 // share of the outlet's articles that have it
	ownShare   = 0.9  // of all articles that have it, the share that the outlet has: an honorific is everybody's
)

// sampleSize is how many articles of an outlet are looked at: more of them tell
// nothing new of its pages.
const sampleSize = 1 << 14

// agencyCredits are agencies whose folded names are no other word.
var agencyCredits = []string{"واس", "رويترز", "افب", "دبا", "وام", "كونا", "بترا", "الاناضول", "شينخوا"}

const (
	datelineWords = 8 // words of a body among which a credit ends the dateline
	footerWords   = 4 // words before its end among which one begins the footer
)

// An NGram is words in sequence that an outlet puts on its pages.
type NGram struct {
	Outlet string
	Words  [nGramWords]string
}

// Boilerplate is what outlets add to their articles.
type Boilerplate struct {
	Affixes  []Affix   // around titles, by outlet and words
	Passages []Passage // anywhere in bodies, by outlet
	Ends     []NGram   // near the ends of bodies, by outlet and words
}

// FindBoilerplate finds what outlets add to their articles, and returns the corpus
// without it as well. Of several articles of an outlet under one title the first counts:
// the others may be copies. The corpus, without frames, was read from the articles. Cost
// linear in the articles.
func (c *Corpus) FindBoilerplate(ctx context.Context, articles []article.Article, jobs int) (found Boilerplate, without *Corpus, err error) {
	var sampler Sampler
	for i, title := range c.TitleHashes() {
		sampler.Add(int64(i), articles[i].Source, articles[i].ID, title)
	}
	of := sampler.Sample()
	counted := make([]int, len(of.At))
	for n, i := range of.At {
		counted[n] = int(i)
	}
	return c.findBoilerplate(ctx, articles, counted, of, parallel.Jobs(jobs))
}

// FindBoilerplateOf is [Corpus.FindBoilerplate] in the articles that stand for all, and
// not the corpus without it.
func (c *Corpus) FindBoilerplateOf(ctx context.Context, s *Sample, articles []article.Article, jobs int) (Boilerplate, error) {
	counted := make([]int, len(articles))
	for i := range counted {
		counted[i] = i
	}
	found, _, err := c.findBoilerplate(ctx, articles, counted, s, parallel.Jobs(jobs))
	return found, err
}

// findBoilerplate finds it in the articles that are counted, which are those of a sample.
func (c *Corpus) findBoilerplate(ctx context.Context, articles []article.Article, counted []int, s *Sample, jobs int) (found Boilerplate, without *Corpus, err error) {
	outlet, names := outlets(articles)
	sizes, share := make([]int, len(names)), make([]float64, len(names))
	for n, name := range names {
		sizes[n], share[n] = s.Outlets[name].Articles, s.Outlets[name].Share
	}
	found.Affixes = findAffixes(articles, outlet, sizes, counted)
	if c, err = c.withoutAffixes(ctx, articles, found.Affixes, jobs); err != nil {
		return found, nil, err
	}
	if found.Passages, err = c.findPassages(ctx, articles, outlet, sizes, counted, jobs); err != nil {
		return found, nil, err
	}
	if c, err = c.withoutLongPassages(ctx, articles, outlet, found.Passages, jobs); err != nil {
		return found, nil, err
	}
	name := make([]string, len(sizes))
	for i, o := range outlet {
		name[o] = articles[i].Source
	}
	ends, err := c.repeatedNGrams(ctx, outlet, sizes, counted, share, jobs)
	if err != nil {
		return found, nil, err
	}
	for k := range ends {
		g := NGram{Outlet: name[k.outlet]}
		for i, w := range k.words {
			g.Words[i] = c.Words[w]
		}
		found.Ends = append(found.Ends, g)
	}
	slices.SortFunc(found.Ends, byOutletAndWords)
	without, err = c.withoutEnds(ctx, articles, found.Ends, jobs)
	return found, without, err
}

// WithoutBoilerplate returns the corpus with frames around what the articles say
// themselves: affixes, passages, ends that hold n-grams of their outlet, datelines, and
// the credits of agencies. The corpus was read from the articles. Cost linear in the
// articles and the distinct words.
func (c *Corpus) WithoutBoilerplate(ctx context.Context, articles []article.Article, found Boilerplate, jobs int) (*Corpus, error) {
	c, err := c.withoutAffixes(ctx, articles, found.Affixes, jobs)
	if err != nil {
		return nil, err
	}
	outlet, _ := outlets(articles)
	if c, err = c.withoutLongPassages(ctx, articles, outlet, found.Passages, jobs); err != nil {
		return nil, err
	}
	return c.withoutEnds(ctx, articles, found.Ends, jobs)
}

// Spliced returns the corpus with frames of several that were made of it: those of parts[k]
// around the articles from from[k] up to from[k+1], ascending. Cost linear in the articles.
func (c *Corpus) Spliced(parts []*Corpus, from []int) *Corpus {
	all := frames{make([]Margins, 0, c.Len()), map[int32][]cluster.Passage{}}
	for k, p := range parts {
		to := c.Len()
		if k+1 < len(from) {
			to = from[k+1]
		}
		all.margins = append(all.margins, p.frames.margins[from[k]:to]...)
		for i, inside := range p.frames.inside {
			if from[k] <= int(i) && int(i) < to {
				all.inside[i] = inside
			}
		}
	}
	spliced := c.withFrames(all)
	spliced.numbers = spliced.ownNumbers()
	return spliced
}

// withoutEnds returns the corpus with the ends of bodies framed, and with the numbers
// that stand in no frame.
func (c *Corpus) withoutEnds(ctx context.Context, articles []article.Article, ends []NGram, jobs int) (*Corpus, error) {
	outlet, names := outlets(articles)
	repeated, credit := c.numberNGrams(articles, outlet, len(names), ends)
	margins := slices.Clone(c.frames.margins)
	err := parallel.Each(ctx, c.Len(), jobs, nil, func(_, i int) {
		known := func(words []uint32) bool { return repeated.has(outletNGram{outlet[i], nGram(words)}) }
		body := c.withoutPassages(i)
		if c.echoes(i, &articles[i]) {
			margins[i].Above = int32(len(body))
			return
		}
		above := max(headLength(body, known), datelineLength(body, credit))
		body = body[above:]
		margins[i].Above, margins[i].Below = int32(above), int32(max(footLength(body, known), footerLength(body, credit)))
	})
	c = c.withFrames(frames{margins, c.frames.inside})
	c.numbers = c.ownNumbers()
	return c, err
}

// echoes reports whether a body says the title again and nothing else, but for what its
// outlet put behind the title, or the name of the outlet: so do the feeds of aggregators.
func (c *Corpus) echoes(i int, a *article.Article) bool {
	title, body := c.Title(i), c.All(i)[c.title[i]:]
	if len(title) == 0 || len(body) < len(title) || !slices.Equal(body[:len(title)], title) {
		return false
	}
	rest, behind := body[len(title):], c.All(i)[c.title[i]-int(c.frames.margins[i].After):c.title[i]]
	if len(rest) == 0 || slices.Equal(rest, behind) {
		return true
	}
	var text []string
	for _, w := range rest[:min(len(rest), affixWords)] {
		text = append(text, c.Words[w])
	}
	return len(rest) <= affixWords && isOutlet(a, strings.Join(text, " "))
}

// numberNGrams returns the n-grams in numbers of words and outlets, and the words
// that name an agency. N-grams of other outlets, or with words that stand in no
// article, are left out.
func (c *Corpus) numberNGrams(articles []article.Article, outlet []int, outlets int, found []NGram) (*nGramSet, map[uint32]bool) {
	number := map[string]uint32{} // 1 + the number of each word that is asked for
	for _, w := range agencyCredits {
		number[w] = 0
	}
	for _, g := range found {
		for _, w := range g.Words {
			number[w] = 0
		}
	}
	for n, w := range c.Words {
		if _, asked := number[w]; asked {
			number[w] = uint32(n) + 1
		}
	}
	credit := map[uint32]bool{}
	for _, w := range agencyCredits {
		if n := number[w]; n > 0 {
			credit[n-1] = true
		}
	}
	numberOf := make(map[string]int, outlets)
	for i, o := range outlet {
		numberOf[articles[i].Source] = o
	}
	set := &nGramSet{}
	for _, g := range found {
		o, ok := numberOf[g.Outlet]
		key := outletNGram{outlet: o}
		for i, w := range g.Words {
			n := number[w]
			ok = ok && n > 0
			key.words[i] = n - 1
		}
		if ok {
			set.add(key)
		}
	}
	return set, credit
}

// outlets numbers the sources, from 0.
func outlets(articles []article.Article) (outlet []int, names []string) {
	number := map[string]int{}
	outlet = make([]int, len(articles))
	for i := range articles {
		n, ok := number[articles[i].Source]
		if !ok {
			n = len(names)
			number[articles[i].Source] = n
			names = append(names, articles[i].Source)
		}
		outlet[i] = n
	}
	return outlet, names
}

// headLength is the length of the boilerplate above a body.
func headLength(body []uint32, known func([]uint32) bool) int {
	length := 0
	for at := range min(endWords, len(body)-nGramWords+1) {
		if at > length+gapWords {
			break
		}
		if known(body[at:]) {
			length = at + nGramWords
		}
	}
	return length
}

// footLength is the length of the boilerplate below a body.
func footLength(body []uint32, known func([]uint32) bool) int {
	first, gap := len(body), echoWords
	for at := len(body) - nGramWords; at >= max(0, len(body)-endWords); at-- {
		if at+nGramWords < first-gap {
			break
		}
		if known(body[at:]) {
			first, gap = at, gapWords
		}
	}
	return len(body) - first
}

// datelineLength is the length of a dateline that ends with an agency's credit.
func datelineLength(body []uint32, credit map[uint32]bool) int {
	for at := min(datelineWords, len(body)) - 1; at >= 0; at-- {
		if credit[body[at]] {
			return at + 1
		}
	}
	return 0
}

// footerLength is the length of a footer that begins with an agency's credit.
func footerLength(body []uint32, credit map[uint32]bool) int {
	for at := max(0, len(body)-footerWords); at < len(body); at++ {
		if credit[body[at]] {
			return len(body) - at
		}
	}
	return 0
}

// ends returns the words of a body among which boilerplate is looked for.
func ends(body []uint32) [2][]uint32 {
	const words = endWords + nGramWords - 1 // in which endWords n-grams begin
	if len(body) < 2*endWords+nGramWords {  // the two would share n-grams
		return [2][]uint32{body}
	}
	return [2][]uint32{body[:words], body[len(body)-words:]}
}

// byOutletAndWords orders n-grams.
func byOutletAndWords(a, b NGram) int {
	if a.Outlet != b.Outlet {
		if a.Outlet < b.Outlet {
			return -1
		}
		return 1
	}
	return slices.Compare(a.Words[:], b.Words[:])
}
