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
	times, files := map[string][]time.Time{}, map[string][]Article{}
	for _, a := range articles {
		if a.IsTimed() {
			times[a.Source] = append(times[a.Source], a.Time)
			files[a.Origin.File] = append(files[a.Origin.File], a)
		}
	}
	clocks := map[string]Clock{}
	for source, t := range times {
		clocks[source] = Clock{len(t), inBursts(t)}
	}
	crawled := CrawlClocksOf(clocks)
	for _, file := range files {
		for _, source := range CrawledInOrder(file) {
			crawled[source] = true
		}
	}
	return crawled
}

// IsTimed reports whether the time of an article is known to the minute.
func (a *Article) IsTimed() bool { return a.Precision == Exact && !a.Time.IsZero() }

// A Clock is how many articles of an outlet have a time that is known to the minute, and
// how many of these lie in bursts.
type Clock struct{ Timed, Bursts int }

// CrawlClocksOf returns those of the outlets whose times are those of a crawler as far as
// bursts tell.
func CrawlClocksOf(outlets map[string]Clock) map[string]bool {
	crawled, all := map[string]bool{}, Clock{}
	for source, c := range outlets {
		all.Timed, all.Bursts = all.Timed+c.Timed, all.Bursts+c.Bursts
		if c.Timed >= burstItems && float64(c.Bursts) >= burstShare*float64(c.Timed) {
			crawled[source] = true
		}
	}
	for source, c := range outlets {
		if c.Timed > 0 && c.Timed < burstItems && all.Bursts > 0 && float64(all.Bursts) >= burstShare*float64(all.Timed) {
			crawled[source] = true
		}
	}
	return crawled
}

// BurstTime is how far apart the articles of a burst are at most.
const BurstTime = burstTime

// Bursts sorts the times of an outlet and tells of each whether it lies in a burst.
func Bursts(times []time.Time) []bool {
	slices.SortFunc(times, time.Time.Compare)
	in, counted := make([]bool, len(times)), 0 // the times before counted are known
	for i := burstItems - 1; i < len(times); i++ {
		if first := i - burstItems + 1; times[i].Sub(times[first]) <= burstTime {
			for k := max(first, counted); k <= i; k++ {
				in[k] = true
			}
			counted = i + 1
		}
	}
	return in
}

// inBursts counts the times that lie in bursts, and sorts them.
func inBursts(times []time.Time) (n int) {
	for _, burst := range Bursts(times) {
		if burst {
			n++
		}
	}
	return n
}

// CrawledInOrder returns the outlets of the timed articles of one file, each once, if
// their times follow from the order of its records: outlet after outlet and never back,
// or by equal steps. Nil if they do not.
func CrawledInOrder(file []Article) (outlets []string) {
	order := make([]int, len(file))
	for i := range order {
		order[i] = i
	}
	if !byOrder(file, order) {
		return nil
	}
	for i := range file {
		if !slices.Contains(outlets, file[i].Source) {
			outlets = append(outlets, file[i].Source)
		}
	}
	return outlets
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
