package qissa_test

import (
	"bytes"
	"context"
	"fmt"
	"log"
	"strings"

	"qissa"
	"qissa/article"
)

// Two of these items are one story, the second of them a copy of the first.
const exampleDump = `{"source":"المرفأ","time":"2025-07-14T09:00:00Z","title":"افتتاح جسر المشاة في وسط المدينة","body":"افتتح رئيس البلدية صباح اليوم جسر المشاة الجديد الذي يصل بين ضفتي النهر في وسط المدينة القديمة، بعد عامين من العمل."}
{"source":"الرواق","time":"2025-07-14T11:30:00Z","title":"جسر المشاة يصل بين ضفتي النهر","body":"افتتح رئيس البلدية صباح اليوم جسر المشاة الجديد الذي يصل بين ضفتي النهر في وسط المدينة القديمة، بعد عامين من العمل."}
{"source":"الرواق","time":"2025-07-14T12:00:00Z","title":"موجة حر تصل إلى الساحل","body":"تبلغ موجة الحر ذروتها يوم الأربعاء، وتنصح الأرصاد بتجنب التعرض للشمس في ساعات الظهيرة."}`

func ExampleCluster() {
	articles, bad, err := article.ReadAll(strings.NewReader(exampleDump), "dump.jsonl", article.Options{})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(len(bad), "records are damaged")
	result, err := qissa.Cluster(context.Background(), articles, qissa.DefaultOptions())
	if err != nil {
		log.Fatal(err)
	}
	for _, story := range result.Stories {
		fmt.Println(len(story.Members), result.Articles[story.Representative].Title)
		for _, m := range story.Members {
			fmt.Println("-", result.Articles[m.Article].Source, m.Relation)
		}
	}
	// Output:
	// 0 records are damaged
	// 2 افتتاح جسر المشاة في وسط المدينة
	// - المرفأ first
	// - الرواق shortened
	// 1 موجة حر تصل إلى الساحل
	// - الرواق first
}

// Of two articles with nearly the same text the first in the input is kept.
func ExampleFindRepeats() {
	articles, _, err := article.ReadAll(strings.NewReader(exampleDump), "dump.jsonl", article.Options{})
	if err != nil {
		log.Fatal(err)
	}
	repeats, err := qissa.FindRepeats(context.Background(), articles, qissa.DefaultRepeatOptions())
	if err != nil {
		log.Fatal(err)
	}
	for i, r := range repeats {
		if r == nil {
			fmt.Println("keep", articles[i].Title)
		} else {
			fmt.Printf("drop %s: %s, %.0f %% of it stands in %s\n", articles[i].Title, r.How, 100*r.Copied, articles[r.Of].Title)
		}
	}
	// Output:
	// keep افتتاح جسر المشاة في وسط المدينة
	// drop جسر المشاة يصل بين ضفتي النهر: shortened, 93 % of it stands in افتتاح جسر المشاة في وسط المدينة
	// keep موجة حر تصل إلى الساحل
}

// A passage is read out of either article; offsets are code points.
func ExampleSpan_Text() {
	articles, _, err := article.ReadAll(strings.NewReader(exampleDump), "dump.jsonl", article.Options{})
	if err != nil {
		log.Fatal(err)
	}
	result, err := qissa.Cluster(context.Background(), articles, qissa.DefaultOptions())
	if err != nil {
		log.Fatal(err)
	}
	for _, pair := range result.Pairs {
		for _, p := range pair.Passages {
			if !p.Stock {
				fmt.Printf("%d words: %.40s…\n", p.Words, p.A.Text(&result.Articles[pair.A]))
			}
		}
	}
	// Output:
	// 21 words: افتتح رئيس البلدية صباح اليوم جسر المشاة…
}

// A model that was counted over a month gives every day the same statistics.
func ExampleBuildModel() {
	month, _, err := article.ReadAll(strings.NewReader(exampleDump), "month.jsonl", article.Options{})
	if err != nil {
		log.Fatal(err)
	}
	model, err := qissa.BuildModel(context.Background(), month, qissa.DefaultOptions())
	if err != nil {
		log.Fatal(err)
	}
	var file bytes.Buffer // kept from day to day
	if err := model.Write(&file); err != nil {
		log.Fatal(err)
	}
	opt := qissa.DefaultOptions()
	if opt.Model, err = qissa.ReadModel(&file); err != nil {
		log.Fatal(err)
	}
	today := month[:2]
	result, err := qissa.Cluster(context.Background(), today, opt)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(len(result.Stories), "story; the model is still", opt.Model.ID() == model.ID())
	// Output:
	// 1 story; the model is still true
}
