package main

import (
	"context"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync"
	"time"
	"unsafe"

	"qissa"
	"qissa/article"
	"qissa/internal/garbage"
	"qissa/internal/parallel"
)

const (
	scratchFrom  = 32 << 20  // bytes that are held in memory before a file is begun: most runs need none
	scratchBlock = 64 << 20  // bytes of the file that are mapped at a time
	spare        = 256 << 20 // bytes of garbage that a large run may leave lying about
	unseen       = 30        // rounds after which what was read is let go of where nobody tells how much it is
	lingering    = 128 << 20 // bytes that were read of files and may stay in memory
)

// compressFrom is how many blocks the file has before texts are compressed: on
// smaller runs time is worth more than the disk.
const compressFrom = 8

// A scratch keeps what is seldom read, the texts above all, out of memory: in a
// file without a name, which ends with the process however that ends. What was
// read of it lately is in memory for a moment, and counts as used until then.
type scratch struct {
	compressFrom int // blocks of the file before texts are compressed

	mu     sync.Mutex
	file   *os.File
	blocks [][]byte // of the file, mapped
	used   int      // bytes of the last block
	held   int      // bytes that were left in memory
	broken bool     // the file takes no more: the rest stays in memory
	batch  []byte   // memory for texts on their way out, nil while in use
	parts  [][]byte // likewise, of each worker that compresses them
}

// keep returns b where it may stay, at a multiple of 8 bytes.
func (s *scratch) keep(b []byte) []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.held < scratchFrom:
		s.held += len(b)
		return b
	case s.broken || len(b) > scratchBlock:
		return b
	}
	if len(s.blocks) == 0 || s.used+len(b) > scratchBlock {
		if s.broken = s.grow() != nil; s.broken {
			return b
		}
	}
	last := len(s.blocks) - 1
	// The write tells of a full disk, as the mapped memory could not.
	if _, err := s.file.WriteAt(b, int64(last)*scratchBlock+int64(s.used)); err != nil {
		s.broken = true
		return b
	}
	at := s.used
	s.used = (at + len(b) + 7) &^ 7
	return s.blocks[last][at : at+len(b) : at+len(b)]
}

// keepTexts moves the texts of articles out of memory, all at once: writing one
// piece costs as much as many. Titles stand together, and so do addresses: they
// are read apart from the bodies, and would bring those along.
func (s *scratch) keepTexts(articles []article.Article) {
	var texts []*string
	s.mu.Lock()
	batch, parts, compressing := s.batch[:0], s.parts, s.broken || len(s.blocks) >= s.compressFrom
	s.batch, s.parts = nil, nil
	s.mu.Unlock()
	add := func(text *string) {
		texts, batch = append(texts, text), append(batch, *text...)
	}
	if compressing {
		parts = compress(articles, parts)
	}
	for i := range articles {
		add(&articles[i].Body)
		add(&articles[i].Raw)
		add(&articles[i].Compressed.Bytes)
	}
	for i := range articles {
		add(&articles[i].Title)
	}
	for i := range articles {
		add(&articles[i].URL)
	}
	all := s.keep(batch)
	s.mu.Lock()
	if s.parts = parts; unsafe.SliceData(all) != unsafe.SliceData(batch) { // else it stays where it is
		s.batch = batch
	}
	s.mu.Unlock()
	for _, text := range texts {
		n := len(*text)
		*text, all = unsafe.String(unsafe.SliceData(all), n), all[n:]
	}
}

// compress compresses articles on all processors, into memory of each.
func compress(articles []article.Article, memory [][]byte) [][]byte {
	if memory == nil {
		memory = make([][]byte, runtime.GOMAXPROCS(0))
	}
	parallel.Workers(context.Background(), len(memory), func(_ context.Context, w int) {
		part := memory[w][:0]
		share := articles[w*len(articles)/len(memory) : (w+1)*len(articles)/len(memory)]
		for i := range share {
			part = share[i].Compress(part)
		}
		memory[w] = part
	})
	return memory
}

// tend keeps the memory of a large run low until the context ends: it lets go of
// what was read of the file once that is much, and collects garbage
// more often the more memory is in use. Where the user has set a limit, that decides instead.
func (s *scratch) tend(ctx context.Context) {
	linger := min(lingering, debug.SetMemoryLimit(-1)/8)
	tick, heap := time.NewTicker(garbage.Tending), garbage.Heap{Spare: spare}
	for round := 0; ; round++ {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if read, known := mapped(); int64(read) > linger || !known && round%unseen == 0 {
				s.release()
			}
			heap.Tend()
		}
	}
}

// clearing returns progress that, before a stage of a large run, clears away what
// the last one left.
func clearing(progress func(qissa.Progress)) func(qissa.Progress) {
	return func(p qissa.Progress) {
		progress(p)
		if p.Done == 0 && p.Total == 0 && garbage.Live() > spare {
			runtime.GC()
		}
	}
}

// memory returns the bytes that the process has from the system.
func memory() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/total:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// leastMemory is about what a run of so many articles needs at least, with all the
// time that --max-memory may cost: measured, 0.26 GB for 50,000 and 0.64 to 0.69 GB
// for 200,000. Articles that have more than the usual ten similar ones need more.
func leastMemory(articles int) int64 { return 60_000_000 + 3_000*int64(articles) }

// warnOfNeed tells at the start that a limit of memory will not hold, 0 for none.
func (t *talk) warnOfNeed(articles int, limit size) {
	if need := leastMemory(articles); limit > 0 && need > int64(limit) {
		t.caution("%s need about %s of memory at least, more than --max-memory allows; the run goes on", count(articles, "article", "articles"), fileSize(need))
	}
}

// warnOfUse tells at the end that a limit of memory did not hold.
func (t *talk) warnOfUse(used int64, limit size) {
	if limit > 0 && used > int64(limit) {
		t.caution("the run took %s of memory, more than the %s of --max-memory", fileSize(used), fileSize(int64(limit)))
	}
}
