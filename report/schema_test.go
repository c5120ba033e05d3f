package report

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/jsonschema-go/jsonschema"

	"qissa"
	"qissa/article"
)

// schemas are the descriptions of the files that users read, in doc/schema.
var schemas = []struct {
	name, title string
	of          reflect.Type // nil for a row of a table
}{
	{"stories", "A line of stories.jsonl: a story with its articles", reflect.TypeFor[storyJSON]()},
	{"pairs", "A line of pairs.jsonl: the evidence on two articles", reflect.TypeFor[pairJSON]()},
	{"articles", "A row of articles.csv by its column names, all text: an article with its story", nil},
	{"dropped", "A line of dropped.jsonl: an article that was not kept, and the one that it repeats", reflect.TypeFor[droppedJSON]()},
	{"contamination", "A line of contamination.jsonl: a record of another corpus, and the articles that hold it or stand in it", reflect.TypeFor[contaminationJSON]()},
	{"skipped", "A line of skipped.jsonl: a record that was not used", reflect.TypeFor[skippedJSON]()},
	{"passages", "A line of qissa passages -f jsonl: a passage that stands in several articles", reflect.TypeFor[passageJSON]()},
	{"questions", "A line of qissa ask --list N -f jsonl: a question, and the corrections of each answer", reflect.TypeFor[questionJSON]()},
	{"match", "A line of qissa match -f jsonl: an article and the passages that it has in common with the text", reflect.TypeFor[matchJSON]()},
	{"diff", "A line of qissa diff -f jsonl: what became of one story, or storyline", reflect.TypeFor[changeJSON]()},
	{"changes", "A line of qissa changes -f jsonl: what became of a story of an archive in one batch", reflect.TypeFor[eventJSON]()},
	{"run", "run.json: how the results came about", reflect.TypeFor[runFileJSON]()},
}

// The schemas are made from the Go types and the comments of their fields. After
// a change, go test ./report -run Schema -update writes them anew.
func TestSchemasAreUpToDate(t *testing.T) {
	src := readSources(t)
	for _, s := range schemas {
		var schema *jsonschema.Schema
		if s.of == nil {
			schema = src.row(t)
		} else {
			schema = src.schema(t, s.of)
		}
		schema.Schema, schema.ID, schema.Title = "https://json-schema.org/draft/2020-12/schema", "urn:qissa:schema:1:"+s.name, s.title
		text, err := json.MarshalIndent(schema, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		golden(t, "../../doc/schema/"+s.name+".schema.json", string(text)+"\n")
	}
}

func TestFilesFollowTheirSchemas(t *testing.T) {
	r, d := sample(), deduplicated()
	run := sampleRun(r)
	run.Timings, run.Peak = []Timing{{"reading", 0.25, 1 << 20}}, 1<<20
	run.Files = []File{{"stories.jsonl", 17, strings.Repeat("0a", 32)}}
	real, realDropped := clustered(t)
	found, err := qissa.FindPassages(t.Context(), realDropped.Articles, qissa.PassageOptions{Words: qissa.LeastPassage})
	if err != nil {
		t.Fatal(err)
	}
	of := qissa.DefaultContaminationOptions()
	of.Other = func(i int) bool { return i%2 == 0 }
	items, err := qissa.FindContamination(t.Context(), realDropped.Articles, of)
	if err != nil {
		t.Fatal(err)
	}
	contaminations := Contaminations{realDropped.Articles, items}
	passages := Passages{Articles: realDropped.Articles, Found: found}
	for name, text := range map[string]string{
		"stories.jsonl":       goldenText(t, "stories.jsonl") + write(t, func(w *strings.Builder) error { return StoriesJSONL(w, real) }),
		"pairs.jsonl":         goldenText(t, "pairs.jsonl") + write(t, func(w *strings.Builder) error { return PairsJSONL(w, real) }),
		"skipped.jsonl":       goldenText(t, "skipped.jsonl"),
		"changes.jsonl":       write(t, func(w *strings.Builder) error { return ChangesJSONL(w, changesSample) }),
		"run.json":            goldenText(t, "run.json") + write(t, func(w *strings.Builder) error { return RunJSON(w, run) }),
		"contamination.jsonl": write(t, func(w *strings.Builder) error { return contaminations.JSONL(w) }),
		"questions.jsonl":     write(t, func(w *strings.Builder) error { return AskedJSONL(w, askedOf(t, real)) }),
		"match.jsonl":         write(t, func(w *strings.Builder) error { return matchesOf(t, real).JSONL(w) }),
		"passages.jsonl":      write(t, func(w *strings.Builder) error { return passages.JSONL(w) }),
		"dropped.jsonl":       write(t, func(w *strings.Builder) error { return d.Dropped(w) }) + write(t, func(w *strings.Builder) error { return realDropped.Dropped(w) }) + write(t, func(w *strings.Builder) error { return cutDown(t).Dropped(w) }),
	} {
		check := strictly(t, strings.TrimSuffix(name, path.Ext(name)))
		n := 0
		var err error
		for dec := json.NewDecoder(strings.NewReader(text)); err == nil; n++ {
			var v any
			if err = dec.Decode(&v); err == nil {
				err = check.Validate(v)
			}
		}
		if n--; err != io.EOF || n < 2 {
			t.Errorf("%s: %d records follow the schema: %v", name, n, err)
		}
	}
	check := strictly(t, "articles")
	for _, text := range []string{goldenText(t, "articles.csv"), write(t, func(w *strings.Builder) error { return ArticlesCSV(w, real) })} {
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff"))).ReadAll()
		if err != nil || len(rows) < 2 {
			t.Fatal(len(rows), err)
		}
		for n, row := range rows[1:] {
			cells := map[string]any{}
			for i, name := range rows[0] {
				cells[name] = row[i]
			}
			if err := check.Validate(cells); err != nil {
				t.Errorf("articles.csv, row %d: %v", n, err)
			}
		}
	}
}

// A schema that lets anything through would pass every test above.
func TestSchemasRefuse(t *testing.T) {
	for _, c := range []struct{ schema, good, bad string }{
		{"skipped", `{"file":"a","line":null,"code":"json","reason":null,"excerpt":"{"}`, `{"file":"a","line":null,"code":null,"reason":null,"excerpt":"{"}`},
		{"skipped", `{"file":"a","line":2,"code":"json","reason":null,"excerpt":"{"}`, `{"file":"a","line":-2,"code":"json","reason":null,"excerpt":"{"}`},
		{"skipped", `{"file":"a","line":2,"code":"json","reason":null,"excerpt":"{"}`, `{"file":"a","line":2,"code":"json","reason":null,"excerpt":"{","new":1}`},
		{"pairs", `{"a":"1","b":"2","cosine":0.2,"same":0.4,"a_in_b":0,"b_in_a":0,"runs":[],"only_a":[],"only_b":[{"kind":"number","text":"5","at":[0,1]}],"decision":"apart","why":"linkage_apart"}`,
			`{"a":"1","b":"2","cosine":1.2,"same":0.4,"a_in_b":0,"b_in_a":0,"runs":[],"only_a":[],"only_b":[],"decision":"apart","why":"linkage_apart"}`},
		{"pairs", `{"a":"1","b":"2","cosine":0.2,"same":0.4,"a_in_b":0,"b_in_a":0,"runs":[],"only_a":[],"only_b":[],"decision":"apart","why":"linkage_apart"}`,
			`{"a":"1","b":"2","cosine":0.2,"same":0.4,"a_in_b":0,"b_in_a":0,"runs":null,"only_a":[],"only_b":[],"decision":"apart","why":"linkage_apart"}`},
		{"pairs", `{"a":"1","b":"2","cosine":0.2,"same":0.4,"a_in_b":0,"b_in_a":0,"runs":[],"only_a":[],"only_b":[],"decision":"apart","why":"linkage_apart"}`,
			`{"a":"1","b":"2","cosine":0.2,"same":0.4,"a_in_b":0,"b_in_a":0,"runs":[],"only_a":[{"kind":"word","text":"5","at":[0,1]}],"only_b":[],"decision":"apart","why":"linkage_apart"}`},
	} {
		check := strictly(t, c.schema)
		for text, want := range map[string]bool{c.good: true, c.bad: false} {
			var v any
			if err := json.Unmarshal([]byte(text), &v); err != nil {
				t.Fatal(err)
			}
			if err := check.Validate(v); (err == nil) != want {
				t.Errorf("%s: %s gives %v, want it to follow the schema: %v", c.schema, text, err, want)
			}
		}
	}
}

// askedOf returns the first questions of a run as they are written.
func askedOf(t *testing.T, r *qissa.Result) (all []Asked) {
	t.Helper()
	reader, err := r.Links().Ask(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	questions, err := reader.Questions(t.Context(), nil, 10, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range questions {
		all = append(all, Asked{Of: q, Yes: reader.Yes(q), No: reader.No(q, nil), OneStoryline: reader.OneStoryline(q, nil)})
	}
	return all
}

// matchesOf returns what the articles of a run have in common with one of them.
func matchesOf(t *testing.T, r *qissa.Result) Matches {
	t.Helper()
	copied := slices.IndexFunc(r.Pairs, func(p qissa.Pair) bool { return p.AInB > 0.9 }) // its text is in two articles
	first := r.Pairs[copied].A
	m := Matches{Text: r.Articles[first].LoadBody(nil), Articles: r.Articles, Stories: make([]MatchedStory, len(r.Articles))}
	m.Stories[first] = MatchedStory{"s_0123456789ab", "title", 2}
	var err error
	if m.Found, err = qissa.FindMatches(t.Context(), m.Text, m.Articles, qissa.PassageOptions{Words: qissa.LeastPassage}); err != nil {
		t.Fatal(err)
	}
	return m
}

// cutDown returns articles of which sentences are cut out: of a string, and of markup.
func cutDown(t *testing.T) Deduplication {
	t.Helper()
	const said = "وتعهدت الرباط بتخصيص مبالغ كبيرة لأعمال الترميم على مدى خمس سنوات تبدأ من الخريف المقبل بحسب بيان الوزارة."
	const own = "وقال سكان القرية إن الطريق إليها ما زالت مقطوعة منذ أسابيع بعد السيول التي جرفت الجسر القديم ومزارع النخيل."
	lines := []string{said, own + " " + said, "<p>وأعلنت بلدية الميناء أن ثلاث حافلات جديدة ستنقل تلاميذ الأحياء البعيدة إلى مدارسهم منذ مطلع الأسبوع المقبل بلا مقابل.</p><p>" + said + "</p>"}
	var d Deduplication
	for i, text := range lines {
		record, err := json.Marshal(map[string]string{"id": string(rune('a' + i)), "text": text})
		if err != nil {
			t.Fatal(err)
		}
		lines[i] = string(record)
	}
	for a, err := range article.Read(strings.NewReader(strings.Join(lines, "\n")), "in.jsonl", article.Options{KeepRaw: true}) {
		if err != nil {
			t.Fatal(err)
		}
		d.Articles = append(d.Articles, a)
	}
	cuts, err := qissa.FindCuts(t.Context(), d.Articles, qissa.CutOptions{Words: 8, Passages: true})
	if err != nil {
		t.Fatal(err)
	}
	d.Repeats, d.Cuts = cuts.Repeats, cuts
	if text := write(t, func(w *strings.Builder) error { return d.Dropped(w) }); !strings.Contains(text, `"cuts":`) || !strings.Contains(text, `"was":`) {
		t.Fatalf("nothing was cut out of a string, or of markup: %s", text)
	}
	return d
}

func goldenText(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// clustered returns what is found in the sample of the repository, and in the
// first articles of a real dump where there is one.
func clustered(t *testing.T) (*qissa.Result, Deduplication) {
	t.Helper()
	var articles []article.Article
	names := []string{"../testdata/sample.jsonl"}
	real, _ := filepath.Glob("../../shared/data/dumps/*.jsonl*")
	if len(real) == 0 && os.Getenv("CI") != "" {
		t.Error("no real dumps")
	}
	for i, name := range append(names, real...) {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for a, err := range article.SkipBad(article.Read(f, name, article.Options{}), func(*article.RecordError) {}) {
			if err != nil {
				t.Fatal(err)
			}
			articles = append(articles, a)
			if n++; i > 0 && n == 500 {
				break
			}
		}
		f.Close()
	}
	r, err := qissa.Cluster(t.Context(), articles, qissa.DefaultOptions())
	if err != nil {
		t.Fatal(err)
	}
	repeats, err := qissa.FindRepeats(t.Context(), articles, qissa.DefaultRepeatOptions())
	if err != nil {
		t.Fatal(err)
	}
	return r, Deduplication{Articles: articles, Repeats: repeats}
}

// strictly returns a schema as it stands in the repository, but allowing no field
// that it does not describe.
func strictly(t *testing.T, name string) *jsonschema.Resolved {
	t.Helper()
	data, err := os.ReadFile("../doc/schema/" + name + ".schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var s jsonschema.Schema
	if err := json.Unmarshal(data, &s); err != nil {
		t.Fatal(err)
	}
	eachSchema(&s, func(s *jsonschema.Schema) {
		if s.Properties != nil {
			s.AdditionalProperties = &jsonschema.Schema{Not: &jsonschema.Schema{}}
		}
	})
	r, err := s.Resolve(nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func eachSchema(s *jsonschema.Schema, do func(*jsonschema.Schema)) {
	do(s)
	for _, p := range s.Properties {
		eachSchema(p, do)
	}
	if s.Items != nil {
		eachSchema(s.Items, do)
	}
}
