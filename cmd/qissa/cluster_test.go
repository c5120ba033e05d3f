package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"qissa"
	"qissa/article"
	"qissa/testdata"
)

// A reader is an input that a test makes up.
type reader func([]byte) (int, error)

func (r reader) Read(p []byte) (int, error) { return r(p) }

func TestInterrupted(t *testing.T) {
	sample := strings.NewReader(testdata.Sample)
	for name, input := range map[string]func(stop func()) reader{
		"while the input is silent": func(stop func()) reader {
			return func([]byte) (int, error) { stop(); select {} }
		},
		"while reading": func(stop func()) reader {
			return func(p []byte) (int, error) { stop(); return sample.Read(p) }
		},
		"before clustering": func(stop func()) reader {
			return func(p []byte) (int, error) {
				n, err := strings.NewReader(testdata.Sample).Read(p)
				stop()
				return n, errors.Join(err, io.EOF)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			ctx, stop := context.WithCancel(t.Context())
			defer stop()
			out := filepath.Join(t.TempDir(), "made", "out")
			var stderr strings.Builder
			code := run(ctx, []string{"cluster", "-", "-o", out}, input(stop), io.Discard, &stderr)
			if code != exitInterrupted || !strings.HasSuffix(stderr.String(), "error: interrupted; nothing written\n") {
				t.Errorf("exit code %d, want %d; stderr %q", code, exitInterrupted, stderr.String())
			}
			if _, err := os.Stat(filepath.Dir(out)); err == nil {
				t.Errorf("%s was made", out)
			}
		})
	}
}

// A reading that was left behind is not heard after the last word.
func TestLastWord(t *testing.T) {
	var stderr strings.Builder
	tk := newTalk(&stderr)
	tk.terminal, tk.next = true, time.Time{}
	tk.fail(errors.New("interrupted"))
	tk.say("reading more")
	tk.progress(qissa.Progress{Stage: "reading articles", Done: 1})
	if got := stderr.String(); got != "error: interrupted\n" {
		t.Errorf("said %q", got)
	}
}

func TestPanicIsOneLine(t *testing.T) {
	var stderr strings.Builder
	code := run(t.Context(), []string{"cluster", "-"}, reader(func([]byte) (int, error) { panic("boom") }), io.Discard, &stderr)
	if got := stderr.String(); code != exitFailed || strings.Count(got, "\n") != 1 || !strings.HasPrefix(got, "error: internal fault of qissa ") {
		t.Errorf("exit code %d, stderr %q", code, got)
	}
}

func TestBrokenInput(t *testing.T) {
	var stderr strings.Builder
	code := run(t.Context(), []string{"cluster", "-"}, reader(func([]byte) (int, error) { return 0, errors.New("disk on fire") }), io.Discard, &stderr)
	if got := stderr.String(); code != exitFailed || !strings.Contains(got, "error: <stdin>: disk on fire") {
		t.Errorf("exit code %d, stderr %q", code, got)
	}
}

func TestProgress(t *testing.T) {
	at := func(ago time.Duration, terminal, verbose bool) *talk {
		start := time.Now().Add(-ago)
		tk := &talk{w: &strings.Builder{}, terminal: terminal, verbose: verbose, start: start, next: start.Add(firstProgress)}
		if !terminal {
			tk.next = start.Add(progressLines)
		}
		return tk
	}
	p := qissa.Progress{Stage: "comparing", Done: 1, Total: 4}
	for _, test := range []struct {
		name string
		talk *talk
		want string
	}{
		{"early", at(time.Second, true, false), ""},
		{"terminal", at(3*time.Second, true, false), "\rcomparing 25 %, 3 s\x1b[K"},
		{"file", at(time.Hour, false, false), ""},
		{"file, early", at(3*time.Second, false, true), ""},
		{"file, verbose", at(31*time.Second, false, true), "comparing 25 %, 31 s\n"},
	} {
		test.talk.progress(p)
		test.talk.progress(p) // too soon after the first
		if got := test.talk.w.(*strings.Builder).String(); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
	tk := at(3*time.Second, true, false)
	tk.progress(p)
	tk.say("done")
	if got, want := tk.w.(*strings.Builder).String(), "\rcomparing 25 %, 3 s\x1b[K\r\x1b[Kdone\n"; got != want {
		t.Errorf("a line over progress: %q, want %q", got, want)
	}
}

// Of writing the sum of all files is told, those beside the page among them.
func TestProgressOfWriting(t *testing.T) {
	start := time.Now().Add(-3 * time.Second)
	tk := &talk{w: &strings.Builder{}, terminal: true, start: start}
	tk.begin(writing)
	f := folder{path: t.TempDir()}
	page := output{"page", func(w io.Writer) error {
		side, err := f.begin("beside/0001.js")
		if err != nil {
			return err
		}
		_, err = side.Write(make([]byte, 2_000_000))
		_, fault := io.WriteString(w, strings.Repeat("x", 1_500_000))
		return errors.Join(err, side.Close(), fault)
	}}
	defer f.close()
	if err := f.open(false); err != nil {
		t.Fatal(err)
	}
	if err := f.fill(t.Context(), []output{page}, f.refuse(), func(bytes int) { tk.next = start; tk.wrote(bytes) }); err != nil {
		t.Fatal(err)
	}
	said := strings.Split(tk.w.(*strings.Builder).String(), "\r")
	if last := said[len(said)-1]; !strings.HasPrefix(last, "writing 3.5 MB, ") || !strings.HasSuffix(last, "MB a second, 3 s\x1b[K") {
		t.Errorf("the last of %d lines is %q", len(said)-1, last)
	}
}

func TestTalkIsHarmless(t *testing.T) {
	var b strings.Builder
	tk := &talk{w: &b, terminal: true, colour: true}
	tk.warn("x", "date %s is unknown", "\"\x1b[2Jأمس\u202e\"")
	if got, want := b.String(), "\x1b[33mwarning: \x1b[0mdate \"\u2068[2Jأمس\u2069\" is unknown\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if want := `date "[2Jأمس" is unknown`; tk.warnings[0].Text != want {
		t.Errorf("kept %q, want %q", tk.warnings[0].Text, want)
	}
}

func TestFlagValues(t *testing.T) {
	for text, want := range map[string]string{
		"72h": "72h", "3d": "72h", "90m": "1h30m", "45m": "45m", "0": "0s", "10s": "10s", "100h0m5s": "100h0m5s",
		"-1h": "error", "3": "error", "d": "error", "": "error",
	} {
		var s span
		got := "error"
		if err := s.Set(text); err == nil {
			got = s.String()
		}
		if got != want {
			t.Errorf("span %q = %s, want %s", text, got, want)
		}
	}
	for text, want := range map[string]int64{"8GB": 8e9, "500 MB": 5e8, "1.5g": 15e8, "2000000": 2e6, "1KB": 0, "many": 0, "": 0} {
		var n size
		if n.Set(text); int64(n) != want {
			t.Errorf("size %q = %d, want %d", text, n, want)
		}
	}
	for text, want := range map[string]float64{"0.5": 0.5, "1": 1, "auto": 0.4, "0.04": -1, "1.1": -1, "NaN": -1, "x": -1} {
		got := 0.0
		if err := (share{&got, 0.05, 0.4}).Set(text); err != nil {
			got = -1
		}
		if got != want {
			t.Errorf("share %q = %v, want %v", text, got, want)
		}
	}
}

func TestDays(t *testing.T) {
	for _, test := range [][3]string{
		{"2025-07-14", "2025-07-14", "14 Jul 2025"},
		{"2025-07-12", "2025-07-14", "12–14 Jul 2025"},
		{"2025-06-28", "2025-07-02", "28 Jun – 2 Jul 2025"},
		{"2024-12-30", "2025-01-02", "30 Dec 2024 – 2 Jan 2025"},
	} {
		first, _ := article.ParseTime(test[0], time.Time{}, nil)
		last, _ := article.ParseTime(test[1], time.Time{}, nil)
		if got := days(first, last); got != test[2] {
			t.Errorf("days(%s, %s) = %q, want %q", test[0], test[1], got, test[2])
		}
	}
}

func TestNumbers(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 12480: "12,480", 1234567: "1,234,567"} {
		if got := number(n); got != want {
			t.Errorf("number(%d) = %s, want %s", n, got, want)
		}
	}
}

func TestNearest(t *testing.T) {
	verbs := []string{"cluster", "eval", "version"}
	for name, want := range map[string]string{"clster": "cluster", "evla": "eval", "eva": "eval", "report": "", "x": ""} {
		if got := nearest(name, verbs); got != want {
			t.Errorf("nearest(%q) = %q, want %q", name, got, want)
		}
	}
}
