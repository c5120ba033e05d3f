package report

import (
	"cmp"
	"math"
	"slices"
	"time"

	"qissa/article"

	"gonum.org/v1/gonum/graph/network"
	"gonum.org/v1/gonum/graph/simple"
	"gonum.org/v1/gonum/graph/topo"

	"qissa"
)

// An Outlet is what a run tells of one outlet.
type Outlet struct {
	Name       string
	Crawled    bool          // its times are those of a crawler
	Articles   int           // that were read
	Shared     int           // stories that it has with other outlets
	First      int           // of these, those in which it was first
	InShared   int           // its articles in these stories
	Own        int           // of these, the articles that copy nobody: First and OwnWording
	Partly     int           // of these, those that are partly copied
	Copies     int           // of these, verbatim, shortened and edited ones
	FromAgency int           // of all its articles, those that go back to the text of an agency that it is not
	Taken      int           // articles of other outlets that were copied from it, as far as the order is known
	Delay      time.Duration // median time from what it copied to its copy; 0 if no order is known by time
	Timed      int           // copies that Delay is the median of
	Rank       float64       // PageRank among who copies whom, 0 to 1, rounded to four digits; 0 where no order is known
	Component  int           // number of the group of outlets that copies connect, from 1; the largest first
}

// A Flow is how many articles of one outlet copy another one's: verbatim, shortened,
// edited or in part.
type Flow struct {
	From, To int         // places of the outlets: From copies To; From < To where the order is unknown
	Order    qissa.Order // how it is known who copied: time, credit or unknown
	Articles int
	Copies   int           // of these, those that are copies as a whole
	Delay    time.Duration // median of the times between; 0 unless Order is time
}

// damping is that of the first paper on PageRank.
const damping = 0.85

// Outlets sums up who carried what: the outlets, those with most articles first, and
// who copied whom, by From, To and order. Outlets without a name are left out. Cost
// linear in the articles, and in the outlets squared.
func Outlets(r *qissa.Result) ([]Outlet, []Flow) {
	outlets, at := namedOutlets(r)
	flows, delays, taken := map[flowKey]*Flow{}, map[flowKey][]time.Duration{}, make([][]time.Duration, len(outlets))
	for _, s := range r.Stories {
		shared := len(s.Sources) > 1
		seen := map[int]bool{}
		for _, m := range s.Members {
			a := r.Articles[m.Article]
			n, named := at[a.Source]
			if !named {
				continue
			}
			o := &outlets[n]
			if m.Origin < len(s.Origins) {
				if agency := s.Origins[m.Origin].Agency; agency != "" && agency != agencyOf(a) {
					o.FromAgency++
				}
			}
			if shared {
				o.add(m, !seen[n], m.Article == s.First)
				seen[n] = true
			}
			if m.CopyOf < 0 || m.Relation == qissa.OwnWording || m.Relation == qissa.First {
				continue
			}
			of := r.Articles[m.CopyOf]
			to, named := at[of.Source]
			if !named || to == n {
				continue
			}
			k := flowKey{n, to, m.Order}
			if m.Order == qissa.Unknown {
				k.from, k.to = min(n, to), max(n, to)
			} else {
				outlets[to].Taken++
			}
			if flows[k] == nil {
				flows[k] = &Flow{From: k.from, To: k.to, Order: k.order}
			}
			flows[k].Articles++
			if isCopy(m.Relation) {
				flows[k].Copies++
			}
			if m.Order == qissa.ByTime {
				delays[k] = append(delays[k], a.Time.Sub(of.Time))
				taken[n] = append(taken[n], a.Time.Sub(of.Time))
			}
		}
	}
	list := flowList(flows, delays)
	for n := range outlets {
		outlets[n].Delay, outlets[n].Timed = median(taken[n]), len(taken[n])
	}
	rank(outlets, list)
	connect(outlets, list)
	return outlets, list
}

// A flowKey tells flows apart.
type flowKey struct {
	from, to int
	order    qissa.Order
}

// flowList lists the flows by From, To and order, each with its median delay.
func flowList(flows map[flowKey]*Flow, delays map[flowKey][]time.Duration) []Flow {
	var list []Flow
	for k, f := range flows {
		f.Delay = median(delays[k])
		list = append(list, *f)
	}
	slices.SortFunc(list, func(x, y Flow) int {
		return cmp.Or(cmp.Compare(x.From, y.From), cmp.Compare(x.To, y.To), cmp.Compare(x.Order, y.Order))
	})
	return list
}

// namedOutlets lists the outlets, those with most articles first, and their places.
func namedOutlets(r *qissa.Result) ([]Outlet, map[string]int) {
	crawled := article.CrawlClocks(r.Articles)
	articles := map[string]int{}
	for _, a := range r.Articles {
		if a.Source != "" {
			articles[a.Source]++
		}
	}
	outlets, at := make([]Outlet, 0, len(articles)), make(map[string]int, len(articles))
	for name, n := range articles {
		outlets = append(outlets, Outlet{Name: name, Articles: n, Crawled: crawled[name]})
	}
	slices.SortFunc(outlets, func(x, y Outlet) int { return cmp.Or(cmp.Compare(y.Articles, x.Articles), cmp.Compare(x.Name, y.Name)) })
	for n, o := range outlets {
		at[o.Name] = n
	}
	return outlets, at
}

// add counts an article in a story of several outlets; once tells that it is the
// outlet's first one in it.
func (o *Outlet) add(m qissa.Member, once, first bool) {
	o.InShared++
	if once {
		o.Shared++
	}
	if first {
		o.First++
	}
	switch {
	case isCopy(m.Relation):
		o.Copies++
	case m.Relation == qissa.PartlyCopied:
		o.Partly++
	default:
		o.Own++
	}
}

func isCopy(r qissa.Relation) bool {
	return r == qissa.Verbatim || r == qissa.Shortened || r == qissa.Edited
}

func median(d []time.Duration) time.Duration {
	if len(d) == 0 {
		return 0
	}
	slices.Sort(d)
	return d[(len(d)-1)/2]
}

// rank gives each outlet its PageRank in the graph in which copiers point to those
// whom they copy.
func rank(outlets []Outlet, flows []Flow) {
	g := simple.NewWeightedDirectedGraph(0, 0)
	weight := map[[2]int]int{}
	for _, f := range flows {
		if f.Order != qissa.Unknown {
			weight[[2]int{f.From, f.To}] += f.Articles
		}
	}
	if len(weight) == 0 {
		return
	}
	for n := range outlets {
		g.AddNode(simple.Node(n))
	}
	for edge, n := range weight {
		g.SetWeightedEdge(simple.WeightedEdge{F: simple.Node(edge[0]), T: simple.Node(edge[1]), W: float64(n)})
	}
	// The iteration starts at random, and what is left of that is far below nine digits;
	// four alone would leave half a unit of the fourth to chance.
	for n, value := range network.PageRank(g, damping, 1e-12) {
		outlets[n].Rank = math.Round(math.Round(value*1e9)/1e5) / 1e4
	}
}

// connect numbers the groups of outlets that copies connect, the largest first.
func connect(outlets []Outlet, flows []Flow) {
	g := simple.NewUndirectedGraph()
	for n := range outlets {
		g.AddNode(simple.Node(n))
	}
	for _, f := range flows {
		g.SetEdge(simple.Edge{F: simple.Node(f.From), T: simple.Node(f.To)})
	}
	groups := topo.ConnectedComponents(g)
	first := func(i int) int64 {
		least := groups[i][0].ID()
		for _, n := range groups[i] {
			least = min(least, n.ID())
		}
		return least
	}
	order := make([]int, len(groups))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(x, y int) int {
		return cmp.Or(cmp.Compare(len(groups[y]), len(groups[x])), cmp.Compare(first(x), first(y)))
	})
	for number, i := range order {
		for _, n := range groups[i] {
			outlets[n.ID()].Component = number + 1
		}
	}
}
