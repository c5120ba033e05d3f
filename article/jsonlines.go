package article

import (
	"qissa/internal/parallel"
)

// jsonLines parses lines on several workers and yields their articles in order.
// The caller reads and takes what is yielded in one goroutine, so that a stop
// leaves no reading behind.
type jsonLines struct {
	out     *jsonOut
	parsers chan *jsonParser // of workers that are free
	filling *lineBatch
	begun   []*lineBatch // that workers parse, oldest first
	spare   []*lineBatch // that are done with, to be filled again
}

// batchBytes is how much text a worker takes at a time.
const batchBytes = 256 << 10

// A lineBatch is some lines and what they gave.
type lineBatch struct {
	text  []byte
	lines []jsonLine
	found []held
	panic any // what a worker failed with, nil for nothing
	done  chan struct{}
}

type jsonLine struct {
	end     int // of the line in the text of the batch
	number  int
	tooLong bool
}

func newJSONLines(out *jsonOut) *jsonLines {
	jobs := parallel.Jobs(out.in.opt.Jobs)
	l := &jsonLines{out: out, filling: &lineBatch{}, parsers: make(chan *jsonParser, jobs)}
	for range jobs {
		l.parsers <- &jsonParser{fields: out.in.fields}
	}
	return l
}

// add takes a line, which it copies.
func (l *jsonLines) add(line []byte, number int, tooLong bool) error {
	b := l.filling
	b.text = append(b.text, line...)
	b.lines = append(b.lines, jsonLine{len(b.text), number, tooLong})
	if len(b.text) < batchBytes {
		return nil
	}
	l.begin()
	if len(l.begun) <= 2*cap(l.parsers) {
		return nil
	}
	return l.finish()
}

// begin hands what was taken to a worker.
func (l *jsonLines) begin() {
	b := l.filling
	b.done = make(chan struct{})
	l.begun, l.filling = append(l.begun, b), l.empty()
	go func() {
		defer close(b.done)
		defer func() { b.panic = recover() }()
		p := <-l.parsers
		defer func() { l.parsers <- p }()
		from := 0
		for _, line := range b.lines {
			b.found = append(b.found, l.parse(p, b.text[from:line.end], line))
			from = line.end
		}
	}()
}

// empty returns a batch to fill.
func (l *jsonLines) empty() *lineBatch {
	n := len(l.spare)
	if n == 0 {
		return &lineBatch{}
	}
	b := l.spare[n-1]
	l.spare = l.spare[:n-1]
	clear(b.found)
	*b = lineBatch{text: b.text[:0], lines: b.lines[:0], found: b.found[:0]}
	return b
}

func (l *jsonLines) parse(p *jsonParser, raw []byte, line jsonLine) held {
	if line.tooLong {
		return held{err: &RecordError{l.out.in.name, line.number, "too_long", Messagef("line_too_long", "line %w", errTooLong), excerpt(raw)}}
	}
	h, _ := l.out.parse(p, raw, line.number)
	return h
}

// finish waits for the oldest batch and yields what it gave.
func (l *jsonLines) finish() error {
	b := l.begun[0]
	l.begun = l.begun[1:]
	<-b.done
	if b.panic != nil {
		panic(b.panic) // in the caller's goroutine, who can recover from it
	}
	for _, h := range b.found {
		if err := l.out.put(h); err != nil {
			return err
		}
	}
	if cap(b.text) <= 2*batchBytes { // a long line shall not stay
		l.spare = append(l.spare, b)
	}
	return nil
}

// flush yields all that is left.
func (l *jsonLines) flush() error {
	l.begin()
	for len(l.begun) > 0 {
		if err := l.finish(); err != nil {
			return err
		}
	}
	return nil
}
