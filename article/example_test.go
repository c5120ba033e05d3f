package article_test

import (
	"fmt"
	"strings"

	"qissa/article"
)

func ExampleRead() {
	dump := `{"headline":"افتتاح سوق السمك","body":"افتتحت البلدية السوق.","site":"المرفأ","published":"14 تموز 2025"}
{"headline":"خبر مقطوع","body":"نص`
	opt := article.Options{Found: func(r article.Recognised) { fmt.Println(r) }}
	for a, err := range article.Read(strings.NewReader(dump), "dump.jsonl", opt) {
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(a.Source, a.Time.Format("2006-01-02"), a.Precision)
	}
	// Output:
	// dump.jsonl: jsonl, UTF-8; source=site title=headline text=body time=published
	// المرفأ 2025-07-14 day
	// dump.jsonl:2: not JSON (unexpected end, column 35)
}
