package report

import (
	"bytes"
	"encoding/csv"

	"qissa"
)

// AppendStory appends the line of [StoriesJSONL] of one story, by its number.
func AppendStory(to []byte, r *qissa.Result, story int) []byte {
	var j jsonText
	storyRecord(r, r.Stories[story]).append(&j)
	return append(append(to, j...), '\n')
}

// AppendPair appends the line of [PairsJSONL] of one pair, by its number.
func AppendPair(to []byte, r *qissa.Result, pair int) []byte {
	var j jsonText
	pairRecord(r, r.Pairs[pair]).append(&j)
	return append(append(to, j...), '\n')
}

// AppendArticles appends the rows of [ArticlesCSV] of one story, by its number.
func AppendArticles(to []byte, r *qissa.Result, story int) []byte {
	var b bytes.Buffer
	c := csv.NewWriter(&b)
	row := make([]string, len(articleColumns))
	for _, m := range r.Stories[story].Members {
		articleRow(row, r, r.Stories[story], m)
		_ = c.Write(row) // a buffer takes all
	}
	c.Flush()
	return append(to, b.Bytes()...)
}
