package fact

import (
	"slices"
	"strings"
	"unicode"

	"qissa/article"
	"qissa/internal/corpus"
	"qissa/vectorize/arabic"
)

const nameWords = 3 // words of a name at most

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

// A Value is what an article says of something that is counted, dated or named.
type Value struct {
	Kind            Kind
	Of, Key         string // what is counted, as written and as compared; "" for dates and names
	Text, Canonical string
}

// A Reader lists the values of one article after the other. Every worker has its own.
type Reader struct {
	articles []article.Article
	words    *corpus.Corpus
	titles   []bool // by word, those that stand before a name

	text    []byte        // a body that was compressed
	offsets []corpus.Span // of the words of an article
	stored  []rune        // title and body of an article
}

// Readers returns a reader of the articles, which the corpus was read from, for each of
// jobs workers. Cost linear in the distinct words.
func Readers(articles []article.Article, words *corpus.Corpus, jobs int) []Reader {
	titles, all := titleWords(words), make([]Reader, jobs)
	for i := range all {
		all[i] = Reader{articles: articles, words: words, titles: titles}
	}
	return all
}

// A text is the text of one article with its words.
type text struct {
	c       *corpus.Corpus
	words   []uint32
	offsets []corpus.Span
	stored  []rune
}

func (t *text) word(i int) string { return t.c.Words[t.words[i]] }

// Values lists the values that an article has, each once.
func (g *Reader) Values(i int) []Value {
	a, t := &g.articles[i], text{c: g.words, words: g.words.All(i)}
	g.offsets = g.words.Offsets(g.offsets[:0], i, len(t.words))
	g.stored = append(appendRunes(g.stored[:0], a.Title), '\n')
	g.stored = appendRunes(g.stored, a.LoadBody(&g.text))
	t.offsets, t.stored = g.offsets, g.stored
	var list []Value
	seen := map[[3]string]bool{}
	add := func(f Value) {
		if key := [3]string{string(f.Kind), f.Key, f.Canonical}; !seen[key] {
			seen[key] = true
			list = append(list, f)
		}
	}
	for _, f := range Read(g.words, i, a, g.offsets, &g.text) {
		if f.Kind == Date {
			add(Value{Date, "", "", f.Text, f.Canonical})
		} else if v, ok := t.countedBy(f); ok {
			add(v)
		}
	}
	for k, w := range t.words {
		if !g.titles[w] {
			continue
		}
		if name, key := t.nameAfter(k); name != "" {
			add(Value{Name, "", "", name, key})
		}
	}
	return list
}

func appendRunes(to []rune, s string) []rune {
	for _, r := range s {
		to = append(to, r)
	}
	return to
}

// countedBy tells what a number counts: the word behind it, or before it.
func (t *text) countedBy(f Fact) (Value, bool) {
	v := Value{Kind: Number, Text: f.Text, Canonical: f.Canonical}
	end := f.End
	next := func() (string, bool) {
		if end >= len(t.words) || !together(t.between(end)) || t.c.Kind(t.words[end]) != corpus.Other {
			return "", false
		}
		return t.word(end), true
	}
	if strings.HasSuffix(f.Text, "%") || strings.HasSuffix(f.Text, "٪") {
		v.Of, v.Key = "%", "%"
		return v, true
	}
	for word, ok := next(); ok && figuresIn.scales[word] != ""; word, ok = next() {
		v.Canonical += " " + arabic.Stem(word)
		v.Text = strings.Map(noBracket, string(t.stored[f.At[0]:t.offsets[end][1]]))
		end++
	}
	if k := f.Word - 1; k >= 0 && together(t.between(f.Word)) {
		if key := figuresIn.before[t.word(k)]; key != "" {
			v.Of, v.Key = key, key
			return v, true
		}
	}
	word, ok := next()
	if !ok || arabic.IsStop(word) || figuresIn.people[word] != "" || !countable(word) {
		return v, false
	}
	v.Of = string(t.stored[t.offsets[end][0]:t.offsets[end][1]])
	if v.Key = figuresIn.after[word]; v.Key == "" {
		v.Key = arabic.Stem(word)
	}
	return v, true
}

// between returns what stands between a word and the one before it.
func (t *text) between(word int) []rune {
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
func (t *text) nameAfter(k int) (name, key string) {
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
