//go:build unix

// Command vectors turns the texts of a dump into TF-IDF rows, with the packages
// of qissa or with those of github.com/james-bowman/nlp, on one processor.
//
//	go run ./bench/vectors qissa|nlp DUMP.jsonl [ARTICLES]
package main

import (
	"fmt"
	"log"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"syscall"

	"github.com/james-bowman/nlp"

	"qissa/article"
	"qissa/vectorize"
	"qissa/vectorize/arabic"
)

func main() {
	if len(os.Args) < 3 {
		log.Fatal("usage: vectors qissa|nlp DUMP.jsonl [ARTICLES]")
	}
	runtime.GOMAXPROCS(1)
	most := 1 << 30
	if len(os.Args) > 3 {
		n, err := strconv.Atoi(os.Args[3])
		if err != nil {
			log.Fatal(err)
		}
		most = n
	}
	texts, err := read(os.Args[2], most)
	if err != nil {
		log.Fatal(err)
	}
	runtime.GC()
	debug.FreeOSMemory()
	held, before := peak(), cpu()
	entries := 0
	switch os.Args[1] {
	case "qissa":
		entries = withQissa(texts)
	case "nlp":
		entries = withNLP(texts)
	default:
		log.Fatalf("no tool %q", os.Args[1])
	}
	fmt.Printf("%s: %d texts, %d non-zeros, %.1f s processor time, %d MB above the texts\n", os.Args[1], len(texts), entries, cpu()-before, (peak()-held)>>20)
}

func read(name string, most int) (texts []string, err error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	for a, err := range article.SkipBad(article.Read(f, name, article.Options{}), func(*article.RecordError) {}) {
		if err != nil {
			return nil, err
		}
		if texts = append(texts, a.Title+"\n"+a.Body); len(texts) == most {
			break
		}
	}
	return texts, nil
}

// withQissa counts and weighs folded stems, without stop words, as a run does: rows
// are written at their place, since counting tells how long they are.
func withQissa(texts []string) (entries int) {
	var (
		words, stems vectorize.Lexicon
		reader       arabic.Reader
		df           vectorize.DocumentFrequency
		term         []int // of each word, -1 for a stop word
		buffer       []uint32
	)
	seq, lengths := make([][]uint32, len(texts)), make([]uint32, len(texts))
	for i, text := range texts {
		df.Document()
		buffer = buffer[:0]
		for w := range reader.Words(text) {
			n := words.Number(w.Text)
			if int(n) == len(term) {
				term = append(term, -1)
				if !arabic.IsStop(w.Text) {
					term[n] = int(stems.Number(arabic.Stem(w.Text)))
				}
			}
			if t := term[n]; t >= 0 {
				if df.Term(uint32(t)) {
					lengths[i]++
				}
				buffer = append(buffer, uint32(t))
			}
		}
		seq[i] = slices.Clone(buffer)
	}
	b := vectorize.Builder{IDF: vectorize.IDF(df.Of, df.Documents), TF: vectorize.Sublinear}
	rows := vectorize.NewRows(lengths)
	for i := range texts {
		for _, t := range seq[i] {
			b.Add(t, 1)
		}
		toTerms, toWeights := rows.Row(i)
		terms, weights := b.Row()
		copy(toTerms, terms)
		copy(toWeights, weights)
	}
	return len(rows.Term)
}

// withNLP counts and weighs words as its CountVectoriser cuts them.
func withNLP(texts []string) (entries int) {
	counts, err := nlp.NewCountVectoriser().FitTransform(texts...)
	if err != nil {
		log.Fatal(err)
	}
	weighed, err := nlp.NewTfidfTransformer().FitTransform(counts)
	if err != nil {
		log.Fatal(err)
	}
	if m, ok := weighed.(interface{ NNZ() int }); ok {
		return m.NNZ()
	}
	return 0
}

// cpu returns the processor time of this process in seconds.
func cpu() float64 {
	u := usage()
	return float64(u.Utime.Nano()+u.Stime.Nano()) / 1e9
}

// peak returns the most memory that this process has had, in bytes.
func peak() int64 { return usage().Maxrss << 10 }

func usage() (u syscall.Rusage) {
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		log.Fatal(err)
	}
	return u
}
