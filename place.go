package qissa

import (
	"qissa/cluster"
	"qissa/internal/corpus"
	"qissa/internal/fact"
	"qissa/internal/overlap"
)

// placer finds where words and facts stand in the stored texts.
type placer struct {
	*description
	of      map[int][]corpus.Span
	factsOf map[int][]fact.Fact
	memory  []corpus.Span // of all articles, used again for the next story
	text    []byte        // likewise, a body that was compressed
}

// pair writes out one pair.
func (p *placer) pair(of cluster.Pair, o *overlap.Overlap, same float64, merged bool) Pair {
	out := Pair{A: int(of.A), B: int(of.B), Cosine: min(of.Sim, 1), Same: same, AInB: o.AInB, BInA: o.BInA}
	out.Decision, out.Why = p.decision(merged, o, same)
	if p.said.of(of, merged) {
		out.Why = WhyCorrection
	}
	if out.Borrowed = borrowed(p.words, of, o); out.Borrowed > 0 {
		out.BorrowOrder = orderByTime(p.articles[of.A], p.articles[of.B], p.crawled)
	}
	for _, run := range o.Runs {
		out.Passages = p.appendPassages(out.Passages, out.A, out.B, run)
	}
	if merged {
		a, b := p.facts(out.A), p.facts(out.B)
		out.OnlyA, out.OnlyB = onlyIn(a, b), onlyIn(b, a)
	}
	return out
}

// facts returns the numbers and dates of an article.
func (p *placer) facts(article int) []fact.Fact {
	facts, ok := p.factsOf[article]
	if !ok {
		facts = fact.Read(p.words, article, &p.articles[article], p.offsets(article), &p.text)
		p.factsOf[article] = facts
	}
	return facts
}

// offsets returns where the words of an article stand.
func (p *placer) offsets(article int) []corpus.Span {
	at, ok := p.of[article]
	if !ok {
		from := len(p.memory)
		p.memory = p.words.Offsets(p.memory, article, len(p.words.All(article)))
		at = p.memory[from:]
		p.of[article] = at
	}
	return at
}

// appendPassages appends a run as passages: one, but for boilerplate inside it in
// either text, which is none.
func (p *placer) appendPassages(to []Passage, a, b int, run cluster.Run) []Passage {
	inA, inB, left := p.offsets(a), p.offsets(b), int(run.Words)
	for left > 0 {
		done := int(run.Words) - left
		firstA, firstB := p.words.Place(a, int(run.A)+done), p.words.Place(b, int(run.B)+done)
		n := left
		for p.words.Place(a, int(run.A)+done+n-1) != firstA+n-1 || p.words.Place(b, int(run.B)+done+n-1) != firstB+n-1 {
			n--
		}
		to = append(to, Passage{A: passage(inA, firstA, n), B: passage(inB, firstB, n), Words: n, Stock: run.Words < overlap.StockWords})
		left -= n
	}
	return to
}

// passage returns the code points from the first to the last of the words.
func passage(offsets []corpus.Span, first, words int) corpus.Span {
	return corpus.Span{offsets[first][0], offsets[first+words-1][1]}
}
