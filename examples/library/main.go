// Command library reads a dump and prints its stories: go run . dump.jsonl
package main

import (
	"context"
	"fmt"
	"log"
	"os"

	"qissa"
	"qissa/article"
)

func main() {
	dump, err := os.Open(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	defer dump.Close()
	articles, bad, err := article.ReadAll(dump, os.Args[1], article.Options{})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(len(articles), "articles,", len(bad), "damaged records")
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
}
