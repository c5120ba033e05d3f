package report

import (
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

// widen undoes narrow, as the page does.
func widen(narrowed []byte) string {
	var units []uint16
	for i := 0; i < len(narrowed); i++ {
		switch b := uint16(narrowed[i]); {
		case b < 0x80:
			units = append(units, b)
		case b < wide:
			units = append(units, 0x600+b-0x80)
		default:
			units = append(units, uint16(narrowed[i+1])<<8|uint16(narrowed[i+2]))
			i += 2
		}
	}
	return string(utf16.Decode(units))
}

// manyScripts has code points of every length in every form.
const manyScripts = "A é ÿ אב ؀ءي٠ٟ٪ٱپٽپٿڀۀۿ ݐ क – … ﷺ ﻻ \uFFFD \uFFFF 😀𞸀 \u0000"

func TestNarrow(t *testing.T) {
	for _, test := range []struct {
		text  string
		bytes int
	}{
		{"", 0},
		{"abc", 3},
		{"سلام", 4},
		{"سَلام 12", 8},
		{"پیش ٿ", 1 + 3 + 1 + 1 + 3}, // U+06CC and U+067F are beyond the bytes
		{"é", 3},
		{"😀", 6},
	} {
		if got := len(narrow(nil, []byte(test.text))); got != test.bytes {
			t.Errorf("%q takes %d bytes, want %d", test.text, got, test.bytes)
		}
	}
	if got := widen(narrow(nil, []byte(manyScripts))); got != manyScripts {
		t.Errorf("%q, want %q", got, manyScripts)
	}
}

func FuzzNarrow(f *testing.F) {
	f.Add(manyScripts)
	f.Add("\xd8\xd9\xbf\xd9")
	f.Fuzz(func(t *testing.T, text string) {
		got := widen(narrow([]byte("x"), []byte(text))[1:])
		if utf8.ValidString(text) && got != text {
			t.Errorf("%q, want %q", got, text)
		}
	})
}
