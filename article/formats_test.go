package article

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go"
	"github.com/ulikunitz/xz"
	"golang.org/x/text/encoding/charmap"
)

// said reads all of an input, and writes each article and each damage in a line.
func said(t *testing.T, name string, data []byte, opt Options) []string {
	t.Helper()
	var lines []string
	for a, err := range Read(bytes.NewReader(data), name, opt) {
		var bad *RecordError
		switch {
		case errors.As(err, &bad):
			lines = append(lines, bad.Code+": "+bad.Error())
		case err != nil:
			lines = append(lines, "error: "+err.Error())
		default:
			day := ""
			if !a.Time.IsZero() {
				day = a.Time.Format(time.DateOnly)
			}
			lines = append(lines, strings.ReplaceAll(strings.Join([]string{a.ID, a.Source, a.URL, day, a.Title, a.Body}, "|"), "\n", "/"))
		}
	}
	return lines
}

func check(t *testing.T, name string, got []string, want ...string) {
	t.Helper()
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("%s:\ngot  %s\nwant %s", name, strings.Join(got, "\n     "), strings.Join(want, "\n     "))
	}
}

func TestMarkup(t *testing.T) {
	for _, test := range []struct{ name, html, want string }{
		{"paragraphs", "<p>أول</p><p>ثان<br>ثالث</p>", "أول\nثان\nثالث"},
		{"words inside", "كلمة <b>غليظة</b> و<a href='x'>رابط</a>", "كلمة غليظة ورابط"},
		{"scripts and styles", "<style>p{}</style>نص<script>alert('<p>')</script>", "نص"},
		{"entities", "&quot;خبر&quot;&nbsp;&amp;", "\"خبر\" &"},
		{"escaped once more", "&lt;p&gt;أول&lt;/p&gt;&lt;p&gt;ثان&lt;/p&gt;", "أول\nثان"},
		{"escaped twice more", "&amp;lt;br /&amp;gt;سطر", "سطر"},
		{"a comparison is no tag", "3 < 5 و 7 > 2", "3 < 5 و 7 > 2"},
		{"lines with a tag in them", "أول\nثان <b>غليظ</b>\nثالث", "أول\nثان غليظ\nثالث"},
		{"white space", "<p>  كلمة\n\n  كلمة\t", "كلمة كلمة"},
	} {
		if got := withoutMarkup(test.html); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

func TestMarkupInDumps(t *testing.T) {
	check(t, "tags go", said(t, "d.jsonl", []byte(`{"title":"<b>عنوان</b>","text":"<p>أول</p><p>ثان</p>"}`), Options{}), "||||عنوان|أول/ثان")
	check(t, "signs stay", said(t, "d.jsonl", []byte(`{"title":"5 > 3 & 2 < 4","text":"a <x> &lt;y&gt; &amp;"}`), Options{}), "||||5 > 3 & 2 < 4|a <x> &lt;y&gt; &amp;")
}

const rssText = `<?xml version="1.0" encoding="windows-1256"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>الضحى</title>
<item><guid>7</guid><link>https://example.org/7</link><title>فتح &amp; إغلاق</title><description><![CDATA[&lt;p&gt;نص أول&lt;/p&gt;]]></description><pubDate>Mon, 14 Jul 2025 10:00:00 +0300</pubDate></item>
<item><guid>8</guid><title>ثان</title><description>قصير</description><content:encoded><![CDATA[<p>نص <b>أطول</b> من الوصف</p>]]></content:encoded></item>
<item><guid>9</guid></item>
`

func TestEntitiesInTitles(t *testing.T) {
	const row = "&#1582;بر &quot;عاجل&#8230;&quot;"
	for _, c := range []struct{ name, input string }{
		{"d.jsonl", `{"source":"الصوت &amp; الصورة","title":"` + row + `","text":"نص &amp; نص"}`},
		{"d.json", `[{"source":"الصوت &amp;amp; الصورة","title":"` + strings.ReplaceAll(row, "&", "&amp;") + `","text":"نص &amp; نص"}]`},
		{"d.csv", "source,title,text\nالصوت & الصورة," + row + ",نص &amp; نص\n"},
	} {
		check(t, c.name, said(t, c.name, []byte(c.input), Options{}), "|الصوت & الصورة|||خبر \"عاجل…\"|نص &amp; نص")
	}
}

func TestReadFeed(t *testing.T) {
	first, second := "7|الضحى|https://example.org/7|2025-07-14|فتح & إغلاق|نص أول", "8|الضحى|||ثان|نص أطول من الوصف"
	check(t, "RSS", said(t, "f.xml", []byte(rssText+"</channel></rss>"), Options{}), first, second, "empty: f.xml: no title and no body")
	got := said(t, "f.xml", []byte(rssText+"<item><title>مقطوع"), Options{})
	if len(got) != 4 || got[0] != first || !strings.HasPrefix(got[3], "truncated: f.xml: damaged after entry 3") {
		t.Errorf("a feed that is cut short: %s", strings.Join(got, "\n"))
	}
	check(t, "Atom", said(t, "f", []byte(`<feed xmlns="http://www.w3.org/2005/Atom"><title>الساحل</title><entry><id>u:1</id><title>عنوان</title>`+
		`<link href="https://example.org/1"/><updated>2025-07-14T08:00:00Z</updated><content type="html">&lt;p&gt;نص&lt;/p&gt;</content></entry></feed>`), Options{}),
		"u:1|الساحل|https://example.org/1|2025-07-14|عنوان|نص")
	check(t, "no feed", said(t, "f.rss", []byte("<rss><channel"), Options{}), "feed: f.rss: not a feed (failed to detect feed type)")
}

const longText = "افتتح وزير النقل صباح اليوم الجسر المعلق الذي يربط ضفتي النهر بعد عامين من الأعمال المتواصلة، وقال إن كلفة المشروع بلغت خمسين مليونا وإنه سيخدم عشرين ألف سيارة يوميا في الاتجاهين معا."

func TestReadHTML(t *testing.T) {
	page := func(head, body string) []byte {
		return []byte("<!DOCTYPE html><html><head><title>عنوان الصفحة - الموقع</title>" + head + "</head><body><nav>الرئيسية سياسة رياضة</nav>" + body + "<footer>حقوق</footer></body></html>")
	}
	for _, test := range []struct {
		name, head, body, want string
	}{
		{"structured data", `<script type="application/ld+json">{"@graph":[{"@type":"WebSite"},{"@type":"NewsArticle","headline":"افتتاح الجسر","articleBody":"` + longText +
			`","datePublished":"2025-07-14T08:00:00Z","mainEntityOfPage":{"@id":"https://example.org/1"},"publisher":{"name":"الساحل"}}]}</script>`, "<p>غير هذا</p>",
			"|الساحل|https://example.org/1|2025-07-14|افتتاح الجسر|" + longText},
		{"an article element and Open Graph", `<meta property="og:title" content="افتتاح الجسر"><meta property="og:site_name" content="الضحى"><meta property="article:published_time" content="2025-07-14">` +
			`<link rel="canonical" href="https://example.org/2">`, "<article><h1>افتتاح</h1><p>" + longText + "</p></article><div>اقرأ أيضا</div>",
			"|الضحى|https://example.org/2|2025-07-14|افتتاح الجسر|افتتاح/" + longText},
		{"nothing but dense text", "", "<div><h1>افتتاح الجسر</h1></div><div><p>" + longText + "</p><p>" + longText + "</p></div>",
			"||||افتتاح الجسر|" + longText + "/" + longText},
	} {
		check(t, test.name, said(t, "p.html", page(test.head, test.body), Options{}), test.want)
	}
	item := func(outlet, title string) string {
		return "<div><p>" + outlet + "</p><p>منذ ساعتين</p><p>- " + outlet + "</p><h2>" + title + "</h2><p>" + longText + "</p></div>"
	}
	got := said(t, "a.html", page("", item("الضحى", "افتتاح الجسر")+item("الساحل", "إغلاق الجسر")), Options{})
	if n := len(got); n < 2 || !strings.HasPrefix(got[n-2], "|الضحى|||افتتاح الجسر|افتتح") || !strings.HasPrefix(got[n-1], "|الساحل|||إغلاق الجسر|افتتح") {
		t.Errorf("an aggregator's page: %s", strings.Join(got, "\n"))
	}
}

// warcRecord makes a record of a web archive.
func warcRecord(kind, uri, block string) string {
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", kind, uri, len(block), block)
}

func TestReadWARC(t *testing.T) {
	html := "<html><head><title>افتتاح الجسر</title></head><body><article><p>" + longText + "</p></article></body></html>"
	chunked := "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n" +
		fmt.Sprintf("%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n", 40, html[:40], len(html)-40, html[40:])
	archive := warcRecord("warcinfo", "", "software: x") +
		warcRecord("request", "https://example.org/1", "GET / HTTP/1.1\r\n\r\n") +
		warcRecord("response", "https://example.org/1", chunked) +
		warcRecord("response", "https://example.org/logo.png", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nPNG") +
		warcRecord("response", "https://example.org/gone", "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n"+html) +
		warcRecord("response", "https://example.org/2", "no response") +
		warcRecord("response", "https://example.org/3", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"+html)
	first := "|example.org|https://example.org/1||افتتاح الجسر|" + longText
	third := "|example.org|https://example.org/3||افتتاح الجسر|" + longText
	broken := `http: w.warc: https://example.org/2: not an HTTP response (malformed HTTP status code "response")`
	check(t, "plain", said(t, "w.warc", []byte(archive), Options{}), first, broken, third)
	check(t, "each record packed", said(t, "w.warc", gzipped(t, archive[:500], archive[500:]), Options{}), first, broken, third)
	got := said(t, "w.warc", []byte(archive[:len(archive)-len(html)]), Options{})
	if len(got) != 3 && len(got) != 4 || got[0] != first {
		t.Errorf("cut short: %s", strings.Join(got, "\n"))
	}
}

// What servers say of a page is judged by its bytes.
func TestWARCPages(t *testing.T) {
	page := "<html><head><title>افتتاح الجسر</title></head><body><article><p>" + longText + "</p></article></body></html>"
	windows, err := charmap.Windows1256.NewEncoder().String(page)
	if err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	b := brotli.NewWriter(&packed)
	b.Write([]byte(page))
	b.Close()
	want := "|example.org|https://example.org/1||افتتاح الجسر|" + longText
	for _, test := range []struct{ name, header, body, want string }{
		{"UTF-8 declared as Latin", "Content-Type: text/html; charset=iso-8859-1\r\n", page, want},
		{"windows-1256, not declared", "Content-Type: text/html\r\n", windows, want},
		{"windows-1256 behind much that is ASCII", "Content-Type: text/html; charset=windows-1256\r\n",
			"<html><head><script>" + strings.Repeat("x = 1;\n", headSize/6) + "</script>" + windows[len("<html><head>"):], want},
		{"brotli", "Content-Type: text/html\r\nContent-Encoding: br\r\n", packed.String(), want},
		{"an encoding of another time", "Content-Type: text/html\r\nContent-Encoding: compress\r\n", page,
			`http: w.warc: https://example.org/1: content encoding "compress" is not read`},
		{"a header without end", strings.Repeat("X-Long: "+strings.Repeat("x", 1000)+"\r\n", 2000), page,
			"http: w.warc: https://example.org/1: not an HTTP response (a header longer than 1 MiB)"},
		{"a chunk without end", "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n", "7fffffff\r\n" + strings.Repeat("x ", maxRecord/2+1),
			"too_long: w.warc: https://example.org/1: page longer than 16 MiB"},
	} {
		data := warcRecord("response", "https://example.org/1", "HTTP/1.1 200 OK\r\n"+test.header+"\r\n"+test.body)
		check(t, test.name, said(t, "w.warc", []byte(data), Options{}), test.want)
	}
	got := said(t, "w.warc", []byte("WARC/1.0\r\n"+strings.Repeat("X: y\r\n", 1<<20)), Options{})
	if len(got) != 1 || !strings.Contains(got[0], "a header longer than 1 MiB") {
		t.Errorf("a record's header without end: %.300q", got)
	}
}

// Pages nested without end are read as their text, in linear time.
func TestDeepHTML(t *testing.T) {
	for _, tag := range []string{"div", "article", "time"} {
		deep := "<html><body>" + strings.Repeat("<"+tag+">", 100_000) + "افتتاح الجسر<p>" + longText + "</p></body></html>"
		got := said(t, "p.html", []byte(deep), Options{})
		if len(got) != 1 || !strings.HasSuffix(got[0], "|افتتاح الجسر|"+longText) {
			t.Errorf("%s: %.300q", tag, got)
		}
	}
}

func gzipped(t *testing.T, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	for _, p := range parts {
		z := gzip.NewWriter(&b)
		z.Write([]byte(p))
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return b.Bytes()
}

// files are what the archives of the tests hold, in order.
var files = []struct{ name, text string }{
	{"news/a.jsonl", `{"id":"1","title":"أول","text":"نص"}`},
	{"news/b.csv", "title,text\nثان,نص\n"},
	{"news/photo.jpg", "JPG"},
	{"news/.hidden.jsonl", `{"id":"x","title":"مخفي","text":"نص"}`},
	{"../../etc/c.jsonl", `{"id":"2","title":"خارج","text":"نص"}`},
	{"news/empty.json", ""},
	{"news/names.csv", "colour,weight\nred,3\n"},
}

var inArchive = []string{
	"1||||أول|نص", "||||ثان|نص",
	"member: d/../../etc/c.jsonl: a path out of the archive", "member: d/news/empty.json: no records in it",
	"member: d/news/names.csv: no column looks like the article text or its title; columns: colour, weight; say e.g. --map title=TITLE,text=TEXT",
}

func TestReadTar(t *testing.T) {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	w.WriteHeader(&tar.Header{Name: "news/link.jsonl", Typeflag: tar.TypeSymlink, Linkname: "/etc/passwd"})
	for _, f := range files {
		w.WriteHeader(&tar.Header{Name: f.name, Size: int64(len(f.text)), Mode: 0o644, Typeflag: tar.TypeReg})
		w.Write([]byte(f.text))
	}
	w.Close()
	want := append([]string{"member: d/news/link.jsonl: a link or device, which is not followed"}, inArchive...)
	want = append(want, "member: d: files of other kinds not read: 1 .jpg")
	check(t, "tar", said(t, "d", b.Bytes(), Options{}), want...)
	z, _ := zstd.NewWriter(nil)
	check(t, "tar.zst", said(t, "d", z.EncodeAll(b.Bytes(), nil), Options{}), want...)
	var x bytes.Buffer
	xw, err := xz.NewWriter(&x)
	if err != nil {
		t.Fatal(err)
	}
	xw.Write(b.Bytes())
	xw.Close()
	check(t, "tar.xz", said(t, "d", x.Bytes(), Options{}), want...)
}

func TestReadZip(t *testing.T) {
	check(t, "zip", said(t, "d", zipped(t, "", nil), Options{}), append(inArchive, "member: d: files of other kinds not read: 1 .jpg")...)
	nested := []byte{}
	for range maxNested + 1 {
		nested = zipped(t, "inner.zip", nested)
	}
	got := said(t, "d", nested, Options{})
	if last := "member: d/inner.zip/inner.zip/inner.zip/inner.zip: an archive in an archive, too deep"; !strings.Contains(strings.Join(got, "\n"), last) {
		t.Errorf("nested archives: %s", strings.Join(got, "\n"))
	}
}

// zipped packs the files and one more.
func zipped(t *testing.T, name string, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	if name != "" {
		f, _ := w.Create(name)
		f.Write(data)
	} else {
		for _, file := range files {
			f, _ := w.Create(file.name)
			f.Write([]byte(file.text))
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestReadParquet(t *testing.T) {
	type row struct {
		Headline  string    `parquet:"headline"`
		Text      *string   `parquet:"text,optional"`
		Published time.Time `parquet:"published,timestamp(microsecond)"`
		Views     int64     `parquet:"views"`
	}
	var b bytes.Buffer
	w := parquet.NewGenericWriter[row](&b)
	text := "نص"
	when := time.Date(2025, 7, 14, 8, 0, 0, 0, time.UTC)
	w.Write([]row{{"أول", &text, when, 3}, {"ثان", nil, when, 4}, {"", nil, when, 5}})
	w.Close()
	want := []string{"|||2025-07-14|أول|نص", "|||2025-07-14|ثان|", "empty: p: no title and no body"}
	check(t, "parquet", said(t, "p", b.Bytes(), Options{}), want...)
	got := said(t, "p", b.Bytes()[:len(b.Bytes())/2], Options{})
	if len(got) != 1 || !strings.HasPrefix(got[0], "error: p: damaged Parquet data") {
		t.Errorf("cut short: %q", got)
	}
}

func FuzzReadFormats(f *testing.F) {
	f.Add([]byte(rssText + "</channel></rss>"))
	f.Add([]byte("<html><body><article>" + longText + "</article></body></html>"))
	f.Add([]byte(warcRecord("response", "https://example.org/3", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>x</p>")))
	f.Fuzz(func(t *testing.T, data []byte) {
		n := 0
		for a, err := range Read(bytes.NewReader(data), "f", Options{}) {
			if err == nil && strings.TrimSpace(a.Title+a.Body) == "" {
				t.Error("an article without text")
			}
			if n++; n > len(data)+1 {
				t.Fatal("more records than bytes")
			}
		}
	})
}
