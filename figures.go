package qissa

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"qissa/article"
	"qissa/internal/corpus"
	"qissa/vectorize/arabic"
)

const (
	mostFigures      = 16 // rows of a story's table
	mostFigureValues = 12 // values of a row
	figureArticles   = 100
	nameWords        = 3 // words of a name at most
)

// counted are words for one thing that have different stems, the first of each group
// first. Those that stand before the number win over a person or people behind it.
var counted = [...]struct{ before, after string }{
	{"مقتل قتل قتلت مصرع استشهاد استشهد وفاه بمقتل لمقتل", "قتيل قتيلا قتلى قتيلين شهيد شهيدا شهداء"},
	{"اصابه اصيب جرح جرحت واصابه وجرح واصيب باصابه", "جريح جريحا جرحى مصاب مصابا مصابين مصابون اصابه"},
	{"فقدان", "مفقود مفقودا مفقودين"},
	{"اعتقال توقيف ضبط القبض", "معتقل معتقلا معتقلين موقوف موقوفا موقوفين"},
}

// people are the words behind a number that tell nothing of what is counted.
const people = "شخص شخصا اشخاص اخرين اخرون مدني مدنيا مدنيين مواطن مواطنا مواطنين"

// scales are words that belong to the number before them.
const scales = "الف الاف مليون ملايين مليونا مليار مليارا مليارات بليون تريليون"

// titles stand before the name of a person.
const titles = `الرييس الملك الامير الشيخ الدكتور الدكتوره المهندس اللواء الفريق العميد العقيد المقدم الرايد النقيب الوزير السفير النايب السيد السيده
	المتحدث الناطق المبعوث المستشار الاستاذ القاضي الجنرال البروفيسور`

// offices stand behind a title too: «السيد رئيس المجلس».
const offices = "رييس مدير وزير امير نايب قايد عضو امين مجلس وزاره وكيل مساعد سفير ولي قاضي شرقي غربي جنوب شمال باسم لدي امه مدينه"

// A figureReader tells what facts count.
type figureReader struct {
	before, after, people, scales, titles, offices map[string]string
}

func newFigureReader() figureReader {
	words := func(list string) map[string]string {
		m := map[string]string{}
		for _, w := range strings.Fields(list) {
			m[arabic.Normalize(w)] = arabic.Normalize(w)
		}
		return m
	}
	r := figureReader{map[string]string{}, map[string]string{}, words(people), words(scales), words(titles), words(offices)}
	for _, c := range counted {
		first := arabic.Normalize(strings.Fields(c.after)[0])
		for w := range words(c.before) {
			r.before[w] = first
		}
		for w := range words(c.after) {
			r.after[w] = first
		}
	}
	return r
}

var figuresIn = newFigureReader()

// A figureText is the text of one article with its words.
type figureText struct {
	c       *corpus.Corpus
	words   []uint32
	offsets []corpus.Span
	stored  []rune
}

func (t *figureText) word(i int) string { return t.c.Words[t.words[i]] }

// A found value of a figure.
type figured struct {
	kind            FactKind
	of, key         string // what is counted, as written and as compared
	text, canonical string
}

// A figureTable makes the tables of one story after the other.
type figureTable struct {
	articles []article.Article
	words    *corpus.Corpus
	titles   []bool // by word, those that stand before a name

	text    []byte        // a body that was compressed
	offsets []corpus.Span // of the words of an article
}

// A figureRow is a figure in the making.
type figureRow struct {
	Figure
	at     map[string]int // of each value
	single map[int]int    // the value of each article that has one only, -1 if several
}

// add notes that an article has a value.
func (r *figureRow) add(f figured, article int) {
	v, ok := r.at[f.canonical]
	if !ok {
		v = len(r.Values)
		r.at[f.canonical], r.Values = v, append(r.Values, FigureValue{Text: f.text})
	}
	if has := r.Values[v].Articles; len(has) == 0 || has[len(has)-1] != article {
		r.Values[v].Articles = append(has, article)
		if _, more := r.single[article]; more {
			v = -1
		}
		r.single[article] = v
	}
}

// finish keeps what some articles do not say, or say otherwise.
func (r *figureRow) finish(articles int) {
	values := map[int]bool{}
	for _, v := range r.single {
		if v >= 0 {
			values[v] = true
		}
	}
	r.Differ = r.Kind == Number && r.Of != "" && len(values) > 1
	if !r.Differ {
		r.Values = slices.DeleteFunc(r.Values, func(v FigureValue) bool { return len(v.Articles) == articles })
	}
	r.Values = r.Values[:min(len(r.Values), mostFigureValues)]
}

// figures makes the table of a story from the facts of its articles. Stories of one
// article have none.
func (g *figureTable) figures(members []int) []Figure {
	if len(members) < 2 {
		return nil
	}
	rows, order := map[[2]string]*figureRow{}, []*figureRow{}
	members = members[:min(len(members), figureArticles)]
	for _, m := range members {
		for _, f := range g.figured(m) {
			key := [2]string{string(f.kind), f.key}
			r := rows[key]
			if r == nil {
				r = &figureRow{Figure{Kind: f.kind, Of: f.of}, map[string]int{}, map[int]int{}}
				rows[key], order = r, append(order, r)
			}
			r.add(f, m)
		}
	}
	var figures []Figure
	for _, r := range order {
		if r.finish(len(members)); len(r.Values) > 0 {
			figures = append(figures, r.Figure)
		}
	}
	// What differs comes first, then what most articles speak of.
	slices.SortStableFunc(figures, func(x, y Figure) int {
		rank := func(f Figure) int {
			switch {
			case f.Differ:
				return 0
			case f.Kind == Date:
				return 1
			case f.Kind == Name:
				return 2
			}
			return 3
		}
		return cmp.Or(cmp.Compare(rank(x), rank(y)), cmp.Compare(mentions(y), mentions(x)))
	})
	return figures[:min(len(figures), mostFigures)]
}

func mentions(f Figure) (n int) {
	for _, v := range f.Values {
		n += len(v.Articles)
	}
	return n
}

// figured lists the values that an article has, each once.
func (g *figureTable) figured(i int) []figured {
	a, t := &g.articles[i], figureText{c: g.words, words: g.words.All(i)}
	g.offsets = g.words.Offsets(g.offsets[:0], i, len(t.words))
	t.offsets, t.stored = g.offsets, []rune(a.Title+"\n"+a.LoadBody(&g.text))
	var list []figured
	seen := map[[3]string]bool{}
	add := func(f figured) {
		if key := [3]string{string(f.kind), f.key, f.canonical}; !seen[key] {
			seen[key] = true
			list = append(list, f)
		}
	}
	for _, f := range readFacts(g.words, i, a, g.offsets, &g.text) {
		if f.Kind == Date {
			add(figured{Date, "", "", f.Text, f.canonical})
		} else if v, ok := t.countedBy(f); ok {
			add(v)
		}
	}
	for k, w := range t.words {
		if !g.titles[w] {
			continue
		}
		if name, key := t.nameAfter(k); name != "" {
			add(figured{Name, "", "", name, key})
		}
	}
	return list
}

// countedBy tells what a number counts: the word behind it, or before it.
func (t *figureText) countedBy(f foundFact) (figured, bool) {
	v := figured{kind: Number, text: f.Text, canonical: f.canonical}
	end := f.end
	next := func() (string, bool) {
		if end >= len(t.words) || !together(t.between(end)) || t.c.Kind(t.words[end]) != corpus.Other {
			return "", false
		}
		return t.word(end), true
	}
	if strings.HasSuffix(f.Text, "%") || strings.HasSuffix(f.Text, "٪") {
		v.of, v.key = "%", "%"
		return v, true
	}
	for word, ok := next(); ok && figuresIn.scales[word] != ""; word, ok = next() {
		v.canonical += " " + arabic.Stem(word)
		v.text = strings.Map(noBracket, string(t.stored[f.At[0]:t.offsets[end][1]]))
		end++
	}
	if k := f.word - 1; k >= 0 && together(t.between(f.word)) {
		if key := figuresIn.before[t.word(k)]; key != "" {
			v.of, v.key = key, key
			return v, true
		}
	}
	word, ok := next()
	if !ok || arabic.IsStop(word) || figuresIn.people[word] != "" || !countable(word) {
		return v, false
	}
	v.of = string(t.stored[t.offsets[end][0]:t.offsets[end][1]])
	if v.key = figuresIn.after[word]; v.key == "" {
		v.key = arabic.Stem(word)
	}
	return v, true
}

// between returns what stands between a word and the one before it.
func (t *figureText) between(word int) []rune {
	from, to := t.offsets[word-1][1], t.offsets[word][0]
	return t.stored[min(from, to):to] // words that one sign stands for share its place
}

// countable tells whether a word may stand behind a number as what is counted: not with
// an article, nor with a letter in front that is another word (و, ب, ل).
func countable(word string) bool {
	stem := arabic.Stem(word)
	return !strings.HasPrefix(word, "ال") && len(stem) > 2 && strings.HasPrefix(word, stem[:2])
}

const brackets = `"»«)(”“][`

// together tells whether nothing but a space or a bracket stands between two words.
func together(between []rune) bool {
	return len(between) <= 3 && !slices.ContainsFunc(between, func(r rune) bool { return r != ' ' && r != '\u00a0' && !strings.ContainsRune(brackets, r) })
}

func noBracket(r rune) rune {
	if strings.ContainsRune(brackets, r) {
		return -1
	}
	return r
}

// titleWords tells of each word whether it is a title.
func titleWords(c *corpus.Corpus) []bool {
	is := make([]bool, len(c.Words))
	for n, w := range c.Words {
		is[n] = figuresIn.titles[w] != ""
	}
	return is
}

// nameAfter returns the name behind a title at a word: words without an article in front, but
// for a last one, and what بن and عبد join to them.
func (t *figureText) nameAfter(k int) (name, key string) {
	k++
	for k < len(t.words) && nisba(t.word(k)) && adjacent(t.between(k)) {
		k++
	}
	first, n := k, 0
	for ; k < len(t.words) && n < nameWords; k++ {
		word := t.word(k)
		if t.c.Kind(t.words[k]) != corpus.Other || arabic.IsStop(word) || !adjacent(t.between(k)) || n == 0 && !given(word) {
			break
		}
		if word != "بن" && word != "عبد" && word != "ابو" && word != "ال" {
			n++
		}
		if n > 1 && strings.HasPrefix(word, "ال") { // the family
			k++
			break
		}
	}
	if n < 2 || !strings.HasPrefix(t.word(k-1), "ال") {
		return "", ""
	}
	keys := make([]string, 0, 4)
	for _, w := range t.words[first:k] {
		keys = append(keys, t.c.Words[w])
	}
	return string(t.stored[t.offsets[first][0]:t.offsets[k-1][1]]), strings.Join(keys, " ")
}

// given tells whether a word may be the first of a name: without an article or a
// letter in front, and no office.
func given(word string) bool {
	for _, prefix := range []string{"ال", "لل", "بال", "وال", "لو", "لري", "ور"} {
		if strings.HasPrefix(word, prefix) {
			return false
		}
	}
	return figuresIn.offices[word] == ""
}

// nisba tells whether a word is an adjective like «الأمريكي», which may stand between
// a title and a name.
func nisba(word string) bool {
	return strings.HasPrefix(word, "ال") && (strings.HasSuffix(word, "ي") || strings.HasSuffix(word, "يه"))
}

func adjacent(between []rune) bool {
	return len(between) <= 2 && !slices.ContainsFunc(between, func(r rune) bool { return !unicode.IsSpace(r) || r == '\n' })
}
