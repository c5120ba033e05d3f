package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"syscall"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"

	"qissa/article"
	"qissa/internal/parallel"
)

// The exit codes.
const (
	exitDone        = 0
	exitFailed      = 1
	exitUsage       = 2
	exitStrict      = 3
	exitNoArticles  = 4
	exitInterrupted = 130
)

const exitCodesHelp = `Exit codes:
  0  done
  1  failed
  2  the command line, or the names of the fields, are wrong
  3  done, but records were skipped and --strict was given
  4  the input holds no article
  130  interrupted
`

// A fault is an error with the exit code that it leads to.
type fault struct {
	code int
	err  error
}

func (f *fault) Error() string { return f.err.Error() }
func (f *fault) Unwrap() error { return f.err }

// usage returns a fault of the command line.
func usage(format string, args ...any) error {
	return &fault{exitUsage, fmt.Errorf(format, args...)}
}

// errQuiet is a fault of which everything has been said.
var errQuiet = errors.New("said already")

// streams are where a verb reads, writes and talks.
type streams struct {
	in   io.Reader
	out  *sink
	talk *talk

	compressFrom int // of the scratch
}

func newStreams(stdin io.Reader, stdout, stderr io.Writer) *streams {
	out := &sink{w: stdout, terminal: isTerminal(stdout), closed: isClosed(stdout)}
	if out.terminal {
		out.w = harmlessTo(stdout)
	}
	return &streams{stdin, out, newTalk(stderr), compressFrom}
}

// run runs the command and returns its exit code.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) (code int) {
	return newStreams(stdin, stdout, stderr).run(ctx, args, stderr)
}

func (s *streams) run(ctx context.Context, args []string, stderr io.Writer) (code int) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0)) // --jobs may lower it
	defer func() {
		if p := recover(); p != nil {
			s.talk.detail("%s", stackOf(p))
			s.talk.fail(internal(p))
			code = exitFailed
		}
	}()
	root := newRoot(s)
	root.SetArgs(args)
	root.SetOut(s.out)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	if err == nil && s.out.err != nil {
		err = s.out.err
	}
	return s.talk.conclude(err)
}

// A sink keeps the first error of writing, so that none passes unseen.
type sink struct {
	w        io.Writer
	terminal bool
	closed   bool // there is nowhere to write to
	err      error
}

var errClosed = errors.New("standard output is closed (or is the null device, open for reading too); name a file with -o, or write > /dev/null")

func (s *sink) Write(p []byte) (n int, err error) {
	if err = errClosed; !s.closed {
		n, err = s.w.Write(p)
	}
	if s.err == nil {
		s.err = err
	}
	return n, err
}

// stackOf returns where a panic came from, in whichever worker.
func stackOf(p any) []byte {
	if worker, ok := p.(*parallel.Panic); ok {
		return worker.Stack
	}
	return debug.Stack()
}

// harmlessTo drops from what a terminal is given the characters that steer it,
// and those that turn the direction of what follows without end. Results of
// every format pass here, JSON too.
func harmlessTo(terminal io.Writer) io.Writer {
	return transform.NewWriter(terminal, runes.Remove(runes.Predicate(func(r rune) bool {
		return unicode.IsControl(r) && r != '\n' && r != '\t' || '\u202a' <= r && r <= '\u202e'
	})))
}

func internal(p any) error {
	return fmt.Errorf("internal fault of qissa %s: %v; run again with -v and report what it prints", version(), p)
}

// conclude says how a run ended and returns the exit code.
func (t *talk) conclude(err error) int {
	var f *fault
	var fields *article.FieldError
	switch {
	case err == nil, errors.Is(err, syscall.EPIPE): // whoever read the output has had enough
		return exitDone
	case errors.Is(err, context.Canceled):
		t.fail(errors.New("interrupted; nothing written"))
		return exitInterrupted
	case errors.As(err, &f):
		if !errors.Is(err, errQuiet) {
			t.fail(err)
		}
		return f.code
	case errors.As(err, &fields):
		if near := nearest(fields.Missing, fields.Names); fields.Missing != "" && near != "" {
			err = fmt.Errorf("%w (did you mean %s?)", err, near)
		}
		t.fail(err)
		return exitUsage
	case errors.Is(err, article.ErrNoRecords):
		t.fail(err)
		return exitNoArticles
	}
	t.fail(err)
	return exitFailed
}
