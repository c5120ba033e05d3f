package main

import (
	"cmp"
	"math"
	"slices"

	"qissa/cluster"
)

// slack is more than what rounding can take from a bound.
const slack = 1e-6

// A posting is an indexed entry of a row.
type posting struct {
	row           int32
	value, before float32 // weight, and the length of the row before this entry
}

// A join is one run of L2AP. Terms come in order of falling frequency, rows in
// order of falling greatest weight.
type join struct {
	rows    cluster.Rows
	least   float64
	order   []int       // rows in the order in which they are compared
	most    []float64   // greatest weight of each row
	column  []float64   // greatest weight of each term
	soFar   []float64   // greatest weight of each term among the rows indexed so far
	split   []int       // first indexed entry of each row
	rest    []float64   // bound of the similarity of what is before it with any later row
	before  []float32   // of each entry: the length of its row before it
	posts   [][]posting // by term
	acc     []float64   // by row
	met     []int32     // rows whose acc is not zero
	weights []float64   // of the row that is compared, by term
	lengths []float64   // of it before each of its terms

	postings, computed, pairs int
}

func newJoin(rows cluster.Rows, least float64) *join {
	n, terms := rows.Len(), int(slices.Max(rows.Term))+1
	j := &join{
		rows: rows, least: least - slack, order: make([]int, n), most: make([]float64, n),
		column: make([]float64, terms), soFar: make([]float64, terms),
		split: make([]int, n), rest: make([]float64, n), before: make([]float32, len(rows.Term)),
		posts: make([][]posting, terms), acc: make([]float64, n),
		weights: make([]float64, terms), lengths: make([]float64, terms),
	}
	for d := range n {
		j.order[d] = d
		square := 0.0
		for i := rows.Start[d]; i < rows.Start[d+1]; i++ {
			w := float64(rows.Weight[i])
			j.before[i] = float32(math.Sqrt(square))
			square += w * w
			j.most[d] = max(j.most[d], w)
			j.column[rows.Term[i]] = max(j.column[rows.Term[i]], w)
		}
	}
	slices.SortStableFunc(j.order, func(a, b int) int { return cmp.Compare(j.most[b], j.most[a]) })
	return j
}

// run counts the similar pairs.
func (j *join) run() {
	for _, x := range j.order {
		j.find(x)
		j.index(x)
	}
}

// find counts the rows indexed so far that are similar to x (FindMatches).
func (j *join) find(x int) {
	from, to := j.rows.Start[x], j.rows.Start[x+1]
	ahead, square := 0.0, 0.0 // rs1 and the square of rs2: what the entries not yet seen can add
	for i := from; i < to; i++ {
		term, w := j.rows.Term[i], float64(j.rows.Weight[i])
		j.weights[term], j.lengths[term] = w, float64(j.before[i])
		ahead += w * j.soFar[term]
		square += w * w
	}
	j.met = j.met[:0]
	for i := to - 1; i >= from; i-- {
		term, w, before := j.rows.Term[i], float64(j.rows.Weight[i]), float64(j.before[i])
		j.shorten(term, x)
		j.postings += len(j.posts[term])
		open := min(ahead, math.Sqrt(square)) >= j.least
		for _, p := range j.posts[term] {
			acc := &j.acc[p.row]
			if *acc == 0 {
				if !open {
					continue
				}
				j.met = append(j.met, p.row)
			}
			*acc += w * float64(p.value)
			if *acc+before*float64(p.before) < j.least { // l2cg
				*acc = 0
			}
		}
		ahead -= w * j.soFar[term]
		square = max(0, square-w*w)
	}
	for _, y := range j.met {
		if sum := j.acc[y]; sum > 0 {
			j.acc[y] = 0
			j.verify(x, int(y), sum)
		}
	}
	for i := from; i < to; i++ {
		j.weights[j.rows.Term[i]] = 0
	}
}

// shorten drops the first postings of a term that are of rows too short to be
// similar to x, and so to any later row (sz1).
func (j *join) shorten(term uint32, x int) {
	posts := j.posts[term]
	for len(posts) > 0 {
		y := posts[0].row
		if float64(j.rows.Start[y+1]-j.rows.Start[y])*j.most[y]*j.most[x] >= j.least {
			break
		}
		posts = posts[1:]
	}
	j.posts[term] = posts
}

// verify adds what the part of y that is not indexed has in common with x.
func (j *join) verify(x, y int, sum float64) {
	from, to := j.rows.Start[y], j.split[y]
	if sum+j.rest[y] < j.least { // ps
		return
	}
	shared := min(to-from, j.rows.Start[x+1]-j.rows.Start[x])
	if sum+float64(shared)*j.most[x]*j.most[y] < j.least { // ds1
		return
	}
	j.computed++
	for i := to - 1; i >= from; i-- {
		if w := j.weights[j.rows.Term[i]]; w > 0 {
			sum += w * float64(j.rows.Weight[i])
			if sum+j.lengths[j.rows.Term[i]]*float64(j.before[i]) < j.least { // l2cv
				return
			}
		}
	}
	if sum >= j.least && cluster.Dot(j.rows, min(x, y), max(x, y)) >= j.least+slack {
		j.pairs++
	}
}

// index puts x into the index, but for a prefix that alone makes it similar to
// no later row (IndexVector).
func (j *join) index(x int) {
	byWeight, square := 0.0, 0.0 // b1, and the square of b3
	bound := 0.0
	j.split[x] = j.rows.Start[x+1]
	for i := j.rows.Start[x]; i < j.rows.Start[x+1]; i++ {
		term, w := j.rows.Term[i], float64(j.rows.Weight[i])
		byWeight += w * min(j.column[term], j.most[x])
		square += w * w
		next := min(byWeight, math.Sqrt(square))
		if next >= j.least {
			if j.split[x] == j.rows.Start[x+1] {
				j.split[x], j.rest[x] = i, bound
			}
			j.posts[term] = append(j.posts[term], posting{int32(x), j.rows.Weight[i], j.before[i]})
		}
		j.soFar[term] = max(j.soFar[term], w)
		bound = next
	}
	if j.split[x] == j.rows.Start[x+1] {
		j.rest[x] = bound
	}
}
