package main

import (
	"fmt"
	"io"
	"math"
	"os"
	"regexp"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/term"

	"qissa"
	"qissa/article"
	"qissa/report"
)

const (
	firstProgress  = 2 * time.Second // shorter runs need none
	progressOnLine = 100 * time.Millisecond
	progressLines  = 30 * time.Second
)

const writing = "writing" // the last stage

// A talk is what the command says on the error stream. Its methods may be
// called from several goroutines.
type talk struct {
	w        io.Writer
	terminal bool // lines may be drawn over
	colour   bool
	quiet    bool
	verbose  bool
	plain    bool // --no-color

	mu       sync.Mutex
	over     bool               // the last word was said
	warnings []*article.Message // as printed, for the record of the run
	drawn    bool               // a progress line stands
	start    time.Time
	next     time.Time // of the next progress
	stage    string    // of the run
	since    time.Time // when it began
	timings  []report.Timing
	written  atomic.Int64 // bytes of results
}

func newTalk(w io.Writer) *talk {
	now := time.Now()
	t := &talk{w: w, terminal: isTerminal(w), start: now, next: now.Add(firstProgress)}
	t.settle()
	return t
}

// settle applies the flags once they are read.
func (t *talk) settle() {
	dumb := os.Getenv("TERM") == "dumb"
	t.colour = t.terminal && !dumb && !t.plain && os.Getenv("NO_COLOR") == ""
	t.terminal = t.terminal && !dumb
	if !t.terminal {
		t.next = t.start.Add(progressLines)
	}
}

func isTerminal(stream any) bool {
	if s, ok := stream.(*sink); ok {
		return s.terminal
	}
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// isFile tells whether a stream is a regular file, not a pipe or a terminal.
func isFile(stream any) bool {
	if s, ok := stream.(*sink); ok {
		stream = s.w
	}
	f, ok := stream.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode().IsRegular()
}

// say prints a line of the summary.
func (t *talk) say(format string, args ...any) {
	if !t.quiet {
		t.line("", "", fmt.Sprintf(format, args...))
	}
}

// detail prints a line that only -v shows.
func (t *talk) detail(format string, args ...any) {
	if t.verbose {
		t.line("", "", fmt.Sprintf(format, args...))
	}
}

// warn prints a warning and keeps it. The code is that of the sentence.
func (t *talk) warn(code, format string, args ...any) {
	t.warned(article.Messagef(code, format, args...))
}

// warned is warn of what is worded.
func (t *talk) warned(m *article.Message) {
	m.Text = report.Harmless(m.Text)
	t.mu.Lock()
	t.warnings = append(t.warnings, m)
	t.mu.Unlock()
	if !t.quiet {
		t.line("warning: ", "\x1b[33m", m.Text)
	}
}

// caution prints a warning that is no part of the record of the run: it says what
// this machine did.
func (t *talk) caution(format string, args ...any) {
	if !t.quiet {
		t.line("warning: ", "\x1b[33m", fmt.Sprintf(format, args...))
	}
}

// fail prints why the run failed. It is the last word: a reading that was left
// behind may still go on, and is not heard.
func (t *talk) fail(err error) {
	t.line("error: ", "\x1b[31m", err.Error())
	t.mu.Lock()
	t.over = true
	t.mu.Unlock()
}

func (t *talk) line(kind, colour, text string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.over {
		return
	}
	t.erase()
	if t.colour && kind != "" {
		kind = colour + kind + "\x1b[0m"
	}
	text = report.Harmless(text)
	if t.terminal {
		text = quotedArabic.ReplaceAllString(text, "\"\u2068$1\u2069\"")
	}
	fmt.Fprintln(t.w, kind+text)
}

// quotedArabic is a quotation that a terminal must keep apart from the English
// around it.
var quotedArabic = regexp.MustCompile(`"([^"]*\p{Arabic}[^"]*)"`)

// progress tells how far a run is: on a terminal in one line that is drawn
// over, elsewhere now and then and only with -v.
func (t *talk) progress(p qissa.Progress) {
	t.tell(string(p.Stage), func(spent time.Duration) string {
		switch {
		case p.Total > 0 && spent > firstProgress && p.Done > 0:
			left := spent.Seconds() * float64(p.Total-p.Done) / float64(p.Done)
			return fmt.Sprintf(" %d %%, about %.0f s left", 100*p.Done/p.Total, left)
		case p.Total > 0:
			return fmt.Sprintf(" %d %%", 100*p.Done/p.Total)
		case p.Done > 0 && spent > firstProgress:
			return fmt.Sprintf(" %s, %s a second", number(p.Done), number(int(float64(p.Done)/spent.Seconds())))
		case p.Done > 0:
			return " " + number(p.Done)
		}
		return ""
	})
}

// wrote tells how much is written, once so many bytes more are.
func (t *talk) wrote(bytes int) {
	sum := t.written.Add(int64(bytes))
	t.tell(writing, func(spent time.Duration) string {
		return fmt.Sprintf(" %s, %s a second", fileSize(sum), fileSize(int64(float64(sum)/max(spent.Seconds(), 0.001))))
	})
}

// tell says how far a stage is, unless it is too early to say it again.
func (t *talk) tell(stage string, far func(spent time.Duration) string) {
	if stage != t.stage {
		t.begin(stage)
	}
	if t.quiet || !t.terminal && !t.verbose {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	now := time.Now()
	if t.over || now.Before(t.next) {
		return
	}
	text := fmt.Sprintf("%s%s, %d s", stage, far(now.Sub(t.since)), int(now.Sub(t.start).Seconds()))
	if t.terminal {
		fmt.Fprintf(t.w, "\r%s\x1b[K", text)
		t.drawn = true
		t.next = now.Add(progressOnLine)
	} else {
		fmt.Fprintln(t.w, text)
		t.next = now.Add(progressLines)
	}
}

// begin notes that a stage begins, and with -v what the one before it took.
func (t *talk) begin(stage string) {
	if t.stage != "" {
		took, used := time.Since(t.since).Seconds(), peak()
		t.timings = append(t.timings, report.Timing{Stage: t.stage, Seconds: math.Round(took*1000) / 1000, Memory: used})
		t.detail("  %s: %.1f s, %s memory at most", t.stage, took, fileSize(used))
	}
	t.stage, t.since = stage, time.Now()
}

// erase takes the progress line away.
func (t *talk) erase() {
	if t.drawn {
		fmt.Fprint(t.w, "\r\x1b[K")
		t.drawn = false
	}
}

// number writes n with a comma between thousands.
func number(n int) string { return article.Number(n) }

// nouns is count for a message.
func nouns(n int, one, many string) article.Counted { return article.Count(n, one, many) }

// figure is number for a message.
func figure(n int) article.Counted { return article.Counted{N: n, Text: number(n)} }

// count writes a number with its noun, "1 story", "2 stories".
func count(n int, one, many string) string { return article.Count(n, one, many).Text }
