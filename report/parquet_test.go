package report

import (
	"bytes"
	"testing"

	"github.com/parquet-go/parquet-go"
)

// What is written can be read, and two runs give the same bytes.
func TestParquet(t *testing.T) {
	r := sample()
	var stories, again, articles, pairs bytes.Buffer
	for _, err := range []error{StoriesParquet(&stories, r), StoriesParquet(&again, r), ArticlesParquet(&articles, r), PairsParquet(&pairs, r)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(stories.Bytes(), again.Bytes()) {
		t.Error("two runs give other bytes")
	}
	s, err := parquet.Read[storyColumns](bytes.NewReader(stories.Bytes()), int64(stories.Len()))
	if err != nil || len(s) != 4 || s[0].Size != 3 || *s[0].Title != "افتتاح الجسر المعلق بعد عامين من الأعمال" || len(s[0].Sources) != 2 || s[3].Title != nil {
		t.Errorf("stories: %+v, %v", s, err)
	}
	a, err := parquet.Read[memberColumns](bytes.NewReader(articles.Bytes()), int64(articles.Len()))
	if err != nil || len(a) != 6 || a[1].Relation != "verbatim" || *a[1].CopyOf != "a1" || a[0].CopyOf != nil {
		t.Errorf("articles: %+v, %v", a, err)
	}
	p, err := parquet.Read[pairColumns](bytes.NewReader(pairs.Bytes()), int64(pairs.Len()))
	if err != nil || len(p) != 3 || p[0].Why != "copy" || p[0].AInB != 0.8387 {
		t.Errorf("pairs: %+v, %v", p, err)
	}
}
