//go:build unix

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"unsafe"

	"qissa/article"
	"qissa/internal/needs"
)

// fill keeps texts of many lengths from several goroutines, and returns what
// does not come back as it was given.
func fill(s *scratch) (wrong []string) {
	const texts = 3000
	given, kept := make([]string, texts), make([]string, texts)
	var wg sync.WaitGroup
	for worker := range 4 {
		wg.Go(func() {
			for i := worker; i < texts; i += 4 {
				given[i] = strings.Repeat(fmt.Sprint(i, " نص "), i%50)
				articles := []article.Article{{Body: given[i]}, {Title: given[i], Raw: "{}"}}
				s.keepTexts(articles)
				kept[i] = articles[1].Title
				if articles[0].LoadBody(nil) != given[i] || articles[1].LoadRaw(nil) != "{}" || articles[1].URL != "" {
					kept[i] = "others of its batch"
				}
				if i%500 == 0 {
					s.release()
				}
			}
		})
	}
	wg.Wait()
	s.release()
	for i := range given {
		if kept[i] != given[i] {
			wrong = append(wrong, fmt.Sprintf("%d: %.40q, want %.40q", i, kept[i], given[i]))
		}
	}
	return wrong
}

func TestScratchGivesBackWhatItKeeps(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	s := &scratch{held: scratchFrom, compressFrom: compressFrom}
	if wrong := fill(s); wrong != nil {
		t.Errorf("%d texts changed, as %s", len(wrong), wrong[0])
	}
	if len(s.blocks) == 0 || s.broken {
		t.Fatal("nothing was written to the file")
	}
	for range 2 { // more than a block
		if b := s.keep(make([]byte, scratchBlock-1)); len(b) != scratchBlock-1 || uintptr(unsafe.Pointer(&b[0]))%8 != 0 {
			t.Errorf("%d bytes at %p, want %d at a multiple of 8", len(b), &b[0], scratchBlock-1)
		}
	}
	s.compressFrom = 1
	if wrong := fill(s); wrong != nil {
		t.Errorf("%d texts changed once compressed, as %s", len(wrong), wrong[0])
	}
	if len(s.blocks) < 3 {
		t.Errorf("%d blocks, want one for each large text", len(s.blocks))
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); left != nil {
		t.Errorf("%v stands there for all to see, and stays if the run is killed", left)
	}
}

func TestScratchWithoutPlaceLeavesTextsInMemory(t *testing.T) {
	t.Setenv("TMPDIR", filepath.Join(t.TempDir(), "missing"))
	s := &scratch{held: scratchFrom}
	if wrong := fill(s); wrong != nil {
		t.Errorf("%d texts changed, as %s", len(wrong), wrong[0])
	}
	if !s.broken {
		t.Error("a file was written where there is no folder")
	}
}

// A folder that the system may hold in memory is the last to be asked.
func TestScratchStandsWhereLargeFilesBelong(t *testing.T) {
	own := t.TempDir()
	for set, want := range map[string]string{own: own, "": "/var/tmp"} {
		t.Setenv("TMPDIR", set)
		f, err := makeNameless()
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if got := filepath.Dir(f.Name()); got != want {
			t.Errorf("TMPDIR=%q: the file stands in %s, want %s", set, got, want)
		}
		if _, err := os.Lstat(f.Name()); !os.IsNotExist(err) {
			t.Errorf("%s has a name", f.Name())
		}
	}
}

func TestSmallRunsMakeNoFile(t *testing.T) {
	t.Setenv("TMPDIR", filepath.Join(t.TempDir(), "missing"))
	s := &scratch{}
	if fill(s); s.file != nil || s.broken {
		t.Error("a file was made for a few texts")
	}
}

// What was read of the file is in memory until it is let go of.
func TestScratchIsReleased(t *testing.T) {
	if _, known := mapped(); !known {
		needs.Missing(t, "/proc/self/statm, as Linux has")
	}
	s := &scratch{held: scratchFrom}
	sum := 0
	for range 2*lingering/scratchBlock + 1 {
		for _, b := range s.keep(make([]byte, scratchBlock)) {
			sum += int(b)
		}
	}
	if read, _ := mapped(); sum != 0 || read <= lingering {
		t.Errorf("%d MB of the file were read, and %d are told of", 2*lingering>>20, read>>20)
	}
	s.release()
	if read, _ := mapped(); read > lingering {
		t.Errorf("%d MB are still in memory", read>>20)
	}
}
