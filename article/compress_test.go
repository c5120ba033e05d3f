package article

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// compressed returns the article with its texts compressed.
func compressed(a Article) Article {
	a.Compress(nil)
	return a
}

func TestCompressedTextsComeBack(t *testing.T) {
	long := strings.Repeat("افتتح وزير الأشغال الجسر المعلق على النهر صباح الاثنين. ", 200)
	noise := make([]byte, 4000)
	for i, r := 0, rand.New(rand.NewPCG(1, 2)); i < len(noise); i++ {
		noise[i] = byte(r.Uint32())
	}
	texts := []string{"", "ن", "نص قصير", long, string(noise), long + "\x00" + string(noise), strings.Repeat("ا", 1<<20)}
	var memory []byte
	for _, body := range texts {
		for _, raw := range append(texts, `{"text":"`+body+`"}`) {
			a := compressed(Article{Title: "عنوان", Body: body, Raw: raw})
			if a.Body != "" || a.Raw != "" || a.Title != "عنوان" {
				t.Errorf("body of %d bytes, record of %d: compressed, and still there", len(body), len(raw))
			}
			if a.LoadBody(&memory) != body || a.LoadBody(nil) != body || a.LoadRaw(&memory) != raw || a.LoadRaw(nil) != raw || a.BodySize() != len(body) {
				t.Errorf("body of %d bytes, record of %d: another text came back", len(body), len(raw))
			}
			again := a
			if added := again.Compress(nil); len(added) > 0 || again.LoadBody(nil) != body {
				t.Errorf("body of %d bytes, record of %d: lost when compressed twice", len(body), len(raw))
			}
			if most := len(body) + len(raw); len(a.Compressed.Bytes) > most {
				t.Errorf("body of %d bytes, record of %d: %d bytes compressed", len(body), len(raw), len(a.Compressed.Bytes))
			}
			if plain := (&Article{Body: body, Raw: raw}); plain.LoadBody(&memory) != body || plain.LoadRaw(nil) != raw || plain.BodySize() != len(body) {
				t.Errorf("body of %d bytes, record of %d: not compressed, and another text", len(body), len(raw))
			}
		}
	}
}

// wordsOf returns a text of random words, some of which are frequent.
func wordsOf(words int) string {
	r := rand.New(rand.NewPCG(3, 4))
	known := make([]string, 2000)
	for i := range known {
		word := make([]rune, 2+r.IntN(6))
		for j := range word {
			word[j] = 'ا' + rune(r.IntN(36))
		}
		known[i] = string(word)
	}
	frequent := rand.NewZipf(r, 1.2, 5, uint64(len(known)-1))
	var text []string
	for range words {
		text = append(text, known[frequent.Uint64()])
	}
	return strings.Join(text, " ")
}

// What a text says twice takes room once.
func TestRecordsCompressWithTheirBodies(t *testing.T) {
	body := wordsOf(500)
	alone, both := compressed(Article{Body: body}), compressed(Article{Body: body, Raw: `{"text":"` + body + `","id":"1"}`})
	if more := len(both.Compressed.Bytes) - len(alone.Compressed.Bytes); more > 200 {
		t.Errorf("a record takes %d bytes more than its body of %d", more, len(body))
	}
}

// Many articles are compressed into the same bytes, which grow meanwhile.
func TestCompressAppends(t *testing.T) {
	var bytes []byte
	articles := make([]Article, 300)
	for i := range articles {
		articles[i].Body = strings.Repeat(string(rune('ا'+i%30)), i)
		bytes = articles[i].Compress(bytes)
	}
	all := ""
	for i, a := range articles {
		all += a.Compressed.Bytes
		if want := strings.Repeat(string(rune('ا'+i%30)), i); a.LoadBody(nil) != want {
			t.Errorf("article %d: %.20q, want %.20q", i, a.LoadBody(nil), want)
		}
	}
	if all != string(bytes) {
		t.Error("the bytes returned are not those of the articles, one after the other")
	}
}

// An article is the same whether it is compressed or not.
func TestCompressedArticlesAreInTheSameOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	pick := func(of ...string) string { return of[r.IntN(len(of))] }
	var plain, some []Article
	for range 300 {
		a := Article{ID: pick("", "1"), Source: pick("", "أ"), Title: pick("خبر", ""), Body: pick("", "نص", "نص آخر", strings.Repeat("نص ", 50)), TimeRaw: pick("", "أمس")}
		plain, some = append(plain, a), append(some, a)
		if r.IntN(2) == 0 {
			some[len(some)-1].Compress(nil)
		}
	}
	for i := range plain {
		for j := range plain {
			if a, b := cmp.Compare(compare(&plain[i], &plain[j]), 0), cmp.Compare(compare(&some[i], &some[j]), 0); a != b {
				t.Fatalf("articles %d and %d compare as %d, compressed as %d", i, j, a, b)
			}
		}
	}
	Identify(plain)
	Identify(some)
	for i := range plain {
		if plain[i].ID != some[i].ID {
			t.Errorf("article %d is %q, compressed %q", i, plain[i].ID, some[i].ID)
		}
	}
	if !slices.Equal(CanonicalOrder(plain), CanonicalOrder(some)) {
		t.Error("compressed articles are in another order")
	}
}

func FuzzCompress(f *testing.F) {
	f.Add("نص", `{"text":"نص"}`)
	f.Add("", "")
	f.Fuzz(func(t *testing.T, body, raw string) {
		a := compressed(Article{Body: body, Raw: raw})
		if a.LoadBody(nil) != body || a.LoadRaw(nil) != raw || a.BodySize() != len(body) {
			t.Errorf("%q and %q come back as %q and %q", body, raw, a.LoadBody(nil), a.LoadRaw(nil))
		}
	})
}

func BenchmarkCompress(b *testing.B) {
	a := Article{Body: wordsOf(300)}
	var to, memory []byte
	b.Run("compress", func(b *testing.B) {
		b.SetBytes(int64(len(a.Body)))
		for b.Loop() {
			article := a
			to = article.Compress(to[:0])
		}
	})
	b.Run("load", func(b *testing.B) {
		p := compressed(a)
		b.SetBytes(int64(len(a.Body)))
		for b.Loop() {
			p.LoadBody(&memory)
		}
	})
}
