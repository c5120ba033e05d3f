package qissa_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"qissa"
	"qissa/article"
)

func clusterAll(t *testing.T, articles []article.Article, jobs int) *qissa.Result {
	t.Helper()
	opt := qissa.DefaultOptions()
	opt.Jobs = jobs
	r, err := qissa.Cluster(t.Context(), articles, opt)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestWorkersNeverChangeTheResult(t *testing.T) {
	articles := readArticles(t, "testdata/sample.jsonl")
	want := clusterAll(t, articles, 1)
	for _, jobs := range []int{2, 3, 8} {
		if got := clusterAll(t, articles, jobs); !reflect.DeepEqual(got, want) {
			t.Errorf("%d workers give another result than one", jobs)
		}
	}
}

// What is spilled is read where it stands now, and nowhere else.
func TestSpillingNeverChangesTheResult(t *testing.T) {
	articles := readArticles(t, "testdata/sample.jsonl")
	want := clusterAll(t, articles, 2)
	opt := qissa.DefaultOptions()
	var spilled atomic.Int64
	opt.Spill = func(b []byte) []byte {
		spilled.Add(int64(len(b)))
		moved := slices.Clone(b)
		clear(b)
		return moved
	}
	got, err := qissa.Cluster(t.Context(), articles, opt)
	if err != nil {
		t.Fatal(err)
	}
	if spilled.Load() == 0 {
		t.Error("nothing was spilled")
	}
	if !reflect.DeepEqual(got, want) {
		t.Error("spilling gives another result")
	}
}

// Of the stages that take long on a large run it is told how far they are, up to
// their end.
func TestProgressOfStages(t *testing.T) {
	opt := qissa.DefaultOptions()
	var stages []qissa.Stage
	last := map[qissa.Stage]qissa.Progress{}
	var mu sync.Mutex
	opt.Progress = func(p qissa.Progress) {
		mu.Lock()
		defer mu.Unlock()
		if _, seen := last[p.Stage]; !seen {
			stages = append(stages, p.Stage)
		}
		last[p.Stage] = p
	}
	if _, err := qissa.Cluster(t.Context(), readArticles(t, "testdata/sample.jsonl"), opt); err != nil {
		t.Fatal(err)
	}
	want := []qissa.Stage{qissa.StageWords, qissa.StageWeighing, qissa.StageComparing, qissa.StageSections, qissa.StageFirstWords,
		qissa.StageAligning, qissa.StageNeighbours, qissa.StageDeciding, qissa.StageLinking, qissa.StageStorylines, qissa.StageGathering, qissa.StageStories, qissa.StagePairs}
	if !slices.Equal(stages, want) {
		t.Errorf("stages %q, want %q", stages, want)
	}
	for _, stage := range []qissa.Stage{qissa.StageWords, qissa.StageComparing, qissa.StageDeciding, qissa.StageStories, qissa.StagePairs} {
		if p := last[stage]; p.Total == 0 || p.Done != p.Total {
			t.Errorf("%s: the last that is told is %d of %d", stage, p.Done, p.Total)
		}
	}
}

func TestOrderOfInputNeverChangesTheStories(t *testing.T) {
	articles := readArticles(t, "testdata/sample.jsonl")
	want := members(clusterAll(t, articles, 2))
	for seed := range uint64(5) {
		shuffled := slices.Clone(articles)
		rand.New(rand.NewPCG(seed, 0)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		if got := members(clusterAll(t, shuffled, 2)); !reflect.DeepEqual(got, want) {
			t.Errorf("seed %d: stories are %v, want %v", seed, got, want)
		}
	}
}

// members lists the titles of each story by its id. Ids of articles that were
// given twice depend on which comes first.
func members(r *qissa.Result) map[string][]string {
	stories := map[string][]string{}
	for _, s := range r.Stories {
		for _, m := range s.Members {
			a := r.Articles[m.Article]
			stories[s.ID] = append(stories[s.ID], fmt.Sprint(a.Title, a.Source, a.Time, m.Relation, m.Copied))
		}
	}
	return stories
}

func TestResultHoldsTogether(t *testing.T) {
	articles := readArticles(t, "testdata/sample.jsonl")
	r := clusterAll(t, articles, 2)
	if len(r.Articles) != len(articles) || len(r.StoryOf) != len(articles) || len(r.Words) != len(articles) {
		t.Fatalf("%d articles in, %d out", len(articles), len(r.Articles))
	}
	seen := make([]bool, len(articles))
	for n, s := range r.Stories {
		for i, m := range s.Members {
			if seen[m.Article] || r.StoryOf[m.Article] != n {
				t.Errorf("article %d stands twice, or in story %d and %d", m.Article, n, r.StoryOf[m.Article])
			}
			seen[m.Article] = true
			if (m.Relation == qissa.First) != (i == 0) {
				t.Errorf("story %s: member %d is %q", s.ID, i, m.Relation)
			}
			if i > 0 && s.Members[i-1].Article >= m.Article {
				t.Errorf("story %s: members are out of order", s.ID)
			}
		}
	}
	if slices.Contains(seen, false) {
		t.Error("an article is in no story")
	}
	for _, p := range r.Pairs {
		a, b := []rune(r.Articles[p.A].Title+"\n"+r.Articles[p.A].Body), []rune(r.Articles[p.B].Title+"\n"+r.Articles[p.B].Body)
		for _, run := range p.Passages {
			if run.A[0] >= run.A[1] || run.A[1] > len(a) || run.B[0] >= run.B[1] || run.B[1] > len(b) {
				t.Errorf("pair %d and %d: run %v is not inside the texts", p.A, p.B, run)
			}
		}
	}
}

func news(source, title, body string, hour int) article.Article {
	return article.Article{Source: source, Title: title, Body: body, Precision: article.Exact,
		Time: time.Date(2025, 7, 14, hour, 0, 0, 0, time.UTC)}
}

const bridgeNews = "افتتح رئيس البلدية صباح اليوم جسر المشاة الجديد الذي يصل بين ضفتي النهر في وسط المدينة القديمة"

func TestStories(t *testing.T) {
	opened := news("المرفأ", "افتتاح جسر المشاة", bridgeNews, 9)
	undated := opened
	undated.Time, undated.Precision = time.Time{}, article.None
	late := opened
	late.Time = late.Time.AddDate(0, 0, 9)
	for _, test := range []struct {
		name     string
		articles []article.Article
		stories  int
	}{
		{"no articles", nil, 0},
		{"one article", []article.Article{opened}, 1},
		{"two identical", []article.Article{opened, opened}, 1},
		{"another outlet, with vowel marks", []article.Article{opened, news("الرواق", "اِفتِتاح جِسر المُشاة", bridgeNews, 11)}, 1},
		{"an undated copy", []article.Article{opened, undated}, 1},
		{"the same text nine days later", []article.Article{opened, late}, 2},
		{"another subject", []article.Article{opened, news("الرواق", "موجة حر في الساحل", "تبلغ موجة الحر ذروتها يوم الأربعاء وتنصح الأرصاد بتجنب الشمس", 11)}, 2},
		{"no text at all, twice", []article.Article{news("", "", "", 9), news("", "", "", 9)}, 2},
		{"only stop words, twice", []article.Article{news("", "في هذا", "", 9), news("", "في هذا", "", 9)}, 2},
		{"a standing title, twice", []article.Article{news("", "كاريكاتير اليوم", "", 9), news("", "كاريكاتير اليوم", "", 9)}, 2},
	} {
		if r := clusterAll(t, test.articles, 2); len(r.Stories) != test.stories {
			t.Errorf("%s: %d stories, want %d", test.name, len(r.Stories), test.stories)
		}
	}
}

func TestTextThatIsNotComparedIsNamed(t *testing.T) {
	r := clusterAll(t, []article.Article{
		news("أ", "في هذا", "", 9), news("ب", "كاريكاتير اليوم", "", 10), news("ج", "افتتاح جسر المشاة", bridgeNews, 11),
	}, 1)
	if !slices.Equal(r.Termless, []int{0}) || !slices.Equal(r.TooShort, []int{1}) {
		t.Errorf("without terms: %v, too short: %v, want article 0 and 1", r.Termless, r.TooShort)
	}
}
