package article

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestCanonical(t *testing.T) {
	for _, test := range []struct{ a, b string }{
		{"https://www.hespress.com/a-1.html", "http://m.hespress.com/a-1.html#comments"},
		{"https://x.org/news/1/", "https://x.org/news/1?utm_source=rss&utm_medium=feed"},
		{"https://x.org/news/1/amp/", "https://amp.x.org/news/1"},
		{"https://x.org/amp/news/1", "https://x.org/news/1"},
		{"https://x.org/%D8%AE%D8%A8%D8%B1-1", "https://x.org/خبر-1"},
		{"https://x.org/?p=7&x=1", "https://x.org/?x=1&p=7&fbclid=IwAR"},
		{"https://www.bbc.com/arabic/articles/c1?at_medium=RSS&at_campaign=KARANGA", "https://bbc.com/arabic/articles/c1"},
	} {
		if Canonical(test.a) == "" || Canonical(test.a) != Canonical(test.b) {
			t.Errorf("%s and %s: %q and %q, want one", test.a, test.b, Canonical(test.a), Canonical(test.b))
		}
	}
	for _, pair := range [][2]string{{"https://x.org/?p=7", "https://x.org/?p=8"}, {"https://x.org/1", "https://y.org/1"}, {"https://x.org/a/1", "https://x.org/1"}} {
		if Canonical(pair[0]) == Canonical(pair[1]) {
			t.Errorf("%q are one: %q", pair, Canonical(pair[0]))
		}
	}
	for _, none := range []string{"", "https://x.org", "https://x.org/", "https://x.org/?utm_source=a", "20114", "a/b", "urn:x:1"} {
		if got := Canonical(none); got != "" {
			t.Errorf("%q: %q, want none", none, got)
		}
	}
}

// unitedText writes articles, one to a line: id, source, time, title; places and
// versions in brackets.
func unitedText(articles []Article) string {
	var b strings.Builder
	for _, a := range articles {
		fmt.Fprintf(&b, "%s %s %s %s", a.ID, a.Source, a.Time.Format("15:04"), a.Title)
		if a.Others != nil {
			for _, r := range a.Others.AlsoIn {
				fmt.Fprintf(&b, " (also %s %s)", r.ID, r.Source)
			}
			for _, r := range a.Others.Versions {
				fmt.Fprintf(&b, " (was %s %s: %s; -%s +%s)", r.ID, r.Time.Format("15:04"), r.Title, strings.Join(r.Gone, ","), strings.Join(r.New, ","))
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func TestUnite(t *testing.T) {
	const body = "ضرب زلزال قوي الجزيرة فجر الاثنين وهرع السكان إلى الشوارع بحسب المعهد"
	at := func(id, source, url, clock, title, text string) Article {
		when, err := time.Parse("15:04", clock)
		if err != nil {
			when = time.Time{}
		}
		return Article{ID: id, Source: source, URL: url, Time: when, Title: title, Body: text, Precision: Exact}
	}
	articles := []Article{
		at("1", "الوادي", "https://x.org/1", "08:00", "زلزال يوقع 3 قتلى", body+" وقتل 3"),
		at("2", "الوادي - رياضة", "https://www.x.org/1?utm_source=rss", "09:00", "زلزال يوقع ٥ قتلى", body+" وقتل ٥"),
		at("3", "البلد", "https://m.x.org/1/", "09:30", "زلزال يوقع 5 قتلى", body+" وقتل 5"),
		at("4", "الوادي", "https://x.org/2", "08:00", "افتتاح الجسر", "افتتح الوزير الجسر"),
		at("5", "الوادي", "https://x.org/2", "10:00", "فوز المنتخب", "فاز المنتخب في المباراة النهائية أمس"), // a used address
		at("https://x.org/3", "الوادي", "", "", "بلا تاريخ", "نص أول"),
		at("https://x.org/3", "الوادي", "", "", "بلا تاريخ", "نص أول"),
		at("8", "الوادي", "https://x.org/", "08:00", "افتتاح الجسر", "افتتح الوزير الجسر"), // a home page
		at("9", "الوادي", "https://x.org/", "08:00", "افتتاح الجسر", "افتتح الوزير الجسر"),
	}
	want := "2 الوادي - رياضة 08:00 زلزال يوقع ٥ قتلى (also 3 البلد) (was 1 08:00: زلزال يوقع 3 قتلى; -3 +5)\n" +
		"4 الوادي 08:00 افتتاح الجسر\n5 الوادي 10:00 فوز المنتخب\n" +
		"https://x.org/3 الوادي 00:00 بلا تاريخ (also https://x.org/3 الوادي)\n" +
		"8 الوادي 08:00 افتتاح الجسر\n9 الوادي 08:00 افتتاح الجسر\n"
	if got := unitedText(Unite(slices.Clone(articles))); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	// The order of the records changes the order of the result alone.
	sorted := func(text string) string {
		lines := strings.Split(text, "\n")
		slices.Sort(lines)
		return strings.Join(lines, "\n")
	}
	for seed := range uint64(20) {
		shuffled := slices.Clone(articles)
		rand.New(rand.NewPCG(seed, 1)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		if got := unitedText(Unite(shuffled)); sorted(got) != sorted(want) {
			t.Fatalf("in another order\n%s\nwant\n%s", got, want)
		}
	}
	if got := Unite(nil); len(got) != 0 {
		t.Errorf("nothing became %v", got)
	}
}

// Ten thousands of records of one page take what their order takes.
func TestUniteManyRecords(t *testing.T) {
	articles := make([]Article, 50000)
	for i := range articles {
		articles[i] = Article{ID: fmt.Sprint(i), URL: "https://x.org/1", Title: "افتتاح الجسر", Body: "افتتح الوزير الجسر", Time: time.Unix(int64(i), 0)}
	}
	if got := Unite(articles); len(got) != 1 || len(got[0].Others.AlsoIn) != len(articles)-1 {
		t.Errorf("%d articles, want one that is in all other places", len(got))
	}
}
