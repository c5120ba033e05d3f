package passages

// Two texts go on being the same after words that were exchanged, dropped or added. How
// far, is found by the furthest place that so many differences reach on each diagonal
// (Zhang, Schwartz, Wagner and Miller, A greedy algorithm for aligning DNA sequences, 2000).

// mostInRow differences without words between them that pay for them end a passage.
const mostInRow = 4

// A reach is how far words of two texts were compared: so many of each, of which so many
// are equal.
type reach struct{ a, b, equal int32 }

// An extender compares texts. It uses its memory again.
type extender struct{ memory [2][]reach }

// dead marks a diagonal that is given up.
var dead = reach{a: -1}

// extend returns how far two sequences are the same from their beginnings on, or from
// their ends back: to where words of both less a cost for each difference are most. Cost
// linear in these words.
func (e *extender) extend(a, b []uint32, back bool, cost int32) (best reach) {
	n, m := int32(len(a)), int32(len(b))
	slide := func(r reach) reach {
		for r.a < n && r.b < m {
			if !back && a[r.a] != b[r.b] || back && a[n-1-r.a] != b[m-1-r.b] {
				break
			}
			r.a, r.b, r.equal = r.a+1, r.b+1, r.equal+1
		}
		return r
	}
	best = slide(reach{})
	most := best.a + best.b
	now := append(e.memory[0][:0], best)
	e.memory[0] = now
	for differences := int32(1); len(now) > 0; differences++ {
		next := e.memory[differences&1][:0]
		for k := range len(now) + 2 {
			r := step(now, k, n, m)
			if r != dead {
				r = slide(r)
				switch score := r.a + r.b - differences*cost; {
				case score < most-mostInRow*cost:
					r = dead
				case score > most:
					most, best = score, r
				}
			}
			next = append(next, r)
		}
		e.memory[differences&1] = next
		for len(next) > 0 && next[0] == dead {
			next = next[1:]
		}
		for len(next) > 0 && next[len(next)-1] == dead {
			next = next[:len(next)-1]
		}
		now = next
	}
	return best
}

// step returns how far one more difference reaches on a diagonal, by its number among the
// next ones: a word exchanged, dropped, or added. Now are those before it: the first of
// them is the second of the next.
func step(now []reach, k int, n, m int32) reach {
	furthest := dead
	try := func(from int, a, b int32) {
		if from < 0 || from >= len(now) || now[from] == dead {
			return
		}
		r := now[from]
		r.a, r.b = r.a+a, r.b+b
		if r.a <= n && r.b <= m && (r.a > furthest.a || r.a == furthest.a && r.equal > furthest.equal) {
			furthest = r
		}
	}
	try(k-1, 1, 1)
	try(k, 1, 0)
	try(k-2, 0, 1)
	return furthest
}
