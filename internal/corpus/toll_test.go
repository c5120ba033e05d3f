package corpus

import (
	"testing"

	"qissa/article"
)

func TestToll(t *testing.T) {
	for _, test := range []struct {
		title, body string
		want        int
	}{
		{"86 قتيلا في انهيار جسر", "", 86},
		{"ارتفاع عدد الضحايا إلى ٣٢٦", "", 326},
		{"انهيار جسر", "قال الدفاع المدني إن 419 شخصا قتلوا وأصيب 719", 719},
		{"مقتل 7 وإصابة 20", "", 20},
		{"أسهم 12 بنكا تتراجع", "", 0},
		{"قتلى في انهيار جسر طوله 120 مترا", "", 0},
		{"", "", 0},
	} {
		c := readOne(t, article.Article{Title: test.title, Body: test.body})
		if got := c.Toll(0); got != test.want {
			t.Errorf("%s / %s: %d, want %d", test.title, test.body, got, test.want)
		}
	}
}
