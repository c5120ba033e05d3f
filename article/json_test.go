package article

import (
	"strings"
	"testing"
	"time"
)

func TestReadJSONL(t *testing.T) {
	for _, c := range []readCase{
		{"names of fields",
			`{"id":"1","source":"الوسط","url":"u","title":"خبر","body":"نص","time":"2025-07-14T10:00:00Z"}
			{"_id":{"$oid":"2a"},"publisher":{"name":"سبق","id":9},"link":"u","headline":"خبر","content":"نص","published_at":"14/07/2025"}
			{"guid":3,"outlet":"واس","Name":"خبر","articleBody":["فقرة","فقرة أخرى"],"datePublished":1500000000}
			{"Article-ID":4.5,"Newspaper":"عكاظ","العنوان":"خبر","النص":"نص","التاريخ":{"$date":"2025-07-14T10:00:00Z"}}`,
			`1: 1/الوسط/خبر/نص/2025-07-14T10:00:00Z
			2: 2a/سبق/خبر/نص/2025-07-14T00:00:00Z
			3: 3/واس/خبر/فقرة⏎فقرة أخرى/2017-07-14T02:40:00Z
			4: 4.5/عكاظ/خبر/نص/2025-07-14T10:00:00Z`},
		{"the better name wins, whatever the order, unless it is empty",
			`{"description":"ملخص","body":"متن","text":"نص","title":"خبر"}
			{"description":"ملخص","text":"","title":"خبر"}
			{"updated_at":"2025-07-15","date":"2025-07-14","title":"خبر","text":null}`,
			`1: //خبر/نص/
			2: //خبر/ملخص/
			3: //خبر//2025-07-14T00:00:00Z`},
		{"what wraps an article",
			`{"_index":"news","_source":{"title":"خبر","text":"نص"}}
			{"title":{"rendered":"خبر"},"content":{"rendered":"نص"},"link":"u"}`,
			`1: //خبر/نص/
			2: //خبر/نص/`},
		{"damage",
			"{\"title\":\"خبر\",\"text\":\"نص\"}\n" +
				"{\"title\":\"خبر\",\"text\":\"نص\n" +
				"\n" +
				"[1,2]\n" +
				"17\n" +
				"{\"title\":\"خبر\",,\"text\":\"نص\"}\n" +
				"{\"title\":\" \",\"text\":\"\"}\n" +
				"{\"title\":\"خبر\"} {\"title\":\"آخر\"}\n" +
				"{\"title\":\"خبر\",\"text\":\"جدول\tوسطر\"}\r\n" +
				"{\"title\":\"خبر\",\"text\":\"آخر سطر بلا نهاية\"}",
			`1: //خبر/نص/
			json: d:2: not JSON (unexpected end, column 26)
			json: d:4: not a JSON object (array)
			json: d:5: not a JSON object (number)
			json: d:6: not JSON (invalid character ',' looking for beginning of object key string, column 16)
			empty: d:7: no title and no body
			json: d:8: not JSON (invalid character '{' after top-level value, column 17)
			9: //خبر/جدول	وسطر/
			10: //خبر/آخر سطر بلا نهاية/`},
		{"metadata before the articles",
			`{"dump":"2025","count":2}
			{"title":"خبر","text":"نص"}`,
			`empty: d:1: no title and no body
			2: //خبر/نص/`},
		{"no text recognised",
			`{"id":1,"hdr":"خبر","story_html":"نص"}
			{"id":2,"hdr":"خبر","story_html":"نص","lang":"ar"}`,
			`error: d: no field looks like the article text or its title; fields: id, hdr, story_html, lang; say e.g. --map title=hdr,text=story_html`},
		{"headlines alone", `{"id":1,"title":"خبر"}`, `1: 1//خبر//`},
		{"a name alone says little",
			`{"id":1,"name":"خبر"}`,
			`error: d: no field looks like the article text or its title; fields: id, name; say e.g. --map title=TITLE,text=TEXT`},
		{"a name with a time is a headline", `{"name":"خبر","date":"2025-07-14"}`, `1: //خبر//2025-07-14T00:00:00Z`},
	} {
		c.test(t, "d", Options{Format: "jsonl"})
	}
}

func TestNoTextIsSaidWithoutReadingAll(t *testing.T) {
	r := strings.NewReader(strings.Repeat("{\"hdr\":\"خبر\"}\n", 1_000_000))
	got := list(Read(r, "d", Options{Format: "jsonl"}))
	if !strings.HasPrefix(got, "error: d: no field looks like") || strings.Count(got, "\n") > 1 || r.Len() < 10_000_000 {
		t.Errorf("got %.300s, with %d bytes left", got, r.Len())
	}
}

func TestMap(t *testing.T) {
	for _, c := range []struct {
		readCase
		names map[string]string
	}{
		{readCase{"names", `{"hdr":"خبر","story_html":"نص","title":"غير هذا","site":"الوسط"}`, `1: /الوسط/خبر/نص/`},
			map[string]string{"title": "hdr", "text": "story_html"}},
		{readCase{"body is text", `{"title":"خبر","x":"نص"}`, `1: //خبر/نص/`}, map[string]string{"body": "x"}},
		{readCase{"a name taken from another field", `{"title":"خبر"}`, `1: ///خبر/`}, map[string]string{"text": "title"}},
		{readCase{"inside objects", `{"title":"خبر","page":{"main":{"x":"نص"},"title":"غير هذا"}}`, `1: //خبر/نص/`},
			map[string]string{"text": "page.main.x"}},
		{readCase{"a list with an element to a line", "{\"articles\":[{\"title\":\"خبر\",\"text\":\"نص\"},\n{\"title\":\"آخر\",\"text\":\"نص\"}]}", "1: //خبر/نص/\n2: //آخر/نص/"}, nil},
		{readCase{"a list by name", `{"other":[{"title":"غير هذا","text":"نص"}],"a":{"list":[{"title":"خبر","text":"نص"}]}}`, `1: //خبر/نص/`},
			map[string]string{"records": "a.list"}},
		{readCase{"a name that is not there", `{"title":"خبر","text":"نص"}`,
			`error: d: no record has a field "body_html"; fields: title, text`}, map[string]string{"text": "body_html"}},
		{readCase{"a title that is not there", `{"title":"خبر","text":"نص"}`,
			"1: ///نص/\n" + `error: d: no record has a field "titel"; fields: title, text`}, map[string]string{"title": "titel"}},
		{readCase{"a title alone", `{"hdr":"خبر","n":7}`, `1: //خبر//`}, map[string]string{"title": "hdr"}},
	} {
		c.test(t, "d", Options{Map: c.names})
	}
}

func TestReadJSON(t *testing.T) {
	for _, c := range []readCase{
		{"array on one line", `[{"title":"خبر","text":"نص"},{"title":"آخر","text":"نص"}]`, "1: //خبر/نص/\n1: //آخر/نص/"},
		{"array over lines", "[\n  {\n    \"title\": \"خبر\",\n    \"text\": \"نص {[\\\"\"\n  },\n  {\n    \"title\": \"آخر\",\n    \"text\": \"نص\"\n  }\n]\n",
			"2: //خبر/نص {[\"/\n6: //آخر/نص/"},
		{"object that holds a list", `{"status":"ok","total":2,"tags":["أ"],"articles":[{"title":"خبر","text":"نص"},{"title":"آخر","text":"نص"}],"next":null}`,
			"1: //خبر/نص/\n1: //آخر/نص/"},
		{"list deep inside", `{"response":{"meta":{"n":1},"hits":{"list":[{"x":1,"title":"خبر","text":"نص"}]}}}`, "1: //خبر/نص/"},
		{"several lists", `{"sport":[{"title":"خبر","text":"نص"}],"authors":[{"name":"كاتب"}],"culture":[{"title":"آخر","text":"نص"}]}`,
			"1: //خبر/نص/\n1: //آخر/نص/"},
		{"articles by id", `{"a1":{"title":"خبر","text":"نص"},"a2":{"title":"آخر","text":"نص"}}`, "1: //خبر/نص/\n1: //آخر/نص/"},
		{"one article", "{\n\"title\":\"خبر\",\n\"content\":[{\"text\":\"فقرة\"},{\"text\":\"فقرة أخرى\"}],\n\"meta\":{\"title\":\"غير هذا\"}\n}", "1: //خبر/فقرة⏎فقرة أخرى/"},
		{"articles one after the other", "{\n\"title\":\"خبر\",\"text\":\"نص\"\n}\n{\n\"title\":\"آخر\",\"text\":\"نص\"\n}", "1: //خبر/نص/\n4: //آخر/نص/"},
		{"one article as a content system has it", `{"id":1,"title":{"rendered":"خبر"},"content":{"rendered":"نص"},"source":{"name":"الوسط"}}`, "1: 1/الوسط/خبر/نص/"},
		{"search results", `{"hits":{"total":1,"hits":[{"_id":"a","_source":{"title":"خبر","text":"نص"}}]}}`, "1: a//خبر/نص/"},
		{"content as the list", `{"content":[{"title":"خبر","text":"نص"}],"page":1}`, "1: //خبر/نص/"},
		{"empty list and empty object", `[{},{"title":"خبر","text":"نص"}]`, "empty: d:1: no title and no body\n1: //خبر/نص/"},
		{"no list", `{"status":"ok","data":{"n":0}}`, `error: d: no list of articles found; keys are status, data; name it with --map records=data`},
		{"a damaged element", "[{\"title\":\"خبر\",\"text\":\"نص\"},\n{\"title\":\"خبر\" \"text\":\"نص\"},\n{\"title\":\"آخر\",\"text\":\"نص\"}]",
			"1: //خبر/نص/\njson: d:2: not JSON (invalid character '\"' after object key:value pair, column 16)\n3: //آخر/نص/"},
		{"a lost quote", "[{\"title\":\"خبر\",\"text\":\"نص},\n{\"title\":\"آخر\",\"text\":\"نص\"}]",
			"json: d:1: not JSON (a quote or bracket is not closed)\n2: //آخر/نص/"},
		{"a lost bracket", "[{\"title\":\"خبر\",\"text\":\"نص\",\n{\"title\":\"آخر\",\"text\":\"نص\"}]",
			"json: d:1: not JSON (a quote or bracket is not closed)\n2: //آخر/نص/"},
		{"a lost bracket between objects", "{\"title\":\"خبر\",\n{\"title\":\"آخر\",\"text\":\"نص\"}",
			"json: d:1: not JSON (a quote or bracket is not closed)\n2: //آخر/نص/"},
		{"cut", "[{\"title\":\"خبر\",\"text\":\"نص\"},\n{\"title\":\"آخر\",\"te",
			"1: //خبر/نص/\ntruncated: d: ends early at record 2; everything before it was used (unexpected EOF)"},
		{"text behind", "[{\"title\":\"خبر\",\"text\":\"نص\"}] oops", "1: //خبر/نص/\njson: d:1: not JSON ('o' where an object should start; the rest is not read)"},
		{"numbers in a list", `[1,"a",{"title":"خبر","text":"نص"}]`, "json: d:1: not a JSON object (number)\njson: d:1: not a JSON object (string)\n1: //خبر/نص/"},
		{"no JSON at all", "خبر", "error: d:1: not JSON (starts with 'خ')"},
	} {
		c.test(t, "d", Options{Format: "json"})
	}
}

// The articles of an array are those of the same objects as lines.
func TestJSONArrayEqualsLines(t *testing.T) {
	text := lines(300)
	want := list(Read(strings.NewReader(text), "d", Options{Format: "jsonl"}))
	for _, array := range []string{
		"[" + strings.ReplaceAll(strings.TrimSpace(text), "\n", ",\n") + "]",
		"{\"articles\":[" + strings.ReplaceAll(strings.TrimSpace(text), "\n", ",\n") + "]}",
		text,
	} {
		if got := list(Read(strings.NewReader(array), "d", Options{Format: "json"})); got != want {
			t.Errorf("%.60s…: other articles than as lines", array)
		}
	}
}

func TestLongLines(t *testing.T) {
	long, tooLong := strings.Repeat("كلمة ", 1<<20), strings.Repeat("كلمة ", 1<<21) // 9 and 19 MB
	object := func(text string) string { return `{"title":"خبر","text":"` + text + "\"}\n" }
	for format, input := range map[string]string{
		"jsonl": object("نص") + object(long) + object(tooLong) + object("نص"),
		"json":  object("نص") + object(long) + object(tooLong) + object("نص"),
		"csv":   "title,text\nخبر," + long + "\nخبر,\"" + tooLong + "\"\nخبر,نص\nخبر,نص\n",
	} {
		articles, bad := 0, []string{}
		for _, err := range Read(strings.NewReader(input), "d", Options{Format: format}) {
			if err != nil {
				bad = append(bad, err.Error())
			} else {
				articles++
			}
		}
		if articles != 3 || len(bad) != 1 || !strings.HasPrefix(bad[0], "d:3: ") || !strings.HasSuffix(bad[0], "longer than 16 MiB") {
			t.Errorf("%s: %d articles, %.200q", format, articles, bad)
		}
	}
}

// Records made to hurt are refused at once: each in under half a second, where
// the machine is not busy.
func TestHostileJSON(t *testing.T) {
	for name, text := range map[string]string{
		"deep, then junk": strings.Repeat(`{"a":`, 299) + "t" + strings.Repeat("ل", 7<<20),
		"very deep":       strings.Repeat("[", 15<<20),
		"many values":     `{"a":[` + strings.Repeat("0,", 7<<20) + "0]}",
		"many objects":    `{"a":[` + strings.Repeat(`{"":0},`, 2<<20) + "0]}",
		"all quotes":      strings.Repeat(`"`, 15<<20),
		"all escapes":     `{"text":"` + strings.Repeat(`\\`, 7<<20) + `"}`,
	} {
		for _, format := range []string{"jsonl", "json"} {
			start := time.Now()
			got := list(Read(strings.NewReader(text), "d", Options{Format: format}))
			if d := time.Since(start); d > 20*time.Second || got == "" {
				t.Errorf("%s as %s took %v", name, format, d)
			}
		}
	}
}
