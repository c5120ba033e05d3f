package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"unicode/utf8"

	"golang.org/x/term"

	"qissa"
	"qissa/report"
)

// correctionsSoFar returns the corrections of a file; where it is not there yet, those of
// the run, which it will begin with.
func correctionsSoFar(path string, links *qissa.Links) ([]qissa.Correction, error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return links.Corrections, nil
	}
	return readCorrections(path)
}

// An addition is lines written to a file of corrections behind what stood in it.
type addition struct {
	lines  []byte
	before int64 // bytes; -1 where there was no file
}

// addCorrections adds lines to a file of corrections, in one write.
func addCorrections(path string, links *qissa.Links, corrections []qissa.Correction) (addition, error) {
	so, err := correctionsSoFar(path, links)
	if err != nil {
		return addition{}, err
	}
	if err := qissa.Contradiction(append(so[:len(so):len(so)], corrections...)); err != nil {
		return addition{}, err
	}
	s := addition{before: -1}
	if info, err := os.Stat(path); err == nil {
		s.before = info.Size()
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_APPEND|os.O_CREATE, 0o666)
	if err != nil {
		return s, unwritable(path, err)
	}
	defer f.Close()
	size := max(s.before, 0)
	last := []byte{'\n'}
	if size == 0 {
		corrections = append(links.Corrections[:len(links.Corrections):len(links.Corrections)], corrections...)
	} else if _, err := f.ReadAt(last, size-1); err != nil {
		return s, unreadable(path, err)
	}
	var lines bytes.Buffer
	if last[0] != '\n' { // a line that an editor left open
		lines.WriteByte('\n')
	}
	if err := report.CorrectionsJSONL(&lines, corrections); err != nil {
		return s, err
	}
	s.lines = lines.Bytes()
	if _, err := f.Write(s.lines); err != nil {
		_ = f.Truncate(size) // no half line; nothing more can be done
		return s, unwritable(path, err)
	}
	if err := f.Sync(); err != nil {
		return s, unwritable(path, err)
	}
	return s, f.Close()
}

// takeBack takes the lines of an answer out of the file, which is to end with them: it may
// have been edited since.
func (s addition) takeBack(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return unreadable(path, err)
	}
	if size := max(s.before, 0); int64(len(text)) != size+int64(len(s.lines)) || !bytes.HasSuffix(text, s.lines) {
		return fmt.Errorf("%s does not end with the last answer any more; take its lines out by hand", path)
	}
	if s.before < 0 {
		return os.Remove(path)
	}
	if err := os.Truncate(path, s.before); err != nil {
		return unwritable(path, err)
	}
	return nil
}

// keys are the answers of a user: keys of a terminal, else letters.
type keys struct{ in io.Reader }

func newKeys(in io.Reader) *keys { return &keys{in} }

// interrupt is what Ctrl-C sends in a terminal that passes on single keys.
const interrupt = 3

// next waits for a key that means something. The end of input is enough.
func (k *keys) next(ctx context.Context) (byte, error) {
	if f, ok := k.in.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		state, err := term.MakeRaw(int(f.Fd()))
		if err != nil {
			return 0, err
		}
		defer term.Restore(int(f.Fd()), state)
	}
	var typed []byte // of a letter
	for {
		var b [1]byte
		switch n, err := k.in.Read(b[:]); {
		case ctx.Err() != nil || n == 1 && b[0] == interrupt:
			return 'q', nil // what was answered is written
		case errors.Is(err, io.EOF) && n == 0:
			return 'q', nil
		case err != nil && n == 0:
			return 0, unreadable(standardInput, err)
		}
		if typed = append(typed, b[0]); !utf8.FullRune(typed) {
			continue
		}
		letter, _ := utf8.DecodeRune(typed)
		typed = typed[:0]
		if key, ok := arabicKeys[letter]; ok {
			return key, nil
		}
		if letter < utf8.RuneSelf && words[byte(letter)|0x20] != "" {
			return byte(letter) | 0x20, nil
		}
	}
}

// arabicKeys are the letters that the keys of the answers type in Arabic.
var arabicKeys = map[rune]byte{'غ': 'y', 'ى': 'n', 'م': 'l', 'س': 's', 'ض': 'q', 'ع': 'u'}
