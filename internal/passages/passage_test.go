package passages

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"unsafe"

	"qissa/internal/winnow"
)

// textsFrom returns texts of numbered words.
func textsFrom(texts [][]uint32) Texts {
	hash := make([]uint64, 0)
	for _, t := range texts {
		for _, w := range t {
			for int(w) >= len(hash) {
				hash = append(hash, winnow.Texts([]string{fmt.Sprint(len(hash))})[0])
			}
		}
	}
	return Texts{Len: len(texts), Words: func(i int) []uint32 { return texts[i] }, Hash: hash}
}

// simple finds the passages by going through all pairs of places. Cost quadratic in words.
func simple(t Texts, least int) []Passage {
	key := func(words []uint32) string {
		return string(unsafe.Slice((*byte)(unsafe.Pointer(&words[0])), 4*len(words)))
	}
	places := map[string]map[Place]bool{}
	length := map[string]int{}
	for x := range t.Len {
		for y := x; y < t.Len; y++ {
			a, b := t.Words(x), t.Words(y)
			for i := range a {
				for j := range b {
					if x == y && i >= j || a[i] != b[j] || i > 0 && j > 0 && a[i-1] == b[j-1] {
						continue
					}
					n := shared(a[i:], b[j:])
					if n < least {
						continue
					}
					k := key(a[i : i+n])
					if places[k] == nil {
						places[k], length[k] = map[Place]bool{}, n
					}
				}
			}
		}
	}
	for x := range t.Len { // all places of each, however they were found
		for i := range t.Words(x) {
			for k, n := range length {
				if rest := t.Words(x)[i:]; len(rest) >= n && key(rest[:n]) == k {
					places[k][Place{int32(x), int32(i)}] = true
				}
			}
		}
	}
	var all []Passage
	for k, of := range places {
		p := Passage{Words: int32(length[k])}
		sides := map[bool]bool{}
		for at := range of {
			p.Places = append(p.Places, at)
			sides[t.Other != nil && t.Other[at.Text]] = true
		}
		slices.SortFunc(p.Places, byPlace)
		if p.Texts = textsOf(p.Places); p.Texts > 1 && (t.Other == nil || len(sides) == 2) {
			all = append(all, p)
		}
	}
	return sorted(all)
}

func sorted(all []Passage) []Passage {
	slices.SortFunc(all, func(a, b Passage) int {
		return slices.Compare([]int32{-a.Texts, a.Places[0].Text, a.Places[0].Word, -a.Words}, []int32{-b.Texts, b.Places[0].Text, b.Places[0].Word, -b.Words})
	})
	return all
}

// random returns texts of which many share passages, whole texts too.
func random(r *rand.Rand) [][]uint32 {
	var texts [][]uint32
	words := 2 + r.IntN(60)
	for range 2 + r.IntN(9) {
		var text []uint32
		for len(text) < r.IntN(60) {
			if len(texts) > 0 && r.IntN(3) > 0 {
				from := texts[r.IntN(len(texts))]
				if len(from) > 0 {
					at := r.IntN(len(from))
					text = append(text, from[at:at+r.IntN(len(from)-at+1)]...)
				}
			}
			for range r.IntN(6) {
				text = append(text, uint32(r.IntN(words)))
			}
		}
		if len(texts) > 0 && r.IntN(5) == 0 {
			text = texts[r.IntN(len(texts))]
		}
		texts = append(texts, text)
	}
	return texts
}

func sameTexts(texts [][]uint32) []int32 {
	same := make([]int32, len(texts))
	for i := range texts {
		same[i] = int32(slices.IndexFunc(texts, func(t []uint32) bool { return slices.Equal(t, texts[i]) }))
	}
	return same
}

// On random texts Find equals its simple twin, for any number of workers, with and without
// setting equal texts aside, in one corpus and between two.
func TestFindEqualsItsTwin(t *testing.T) {
	found := 0
	for seed := range uint64(2000) {
		r := rand.New(rand.NewPCG(seed, 1))
		texts := random(r)
		in, least := textsFrom(texts), LeastWords+r.IntN(12)
		if seed%3 == 0 {
			in.Other = make([]bool, len(texts))
			for i := range in.Other {
				in.Other[i] = r.IntN(2) == 0
			}
		}
		want := simple(in, least)
		found += len(want)
		for jobs := 1; jobs <= 2; jobs++ {
			if jobs == 2 {
				in.Same = sameTexts(texts)
			}
			got, err := Find(context.Background(), in, Options{Least: least, Jobs: jobs})
			if err != nil {
				t.Fatal(err)
			}
			if got.LeftOut > 0 {
				t.Fatalf("seed %d: %d left out", seed, got.LeftOut)
			}
			if len(got.Passages)+len(want) > 0 && !reflect.DeepEqual(got.Passages, want) {
				t.Fatalf("seed %d, %d words, other %v, jobs %d: %v\nFind   = %v\nsimple = %v", seed, least, in.Other, jobs, texts, got.Passages, want)
			}
		}
	}
	if found < 2000 {
		t.Errorf("only %d passages were there to find", found)
	}
}

// A passage in thousands of texts is one with all its places. Thousands of copies of a text,
// each edited at another word, have bounded places, and it is told that there are more.
func TestFloods(t *testing.T) {
	const texts, words = 1500, 60
	r := rand.New(rand.NewPCG(1, 1))
	notice := make([]uint32, words)
	for i := range notice {
		notice[i] = uint32(i)
	}
	around := func() (some []uint32) {
		for range 20 {
			some = append(some, uint32(1000+r.IntN(100000)))
		}
		return some
	}
	var notices, edited [][]uint32
	for range texts {
		notices = append(notices, slices.Concat(around(), notice, around()))
		text := slices.Concat(notice, notice)
		for i := range text {
			text[i] = uint32(i)
		}
		text[r.IntN(len(text))] = uint32(1000 + r.IntN(100000))
		text[r.IntN(len(text))] = uint32(1000 + r.IntN(100000))
		edited = append(edited, text)
	}
	got, err := Find(context.Background(), textsFrom(notices), Options{Least: 12})
	if err != nil {
		t.Fatal(err)
	}
	if p := got.Passages[0]; len(got.Passages) > texts/10 || p.Words != words || p.Texts != texts || got.LeftOut > 0 {
		t.Errorf("%d passages, %d left out; the first has %d words in %d texts", len(got.Passages), got.LeftOut, p.Words, p.Texts)
	}
	if got, err = Find(context.Background(), textsFrom(edited), Options{Least: 12}); err != nil {
		t.Fatal(err)
	}
	places := 0
	for _, p := range got.Passages {
		places += len(p.Places)
	}
	t.Logf("%d passages of edited copies in %d places, %d left out", len(got.Passages), places, got.LeftOut)
	if most := variants * texts * 2 * words; got.LeftOut == 0 || places > most {
		t.Errorf("%d places, %d left out", places, got.LeftOut)
	}
}
