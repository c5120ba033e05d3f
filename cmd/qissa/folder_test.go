package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"qissa/internal/parallel"
)

// What breaks while the files are written leaves none of them, whether it is an error
// or a panic, which comes back to the caller.
func TestFolderWritesAllOrNone(t *testing.T) {
	fine := output{"fine.txt", func(w io.Writer) error { _, err := io.WriteString(w, "نص"); return err }}
	for name, broken := range map[string]func(io.Writer) error{
		"error": func(io.Writer) error { return errors.New("broken") },
		"panic": func(io.Writer) error { panic("broken") },
	} {
		f := folder{path: filepath.Join(t.TempDir(), "run"), outputs: []output{fine, {"broken.txt", broken}}}
		err := func() (err error) {
			defer func() {
				if p, ok := recover().(*parallel.Panic); ok {
					err = errors.New(p.String())
				}
			}()
			_, err = f.write(t.Context(), func(int) {})
			return err
		}()
		if err == nil {
			t.Errorf("%s: nothing is told", name)
		}
		if left, err := os.ReadDir(f.path); err == nil {
			t.Errorf("%s: the folder stays, with %v", name, left)
		}
	}
}
