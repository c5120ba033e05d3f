package keyphrase_test

import (
	"slices"
	"testing"

	"qissa/article"
	"qissa/internal/corpus"
	"qissa/internal/keyphrase"
)

// finder reads articles, each a title and a text; all words are as rare.
func finder(t *testing.T, texts ...[2]string) (*keyphrase.Finder, []int) {
	t.Helper()
	var articles []article.Article
	var members []int
	for i, x := range texts {
		articles, members = append(articles, article.Article{Title: x[0], Body: x[1]}), append(members, i)
	}
	words, err := corpus.Read(t.Context(), articles, corpus.Options{})
	if err != nil {
		t.Fatal(err)
	}
	rarity := make([]float64, len(words.Terms))
	for i := range rarity {
		rarity[i] = 1
	}
	return &keyphrase.Finder{Corpus: words, Articles: articles, Rarity: rarity}, members
}

func TestPhrasesEndWhereNamesEnd(t *testing.T) {
	for _, c := range []struct {
		what  string
		texts [][2]string
		want  string // the best phrase
	}{
		{"a name of two words behind two others", [][2]string{
			{"المبعوث الأميركي كيث كيلوغ يصل كييف", "وصل الجنرال كيث كيلوغ صباحا إلى العاصمة الأوكرانية"},
			{"المبعوث الأميركي كيث كيلوغ في كييف", "التقى زيلينسكي المبعوث كيث كيلوغ وبحث معه الهدنة"},
		}, "المبعوث الأميركي كيث كيلوغ"},
		{"a name with a particle", [][2]string{
			{"وصول الأمير خالد بن سلمان", "قال الوزير خالد بن سلمان أمس"},
			{"وصول الأمير خالد بن سلمان", "أكد نائبه خالد بن سلمان اليوم"},
		}, "وصول الأمير خالد بن سلمان"},
		{"one text alone does not tell a name from what follows it", [][2]string{
			{"المبعوث الأميركي كيث كيلوغ", "نص لا يذكره"},
		}, "المبعوث الأميركي كيث"},
		{"copies are one text", [][2]string{
			{"المبعوث الأميركي كيث كيلوغ", "نص لا يذكره"}, {"المبعوث الأميركي كيث كيلوغ", "نص لا يذكره"}, {"المبعوث الأميركي كيث كيلوغ", "نص لا يذكره"},
		}, "المبعوث الأميركي كيث"},
		{"other words follow in most places", [][2]string{
			{"المبعوث الأميركي كيث يصل كييف", "غادر الجنرال كيث مطار وارسو"},
			{"المبعوث الأميركي كيث يلتقي زيلينسكي", "قال المسؤول كيث أمس"},
		}, "المبعوث الأميركي كيث"},
		{"nothing runs from the title into the text", [][2]string{
			{"المبعوث الأميركي كيث", "كيلوغ وصل"}, {"زيارة المبعوث الأميركي كيث", "كيلوغ غادر"},
		}, "المبعوث الأميركي كيث"},
		{"a clause ends in front of what would go on", [][2]string{
			{"وزير الخارجية الروسي: لافروف", "سافر الوزير الروسي، لافروف قال"},
			{"وزير الخارجية الروسي: لافروف", "عاد المبعوث الروسي، لافروف أكد"},
		}, "وزير الخارجية الروسي"},
	} {
		t.Run(c.what, func(t *testing.T) {
			f, members := finder(t, c.texts...)
			got := f.Phrases(members)
			if len(got) == 0 || got[0] != c.want {
				t.Errorf("%q, want %q first", got, c.want)
			}
			if again := f.Phrases(members); !slices.Equal(again, got) {
				t.Errorf("the second time %q, the first %q", again, got)
			}
		})
	}
}
