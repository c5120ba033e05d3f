package archive

import (
	"bytes"
	"testing"

	"github.com/klauspost/compress/zstd"
)

// TestPacked packs records and texts, and reads those that format 1 packed.
func TestPacked(t *testing.T) {
	old, err := zstd.NewWriter(nil, zstd.WithEncoderDictRaw(dictionaryID, []byte(dictionary)), zstd.WithEncoderLevel(zstd.SpeedBetterCompression))
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"", "news", "قالَ الوزيرُ: «نعم»، ٢٠٢٥\n", "گفت پ ی — “x” \x01\x02\x00 🙂", "\xff\xd8\xd8\xa7 half \xd8", dictionary} {
		for how, packed := range map[string][]byte{"records": pack(text), "texts": packText(text), "format 1": old.EncodeAll([]byte(text), nil)} {
			if got, err := unpack(packed); err != nil || string(got) != text {
				t.Errorf("%s: %q is %q, %v", how, text, got, err)
			}
		}
	}
}

// FuzzShorten shortens any bytes and lengthens them again; what shorten did not write is
// an error or a text, never a panic.
func FuzzShorten(f *testing.F) {
	for _, s := range []string{"", "قال الوزير", "\x01\x02", "\xd8", "– «ا»", "\x01\xd8"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		if got, err := lengthen(nil, shorten(nil, text)); err != nil || !bytes.Equal(got, text) {
			t.Errorf("%q became %q, %v", text, got, err)
		}
		lengthen(nil, text)
	})
}
