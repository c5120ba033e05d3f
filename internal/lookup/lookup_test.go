package lookup

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// written returns the file of some texts, whose records are their numbers and themselves.
func written(t *testing.T, texts []string, of [32]byte) []byte {
	t.Helper()
	f, err := os.Create(filepath.Join(t.TempDir(), "index"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var b Builder
	for i, text := range texts {
		b.Add(i, Sequences(text))
	}
	if err := b.Write(f, of, len(texts), func(i int) ([]byte, error) { return fmt.Appendf(nil, "%d %s", i, texts[i]), nil }); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(f.Name())
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func open(t *testing.T, data []byte, of [32]byte) *Index {
	t.Helper()
	x, err := Open(bytes.NewReader(data), int64(len(data)), of)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// made returns texts of words of which many are in several.
func made(texts int, r *rand.Rand) (all []string) {
	for range texts {
		words := make([]string, r.IntN(120))
		for i := range words {
			words[i] = string([]rune{rune('ب' + r.IntN(20)), rune('ب' + r.IntN(20)), rune('ب' + r.IntN(20))})
		}
		all = append(all, strings.Join(words, " "))
	}
	return all
}

// A text that shares as many words in sequence as is sure is found, whatever stands around
// them, and its record comes back; texts with nothing in common are not.
func TestFindsWhatSharesWords(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	texts := made(300, r)
	x := open(t, written(t, texts, [32]byte{1}), [32]byte{1})
	asked := 0
	for i, text := range texts {
		words := strings.Fields(text)
		if len(words) < Sure {
			continue
		}
		asked++
		from := r.IntN(len(words) - Sure + 1)
		question := "كلام اخر " + strings.Join(words[from:from+Sure], " ") + " وغيره"
		found, err := x.Find(question)
		if err != nil {
			t.Fatal(err)
		}
		if len(found) == 0 || found[0].Text != i {
			t.Errorf("text %d: found %v", i, found)
		}
		record, err := x.Record(i)
		if want := fmt.Sprintf("%d %s", i, text); err != nil || string(record) != want {
			t.Errorf("record %d = %q, %v; want %q", i, record, err, want)
		}
	}
	if asked < 200 {
		t.Errorf("only %d were asked for", asked)
	}
	if found, err := x.Find(strings.Join(made(1, rand.New(rand.NewPCG(9, 9))), "")); err != nil || len(found) > 0 {
		t.Errorf("another text: %v, %v", found, err)
	}
}

// Of a sequence that stands in thousands of texts the first ones are kept.
func TestFloodIsBounded(t *testing.T) {
	texts := slices.Repeat([]string{"جميع الحقوق محفوظة ولا يجوز نشر هذا الخبر إلا بإذن مكتوب من إدارة التحرير"}, 2000)
	data := written(t, texts, [32]byte{})
	found, err := open(t, data, [32]byte{}).Find(texts[0])
	if err != nil || len(found) != MostTexts || found[MostTexts-1].Text != MostTexts-1 {
		t.Errorf("%d found, %v", len(found), err)
	}
}

// A file of something else, of another version, or cut off anywhere, is no index; one that
// another program wrote is told apart; one whose bytes were changed gives an error or other
// texts, never a panic.
func TestDamagedFiles(t *testing.T) {
	of := [32]byte{7}
	texts := made(100, rand.New(rand.NewPCG(3, 3)))
	data := written(t, texts, of)
	older := bytes.Replace(data, []byte("qissa lookup 2"), []byte("qissa lookup 1"), 1)
	for want, files := range map[error]map[string][]byte{
		ErrForeign: {"empty": nil, "other": bytes.Repeat([]byte("x"), 4000)},
		ErrOther:   {"older": older, "cut": data[:len(data)-1], "longer": append(slices.Clone(data), 0), "half": data[:len(data)/2], "head": data[:20]},
	} {
		for name, bad := range files {
			if _, err := Open(bytes.NewReader(bad), int64(len(bad)), of); !errors.Is(err, want) {
				t.Errorf("%s: %v, want %v", name, err, want)
			}
		}
	}
	if _, err := Open(bytes.NewReader(data), int64(len(data)), [32]byte{8}); !errors.Is(err, ErrOther) {
		t.Errorf("of something else: %v", err)
	}
	r := rand.New(rand.NewPCG(4, 4))
	for range 2000 {
		bad := slices.Clone(data)
		bad[r.IntN(len(bad))] ^= byte(1 + r.IntN(255))
		x, err := Open(bytes.NewReader(bad), int64(len(bad)), of)
		if err != nil {
			continue
		}
		if _, err := x.Find(texts[r.IntN(len(texts))]); err != nil {
			continue
		}
		if record, err := x.Record(r.IntN(len(texts))); err == nil && len(record) > 4*len(data) {
			t.Fatal("a record larger than all")
		}
	}
}
