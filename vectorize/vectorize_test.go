package vectorize

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/james-bowman/nlp"
)

// build makes rows of documents, given as words, and returns them with the
// word of each term.
func build(documents [][]string, tf func(float64) float64) (Rows, []string) {
	var lex Lexicon
	var df DocumentFrequency
	for _, words := range documents {
		df.Document()
		for _, w := range words {
			df.Term(lex.Number(w))
		}
	}
	b := Builder{IDF: IDF(df.Of, df.Documents), TF: tf}
	for _, words := range documents {
		for _, w := range words {
			b.Add(lex.Number(w), 1)
		}
		b.End()
	}
	return b.Rows(), lex.Words
}

// dense returns a row by word.
func dense(r Rows, words []string, document int) map[string]float64 {
	row := map[string]float64{}
	terms, weights := r.Row(document)
	for i, t := range terms {
		row[words[t]] = float64(weights[i])
	}
	return row
}

func TestRows(t *testing.T) {
	const one = 1.0
	half := 1 / math.Sqrt2
	rare := 1 + math.Log(3.0/2) // in one of two documents
	length := math.Hypot(1, rare)
	for _, test := range []struct {
		name      string
		documents [][]string
		want      []map[string]float64
	}{
		{"no documents", nil, nil},
		{"one document", [][]string{{"زلزال", "كريت"}}, []map[string]float64{{"زلزال": half, "كريت": half}}},
		{"two identical", [][]string{{"زلزال"}, {"زلزال"}}, []map[string]float64{{"زلزال": one}, {"زلزال": one}}},
		{"no terms", [][]string{{}}, []map[string]float64{{}}},
		{"a document without terms between others", [][]string{{"زلزال"}, {}, {"كريت"}},
			[]map[string]float64{{"زلزال": one}, {}, {"كريت": one}}},
		{"one term everywhere", [][]string{{"قال", "زلزال"}, {"قال", "كريت"}},
			[]map[string]float64{{"قال": 1 / length, "زلزال": rare / length}, {"قال": 1 / length, "كريت": rare / length}}},
		{"a term twice", [][]string{{"زلزال", "زلزال", "كريت"}},
			[]map[string]float64{{"زلزال": 2 / math.Sqrt(5), "كريت": 1 / math.Sqrt(5)}}},
	} {
		rows, words := build(test.documents, nil)
		if rows.Len() != len(test.want) {
			t.Errorf("%s: %d rows, want %d", test.name, rows.Len(), len(test.want))
			continue
		}
		for i, want := range test.want {
			if got := dense(rows, words, i); !same(got, want) {
				t.Errorf("%s: row %d is %v, want %v", test.name, i, got, want)
			}
		}
	}
}

func TestSublinear(t *testing.T) {
	rows, words := build([][]string{{"زلزال", "زلزال", "كريت"}}, Sublinear)
	tf := 1 + math.Ln2
	length := math.Hypot(tf, 1)
	if got, want := dense(rows, words, 0), map[string]float64{"زلزال": tf / length, "كريت": 1 / length}; !same(got, want) {
		t.Errorf("row is %v, want %v", got, want)
	}
}

// The rows are those of nlp's vectoriser and transformer on the same tokens,
// with tf·(1+idf) in place of tf·idf, and of unit length.
func TestRowsEqualThoseOfNLP(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	documents := make([][]string, 200)
	texts := make([]string, len(documents))
	for i := range documents {
		for range 1 + r.IntN(40) {
			documents[i] = append(documents[i], word(int(200*math.Pow(r.Float64(), 3))))
		}
		texts[i] = strings.Join(documents[i], " ")
	}
	counts := nlp.NewCountVectoriser()
	matrix, err := counts.FitTransform(texts...)
	if err != nil {
		t.Fatal(err)
	}
	weighed, err := nlp.NewTfidfTransformer().FitTransform(matrix)
	if err != nil {
		t.Fatal(err)
	}
	rows, words := build(documents, nil)
	for i := range documents {
		want, square := map[string]float64{}, 0.0
		for w, term := range counts.Vocabulary {
			if x := matrix.At(term, i) + weighed.At(term, i); x != 0 {
				want[w] = x
				square += x * x
			}
		}
		for w := range want {
			want[w] /= math.Sqrt(square)
		}
		if got := dense(rows, words, i); !same(got, want) {
			t.Fatalf("document %d: %v, want %v", i, got, want)
		}
	}
}

// word spells a number in letters, the only thing that nlp takes for words.
func word(n int) string { return string([]rune{rune('a' + n%26), 'ب', rune('a' + n/26)}) }

func same(a, b map[string]float64) bool {
	if len(a) != len(b) {
		return false
	}
	for w, x := range a {
		if y, ok := b[w]; !ok || math.Abs(x-y) > 1e-6 {
			return false
		}
	}
	return true
}

func TestNewRows(t *testing.T) {
	rows := NewRows([]uint32{2, 0, 1})
	if want := []int{0, 2, 2, 3}; !slices.Equal(rows.Start, want) || len(rows.Term) != 3 || len(rows.Weight) != 3 || rows.Len() != 3 {
		t.Errorf("rows %+v, want them to start at %v", rows, want)
	}
}

func TestDocumentFrequency(t *testing.T) {
	var a, b DocumentFrequency
	a.Document()
	if first, again := a.Term(0), a.Term(0); !first || again {
		t.Errorf("the first mention is first: %v, and the second: %v", first, again)
	}
	a.Term(2)
	b.Document()
	b.Term(2)
	b.Document()
	a.Merge(&b)
	if want := []int{1, 0, 2}; a.Documents != 3 || !slices.Equal(a.Of, want) {
		t.Errorf("%d documents, %v, want 3 and %v", a.Documents, a.Of, want)
	}
}

func TestByFrequency(t *testing.T) {
	got := ByFrequency([]int{1, 3, 1, 2}, []string{"d", "c", "b", "a"})
	if want := []uint32{1, 3, 2, 0}; !slices.Equal(got, want) {
		t.Errorf("ByFrequency = %v, want %v", got, want)
	}
}

// Any number of sections lie side by side; 256 are as many as a Mix numbers.
func TestMixerOfManySections(t *testing.T) {
	for _, n := range []int{8, 9, 256} {
		sections := make([]Section, n)
		for s := range sections {
			sections[s] = Section{Share: 1 / float64(n), DF: []int{1}}
		}
		mixer := Mixer{Mix: SideBySide(sections)}
		for s := range sections {
			mixer.Add(s, []uint32{0}, []float32{1})
		}
		row := NewRows([]uint32{uint32(n)})
		mixer.Row(row.Row(0))
		if got := dot(row, 0, 0); math.Abs(got-1) > 1e-5 {
			t.Errorf("%d sections: length %v, want 1", n, got)
		}
	}
}

// The dot product of mixed rows is the share-weighted mean of the cosines.
func TestSideBySide(t *testing.T) {
	titles, _ := build([][]string{{"a", "b"}, {"a"}, {}}, nil)
	bodies, _ := build([][]string{{"a", "c"}, {"a", "b", "b"}, {"c"}}, nil)
	sections := []Section{
		{Share: 0.25, DF: []int{2, 1}},
		{Share: 0.75, DF: []int{2, 2, 1}},
	}
	mix := SideBySide(sections)
	mixer := Mixer{Mix: mix}
	mixed := NewRows([]uint32{4, 3, 1})
	for d := range mixed.Len() {
		for s, rows := range []Rows{titles, bodies} {
			terms, weights := rows.Row(d)
			mixer.Add(s, terms, weights)
		}
		mixer.Row(mixed.Row(d))
	}
	for i := range 2 {
		for j := range 2 {
			want := 0.25*dot(titles, i, j) + 0.75*dot(bodies, i, j)
			if got := dot(mixed, i, j); math.Abs(got-want) > 1e-6 {
				t.Errorf("documents %d and %d: %v, want %v", i, j, got, want)
			}
		}
	}
	if got := dot(mixed, 2, 2); math.Abs(got-1) > 1e-6 {
		t.Errorf("a document without title has length %v, want 1", got)
	}
	for d := range mixed.Len() {
		terms, _ := mixed.Row(d)
		if !slices.IsSorted(terms) {
			t.Errorf("row %d is %v, want ascending terms", d, terms)
		}
	}
	for i := 1; i < len(mix.Term); i++ {
		before, now := sections[mix.Section[i-1]].DF[mix.Term[i-1]], sections[mix.Section[i]].DF[mix.Term[i]]
		if before < now {
			t.Errorf("mixed term %d stands in %d documents, the next in %d", i-1, before, now)
		}
	}
}

func dot(r Rows, i, j int) (sum float64) {
	a, x := r.Row(i)
	b, y := r.Row(j)
	for m, t := range a {
		if n, ok := slices.BinarySearch(b, t); ok {
			sum += float64(x[m]) * float64(y[n])
		}
	}
	return sum
}

func TestLexicon(t *testing.T) {
	var lex Lexicon
	text := "زلزال كريت زلزال"
	var got []uint32
	for w := range strings.FieldsSeq(text) {
		got = append(got, lex.Number(w))
	}
	if want := []uint32{0, 1, 0}; !slices.Equal(got, want) || !slices.Equal(lex.Words, []string{"زلزال", "كريت"}) {
		t.Errorf("numbers %v of words %v, want %v", got, lex.Words, want)
	}
}

func BenchmarkBuilder(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	const terms, length = 50_000, 190
	idf := make([]float64, terms)
	for i := range idf {
		idf[i] = 1 + math.Log1p(float64(i))
	}
	document := make([]uint32, length)
	for i := range document {
		document[i] = uint32(terms * math.Pow(r.Float64(), 3))
	}
	builder := Builder{IDF: idf, TF: Sublinear}
	b.ReportAllocs()
	for b.Loop() {
		for range 100 {
			for _, t := range document {
				builder.Add(t, 1)
			}
			builder.End()
		}
		builder.Rows()
	}
	b.ReportMetric(float64(b.N)*100/b.Elapsed().Seconds(), "documents/s")
}

// Once warm, a worker makes rows without allocating.
func TestRowsAllocateNothing(t *testing.T) {
	mix := SideBySide([]Section{{Share: 0.5, DF: []int{3, 2, 1}}, {Share: 0.5, DF: []int{3, 2, 1}}})
	b, mixer, rows := Builder{IDF: []float64{1, 2, 3}, TF: Sublinear}, Mixer{Mix: mix}, NewRows([]uint32{6})
	if n := testing.AllocsPerRun(100, func() {
		for s := range 2 {
			for _, term := range []uint32{2, 0, 1, 2} {
				b.Add(term, 1)
			}
			terms, weights := b.Row()
			mixer.Add(s, terms, weights)
		}
		mixer.Row(rows.Row(0))
	}); n > 0 {
		t.Errorf("%v allocations a document", n)
	}
}

// A lexicon numbers words as a map does, whatever their length and however much
// they look alike.
func TestLexiconEqualsAMap(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 9))
	var l Lexicon
	number := map[string]uint32{}
	for range 200_000 {
		word := make([]byte, r.IntN(20))
		for i := range word {
			word[i] = "aab\x00\xd9"[r.IntN(5)]
		}
		want, ok := number[string(word)]
		if !ok {
			want = uint32(len(number))
			number[string(word)] = want
		}
		if got := l.Number(string(word)); got != want || l.Words[got] != string(word) {
			t.Fatalf("%q has number %d (%q), want %d", word, got, l.Words[got], want)
		}
	}
	if len(l.Words) != len(number) || l.used == 0 || len(l.long) == 0 {
		t.Errorf("%d words, %d short, %d long; want %d in all", len(l.Words), l.used, len(l.long), len(number))
	}
}
