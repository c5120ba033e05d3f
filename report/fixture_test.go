package report

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"qissa"
	"qissa/article"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares got with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s is not as expected (-update writes it anew); got:\n%s", name, got)
	}
}

func at(hour, minute int) time.Time {
	return time.Date(2026, 3, 9, hour, minute, 0, 0, time.UTC)
}

// sample is a result of six articles in four stories: one with a copy and a
// partial copy, one undated, one with a date like «منذ ساعتين», one hostile.
func sample() *qissa.Result {
	bridge := "أعلنت بلدية المدينة افتتاح الجسر المعلق أمام السيارات صباح الاثنين بعد عامين من الأعمال، وقالت إن كلفة المشروع بلغت 40 مليون دينار."
	r := &qissa.Result{
		Articles: []article.Article{
			{ID: "a1", Source: "الساحل", URL: "https://sahel.example/1", Title: "افتتاح الجسر المعلق بعد عامين من الأعمال",
				Body: bridge + "\nوحضر الافتتاح عدد من الأهالي.", Time: at(8, 30), TimeRaw: "2026-03-09T08:30:00Z", Precision: article.Exact, Origin: article.Origin{File: "dump.jsonl", Line: 1, Item: 1}},
			{ID: "a2", Source: "بريد الشمال", URL: "https://north.example/7", Title: "الجسر المعلق يفتح أبوابه للسيارات",
				Body: bridge, Time: at(9, 5), TimeRaw: "2026-03-09T09:05:00Z", Precision: article.Exact, Origin: article.Origin{File: "dump.jsonl", Line: 2, Item: 2}},
			{ID: "a3", Source: "الساحل", Title: "=SUM(A1) طرق جديدة تربط الضفتين",
				Body: "قال مهندس المشروع إن كلفة المشروع بلغت 42 مليون دينار، وإن الطرق الجديدة تربط الضفتين في عشر دقائق.", Time: at(24, 0), TimeRaw: "10 مارس 2026", Precision: article.Day, Origin: article.Origin{File: "dump.jsonl", Line: 3, Item: 3}},
			{ID: "a4", Source: "الضحى", Title: "الأرصاد: أمطار متفرقة على الساحل",
				Body: "تتوقع الأرصاد أمطارا متفرقة على الساحل مساء الثلاثاء.", Time: at(12, 0), TimeRaw: "منذ ساعتين", Precision: article.Relative, Origin: article.Origin{File: "page.txt", Item: 1}},
			{ID: "a5", Source: "", URL: "javascript:alert(1)", Title: "</script><img src=x onerror=alert(1)>\u202eعنوان\x00 خبيث",
				Body: "نص <b>عادي</b>\u2028وسطر آخر.", TimeRaw: "منذ يومين", Precision: article.Relative, Origin: article.Origin{File: "page.txt", Item: 2}},
			{ID: "a6", Source: "الضحى", Body: "«...»", Precision: article.None, Origin: article.Origin{File: "page.txt", Item: 3}},
		},
		Words:    []int{31, 27, 22, 14, 7, 0},
		StoryOf:  []int{0, 0, 0, 1, 2, 3},
		Termless: []int{5},
		Counts: qissa.Counts{Articles: 6, Sources: 3, Stories: 4, Single: 3, Multiple: 1, Largest: 3, ToReview: 1,
			Undated: 2, Relative: 1, Termless: 1, SimilarPairs: 4, AlignedPairs: 3, Copies: 1, RepeatedText: 0.2574},
	}
	r.Stories = []qissa.Story{
		{ID: "s_0a1b2c3d4e5f", Members: []qissa.Member{
			{Article: 0, Relation: qissa.First, CopyOf: -1},
			{Article: 1, Relation: qissa.Verbatim, Copied: 0.96296, CopyOf: 0, Order: qissa.ByTime},
			{Article: 2, Relation: qissa.PartlyCopied, Copied: 0.31818, CopyOf: 0, Order: qissa.ByTime, Origin: 1}},
			Representative: 0, Reason: qissa.MostCentral, Bridge: 1, First: 0, Earliest: 0, Last: 2, Sources: []string{"الساحل", "بريد الشمال"},
			KeyPhrases: []string{"الجسر المعلق", "كلفة المشروع"}, Cohesion: 0.48812, WeakestLink: 0.3, Trust: 0.432, Review: []qissa.Review{"low_trust"},
			Origins:      []qissa.Origin{{Article: 0, Articles: 2, Sources: 2}, {Article: 2, Articles: 1, Sources: 1}},
			Figures:      []qissa.Figure{{Kind: qissa.Number, Of: "دينار", Differ: true, Values: []qissa.FigureValue{{Text: "40 مليون", Articles: []int{0, 1}}, {Text: "42 مليون", Articles: []int{2}}}}},
			RepeatedText: 0.4125, Neighbours: []qissa.Neighbour{{Story: 1, Sim: 0.07, Shared: 0.0149}}},
		{ID: "s_111111111111", Members: []qissa.Member{{Article: 3, Relation: qissa.First, CopyOf: -1}},
			Representative: 3, Reason: qissa.OnlyArticle, Bridge: -1, First: 3, Earliest: 3, Last: 3, Sources: []string{"الضحى"}, KeyPhrases: []string{"أمطار متفرقة"},
			Cohesion: 1, WeakestLink: 1, Trust: 1, Neighbours: []qissa.Neighbour{{Story: 0, Sim: 0.07, Shared: 0.0149}}},
		{ID: "s_222222222222", Members: []qissa.Member{{Article: 4, Relation: qissa.First, CopyOf: -1}},
			Representative: 4, Reason: qissa.OnlyArticle, Bridge: -1, First: -1, Earliest: -1, Last: -1, FirstReason: qissa.FirstUndated, Cohesion: 1, WeakestLink: 1, Trust: 1},
		{ID: "s_333333333333", Members: []qissa.Member{{Article: 5, Relation: qissa.First, CopyOf: -1}},
			Representative: 5, Reason: qissa.OnlyArticle, Bridge: -1, First: -1, Earliest: -1, Last: -1, FirstReason: qissa.FirstUndated, Sources: []string{"الضحى"}, Cohesion: 1, WeakestLink: 1, Trust: 1},
	}
	r.Storylines = []qissa.Storyline{
		{ID: "l_0a1b2c3d4e5f", Stories: []int{0, 1}, Title: 0, Articles: 4},
		{ID: "l_222222222222", Stories: []int{2}, Title: 4, Articles: 1},
		{ID: "l_333333333333", Stories: []int{3}, Title: 5, Articles: 1},
	}
	r.Stories[2].Storyline, r.Stories[3].Storyline = 1, 2
	for n, story := range r.Stories {
		if len(story.Origins) == 0 {
			r.Stories[n].Origins = []qissa.Origin{{Article: story.Representative, Articles: 1, Sources: 1}}
		}
		for i, m := range story.Members {
			story.Members[i].Credit = article.Credit(r.Articles[m.Article].Body)
		}
	}
	r.Pairs = []qissa.Pair{
		{A: 0, B: 1, Cosine: 0.81234, Same: 0.9, AInB: 0.8387, BInA: 0.96296, Decision: "merged", Why: "copy",
			Passages: []qissa.Passage{shared(r, 0, 1, bridge)}},
		{A: 0, B: 2, Cosine: 0.33, Same: 0.31, AInB: 0.2, BInA: 0.31818, Decision: "merged", Why: "linkage",
			Passages: []qissa.Passage{shared(r, 0, 2, "إن كلفة المشروع بلغت")},
			OnlyA:    []qissa.Fact{{Kind: qissa.Date, Text: "الاثنين", At: [2]int{50, 57}}}, OnlyB: []qissa.Fact{{Kind: qissa.Number, Text: "12", At: [2]int{60, 62}}}},
		{A: 0, B: 3, Cosine: 0.07, Same: 0.05, AInB: 0, BInA: 0.0149, Decision: "apart", Why: "below_threshold"},
	}
	return r
}

// shared places a passage that stands in two articles.
func shared(r *qissa.Result, a, b int, passage string) qissa.Passage {
	place := func(n int) [2]int {
		s := r.Articles[n].Title + "\n" + r.Articles[n].Body
		before, _, found := strings.Cut(s, passage)
		if !found {
			panic("passage not in article " + r.Articles[n].ID)
		}
		from := utf8.RuneCountInString(before)
		return [2]int{from, from + utf8.RuneCountInString(passage)}
	}
	words := len(strings.Fields(passage))
	return qissa.Passage{A: place(a), B: place(b), Words: words, Stock: words < 6}
}

func sampleSkipped() []*article.RecordError {
	return []*article.RecordError{
		{File: "dump.jsonl", Line: 4, Code: "json", Err: article.Messagef("json_ends", "not JSON (unexpected end, column %d)", 12), Excerpt: `{"title":"<ناقص`},
		{File: "old.gz", Code: "truncated", Err: errors.New("ends early")},
	}
}

func sampleRun(r *qissa.Result) Run {
	return Run{
		Version:  "0.1.0",
		Settings: []Setting{{"window", "72h0m0s"}, {"story", 0.25}, {"copy", 0.6}},
		Inputs:   []Input{{"dump.jsonl", strings.Repeat("ab", 32), 3}, {"page.txt", strings.Repeat("cd", 32), 3}},
		Counts:   r.Counts, Skipped: 2,
		Warnings: []*article.Message{article.Messagef("record_skipped", "%s: %v; record skipped", "dump.jsonl:4", article.Messagef("json_ends", "not JSON (unexpected end, column %d)", 12))},
	}
}

// write runs one of the package's functions on a string.
func write(t *testing.T, f func(w *strings.Builder) error) string {
	t.Helper()
	var b strings.Builder
	if err := f(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
