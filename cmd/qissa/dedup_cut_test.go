package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"qissa/internal/invented"
)

// sentencesOf returns texts of sentences of which many stand in several texts, in other
// spellings: with marks, tatweel, emoji, Windows line breaks.
func sentencesOf(texts int, r *rand.Rand) (all []string) {
	sentence := func() string {
		return strings.Join(invented.Report(r, r.IntN(1000), 24+r.IntN(10), 1), " ")
	}
	var pool []string
	for range 30 {
		pool = append(pool, sentence())
	}
	for range texts {
		var b strings.Builder
		for range 2 + r.IntN(6) {
			s := sentence()
			if r.IntN(2) == 0 {
				s = pool[r.IntN(len(pool))]
			}
			switch r.IntN(4) {
			case 0:
				s = strings.ReplaceAll(s, "ا", "اـ")
			case 1:
				s = strings.ReplaceAll(s, "ل", "لَ")
			}
			b.WriteString(s + []string{". ", "!\n", "؟\r\n", ". 🎉👍🏽\t", ".\n\n"}[r.IntN(5)])
		}
		all = append(all, b.String())
	}
	return all
}

// escaped writes a text as JSON, each of its characters in one of the ways there are.
func escaped(text string, r *rand.Rand) string {
	var b strings.Builder
	for _, c := range text {
		switch short := strings.IndexRune("\n\r\t\"\\", c); {
		case short >= 0:
			b.WriteString([]string{`\n`, `\r`, `\t`, `\"`, `\\`}[short])
		case r.IntN(3) > 0:
			b.WriteRune(c)
		case c > 0xFFFF:
			c -= 0x10000
			fmt.Fprintf(&b, `\ud%03X\uD%03x`, 0x800+c>>10, 0xc00+c&0x3FF)
		default:
			fmt.Fprintf(&b, `\u%04x`, c)
		}
	}
	return b.String()
}

// What a put back record is made of; see [putBack].
type droppedLine struct {
	Origin struct{ Line, Item int }
	Cuts   []struct {
		From, To int
		Text     json.RawMessage
	}
	Was    json.RawMessage
	Record string
}

var (
	textField = regexp.MustCompile(`"text": ?"((?:[^"\\]|\\.)*)"`)
	oneLetter = regexp.MustCompile(`(?s)\\u[dD][89abAB]..\\u[dD]...|\\u....|\\.|.`)
)

// putBack puts what was cut back into the source of a text.
func putBack(source string, d droppedLine, decode func(json.RawMessage) string) string {
	letters := oneLetter.FindAllString(source, -1)
	for _, c := range d.Cuts {
		cut := oneLetter.FindAllString(decode(c.Text), -1)
		if len(cut) != c.To-c.From {
			return "a cut is not as long as it says"
		}
		letters = append(letters[:c.From:c.From], append(cut, letters[c.From:]...)...)
	}
	return strings.Join(letters, "")
}

// dedupFolder runs dedup and returns what it wrote, and what it dropped by line.
func dedupFolder(t *testing.T, name string, data []byte, flags ...string) (kept string, dropped map[int]droppedLine, stderr string) {
	t.Helper()
	dir := t.TempDir()
	in, out := filepath.Join(dir, name), filepath.Join(dir, "out"+filepath.Ext(name))
	if err := os.WriteFile(in, data, 0o644); err != nil {
		t.Fatal(err)
	}
	var messages strings.Builder
	if code := run(t.Context(), append([]string{"dedup", in, "-o", out}, flags...), strings.NewReader(""), io.Discard, &messages); code != 0 {
		t.Fatal(messages.String())
	}
	written, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	list, err := os.ReadFile(filepath.Join(dir, "out.dropped.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	dropped = map[int]droppedLine{}
	for line := range strings.Lines(string(list)) {
		var d droppedLine
		if err := json.Unmarshal([]byte(line), &d); err != nil {
			t.Fatal(err)
		}
		dropped[d.Origin.Item] = d
	}
	return string(written), dropped, messages.String()
}

// What was written and what was cut are the input, byte for byte, also with escapes of all
// kinds, in another encoding, and where every text is HTML.
func TestCutsArePutBack(t *testing.T) {
	for _, encoding := range []string{"UTF-8", "windows-1256", "html"} {
		r := rand.New(rand.NewPCG(3, 1))
		var lines []string
		for n, text := range sentencesOf(150, r) {
			source := escaped(text, r)
			switch encoding {
			case "windows-1256": // which has no emoji, and a letter that looks like another is one
				source = strings.NewReplacer("🎉", "", "👍", "", "🏽", "", "\r", "").Replace(text)
				source = strings.ReplaceAll(strings.ReplaceAll(source, "\n", `\n`), "\t", " ")
			case "html":
				source = "<p>" + strings.ReplaceAll(escaped(text, r), `\n`, "</p><p>") + "<\\/p>"
			}
			lines = append(lines, fmt.Sprintf(`{"id":"%d", "عدد" : [1,2], "text": "%s","x":null}`, n, source))
		}
		lines = append(lines, `{"id":"damaged"`)
		data := []byte(strings.Join(lines, "\n"))
		if encoding == "windows-1256" {
			packed, err := charmap.Windows1256.NewEncoder().Bytes(data)
			if err != nil {
				t.Fatal(err)
			}
			data = packed
		}
		kept, dropped, stderr := dedupFolder(t, "in.jsonl", data, "--level", "passage")
		written := strings.SplitAfter(kept, "\n")
		written = written[:len(written)-1]
		cut, gone := 0, 0
		for i, want := range lines[:len(lines)-1] {
			d, got := dropped[i+1], ""
			switch {
			case d.Record != "":
				got = d.Record
				gone++
			default:
				got, written = strings.TrimSuffix(written[0], "\n"), written[1:]
				at := textField.FindStringSubmatchIndex(got)
				if d.Cuts == nil {
					break
				}
				cut++
				if d.Was != nil {
					got = got[:at[2]-1] + string(d.Was) + got[at[3]+1:]
				} else {
					got = got[:at[2]] + putBack(got[at[2]:at[3]], d, func(s json.RawMessage) string { return string(s[1 : len(s)-1]) }) + got[at[3]:]
				}
			}
			if got != want {
				t.Fatalf("%s: put back\n%s\nwant\n%s", encoding, got, want)
			}
		}
		if len(written) > 0 || cut < 50 || gone < 5 || !strings.Contains(stderr, fmt.Sprintf("151 records: %d kept", 150-gone)) || !strings.Contains(stderr, "1 skipped") {
			t.Errorf("%s: %d written too many, %d cut, %d dropped, %s", encoding, len(written), cut, gone, stderr)
		}
	}
}

// Cells of a table too.
func TestCutsOfTablesArePutBack(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 1))
	rows := [][]string{{"id", "عدد", "text", "x"}}
	for n, text := range sentencesOf(100, r) {
		rows = append(rows, []string{fmt.Sprint(n), "\"1\",2", strings.ReplaceAll(text, "\r", "") + "\"", "=1+1"})
	}
	var data strings.Builder
	if err := csv.NewWriter(&data).WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	kept, dropped, _ := dedupFolder(t, "in.csv", []byte(data.String()), "--level", "passage")
	written, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(kept, "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	written = written[1:]
	cut := 0
	text := func(s json.RawMessage) (text string) {
		if err := json.Unmarshal(s, &text); err != nil {
			t.Fatal(err)
		}
		return text
	}
	for i, want := range rows[1:] {
		d := dropped[i+1]
		got := []string(nil)
		if d.Record != "" {
			got, err = csv.NewReader(strings.NewReader(d.Record)).Read()
		} else {
			got, written = written[0], written[1:]
			letters := []rune(got[2])
			for _, c := range d.Cuts {
				letters = append(letters[:c.From:c.From], append([]rune(text(c.Text)), letters[c.From:]...)...)
				cut++
			}
			got[2] = string(letters)
		}
		if err != nil || strings.Join(got, "|") != strings.Join(want, "|") {
			t.Fatalf("put back %q, want %q, %v", got, want, err)
		}
	}
	if len(written) > 0 || cut < 20 {
		t.Errorf("%d rows too many, %d cuts", len(written), cut)
	}
}
