package report

import (
	"encoding/json"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// widened reads what narrow wrote, as the page does.
func widened(t *testing.T, narrowed []byte) (text string) {
	t.Helper()
	wide, err := charmap.Windows1256.NewDecoder().Bytes(narrowed)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(wide, &text); err != nil {
		t.Fatalf("%q: %v", wide, err)
	}
	return text
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
		{"«قتلى» – “نص”…", 14},
		{"پیش", 1 + 6 + 1}, // U+06CC is none of the code page
		{"٤", 6},
		{"é", 1},
		{"ë", 1},
		{"😀", 12},
	} {
		if got := len(narrow(nil, []byte(`"`+test.text+`"`))) - 2; got != test.bytes {
			t.Errorf("%q takes %d bytes, want %d", test.text, got, test.bytes)
		}
	}
}

func FuzzNarrow(f *testing.F) {
	f.Add(manyScripts)
	f.Add("\\٤ \"٤\" \u0080\u009f\u200c")
	f.Add("\xd8\xd9\xbf\xd9")
	f.Fuzz(func(t *testing.T, text string) {
		quoted, err := json.Marshal(text)
		if err != nil {
			t.Fatal(err)
		}
		got := widened(t, narrow(nil, quoted))
		if utf8.ValidString(text) && got != text {
			t.Errorf("%q, want %q", got, text)
		}
	})
}
