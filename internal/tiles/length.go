package tiles

import (
	"time"

	"qissa/internal/grouping"
)

const (
	// ShortTile is how long a tile is where articles are many: it is read with six days
	// before it.
	ShortTile = 240 * time.Hour

	// A task of fewArticles takes 100 MB, and a second: it is not worth to cut it.
	fewArticles = 20_000
	longestTile = 64 * ShortTile

	// MostArticles is how many articles a task holds, about, where nothing else is said: 12.4
	// KB each (250,000 of two real dumps, repeated with other words), 6 GB.
	MostArticles = 500_000

	// LeastArticles is the least that a task may be told to hold: of fewer each pair of parts
	// would be a task.
	LeastArticles = 10
)

// Length returns how long tiles are best: ShortTile, and twice as long as often as each
// with the two windows before it holds fewArticles at most. Counts are the articles of
// tiles of ShortTile, by number.
func Length(counts map[int64]int, window time.Duration) time.Duration {
	before := (2*grouping.Seconds(window) + grouping.Seconds(ShortTile) - 1) / grouping.Seconds(ShortTile)
	tile := ShortTile
	for tile < longestTile && most(counts, int64(2*tile/ShortTile), before) <= fewArticles {
		tile *= 2
	}
	return tile
}

// most returns how many articles the largest of tiles of several short ones has, with
// those of some short ones before it.
func most(counts map[int64]int, several, before int64) int {
	sums, largest := map[int64]int{}, 0
	for number, n := range counts {
		first, last := floor(number, several), floor(number+before, several)
		for k := first; k <= last; k++ {
			sums[k] += n
			largest = max(largest, sums[k])
		}
	}
	return largest
}

// floor divides, rounding down.
func floor(n, by int64) int64 {
	q := n / by
	if n%by < 0 {
		q--
	}
	return q
}
