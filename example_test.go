package qissa_test

import (
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
