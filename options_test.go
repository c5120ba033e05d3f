package qissa_test

import (
	"context"
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"qissa"
	"qissa/article"
	"qissa/internal/parallel"
)

// Options out of range are named, with the range.
func TestOptionsAreChecked(t *testing.T) {
	articles := readArticles(t, "testdata/sample.jsonl")
	for _, test := range []struct {
		change func(*qissa.Options)
		want   string
	}{
		{func(o *qissa.Options) { *o = qissa.Options{} }, "qissa: Options.Story 0: want 0.05 to 1"},
		{func(o *qissa.Options) { o.Story = 7 }, "qissa: Options.Story 7: want 0.05 to 1"},
		{func(o *qissa.Options) { o.Story = -3 }, "qissa: Options.Story -3: want 0.05 to 1"},
		{func(o *qissa.Options) { o.Story = math.NaN() }, "qissa: Options.Story NaN: want 0.05 to 1"},
		{func(o *qissa.Options) { o.Copy = -3 }, "qissa: Options.Copy -3: want 0.2 to 1"},
		{func(o *qissa.Options) { o.Copy = 1.1 }, "qissa: Options.Copy 1.1: want 0.2 to 1"},
		{func(o *qissa.Options) { o.Window = -time.Hour }, "qissa: Options.Window -1h0m0s: want 0 or more"},
	} {
		opt := qissa.DefaultOptions()
		test.change(&opt)
		if _, err := qissa.Cluster(t.Context(), articles, opt); err == nil || err.Error() != test.want {
			t.Errorf("error %v, want %s", err, test.want)
		}
	}
	for _, test := range []struct {
		change func(*qissa.RepeatOptions)
		want   string
	}{
		{func(o *qissa.RepeatOptions) { o.Level = "nonsense" }, `qissa: RepeatOptions.Level "nonsense": want verbatim, edited, story or storyline`},
		{func(o *qissa.RepeatOptions) { o.Level = "" }, `qissa: RepeatOptions.Level "": want verbatim, edited, story or storyline`},
		{func(o *qissa.RepeatOptions) { o.Copy = 0 }, "qissa: RepeatOptions.Copy 0: want 0.2 to 1"},
		{func(o *qissa.RepeatOptions) { o.Window = -1 }, "qissa: RepeatOptions.Window -1ns: want 0 or more"},
	} {
		opt := qissa.DefaultRepeatOptions()
		test.change(&opt)
		if _, err := qissa.FindRepeats(t.Context(), articles, opt); err == nil || err.Error() != test.want {
			t.Errorf("error %v, want %s", err, test.want)
		}
	}
	if err := qissa.DefaultOptions().Validate(); err != nil {
		t.Error(err)
	}
	if err := qissa.DefaultRepeatOptions().Validate(); err != nil {
		t.Error(err)
	}
}

// Jobs of 0 or less are one worker for each processor.
func TestJobsOfNoNumberAreAll(t *testing.T) {
	articles := readArticles(t, "testdata/sample.jsonl")
	want := clusterAll(t, articles, 1)
	for _, jobs := range []int{0, -1, math.MinInt} {
		if got := clusterAll(t, articles, jobs); !reflect.DeepEqual(got, want) {
			t.Errorf("%d jobs give another result than one", jobs)
		}
		opt := qissa.DefaultRepeatOptions()
		opt.Jobs = jobs
		if len(findRepeats(t, articles, opt)) != len(articles) {
			t.Errorf("%d jobs find other repeats", jobs)
		}
	}
}

// A window of less than a second is a second, not none.
func TestShortWindowIsALimit(t *testing.T) {
	early, late := news("المرفأ", "افتتاح جسر المشاة", bridgeNews, 9), news("الرواق", "افتتاح جسر المشاة", bridgeNews, 9)
	for _, test := range []struct {
		window, apart time.Duration
		stories       int
	}{
		{time.Millisecond, 1000 * time.Hour, 2},
		{500 * time.Millisecond, time.Second, 1},
		{time.Second, time.Second, 1},
		{1500 * time.Millisecond, 2 * time.Second, 1},
		{1500 * time.Millisecond, 3 * time.Second, 2},
		{0, 1000 * time.Hour, 1},
	} {
		late.Time = early.Time.Add(test.apart)
		opt := qissa.DefaultOptions()
		opt.Window = test.window
		r, err := qissa.Cluster(t.Context(), []article.Article{early, late}, opt)
		if err != nil || len(r.Stories) != test.stories {
			t.Errorf("window %v, %v apart: %d stories, %v, want %d", test.window, test.apart, len(r.Stories), err, test.stories)
		}
	}
}

// The share from which an article counts as a copy moves relations and counts.
func TestCopyMovesRelations(t *testing.T) {
	articles := readArticles(t, "testdata/sample.jsonl")
	copies := func(share float64) (n int) {
		opt := qissa.DefaultOptions()
		opt.Copy = share
		r, err := qissa.Cluster(t.Context(), articles, opt)
		if err != nil {
			t.Fatal(err)
		}
		edited := 0
		for _, s := range r.Stories {
			for _, m := range s.Members {
				if m.Relation == qissa.Edited {
					edited++
					if m.Copied < share {
						t.Errorf("an edited copy shares %v, the least is %v", m.Copied, share)
					}
				}
			}
		}
		return r.Counts.Copies
	}
	if few, some, many := copies(0.99), copies(0.6), copies(0.25); !(few < some && some < many) {
		t.Errorf("%d copies at 0.99, %d at 0.6, %d at 0.25", few, some, many)
	}
}

// A panic of a worker reaches whoever called, who may tell it.
func TestPanicOfAWorkerReachesTheCaller(t *testing.T) {
	opt := qissa.DefaultOptions()
	opt.Progress = func(p qissa.Progress) {
		if p.Stage == qissa.StageComparing && p.Done > 0 {
			panic("told to")
		}
	}
	defer func() {
		if p, ok := recover().(*parallel.Panic); !ok || !strings.Contains(p.String(), "told to") {
			t.Errorf("recovered %v, want the panic of the worker", p)
		}
	}()
	_, err := qissa.Cluster(t.Context(), readArticles(t, "testdata/sample.jsonl"), opt)
	t.Errorf("Cluster returned %v", err)
}

// At the level of stories texts are read once.
func TestStoryLevelReadsTextsOnce(t *testing.T) {
	opt := qissa.DefaultRepeatOptions()
	opt.Level = qissa.LevelStory
	begun := map[qissa.Stage]int{}
	opt.Progress = func(p qissa.Progress) {
		if p.Total == 0 {
			begun[p.Stage]++
		}
	}
	findRepeats(t, readArticles(t, "testdata/sample.jsonl"), opt)
	if begun[qissa.StageWords] != 1 {
		t.Errorf("texts were read %d times", begun[qissa.StageWords])
	}
}

func TestCancelledRun(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	articles := readArticles(t, "testdata/sample.jsonl")
	if _, err := qissa.Cluster(ctx, articles, qissa.DefaultOptions()); !errors.Is(err, context.Canceled) {
		t.Errorf("Cluster: %v", err)
	}
	if _, err := qissa.FindRepeats(ctx, articles, qissa.DefaultRepeatOptions()); !errors.Is(err, context.Canceled) {
		t.Errorf("FindRepeats: %v", err)
	}
	if _, err := qissa.BuildModel(ctx, articles, qissa.DefaultOptions()); !errors.Is(err, context.Canceled) {
		t.Errorf("BuildModel: %v", err)
	}
}
