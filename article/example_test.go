package article_test

import (
	"fmt"
	"log"
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

// All articles at once, and beside them what was wrong with the other records.
func ExampleReadAll() {
	dump := "title,text,date\nسوق السمك,افتتحت البلدية السوق.,2025-07-14\n,,\nجسر المشاة,يصل الجسر بين الضفتين.,2025-07-15\n"
	articles, bad, err := article.ReadAll(strings.NewReader(dump), "dump.csv", article.Options{})
	if err != nil {
		log.Fatal(err)
	}
	for _, a := range articles {
		fmt.Println(a.Time.Format("2006-01-02"), a.Title)
	}
	for _, e := range bad {
		fmt.Println("skipped", e)
	}
	// Output:
	// 2025-07-14 سوق السمك
	// 2025-07-15 جسر المشاة
	// skipped dump.csv:3: no title and no body
}

// One article after the other, in the memory of one, without its damaged records.
func ExampleSkipBad() {
	dump := `{"title":"سوق السمك","text":"افتتحت البلدية السوق."}
{"title":"خبر مقطوع","text":"نص
{"title":"جسر المشاة","text":"يصل الجسر بين الضفتين."}`
	skipped := 0
	count := func(*article.RecordError) { skipped++ }
	for a, err := range article.SkipBad(article.Read(strings.NewReader(dump), "dump.jsonl", article.Options{}), count) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(a.Title)
	}
	fmt.Println(skipped, "skipped")
	// Output:
	// سوق السمك
	// جسر المشاة
	// 1 skipped
}
