package main

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"qissa/internal/needs"

	"github.com/spf13/pflag"
)

// The manual has a page for each verb, with each of its flags and exit codes.
func TestManual(t *testing.T) {
	needs.Time(t, "it builds the program that writes the pages")
	dir := t.TempDir()
	cmd := exec.Command("go", "run", "-tags", "man", ".", dir)
	cmd.Env = append(os.Environ(), "SOURCE_DATE_EPOCH=1752451200")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	root := newRoot(newStreams(strings.NewReader(""), io.Discard, io.Discard))
	pages := []string{filepath.Join(dir, "qissa.1")}
	verbs := root.Commands()
	for _, verb := range verbs {
		if verb.Name() != "completion" {
			verbs = append(verbs, verb.Commands()...)
		}
	}
	for _, verb := range verbs {
		if verb.Name() == "help" || verb.Name() == "completion" {
			continue
		}
		path := filepath.Join(dir, strings.ReplaceAll(verb.CommandPath(), " ", "-")+".1")
		pages = append(pages, path)
		page, err := os.ReadFile(path)
		if err != nil {
			t.Error(err)
			continue
		}
		plain := strings.NewReplacer(`\fB`, "", `\fP`, "", `\fI`, "", `\-`, "-").Replace(string(page))
		verb.Flags().VisitAll(func(f *pflag.Flag) {
			if !f.Hidden && f.Name != "help" && !strings.Contains(plain, "--"+f.Name) {
				t.Errorf("%s: no --%s", path, f.Name)
			}
		})
		for _, want := range []string{`"2025-07-14"`, ".SH EXIT STATUS", "interrupted"} {
			if !strings.Contains(plain, want) {
				t.Errorf("%s: no %s", path, want)
			}
		}
	}
	if len(pages) < 8 {
		t.Errorf("%d pages, want at least 8", len(pages))
	}
	if _, err := exec.LookPath("mandoc"); err != nil {
		t.Log("mandoc is not here: the pages are not checked by it")
		return
	}
	if out, err := exec.Command("mandoc", append([]string{"-T", "lint", "-W", "warning"}, pages...)...).CombinedOutput(); err != nil {
		t.Errorf("mandoc: %v\n%s", err, out)
	}
}
