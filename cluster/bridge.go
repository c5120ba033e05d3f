package cluster

// Bridge returns the document that holds a group together: without it, the
// group falls into parts of which at least two have two documents or more. It
// returns -1 if there is none, and of several the one that leaves the smallest
// largest part, then the smallest number. The documents are 0 to n-1, the edges
// connect them all. Cost linear in documents and edges (Hopcroft and Tarjan,
// 1973).
func Bridge(n int, edges [][2]int) int {
	near := make([][]int, n)
	for _, e := range edges {
		near[e[0]] = append(near[e[0]], e[1])
		near[e[1]] = append(near[e[1]], e[0])
	}
	order := make([]int, n) // of the visit, from 1 on
	low := make([]int, n)   // earliest visit that is reached from below
	best, least := -1, n
	visits := 0
	var visit func(v, from int) (size int)
	visit = func(v, from int) int {
		visits++
		order[v], low[v] = visits, visits
		size, rest, parts, largest := 1, n-1, 0, 0
		part := func(size int) {
			largest = max(largest, size)
			if size > 1 {
				parts++
			}
		}
		for _, w := range near[v] {
			if w == from {
				continue
			}
			if order[w] != 0 {
				low[v] = min(low[v], order[w])
				continue
			}
			below := visit(w, v)
			size += below
			low[v] = min(low[v], low[w])
			if low[w] >= order[v] {
				rest -= below
				part(below)
			}
		}
		part(rest)
		if parts > 1 && (largest < least || largest == least && v < best) {
			best, least = v, largest
		}
		return size
	}
	if n > 0 {
		visit(0, -1)
	}
	return best
}
