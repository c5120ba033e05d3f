package article

import (
	"cmp"
	"slices"
	"time"
)

// A clock of a crawler tells when a page was fetched, not when it was published.
// Its times say nothing of who was first.
const (
	burstItems = 5               // articles of one outlet that nobody publishes within burstTime
	burstTime  = 5 * time.Minute // measured: 0.93 to 1 of the articles of crawled outlets lie in bursts, 0 to 0.01 of published ones
	burstShare = 0.5             // least share of an outlet's articles in bursts; flat from 0.05 to 0.9
	blockItems = 5               // least articles of an outlet that is read in one block
	stepItems  = 10              // least articles in file order whose times are equal steps
)

// CrawlClocks returns the outlets whose times are those of a crawler: most of their
// articles come in bursts, or all of a file's times follow the order of its records
// although it goes outlet by outlet, or by equal steps. Of an outlet with few
// articles the others tell. Only times that are known to the minute count. Cost
// n log n in the articles.
func CrawlClocks(articles []Article) map[string]bool {
	crawled, timed, bursts := map[string]bool{}, 0, 0
	times, files := map[string][]time.Time{}, map[string][]int{}
	for i, a := range articles {
		if a.Precision == Exact && !a.Time.IsZero() {
			times[a.Source] = append(times[a.Source], a.Time)
			files[a.Origin.File] = append(files[a.Origin.File], i)
		}
	}
	for source, t := range times {
		n := inBursts(t)
		timed, bursts = timed+len(t), bursts+n
		if len(t) >= burstItems && float64(n) >= burstShare*float64(len(t)) {
			crawled[source] = true
		}
	}
	for source, t := range times {
		if len(t) < burstItems && bursts > 0 && float64(bursts) >= burstShare*float64(timed) {
			crawled[source] = true
		}
	}
	for _, file := range files {
		if byOrder(articles, file) {
			for _, i := range file {
				crawled[articles[i].Source] = true
			}
		}
	}
	return crawled
}

// inBursts counts the times that lie with burstItems-1 others within burstTime.
func inBursts(times []time.Time) int {
	slices.SortFunc(times, time.Time.Compare)
	n, counted := 0, 0 // the times before counted are
	for i := burstItems - 1; i < len(times); i++ {
		if first := i - burstItems + 1; times[i].Sub(times[first]) <= burstTime {
			n += i + 1 - max(first, counted)
			counted = i + 1
		}
	}
	return n
}

// byOrder tells whether the times of a file follow from the order of its records:
// outlet after outlet and never back, or by equal steps.
func byOrder(articles []Article, file []int) bool {
	slices.SortFunc(file, func(x, y int) int {
		a, b := articles[x].Origin, articles[y].Origin
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Item, b.Item))
	})
	size, last := map[string]int{}, ""
	rising, equal, blocks := true, len(file) >= stepItems, 0
	for k, i := range file {
		a := articles[i]
		if size[a.Source]++; k == 0 || a.Source != last {
			blocks, last = blocks+1, a.Source
		}
		if k > 0 {
			rising = rising && !a.Time.Before(articles[file[k-1]].Time)
		}
		if k > 1 {
			step := a.Time.Sub(articles[file[k-1]].Time)
			equal = equal && step == articles[file[k-1]].Time.Sub(articles[file[k-2]].Time)
		}
	}
	if equal {
		return true
	}
	large := 0
	for _, n := range size {
		if n >= blockItems {
			large++
		}
	}
	return rising && large > 1 && blocks == len(size)
}
