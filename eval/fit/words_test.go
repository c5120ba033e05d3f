package main

import (
	"bytes"
	"strconv"
	"strings"
	"testing"

	"qissa/article"
)

// The stemmer of Larkey, Ballesteros and Connell (2007) by its rules: «و» off
// what keeps three letters, then one article, then endings that leave two.
func TestLight10(t *testing.T) {
	for _, test := range []struct{ word, want string }{
		{"الكتاب", "كتاب"},
		{"والكتاب", "كتاب"},
		{"بالكتاب", "كتاب"},
		{"للكتاب", "كتاب"},
		{"ولد", "ولد"},
		{"وكتب", "كتب"},
		{"كاتبها", "كاتب"},
		{"كتابات", "كتاب"},
		{"مهندسون", "مهندس"},
		{"عربيه", "عرب"},
		{"الف", "الف"},
		{"يد", "يد"},
	} {
		if got := light10(test.word); got != test.want {
			t.Errorf("light10(%s) = %s, want %s", test.word, got, test.want)
		}
	}
}

// A mention in the title counts as often as the recipe says, and a stop word not.
func TestRecipeRows(t *testing.T) {
	articles := []article.Article{{Title: "زلزال", Body: "زلزال في كريت"}, {Body: "كريت"}}
	r := recipe{stem: plain, stop: func(w string) bool { return w == "في" }, title: 3}
	terms, rows, times := r.rows(articles)
	if terms != 2 || len(times) != 2 || rows.Len() != 2 {
		t.Fatalf("%d terms, %d times, %d rows, want 2 of each", terms, len(times), rows.Len())
	}
	// زلزال counts 4 and is rare, كريت counts 1 and stands in both.
	_, w := rows.Row(0)
	rarity := 1.4054651 // 1 + ln(3/2)
	if got := float64(w[0] / w[1]); got < 4*rarity-1e-5 || got > 4*rarity+1e-5 {
		t.Errorf("weights %v: ratio %v, want %v", w, got, 4*rarity)
	}
}

// The table has a row for each recipe, and words that are not stemmed are more.
func TestCompareWords(t *testing.T) {
	var out bytes.Buffer
	if err := run(t.Context(), []string{"words", miniData(t)}, &out); err != nil {
		t.Fatal(err)
	}
	rows := strings.Split(strings.TrimSpace(out.String()), "\n")[2:]
	if len(rows) != 8 {
		t.Fatalf("%d rows, want 8:\n%s", len(rows), out.Bytes())
	}
	terms := map[string]int{}
	for _, row := range rows {
		cells := strings.Split(row, " | ")
		if len(cells) != 5 {
			t.Fatalf("row %q has %d cells, want 5", row, len(cells))
		}
		n, err := strconv.Atoi(cells[1])
		if err != nil {
			t.Fatal(err)
		}
		terms[strings.TrimPrefix(cells[0], "| ")] = n
	}
	own := terms["as qissa has it: own stems, stop words, 1 + ln tf, title × 3"]
	if unstemmed := terms["words without stemming"]; unstemmed <= own {
		t.Errorf("%d terms without stemming, %d with", unstemmed, own)
	}
}
