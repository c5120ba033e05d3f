package report

import (
	"strings"
	"testing"

	"qissa"
	"qissa/article"
)

// A result that is read from its files gives the same files, and the same page.
func TestResultFromItsFiles(t *testing.T) {
	r := sample()
	stories := write(t, func(w *strings.Builder) error { return StoriesJSONL(w, r) })
	pairs := write(t, func(w *strings.Builder) error { return PairsJSONL(w, r) })
	again, err := ReadResult(r.Articles, strings.NewReader(stories), strings.NewReader(pairs), r.Counts)
	if err != nil {
		t.Fatal(err)
	}
	if got := write(t, func(w *strings.Builder) error { return StoriesJSONL(w, again) }); got != stories {
		t.Errorf("stories are\n%s\nwant\n%s", got, stories)
	}
	if got := write(t, func(w *strings.Builder) error { return PairsJSONL(w, again) }); got != pairs {
		t.Errorf("pairs are\n%s\nwant\n%s", got, pairs)
	}
	run := sampleRun(r)
	text := write(t, func(w *strings.Builder) error { return RunJSON(w, run) })
	read, err := ReadRun(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if got := write(t, func(w *strings.Builder) error { return RunJSON(w, read) }); got != text {
		t.Errorf("run.json is\n%s\nwant\n%s", got, text)
	}
	skipped := write(t, func(w *strings.Builder) error { return SkippedJSONL(w, sampleSkipped()) })
	list, err := ReadSkipped(strings.NewReader(skipped))
	if err != nil {
		t.Fatal(err)
	}
	if got := write(t, func(w *strings.Builder) error { return SkippedJSONL(w, list) }); got != skipped {
		t.Errorf("skipped.jsonl is\n%s\nwant\n%s", got, skipped)
	}
}

// What stories say of their articles is enough to write them again, all or a part of them;
// the part has no neighbours and pairs beyond it.
func TestPartOfItsFiles(t *testing.T) {
	r := sample()
	r.Articles[0].Others = &article.Others{
		AlsoIn:   []article.Record{{ID: "x", Source: "الساحل", URL: "https://example.org/x", Time: r.Articles[0].Time, Origin: article.Origin{File: "a", Line: 3}}},
		Versions: []article.Record{{Title: "قبل", Gone: []string{"40"}, New: []string{"42"}, Origin: article.Origin{File: "b", Item: 2}}},
	}
	r.Articles[0].SourceRaw = "الساحل - محليات"
	stories := write(t, func(w *strings.Builder) error { return StoriesJSONL(w, r) })
	pairs := write(t, func(w *strings.Builder) error { return PairsJSONL(w, r) })
	part := func(stories string) *qissa.Result {
		articles, err := ReadArticles(strings.NewReader(stories))
		if err != nil {
			t.Fatal(err)
		}
		again, err := ReadPart(articles, strings.NewReader(stories), strings.NewReader(pairs))
		if err != nil {
			t.Fatal(err)
		}
		return again
	}
	all := part(stories)
	if got := write(t, func(w *strings.Builder) error { return StoriesJSONL(w, all) }); got != stories {
		t.Errorf("stories are\n%s\nwant\n%s", got, stories)
	}
	if got := write(t, func(w *strings.Builder) error { return PairsJSONL(w, all) }); got != pairs {
		t.Errorf("pairs are\n%s\nwant\n%s", got, pairs)
	}
	first, rest, _ := strings.Cut(stories, "\n")
	if !strings.Contains(first, `"neighbours":[{`) {
		t.Fatal("a story with neighbours is to be tested")
	}
	one := part(first)
	if len(one.Stories) != 1 || one.Stories[0].Neighbours != nil || len(one.Pairs) == 0 || len(one.Pairs)+len(part(rest).Pairs) >= len(all.Pairs) {
		t.Errorf("a part: %+v", one)
	}
}

func TestOnlyOneStory(t *testing.T) {
	r := sample()
	one := Only(r, "s_0a1b2c3d4e5f")
	if one == nil || len(one.Articles) != 3 || len(one.Pairs) != 2 || one.Counts.Copies != 1 {
		t.Fatalf("one story: %+v", one)
	}
	page := write(t, func(w *strings.Builder) error { return HTML(w, one, HTMLOptions{}) })
	if !strings.Contains(page, "الجسر المعلق يفتح أبوابه للسيارات") || strings.Contains(page, "أمطار متفرقة") {
		t.Error("the page of one story lacks an article of it, or has one of another")
	}
	if Only(r, "s_none") != nil {
		t.Error("a story that is not there is found")
	}
}
