package article

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// checkAll reads to the end and checks what holds for any input: something is
// said, texts are UTF-8 without NUL, places grow, nothing follows the error
// that ends the reading.
func checkAll(t *testing.T, text string, opt Options) (articles []Article) {
	t.Helper()
	said, line, ended := 0, 0, false
	for a, err := range Read(strings.NewReader(text), "d", opt) {
		said++
		var bad *RecordError
		switch {
		case ended:
			t.Fatal("more after the end")
		case errors.As(err, &bad):
			if bad.Code == "" || !utf8.ValidString(bad.Excerpt) || utf8.RuneCountInString(bad.Excerpt) > 200 {
				t.Errorf("damaged record %#v", bad)
			}
		case err != nil:
			ended = true
		default:
			articles = append(articles, a)
			if all := a.ID + a.Source + a.URL + a.Title + a.Body + a.TimeRaw; !utf8.ValidString(all) || strings.Contains(all, "\x00") {
				t.Errorf("damaged text in %q", all)
			}
			if strings.TrimSpace(a.Title+a.Body) == "" {
				t.Error("an empty article")
			}
			sheets := strings.HasPrefix(text, "PK") // each of which begins at row 1 again
			if a.Origin.Line < line && !sheets || a.Origin.Item < 1 {
				t.Errorf("article at %+v behind line %d", a.Origin, line)
			}
			line = a.Origin.Line
			if a.Time.IsZero() && (a.Precision == Exact || a.Precision == Day) || !a.Time.IsZero() && a.Precision == None {
				t.Errorf("time %v, %s", a.Time, a.Precision)
			}
		}
	}
	if said == 0 {
		t.Error("nothing was said")
	}
	return articles
}

func FuzzRead(f *testing.F) {
	for _, text := range []string{
		lines(2), "[" + `{"title":"خبر","text":"نص"}` + "]", `{"data":{"articles":[{"title":"خبر","text":"نص"}]}}`,
		"title;text\nخبر;نص\n", "خبر\nنص", "\xff\xfe{\x00}\x00", "\xef\xbb\xbf{}", string(packed(f, "gzip", lines(2))), string(packed(f, "zstd", lines(2))), "BZh9", "\xc7\xe1\xce\xc8\xd1",
	} {
		f.Add(text, uint8(0))
	}
	f.Fuzz(func(t *testing.T, text string, format uint8) {
		formats := append(Formats(), "auto")
		checkAll(t, text, Options{Format: formats[int(format)%len(formats)], Now: time.Unix(1752501600, 0)})
	})
}

// What encoding/json takes for an object with a text is read as it stands.
func FuzzReadJSONL(f *testing.F) {
	for _, text := range []string{
		`{"title":"خبر","text":"نص\n\u0041"}`, `{"title":{"rendered":"خبر"},"content":["فقرة","فقرة"],"id":1e3}`, `{"a":[{}],"title":"\ud83d\ude00"`, "{\"text\":\"\t\"}", `{"text":"\\\"","x":{"text":"y"}}`,
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		articles := checkAll(t, `{"text":"أول"}`+"\n"+text+"\n"+`{"text":"آخر"}`, Options{Format: "jsonl"})
		if len(articles) < 2 && utf8.ValidString(text) && !strings.Contains(text, "\x00") { // else it may look like another encoding
			t.Fatalf("%d articles around %q", len(articles), text)
		}
		var object map[string]any
		if strings.ContainsAny(text, "\n\r") || json.Unmarshal([]byte(text), &object) != nil || len(object) != 1 {
			return
		}
		if want, ok := object["text"].(string); ok && !strings.ContainsAny(want, "\x00\ufffd") && strings.TrimSpace(want) != "" && strings.Count(text, "\"text\"") == 1 {
			if len(articles) != 3 || articles[1].Body != want {
				t.Errorf("%s was read as %v", text, articles)
			}
		}
	})
}
