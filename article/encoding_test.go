package article

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

func TestEncodedTwice(t *testing.T) {
	line := `{"id":"1","title":"افتتاح الجسر","text":"` + longText + " «اقتباس» 5 % é\"}"
	for name, wrong := range map[string]func(b byte) rune{
		"as ISO-8859-1":   func(b byte) rune { return rune(b) },
		"as windows-1252": func(b byte) rune { return windows1252(b) },
	} {
		var twice strings.Builder
		for _, b := range []byte(line) {
			twice.WriteRune(wrong(b))
		}
		var encoding string
		opt := Options{Found: func(r Recognised) { encoding = r.Encoding }}
		check(t, name, said(t, "d.jsonl", []byte(twice.String()), opt), "1||||افتتاح الجسر|"+longText+" «اقتباس» 5 % é")
		if encoding != Twice {
			t.Errorf("%s: encoding %q, want %q", name, encoding, Twice)
		}
	}
	check(t, "given", said(t, "d.csv", []byte("title,text\n\xc7\xe1\xcc\xd3\xd1,\xc7\xe1\xcc\xd3\xd1\n"), Options{Encoding: "windows-1256"}), "||||الجسر|الجسر")
	check(t, "no such encoding", said(t, "d", []byte("x"), Options{Encoding: "klingon"}), `error: d: no encoding is called "klingon"; want a name such as windows-1256`)
}

// windows1252 decodes a byte as browsers do, who know no undefined ones.
func windows1252(b byte) rune {
	if r := charmap.Windows1252.DecodeByte(b); r != utf8.RuneError {
		return r
	}
	return rune(b)
}

// A page that is hardly Arabic is read as it says; one that is Arabic as its
// letters show, whatever it says.
func TestDeclaredEncoding(t *testing.T) {
	french := strings.Repeat("<p>L'\xe9t\xe9 est pass\xe9 tr\xe8s vite, a d\xe9clar\xe9 le ministre \xe0 la presse.</p>", 5)
	windows, err := charmap.Windows1256.NewEncoder().String(longText)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ name, text, encoding, holds string }{
		{"French", `<html><head><meta charset="iso-8859-1"></head><body><article>` + french, "windows-1252", "L'été est passé très vite, a déclaré"},
		{"French, as pages once said it", `<html><head><meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-15"></head><body>` + french, "iso-8859-15", "à la presse"},
		{"Arabic that says it is Latin", `<html><head><meta charset="iso-8859-1"></head><body><article><p>` + windows, "windows-1256", longText},
	} {
		var encoding, text string
		for a, err := range Read(strings.NewReader(test.text), "page.html", Options{Found: func(r Recognised) { encoding = r.Encoding }}) {
			if err != nil {
				t.Errorf("%s: %v", test.name, err)
			}
			text += a.Title + a.Body
		}
		if encoding != test.encoding || !strings.Contains(text, test.holds) {
			t.Errorf("%s: read as %s, want %s: %.200q", test.name, encoding, test.encoding, text)
		}
	}
	for _, text := range []string{"<meta charset=utf-8>" + french, "<meta charset=klingon>" + french, french} {
		if got := said(t, "page.html", []byte(text), Options{}); len(got) != 1 || !strings.Contains(got[0], "convert it to UTF-8 first") {
			t.Errorf("%.30q: %q", text, got)
		}
	}
}

// One record that was encoded twice, in a file that is not.
func TestRecordsEncodedTwice(t *testing.T) {
	twice := func(s string) string {
		var b strings.Builder
		for _, c := range []byte(s) {
			b.WriteRune(windows1252(c))
		}
		return b.String()
	}
	for _, test := range []struct{ name, title, want string }{
		{"Arabic", twice("افتتاح الجسر"), "افتتاح الجسر"},
		{"with digits and quotes", twice("مقتل 12 في «كريت»"), "مقتل 12 في «كريت»"},
		{"clean", "افتتاح الجسر", "افتتاح الجسر"},
		{"Danish", "Øl fra Ærø og Århus", "Øl fra Ærø og Århus"},
		{"French", "Où est passé l'été", "Où est passé l'été"},
		{"two letters are no proof", twice("لا"), twice("لا")},
		{"both", twice("افتتاح") + " الجسر", twice("افتتاح") + " الجسر"},
	} {
		line, err := json.Marshal(map[string]string{"title": test.title, "text": longText})
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for a, err := range Read(bytes.NewReader(line), "d.jsonl", Options{}) {
			if n++; err != nil || a.Title != test.want || a.Body != longText || a.Recoded != (test.title != test.want) {
				t.Errorf("%s: %q, recoded %v, %v; want %q", test.name, a.Title, a.Recoded, err, test.want)
			}
		}
		if n != 1 {
			t.Errorf("%s: %d articles", test.name, n)
		}
	}
}
