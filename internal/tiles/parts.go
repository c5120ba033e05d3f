package tiles

// A piece is what one task reads of a tile: all, or of many articles those of a part, by a
// hash of their places, which tells a part without decoding the others.
type piece struct{ tile, part, of int }

func (p piece) has(at Place) bool { return partOf(at, p.of) == p.part }

// partOf returns in which of so many parts an article is.
func partOf(at Place, of int) int {
	const odd = 0x9e3779b97f4a7c15 // its products with small numbers differ in the upper half
	h := uint64(at) * odd
	h = (h ^ h>>29) * odd
	return int(h >> 32 * uint64(of) >> 32)
}

// A comparison is a task of Facts: of the pairs between two parts of a tile, or of all of
// them, where there is one part.
type comparison struct{ tile, p, q, of int } // p < q

// reads reports whether an article is in one of the parts.
func (c comparison) reads(at Place) bool {
	part := partOf(at, c.of)
	return part == c.p || part == c.q
}

// asks reports whether a pair is this task's: pairs inside a part go with those between it
// and the next one.
func (c comparison) asks(a, b Place) bool {
	p, q := partOf(a, c.of), partOf(b, c.of)
	if p == q {
		q = (p + 1) % c.of
	}
	return min(p, q) == c.p && max(p, q) == c.q
}

// number returns the number of a comparison of two parts among those of its tile.
func (c comparison) number() int { return c.q*(c.q-1)/2 + c.p }

// comparisonsOf lists the tasks of Facts of a tile: for k parts k(k-1)/2.
func (r *Run) comparisonsOf(tile int) (list []comparison) {
	k := r.parts(tile)
	if k == 1 {
		return []comparison{{tile, 0, 0, 1}}
	}
	for q := range k {
		for p := range q {
			list = append(list, comparison{tile, p, q, k})
		}
	}
	return list
}

func (r *Run) comparisons() (list []comparison) {
	for i := range r.Tiles {
		list = append(list, r.comparisonsOf(i)...)
	}
	return list
}

// pieces lists the pieces of all tiles, in order: of each so many that none has more than a
// quarter of the articles that a task may hold. To describe an article takes twice the
// memory of comparing it, and as many others are read that have links with those.
func (r *Run) pieces() (list []piece) {
	for i := range r.Tiles {
		k := 1
		if r.TileArticles > 0 {
			k = max(1, (4*r.Tiles[i].Articles+r.TileArticles-1)/r.TileArticles)
		}
		list = append(list, cutInto(i, k)...)
	}
	return list
}

// cut lists the parts of the tiles whose articles are compared two parts at a time.
func (r *Run) cut() (list []piece) {
	for _, i := range r.dense() {
		list = append(list, cutInto(i, r.parts(i))...)
	}
	return list
}

func cutInto(tile, parts int) (list []piece) {
	for part := range parts {
		list = append(list, piece{tile, part, parts})
	}
	return list
}

// dense lists the tiles whose articles are compared two parts at a time.
func (r *Run) dense() (list []int) {
	for i := range r.Tiles {
		if r.parts(i) > 1 {
			list = append(list, i)
		}
	}
	return list
}

// parts returns in how many parts the articles of a tile are compared: 1, or so many that
// two hold no more than TileArticles, about. Those before it count, too: of a tile that is
// read in part so many as if they were spread evenly.
func (r *Run) parts(i int) int {
	around := r.stretch(i).wider(2*r.window(), 0)
	from, _ := r.in(around)
	n := 0
	for k := from; k <= i; k++ {
		s := r.stretch(k)
		n += int(float64(r.Tiles[k].Articles) * float64(s.to-max(s.from, around.from)) / float64(s.to-s.from))
	}
	if r.TileArticles <= 0 || n <= r.TileArticles {
		return 1
	}
	return max(3, (2*n+r.TileArticles-1)/r.TileArticles)
}
