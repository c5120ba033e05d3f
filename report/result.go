package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"unicode/utf8"

	"qissa"
	"qissa/article"
)

// ReadResult makes a result of the articles of a run, read again, and of what
// [StoriesJSONL] and [PairsJSONL] wrote. Shares have three digits. What does not
// fit the articles, or together, is an error with the line; readers that have a
// name, as files do, are called by it.
func ReadResult(articles []article.Article, stories, pairs io.Reader, counts qissa.Counts) (*qissa.Result, error) {
	articles = slices.Clone(articles)
	article.Identify(articles)
	return readResult(articles, stories, pairs, counts, false)
}

// ReadPart makes a result of some stories of a run and of their articles, which have ids.
// What stories and pairs say of others is left out; nothing is counted. Of the lines of
// other pairs the beginning is looked at.
func ReadPart(articles []article.Article, stories, pairs io.Reader) (*qissa.Result, error) {
	return readResult(articles, stories, pairs, qissa.Counts{}, true)
}

func readResult(articles []article.Article, stories, pairs io.Reader, counts qissa.Counts, part bool) (*qissa.Result, error) {
	b := resultReader{
		part:   part,
		r:      &qissa.Result{Counts: counts, StoryOf: make([]int, len(articles)), Words: make([]int, len(articles))},
		number: map[string]int{}, story: map[string]int{},
	}
	for n, i := range article.CanonicalOrder(articles) {
		b.r.Articles = append(b.r.Articles, articles[i])
		b.number[articles[i].ID] = n
		b.r.StoryOf[n] = -1
	}
	if err := EachLine(stories, "stories.jsonl", b.take); err != nil {
		return nil, err
	}
	for i, s := range b.records {
		story, err := b.make(s)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", LineOf(stories, "stories.jsonl", b.lines[i]), err)
		}
		b.r.Stories = append(b.r.Stories, story)
	}
	if n := slices.Index(b.r.StoryOf, -1); n >= 0 {
		return nil, fmt.Errorf("%s: article %q of the input is in no story", nameOf(stories, "stories.jsonl"), b.r.Articles[n].ID)
	}
	b.r.Storylines = storylines(b.r.Stories, b.records)
	b.length = make([]int, len(articles))
	if err := SomeLines(pairs, "pairs.jsonl", b.wants, b.pair); err != nil {
		return nil, err
	}
	return b.r, nil
}

// A resultReader puts a result together.
type resultReader struct {
	part    bool // of a run: others have more stories and articles
	r       *qissa.Result
	number  map[string]int // of articles, by id
	story   map[string]int // numbers of stories, by id
	records []storyJSON
	lines   []int // of the records
	length  []int // code points of articles, 0 for those not counted yet
}

// take takes a story, whose articles are its alone.
func (b *resultReader) take(line int, s storyJSON) error {
	if _, twice := b.story[s.ID]; twice || s.ID == "" {
		return fmt.Errorf("the id %q of the story is not its alone", s.ID)
	}
	if len(s.Articles) == 0 || s.Size != len(s.Articles) {
		return fmt.Errorf("%d articles, but its size is %d", len(s.Articles), s.Size)
	}
	for _, m := range s.Articles {
		n, ok := b.number[m.ID]
		switch {
		case !ok:
			return fmt.Errorf("article %q is not in the input any more", m.ID)
		case b.r.StoryOf[n] >= 0:
			return fmt.Errorf("article %q stands in a story twice", m.ID)
		case !slices.Contains(relations, m.Relation):
			return fmt.Errorf("article %q has the relation %q, which is none", m.ID, m.Relation)
		case m.Words < 0:
			return fmt.Errorf("article %q has %d words", m.ID, m.Words)
		}
		b.r.StoryOf[n], b.r.Words[n] = len(b.records), m.Words
	}
	b.story[s.ID] = len(b.records)
	b.records, b.lines = append(b.records, s), append(b.lines, line)
	return nil
}

// storylines gathers the storylines of stories, whose records are given, and numbers
// them. It is nil where a record tells of none: the run is older than storylines.
func storylines(stories []qissa.Story, records []storyJSON) []qissa.Storyline {
	var all []qissa.Storyline
	number := map[string]int{}
	for s, rec := range records {
		if rec.Storyline == nil {
			return nil
		}
		n, known := number[rec.Storyline.ID]
		if !known {
			n = len(all)
			number[rec.Storyline.ID] = n
			all = append(all, qissa.Storyline{ID: rec.Storyline.ID, Title: stories[s].Representative})
		}
		stories[s].Storyline = n
		all[n].Stories = append(all[n].Stories, s)
		all[n].Articles += len(stories[s].Members)
	}
	for _, l := range all {
		slices.SortFunc(l.Stories, func(a, b int) int { return stories[a].Members[0].Article - stories[b].Members[0].Article })
	}
	return all
}

// make turns a record into a story of numbered articles and stories.
func (b *resultReader) make(s storyJSON) (qissa.Story, error) {
	var fault error
	among := func(what, id string) int {
		n, ok := b.number[id]
		switch {
		case id == "":
			return -1
		case !ok || b.r.StoryOf[n] != b.story[s.ID]:
			fault = fmt.Errorf("%s %q is not among its articles", what, id)
		}
		return n
	}
	out := qissa.Story{
		ID: s.ID, Representative: among("representative", s.Representative), Reason: s.Reason, First: -1, Earliest: -1, Last: -1, FirstReason: qissa.FirstReason(s.FirstReason), Sources: s.Sources, KeyPhrases: s.KeyPhrases,
		Cohesion: float64(s.Cohesion), WeakestLink: float64(s.WeakestLink), Trust: float64(s.Trust), Review: s.Review, Bridge: among("bridge", string(s.Bridge)), RepeatedText: float64(s.RepeatedText),
	}
	if s.Representative == "" {
		return out, errors.New("no representative")
	}
	if s.First != nil {
		out.First = among("first article", s.First.Article)
	}
	s.readOrigins(&out, func(what, id string) int {
		if id == "" {
			fault = fmt.Errorf("an %s is missing", what)
		}
		return among(what, id)
	})
	for _, m := range s.Articles {
		n := b.number[m.ID]
		origin := slices.IndexFunc(s.Origins, func(o originsJSON) bool { return o.Article == m.GoesBack })
		out.Members = append(out.Members, qissa.Member{Article: n, Relation: m.Relation, Copied: float64(m.Copied), CopyOf: among("original", string(m.CopyOf)),
			Order: qissa.Order(m.Order), Origin: max(origin, 0), Credit: m.Credit})
		if out.Earliest < 0 && s.FirstTime != "" && timeText(b.r.Articles[n]) == string(s.FirstTime) {
			out.Earliest = n
		}
		if s.LastTime != "" && timeText(b.r.Articles[n]) == string(s.LastTime) {
			out.Last = n
		}
	}
	for _, n := range s.Neighbours {
		near, ok := b.story[n.ID]
		if !ok && b.part {
			continue
		}
		if !ok {
			return out, fmt.Errorf("neighbour %q is no story", n.ID)
		}
		out.Neighbours = append(out.Neighbours, qissa.Neighbour{Story: near, Sim: float64(n.Sim), Shared: float64(n.Shared)})
	}
	switch {
	case fault != nil:
	case s.LastTime != "" && out.Last < 0:
		fault = fmt.Errorf("last_time %q is of none of its articles", s.LastTime)
	case (out.First < 0 && s.FirstReason == "") != (out.Last < 0 && s.FirstReason == ""):
		fault = errors.New("first without last_time, or the other way round")
	case out.First >= 0 && !dated(b.r.Articles[out.First]):
		fault = fmt.Errorf("first article %q has no date", s.First.Article)
	}
	return out, fault
}

// PairOf returns the ids of the articles of a line of pairs.jsonl, if it begins as
// [PairsJSONL] writes those that need no escape.
func PairOf(line []byte) (a, b []byte, plain bool) {
	rest, begins := bytes.CutPrefix(line, []byte(`{"a":"`))
	a, rest, goesOn := bytes.Cut(rest, []byte(`","b":"`))
	b, _, ended := bytes.Cut(rest, []byte(`",`))
	return a, b, begins && goesOn && ended && !bytes.ContainsAny(a, `\"`) && !bytes.ContainsAny(b, `\"`)
}

// wants reports whether a line may be of a pair of articles that are there.
func (b *resultReader) wants(line []byte) bool {
	if !b.part {
		return true
	}
	x, y, plain := PairOf(line)
	_, okA := b.number[string(x)]
	_, okB := b.number[string(y)]
	return !plain || okA && okB
}

// pair takes a pair, whose places lie within the texts.
func (b *resultReader) pair(_ int, p pairJSON) error {
	x, okA := b.number[p.A]
	y, okB := b.number[p.B]
	switch {
	case b.part && !(okA && okB):
		return nil
	case !okA || !okB:
		return fmt.Errorf("article %q or %q is not in the input any more", p.A, p.B)
	case x == y:
		return fmt.Errorf("article %q is paired with itself", p.A)
	}
	out := qissa.Pair{A: x, B: y, Cosine: float64(p.Cosine), Same: float64(p.Same), AInB: float64(p.AInB), BInA: float64(p.BInA), Borrowed: p.Borrowed, BorrowOrder: p.Order, Decision: p.Decision, Why: p.Why}
	for _, run := range p.Runs {
		if !b.within(x, run.A) || !b.within(y, run.B) {
			return fmt.Errorf("a passage at %v and %v lies outside of its articles", run.A, run.B)
		}
		out.Passages = append(out.Passages, qissa.Passage(run))
	}
	for _, f := range p.OnlyA {
		if !b.within(x, f.At) {
			return fmt.Errorf("%q at %v lies outside of article %q", f.Text, f.At, p.A)
		}
		out.OnlyA = append(out.OnlyA, qissa.Fact(f))
	}
	for _, f := range p.OnlyB {
		if !b.within(y, f.At) {
			return fmt.Errorf("%q at %v lies outside of article %q", f.Text, f.At, p.B)
		}
		out.OnlyB = append(out.OnlyB, qissa.Fact(f))
	}
	b.r.Pairs = append(b.r.Pairs, out)
	return nil
}

// within tells whether a range of code points lies in an article, as far as its
// text is at hand.
func (b *resultReader) within(n int, at [2]int) bool {
	if at[0] < 0 || at[1] < at[0] || b.r.Articles[n].BodySize() == 0 {
		return 0 <= at[0] && at[0] <= at[1]
	}
	if b.length[n] == 0 {
		a := &b.r.Articles[n]
		b.length[n] = utf8.RuneCountInString(a.Title) + 1 + utf8.RuneCountInString(a.LoadBody(nil))
	}
	return at[1] <= b.length[n]
}

// nameOf returns the name of a reader, if it has one.
func nameOf(r io.Reader, otherwise string) string {
	if file, ok := r.(interface{ Name() string }); ok {
		return file.Name()
	}
	return otherwise
}

// LineOf tells where a line of a reader stands; a reader of several files knows.
func LineOf(r io.Reader, otherwise string, line int) string {
	if files, ok := r.(interface{ Line(n int) string }); ok {
		return files.Line(line)
	}
	return fmt.Sprintf("%s:%d", nameOf(r, otherwise), line)
}

// EachLine decodes one value from each line. Errors begin with the name of the
// reader and the line.
func EachLine[T any](r io.Reader, name string, use func(line int, x T) error) error {
	return SomeLines(r, name, func([]byte) bool { return true }, use)
}

// SomeLines is EachLine of the lines that are wanted. The others are not decoded, which
// is most of the cost.
func SomeLines[T any](r io.Reader, name string, wanted func(line []byte) bool, use func(line int, x T) error) error {
	lines := bufio.NewReaderSize(r, 1<<20)
	for n := 1; ; n++ {
		line, err := lines.ReadBytes('\n')
		if err != nil && err != io.EOF {
			return fmt.Errorf("%s: %w", LineOf(r, name, n), err)
		}
		if len(bytes.TrimSpace(line)) > 0 && wanted(line) {
			var x T
			if err := json.Unmarshal(line, &x); err != nil {
				return fmt.Errorf("%s: not a record of a run: %w", LineOf(r, name, n), err)
			}
			if err := use(n, x); err != nil {
				return fmt.Errorf("%s: %w", LineOf(r, name, n), err)
			}
		}
		if err == io.EOF {
			return nil
		}
	}
}
