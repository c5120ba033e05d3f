package qissa_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"qissa"
	"qissa/article"
)

// The rising toll of one night is one story, though an outlet writes it in the same words
// with other numbers; a bulletin written so, or one of another day, is another issue.
func TestRisingTollIsOneStory(t *testing.T) {
	const night = "%d قتيلا في انهيار جسر المرفأ|أعلن الدفاع المدني أن عدد ضحايا انهيار جسر المرفأ بلغ %d قتيلا و%d مصابا، وأن %d فرقة و%d سيارة إسعاف تشارك في رفع الأنقاض ونقل المصابين إلى %d مستشفيات في المدينة."
	const market = "أسهم البنوك ترتفع %d نقطة|أعلنت السوق المالية أن مؤشر أسهم البنوك ارتفع %d نقطة بعد تداول %d مليونا، وأن %d شركة و%d صندوقا شاركت في جلسة اليوم وأغلقت على ارتفاع قدره %d في المئة عند الإقفال."
	base := time.Date(2015, 9, 24, 20, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		name, template string
		hours          int // between two reports
		numbers        [3][6]any
		want           int // stories
	}{
		{"a toll that rises", night, 3, [3][6]any{{86, 86, 150, 20, 31, 3}, {326, 326, 480, 45, 52, 4}, {419, 419, 719, 60, 77, 7}}, 1},
		{"one that falls", night, 3, [3][6]any{{419, 419, 719, 60, 77, 7}, {326, 326, 480, 45, 52, 4}, {86, 86, 150, 20, 31, 3}}, 3},
		{"two days between", night, 48, [3][6]any{{86, 86, 150, 20, 31, 3}, {326, 326, 480, 45, 52, 4}, {419, 419, 719, 60, 77, 7}}, 3},
		{"a market", market, 3, [3][6]any{{86, 86, 150, 20, 31, 3}, {326, 326, 480, 45, 52, 4}, {419, 419, 719, 60, 77, 7}}, 3},
	} {
		var all []article.Article
		for i, numbers := range test.numbers {
			var a article.Article
			a.ID, a.Source, a.Time = fmt.Sprint(i), "الوكالة", base.Add(time.Duration(i*test.hours)*time.Hour)
			a.Title, a.Body, _ = strings.Cut(fmt.Sprintf(test.template, numbers[:]...), "|")
			all = append(all, a)
		}
		r, err := qissa.Cluster(t.Context(), all, qissa.DefaultOptions())
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Stories) != test.want {
			t.Errorf("%s: %d stories, want %d", test.name, len(r.Stories), test.want)
		}
	}
}
