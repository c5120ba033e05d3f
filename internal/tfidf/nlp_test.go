package tfidf

import (
	"fmt"
	"iter"
	"math"
	"strings"
	"testing"

	"github.com/james-bowman/nlp"
	"github.com/james-bowman/sparse"
	"gonum.org/v1/gonum/mat"

	"qissa/article"
	"qissa/cluster"
	"qissa/internal/corpus"
	"qissa/testdata"
	"qissa/vectorize"
	"qissa/vectorize/arabic"
)

// A weight is what an article has of a term, by section.
type weight [len(sectionShare)]map[string]float64

// rowsOf returns the rows that a run joins, by term, sections told apart again.
func rowsOf(t *testing.T, articles []article.Article) []weight {
	t.Helper()
	c, err := corpus.Read(t.Context(), articles, corpus.Options{Jobs: 2})
	if err != nil {
		t.Fatal(err)
	}
	frequencies, lengths, err := Count(t.Context(), c, 2)
	if err != nil {
		t.Fatal(err)
	}
	compared := make([]bool, len(articles))
	for i := range compared {
		compared[i] = true
	}
	w := Weigh(frequencies)
	sections, err := w.Sections(t.Context(), c, lengths, compared, 2)
	if err != nil {
		t.Fatal(err)
	}
	rows := make([]weight, len(articles))
	for i := range articles {
		from, to := sections.Rows.Start[i], sections.Rows.Start[i+1]
		for n := from; n < to; n++ {
			mixed := sections.Rows.Term[n]
			s := sections.Section[mixed]
			if rows[i][s] == nil {
				rows[i][s] = map[string]float64{}
			}
			rows[i][s][c.Terms[w.mix.Term[mixed]]] = float64(sections.Rows.Weight[n])
		}
	}
	return rows
}

// The rows that a run joins are those of nlp's vectoriser and transformer on the same
// terms of titles, whole texts and leads, with (1 + ln tf)·(1 + idf) in place of tf·idf.
func TestRowsEqualThoseOfNLP(t *testing.T) {
	articles, _, err := article.ReadAll(strings.NewReader(testdata.Sample), "sample.jsonl", article.Options{})
	if err != nil {
		t.Fatal(err)
	}
	// Of long texts every word of the body is another, so that one word more or less in
	// the lead is seen.
	for n := range 3 {
		var body strings.Builder
		for k := range 2 * leadWords {
			fmt.Fprintf(&body, "%c%c%c%c ", 'ب'+rune(k%8), 'س'+rune(k/8%8), 'ف'+rune(k/64%8), 'ب'+rune(n))
		}
		articles = append(articles, article.Article{Title: "نص طويل", Body: body.String()})
	}
	rows := rowsOf(t, articles)
	var texts [len(sectionShare)][]string
	for _, a := range articles {
		title, body := a.Title, a.Body
		if title == "" {
			title = firstWords(body, corpus.UntitledWords)
			body = firstWords(body, len(body))[len(title):]
		}
		texts[cluster.Title] = append(texts[cluster.Title], title)
		texts[cluster.Whole] = append(texts[cluster.Whole], title+"\n"+body)
		texts[cluster.Lead] = append(texts[cluster.Lead], strings.Repeat(title+"\n", titleWeight)+firstWords(body, leadWords))
	}
	var want [len(sectionShare)][]map[string]float64
	for s := range texts {
		want[s] = rowsOfNLP(t, texts[s])
	}
	n := 0
	for i := range articles {
		shares := 0.0
		for s, share := range sectionShare {
			if len(want[s][i]) > 0 {
				shares += share
			}
		}
		for s, share := range sectionShare {
			scale := math.Sqrt(share / shares)
			if len(rows[i][s]) != len(want[s][i]) {
				t.Fatalf("article %d, section %d: %d terms, want %d", i, s, len(rows[i][s]), len(want[s][i]))
			}
			for term, x := range want[s][i] {
				if got := rows[i][s][term]; math.Abs(got-scale*x) > 1e-6 {
					t.Fatalf("article %d, section %d: %s weighs %v, want %v", i, s, term, got, scale*x)
				}
				n++
			}
		}
	}
	if n < 5000 {
		t.Errorf("%d weights were compared: too few to tell anything", n)
	}
}

// rowsOfNLP returns the rows of texts, of length 1, as nlp has them.
func rowsOfNLP(t *testing.T, texts []string) (rows []map[string]float64) {
	t.Helper()
	vectoriser := nlp.NewCountVectoriser()
	vectoriser.Tokeniser = vectorize.Tokeniser(arabic.Terms)
	counts, err := vectoriser.FitTransform(texts...)
	if err != nil {
		t.Fatal(err)
	}
	terms, documents := counts.Dims()
	tf := sparse.NewDOK(terms, documents)
	for i := range terms {
		for j := range documents {
			if n := counts.At(i, j); n > 0 {
				tf.Set(i, j, 1+math.Log(n))
			}
		}
	}
	var weighed mat.Matrix
	if weighed, err = nlp.NewTfidfTransformer().FitTransform(tf.ToCSR()); err != nil {
		t.Fatal(err)
	}
	for j := range documents {
		row, square := map[string]float64{}, 0.0
		for term, i := range vectoriser.Vocabulary {
			if x := tf.At(i, j) + weighed.At(i, j); x != 0 {
				row[term] = x
				square += x * x
			}
		}
		for term := range row {
			row[term] /= math.Sqrt(square)
		}
		rows = append(rows, row)
	}
	return rows
}

// firstWords returns the first words of a text, stop words among them.
func firstWords(text string, words int) string {
	var b strings.Builder
	next, stop := iter.Pull(arabic.Words(text))
	defer stop()
	for range words {
		w, ok := next()
		if !ok {
			break
		}
		b.WriteString(w.Text + " ")
	}
	return b.String()
}
