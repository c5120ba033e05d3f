package corpus

import (
	"fmt"
	"slices"
	"testing"

	"qissa/article"
)

// The same words before and after titles are two affixes, always in the same order:
// a model is written with them.
func TestAffixesOnBothSides(t *testing.T) {
	var articles []article.Article
	var outlet, counted []int
	for i := range 8 {
		articles = append(articles, article.Article{Source: "الأفق", Title: fmt.Sprintf("خاص - وصول القافلة رقم %d إلى المدينة - خاص", i)})
		outlet, counted = append(outlet, 0), append(counted, i)
	}
	want := []Affix{{"الأفق", true, "خاص"}, {"الأفق", false, "خاص"}}
	for range 20 {
		if got := findAffixes(articles, outlet, []int{8}, counted); !slices.Equal(got, want) {
			t.Fatalf("%v, want %v", got, want)
		}
	}
}
