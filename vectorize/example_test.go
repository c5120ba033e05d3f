package vectorize_test

import (
	"fmt"
	"log"

	"github.com/james-bowman/nlp"
	"github.com/james-bowman/nlp/measures/pairwise"
	"gonum.org/v1/gonum/mat"

	"qissa/vectorize"
	"qissa/vectorize/arabic"
)

var headlines = []string{
	"زلزال قوي يهز جزيرة كريت",
	"هزة أرضية قوية تضرب كريت",
	"هزة أرضية تضرب الجزيرة",
	"البنك المركزي يخفض الفائدة",
	"المركزي المصري يخفض سعر الفائدة",
}

// Count in how many texts each term stands, then write a row for each text.
func ExampleBuilder() {
	rows, lexicon := weigh(headlines[:2])
	terms, weights := rows.Row(0)
	for i, t := range terms {
		fmt.Printf("%.2f %s\n", weights[i], lexicon.Words[t])
	}
	// Output:
	// 0.50 زلزال
	// 0.36 قوي
	// 0.50 يهز
	// 0.50 جزير
	// 0.36 كريت
}

// weigh makes TF-IDF rows of texts.
func weigh(texts []string) (vectorize.Rows, *vectorize.Lexicon) {
	var lexicon vectorize.Lexicon
	var df vectorize.DocumentFrequency
	for _, text := range texts {
		df.Document()
		for term := range arabic.Terms(text) {
			df.Term(lexicon.Number(term))
		}
	}
	b := vectorize.Builder{IDF: vectorize.IDF(df.Of, df.Documents), TF: vectorize.Sublinear}
	for _, text := range texts {
		for term := range arabic.Terms(text) {
			b.Add(lexicon.Number(term), 1)
		}
		b.End()
	}
	return b.Rows(), &lexicon
}

// Latent semantic analysis with nlp: the first headline and the third have one
// term in common, but both share terms with the second.
func ExampleRows_Matrix() {
	rows, lexicon := weigh(headlines)
	matrix := rows.Matrix(len(lexicon.Words))
	lsa, err := nlp.NewTruncatedSVD(2).FitTransform(matrix)
	if err != nil {
		log.Fatal(err)
	}
	topics := lsa.(mat.ColViewer)
	plain := matrix.ToCSC()
	for _, other := range []int{1, 2, 3} {
		fmt.Printf("%.2f by words, %.2f by topics: %s\n",
			pairwise.CosineSimilarity(plain.ColView(0), plain.ColView(other)),
			pairwise.CosineSimilarity(topics.ColView(0), topics.ColView(other)), headlines[other])
	}
	// Output:
	// 0.36 by words, 1.00 by topics: هزة أرضية قوية تضرب كريت
	// 0.20 by words, 1.00 by topics: هزة أرضية تضرب الجزيرة
	// 0.00 by words, 0.00 by topics: البنك المركزي يخفض الفائدة
}

// A vectoriser of nlp that counts Arabic stems.
func ExampleTokeniser() {
	counts := nlp.NewCountVectoriser()
	counts.Tokeniser = vectorize.Tokeniser(arabic.Terms)
	matrix, err := counts.FitTransform(headlines...)
	if err != nil {
		log.Fatal(err)
	}
	terms, texts := matrix.Dims()
	fmt.Println(terms, "terms in", texts, "texts")
	fmt.Println(counts.Tokeniser.Tokenise(headlines[0]))
	// Output:
	// 14 terms in 5 texts
	// [زلزال قوي يهز جزير كريت]
}
