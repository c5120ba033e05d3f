package cluster

// Parts are documents, some of which are joined: disjoint sets.
type Parts []int32 // of each document an earlier one of its part, or itself

// NewParts returns documents of which none are joined.
func NewParts(documents int) Parts {
	p := make(Parts, documents)
	for i := range p {
		p[i] = int32(i)
	}
	return p
}

// Join joins the parts of two documents. It tells whether they were apart.
func (p Parts) Join(a, b int32) bool {
	a, b = p.root(a), p.root(b)
	p[max(a, b)] = min(a, b)
	return a != b
}

// Joined tells whether two documents are in one part.
func (p Parts) Joined(a, b int32) bool { return p.root(a) == p.root(b) }

// Reset puts a document into a part of its own. Call it for every document of a part,
// or for none.
func (p Parts) Reset(d int32) { p[d] = d }

// Partition returns the parts.
func (p Parts) Partition() Partition {
	all := make(Partition, len(p))
	for i := range p {
		all[i] = int(p.root(int32(i)))
	}
	return all
}

// root returns the first document of the part.
func (p Parts) root(i int32) int32 {
	for p[i] != i {
		p[i] = p[p[i]]
		i = p[i]
	}
	return i
}
