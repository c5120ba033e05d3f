package qissa

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"qissa/article"
	"qissa/cluster"
	"qissa/internal/grouping"
)

// A Question asks whether two groups of articles are one story.
type Question struct {
	A, B       []int   // their articles, by number, ascending
	HeadA      int     // the most central article of A
	HeadB      int     // of B
	Same       float64 // mean similarity of the two, 0 to 1
	Together   bool    // they are parts of one story, else two stories
	Difference float64 // |A|·|B|·s·(1−s): how much the answer would change, in pairs of articles
}

// A Reader is asked about the groups of a run. What was answered is in the corrections,
// which hold for the next questions.
type Reader struct {
	links    *Links
	articles []article.Article
	number   map[string]int
	before   cluster.Partition // stories without corrections
	weight   []float64         // of each article: 0 for one that follows another
}

// Ask returns a reader of the run, at its own cuts. Cost as of [Links.Cut].
func (l *Links) Ask(ctx context.Context) (*Reader, error) {
	before, err := l.of.Group(ctx, l.Story)
	r := &Reader{links: l, articles: l.articles(), number: map[string]int{}, before: before, weight: make([]float64, len(l.IDs))}
	for i, id := range l.IDs {
		r.number[id] = i
		if !l.of.IsFolded(int32(i)) {
			r.weight[i] = 1
		}
	}
	return r, err
}

// Questions returns the questions whose answers would change most, those that most pairs
// of articles hang on first: merges that were done, and merges that were not. What a
// correction has answered is not asked again, nor what skip is true of. Cost l log l in
// the links of a story.
func (r *Reader) Questions(ctx context.Context, corrections []Correction, most int, skip func(Question) bool) ([]Question, error) {
	q, all, err := r.all(ctx, corrections)
	if err != nil {
		return nil, err
	}
	var asked []Question
	for len(asked) < most && len(all) > 0 {
		some := all[:min(len(all), max(most, someQuestions))]
		all = all[len(some):]
		q.heads(some)
		for _, x := range some {
			if len(asked) < most && (skip == nil || !skip(x)) {
				asked = append(asked, x)
			}
		}
	}
	return asked, nil
}

// all returns all questions, without the articles that are shown.
func (r *Reader) all(ctx context.Context, corrections []Correction) (*questions, []Question, error) {
	c, err := numberCorrections(r.articles, corrections)
	if err != nil {
		return nil, nil, err
	}
	stories, err := r.links.of.Correct(ctx, r.before, c.constraints, r.links.Story)
	if err != nil {
		return nil, nil, err
	}
	q := &questions{Reader: r, stories: stories, members: map[int][]int{}, answered: newAnswered(c.constraints, stories)}
	for i, first := range stories {
		q.members[first] = append(q.members[first], i)
	}
	done, err := q.done(ctx)
	if err != nil {
		return nil, nil, err
	}
	all := slices.DeleteFunc(append(done, q.undone()...), func(q Question) bool { return q.Difference <= 0 })
	slices.SortFunc(all, func(x, y Question) int {
		return cmp.Or(cmp.Compare(y.Difference, x.Difference), cmp.Compare(x.A[0], y.A[0]), cmp.Compare(x.B[0], y.B[0]))
	})
	return q, all, nil
}

// someQuestions is of how many questions at least the heads are found at a time.
const someQuestions = 50

// questions are asked about stories as they are.
type questions struct {
	*Reader
	stories  cluster.Partition
	members  map[int][]int // of each story
	answered answered
}

// ask returns a question, its earlier group first.
func (q *questions) ask(a, b []int, sum float64, together bool) Question {
	if b[0] < a[0] {
		a, b = b, a
	}
	same := min(1, sum/(q.weigh(a)*q.weigh(b)))
	return Question{A: a, B: b, HeadA: a[0], HeadB: b[0], Same: same, Together: together, Difference: float64(len(a)) * float64(len(b)) * same * (1 - same)}
}

func (q *questions) weigh(articles []int) (sum float64) {
	for _, i := range articles {
		sum += q.weight[i]
	}
	return sum
}

// done asks about the merges inside stories, each linked anew by itself.
func (q *questions) done(ctx context.Context) ([]Question, error) {
	var inside []cluster.Pair
	for p := range q.links.of.Weighty() {
		if q.stories[p.A] == q.stories[p.B] {
			inside = append(inside, p)
		}
	}
	const lowest = 1e-9 // any merge
	d, err := cluster.AverageLinkage(ctx, len(q.stories), inside, lowest, 0)
	if err != nil {
		return nil, err
	}
	followers := map[int][]int{}
	for i, w := range q.weight {
		if of := q.links.of.Follows(int32(i)); w == 0 && q.stories[of] == q.stories[i] {
			followers[int(of)] = append(followers[int(of)], i)
		}
	}
	group := map[int32][]int{}
	of := func(i int32) []int {
		if group[i] == nil {
			group[i] = append([]int{int(i)}, followers[int(i)]...)
		}
		return group[i]
	}
	var all []Question
	for _, m := range d.Merges {
		a, b := of(m.A), of(m.B)
		if !q.answered.yes(a, b) {
			all = append(all, q.ask(a, b, m.Sim*q.weigh(a)*q.weigh(b), true))
		}
		group[m.A] = slices.Sorted(slices.Values(slices.Concat(a, b)))
	}
	return all, nil
}

// undone asks about merges of stories that are near and apart.
func (q *questions) undone() (all []Question) {
	sum := map[[2]int]float64{}
	for p := range q.links.of.Weighty() {
		if a, b := q.stories[p.A], q.stories[p.B]; a != b {
			sum[[2]int{min(a, b), max(a, b)}] += p.Sim
		}
	}
	for of, s := range sum {
		if !q.answered.no[of] {
			all = append(all, q.ask(q.members[of[0]], q.members[of[1]], s, false))
		}
	}
	return all
}

// heads finds the most central articles of groups.
func (q *questions) heads(all []Question) {
	near := map[int]map[int]float64{}
	for _, x := range all {
		for _, i := range slices.Concat(x.A, x.B) {
			near[i] = map[int]float64{}
		}
	}
	for p := range q.links.of.Weighty() {
		if near[int(p.A)] != nil && near[int(p.B)] != nil {
			near[int(p.A)][int(p.B)], near[int(p.B)][int(p.A)] = p.Sim, p.Sim
		}
	}
	head := func(group []int) int {
		best, most := group[0], -1.0
		for _, i := range group {
			sum := 0.0
			for _, j := range group {
				sum += near[i][j]
			}
			if sum > most && q.weight[i] > 0 {
				best, most = i, sum
			}
		}
		return best
	}
	for i := range all {
		all[i].HeadA, all[i].HeadB = head(all[i].A), head(all[i].B)
	}
}

// answered are the answers that corrections are.
type answered struct {
	class map[int]int     // of what is to be together, by a member
	no    map[[2]int]bool // stories that are to be apart, by their first articles
}

func newAnswered(constraints []grouping.Constraint, stories cluster.Partition) answered {
	x := answered{map[int]int{}, map[[2]int]bool{}}
	joined := cluster.NewParts(len(stories))
	for _, c := range constraints {
		switch a, b := stories[c.A], stories[c.B]; {
		case c.Together && !c.Storyline:
			joined.Join(c.A, c.B)
			x.class[int(c.A)], x.class[int(c.B)] = 0, 0
		case !c.Together:
			x.no[[2]int{min(a, b), max(a, b)}] = true
		}
	}
	parts := joined.Partition()
	for i := range maps.Keys(x.class) {
		x.class[i] = parts[i]
	}
	return x
}

// yes reports whether an article of each is said to be of one story with the other.
func (x answered) yes(a, b []int) bool {
	in := map[int]bool{}
	for _, i := range a {
		if class, ok := x.class[i]; ok {
			in[class] = true
		}
	}
	return slices.ContainsFunc(b, func(i int) bool { class, ok := x.class[i]; return ok && in[class] })
}

// Yes returns the correction that says that two groups are one story.
func (r *Reader) Yes(q Question) []Correction {
	return []Correction{{Together: true, A: r.links.IDs[q.HeadA], B: r.links.IDs[q.HeadB]}}
}

// No returns the corrections that say that two groups are not one story: of one story all
// articles of the smaller group leave, or of the other where corrections so far tie that
// one to the rest of the story.
func (r *Reader) No(q Question, corrections []Correction) (all []Correction) {
	leave, stay := q.A, q.HeadB
	if tied := r.tied(q.A, corrections); tied && !r.tied(q.B, corrections) || tied == r.tied(q.B, corrections) && len(q.A) >= len(q.B) {
		leave, stay = q.B, q.HeadA
	}
	if !q.Together {
		leave = []int{q.HeadA + q.HeadB - stay}
	}
	for _, i := range leave {
		all = append(all, Correction{A: r.links.IDs[i], B: r.links.IDs[stay]})
	}
	return all
}

// OneStoryline returns the corrections that say that two groups are two stories of one
// storyline.
func (r *Reader) OneStoryline(q Question, corrections []Correction) []Correction {
	return append(r.No(q, corrections), Correction{Together: true, Storyline: true, A: r.links.IDs[q.HeadA], B: r.links.IDs[q.HeadB]})
}

// tied reports whether a correction puts an article of a group together with one outside.
func (r *Reader) tied(group []int, corrections []Correction) bool {
	in := func(id string) bool {
		i, ok := r.number[id]
		_, found := slices.BinarySearch(group, i)
		return ok && found
	}
	return slices.ContainsFunc(corrections, func(c Correction) bool { return c.Together && !c.Storyline && in(c.A) != in(c.B) })
}
