package passages_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"unsafe"

	"github.com/klauspost/compress/gzip"

	"qissa/article"
	"qissa/internal/corpus"
	"qissa/internal/needs"
	"qissa/internal/parallel"
	"qissa/internal/passages"
)

// Of real articles, all pairs of them aligned one by one have exactly the passages that
// Find finds. QISSA_LONG=1 takes the whole dumps, else the first articles of them.
func TestDumpsEqualAllPairs(t *testing.T) {
	for _, name := range []string{"jawhara", "hespress-jazeera"} {
		t.Run(name, func(t *testing.T) {
			articles := dump(t, name)
			if !needs.Long() {
				articles = articles[:800]
			}
			c, err := corpus.Read(context.Background(), articles, corpus.Options{})
			if err != nil {
				t.Fatal(err)
			}
			texts := passages.Texts{Len: c.Len(), Words: c.All, Hash: c.Hashes()}
			if texts.Same, err = c.SameWords(context.Background(), 0); err != nil {
				t.Fatal(err)
			}
			const least = 12
			got, err := passages.Find(context.Background(), texts, passages.Options{Least: least})
			if err != nil {
				t.Fatal(err)
			}
			want := allPairs(c, least)
			have := map[string][]passages.Place{}
			for _, p := range got.Passages {
				have[key(c.All(int(p.Places[0].Text))[p.Places[0].Word:][:p.Words])] = p.Places
			}
			places := 0
			for k, p := range want {
				places += len(p)
				if !slices.Equal(have[k], p) {
					t.Errorf("a passage of %d words stands in %v, found in %v", len(k)/4, p, have[k])
				}
			}
			if len(have) != len(want) || len(have) != len(got.Passages) || got.LeftOut > 0 {
				t.Errorf("%d passages found, %d different, %d left out, want %d", len(got.Passages), len(have), got.LeftOut, len(want))
			}
			t.Logf("%d articles, %d pairs: %d passages in %d places", c.Len(), c.Len()*(c.Len()-1)/2, len(want), places)
		})
	}
}

func dump(t *testing.T, name string) []article.Article {
	path := filepath.Join("../../../shared/data/dumps", name+".jsonl.gz")
	f, err := os.Open(path)
	if err != nil {
		needs.Missing(t, "the dump %s", path)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	articles, _, err := article.ReadAll(z, name, article.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return articles
}

func key(words []uint32) string {
	return string(unsafe.Slice((*byte)(unsafe.Pointer(&words[0])), 4*len(words)))
}

// allPairs aligns every text with every one, itself too: of each the sequences of the least
// number of words are noted, the other is gone through. It returns the places of each
// sequence that two share from end to end, if they are in two texts.
func allPairs(c *corpus.Corpus, least int) map[string][]passages.Place {
	var mu sync.Mutex
	found := map[string]bool{}
	hashes := make([][]uint64, c.Len()) // of each text, of the sequences that begin at each word
	for x := range hashes {
		a := c.All(x)
		for i := range max(0, len(a)-least+1) {
			hashes[x] = append(hashes[x], hash(a[i:i+least]))
		}
	}
	err := parallel.EachWith(context.Background(), c.Len(), 0, func(int) func(int) {
		return func(x int) {
			a := c.All(x)
			if len(a) < least {
				return
			}
			at := map[uint64][]int{}
			var some bits
			for i, h := range hashes[x] {
				at[h] = append(at[h], i)
				some[h%bitsOf/64] |= 1 << (h % 64)
			}
			for y := x; y < c.Len(); y++ {
				for _, p := range align(a, c.All(y), hashes[y], &some, at, least, x == y) {
					mu.Lock()
					found[p] = true
					mu.Unlock()
				}
			}
		}
	})
	if err != nil {
		panic(err)
	}
	starts := map[uint64][]string{}
	for p := range found {
		words := unsafe.Slice((*uint32)(unsafe.Pointer(unsafe.StringData(p))), len(p)/4)
		h := hash(words[:least])
		starts[h] = append(starts[h], p)
	}
	all := map[string][]passages.Place{}
	for x := range c.Len() {
		a := c.All(x)
		for i := range max(0, len(a)-least+1) {
			for _, p := range starts[hash(a[i:i+least])] {
				if n := len(p) / 4; len(a)-i >= n && key(a[i:i+n]) == p {
					all[p] = append(all[p], passages.Place{Text: int32(x), Word: int32(i)})
				}
			}
		}
	}
	for p, places := range all {
		if places[0].Text == places[len(places)-1].Text {
			delete(all, p)
		}
	}
	return all
}

// bitsOf hashes are told apart before a map is asked.
const bitsOf = 1 << 16

type bits [bitsOf / 64]uint64

// align returns what two texts share in sequences that go on at neither end.
func align(a, b []uint32, hashes []uint64, some *bits, at map[uint64][]int, least int, same bool) (shared []string) {
	for j, h := range hashes {
		if some[h%bitsOf/64]>>(h%64)&1 == 0 {
			continue
		}
		for _, i := range at[h] {
			if same && i >= j || i > 0 && j > 0 && a[i-1] == b[j-1] {
				continue
			}
			n := 0
			for i+n < len(a) && j+n < len(b) && a[i+n] == b[j+n] {
				n++
			}
			if n >= least {
				shared = append(shared, key(a[i:i+n]))
			}
		}
	}
	return shared
}

func hash(words []uint32) (h uint64) {
	for _, w := range words {
		h = (h ^ uint64(w)) * 0x9e3779b97f4a7c15
		h ^= h >> 32
	}
	return h
}
