package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"

	"golang.org/x/term"

	"qissa"
)

// correctionsSoFar returns the corrections of a file; where it is not there yet, those of
// the run, which it will begin with.
func correctionsSoFar(path string, links *qissa.Links) ([]qissa.Correction, error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return links.Corrections, nil
	}
	return readCorrections(path)
}

// addCorrections adds lines to a file of corrections, in one write.
func addCorrections(path string, links *qissa.Links, corrections []qissa.Correction) error {
	so, err := correctionsSoFar(path, links)
	if err != nil {
		return err
	}
	if err := qissa.Contradiction(append(so[:len(so):len(so)], corrections...)); err != nil {
		return err
	}
	var lines bytes.Buffer
	f, err := os.OpenFile(path, os.O_RDWR|os.O_APPEND|os.O_CREATE, 0o666)
	if err != nil {
		return unwritable(path, err)
	}
	defer f.Close()
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return unwritable(path, err)
	}
	last := []byte{'\n'}
	if size == 0 {
		corrections = append(links.Corrections[:len(links.Corrections):len(links.Corrections)], corrections...)
	} else if _, err := f.ReadAt(last, size-1); err != nil {
		return unreadable(path, err)
	}
	if last[0] != '\n' { // a line that an editor left open
		lines.WriteByte('\n')
	}
	for _, c := range corrections {
		line, err := correctionLine(c)
		if err != nil {
			return err
		}
		lines.Write(append(line, '\n'))
	}
	if _, err := f.Write(lines.Bytes()); err != nil {
		_ = f.Truncate(size) // no half line; nothing more can be done
		return unwritable(path, err)
	}
	if err := f.Sync(); err != nil {
		return unwritable(path, err)
	}
	return f.Close()
}

// correctionLine writes a correction as [parseCorrection] reads it.
func correctionLine(c qissa.Correction) ([]byte, error) {
	x := struct {
		Type  string `json:"type"`
		Level string `json:"level,omitempty"`
		A     string `json:"a"`
		B     string `json:"b"`
	}{"cannot_link", "", c.A, c.B}
	if c.Together {
		x.Type = "must_link"
	}
	if c.Storyline {
		x.Level = "storyline"
	}
	var line bytes.Buffer
	e := json.NewEncoder(&line)
	e.SetEscapeHTML(false)
	err := e.Encode(x)
	return bytes.TrimRight(line.Bytes(), "\n"), err
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
	for {
		var b [1]byte
		switch n, err := k.in.Read(b[:]); {
		case ctx.Err() != nil || n == 1 && b[0] == interrupt:
			return 'q', nil // what was answered is written
		case errors.Is(err, io.EOF) && n == 0:
			return 'q', nil
		case err != nil && n == 0:
			return 0, unreadable(standardInput, err)
		case words[b[0]|0x20] != "":
			return b[0] | 0x20, nil
		}
	}
}
