package main

import (
	"archive/tar"
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"qissa/internal/needs"
)

// Names of files, members, columns and ids cannot forge a line of the log, nor
// steer the terminal.
func TestForeignText(t *testing.T) {
	// No slash in it: a file may have this name.
	const evil = "x\nerror: forged\r\x1b[2J\x1b]8;;http:x\x07\u009b2J\u202e"
	const text = "افتتح وزير النقل صباح اليوم الجسر المعلق الذي يربط ضفتي النهر بعد عامين من الأعمال"
	dir := t.TempDir()
	put := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
			needs.Missing(t, "a file system that takes any name: %v", err)
		}
		return path
	}
	quoted := `x\nerror: forged\r\u001b[2J\u001b]8;;http:x\u0007\u009b2J\u202e`
	record := func(id, title string) string {
		return `{"id":"` + id + `","source":"` + quoted + `","title":"` + title + `","text":"` + text + `","time":"2025-07-14` + quoted + `"}` + "\n"
	}
	named := put(evil+".jsonl", record("1", "خبر")+"{\"id\":\n")
	ids := put("ids.jsonl", record(quoted, "خبر")+record(quoted, "خبر آخر")+record("3"+quoted, "خبر ثالث"))
	table := put("table.csv", "\"title"+evil+"\",text\n"+"\"a\",\""+text+"\"\n")
	unknown := put("unknown.csv", "\"hdr"+strings.ReplaceAll(evil, "\r", "")+"\",\"bdy\"\n"+"\"a\",\""+text+"\"\n")
	corrections := put("c"+evil+".jsonl", "{}\n")
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	member := record("7", "عضو") + "{\n"
	for _, name := range []string{"m" + evil + ".jsonl", "../" + evil + ".jsonl", "k." + evil} {
		if err := w.WriteHeader(&tar.Header{Name: name, Mode: 0o666, Size: int64(len(member)), Typeflag: tar.TypeReg, Format: tar.FormatPAX}); err != nil {
			t.Fatal(err)
		}
		w.Write([]byte(member))
	}
	w.Close()
	archive := put("n.tar", b.String())
	out := filepath.Join(dir, "out")
	story := func(id string) string {
		return `{"id":"s` + id + `","articles":[{"id":"a` + id + `","source":"` + quoted + `","time":"` + quoted + `"},{"id":"b"}]}` + "\n"
	}
	predicted := put("p"+evil+".jsonl", story(quoted))
	gold := put("g"+evil+".tsv", "a"+strings.NewReplacer("\n", "", "\r", "").Replace(evil)+"\tx\nb\ty\n")
	goldJSON := put("g.jsonl", `{"id":"x","articles":[{"id":"a`+quoted+`"}]}`+"\n"+`{"id":"y","articles":[{"id":"b"}]}`+"\n")
	for _, args := range [][]string{
		{"cluster", named, "-o", out}, {"cluster", ids, "-o", filepath.Join(dir, "ids")}, {"inspect", named}, {"inspect", ids}, {"inspect", table}, {"inspect", archive},
		{"cluster", table, "-f", "table"}, {"cluster", unknown}, {"cluster", archive, "-f", "table"}, {"cluster", ids, "--corrections", corrections},
		{"cluster", named + "x"}, {"cluster", dir, "-f", "table"}, {"dedup", named, "-o", out}, {"inspect", "--map", "title=" + evil, ids},
		{"explain", filepath.Join(dir, "ids"), "x", "y"}, {"eval", predicted, gold}, {"eval", "--errors", "2", predicted, goldJSON}, {evil}, {"cluster", "--" + evil}, {"cluster", "--tz", evil, ids},
	} {
		var stdout, stderr strings.Builder
		run(t.Context(), args, strings.NewReader(""), &stdout, &stderr)
		for _, stream := range []string{stdout.String(), stderr.String()} {
			for line := range strings.Lines(stream) {
				if strings.HasPrefix(line, "error: forged") {
					t.Errorf("%q: forged: %q", args, stream)
				}
			}
			if strings.ContainsAny(stream, "\r\x1b\x07\u009b\u202e") {
				t.Errorf("%q steers the terminal: %q", args, stream)
			}
		}
		if stdout.Len()+stderr.Len() == 0 {
			t.Errorf("%q says nothing", args)
		}
	}
	var said strings.Builder
	both := []string{"explain", filepath.Join(dir, "ids"), evil, evil + "#2"}
	if code := run(t.Context(), both, nil, &said, &said); code != 0 || strings.ContainsAny(said.String(), "\r\x1b\x07\u009b\u202e") || strings.Contains(said.String(), "\nerror: forged") {
		t.Errorf("explain: exit code %d, %q", code, said.String())
	}
}

// A terminal is given nothing that steers it, whatever the format, even where a
// character is cut between two writes.
func TestHarmlessTerminal(t *testing.T) {
	var b bytes.Buffer
	w := harmlessTo(&b)
	for _, part := range []string{"خ\x1b[2Jبر\n\t", "\u009b"[:1], "\u009b"[1:], "\u202e"[:2], "\u202e"[2:] + "\u2068آخر\u2069\n"} {
		if _, err := w.Write([]byte(part)); err != nil {
			t.Fatal(err)
		}
	}
	if got, want := b.String(), "خ[2Jبر\n\t\u2068آخر\u2069\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
