package article

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// FuzzReadFeed reads RSS, Atom and JSON feeds.
func FuzzReadFeed(f *testing.F) {
	const item = "<item><title>خبر</title><link>https://example.org/1</link><description>&lt;p&gt;نص&lt;/p&gt;</description><pubDate>Mon, 14 Jul 2025 10:00:00 +0300</pubDate></item>"
	f.Add(rssText + item + item + "</channel></rss>")
	f.Add(`<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>خبر</title><content type="html">نص</content><updated>2025-07-14T10:00:00Z</updated></entry></feed>`)
	f.Add(`{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","title":"خبر","content_text":"نص"}]}`)
	f.Add("<?xml version=\"1.0\" encoding=\"windows-1256\"?><rss><channel><item><title>\xce\xc8\xd1</title></item></channel></rss>")
	f.Fuzz(func(t *testing.T, text string) { checkAll(t, text, Options{Format: "feed"}) })
}

// FuzzReadHTML reads pages.
func FuzzReadHTML(f *testing.F) {
	f.Add("<html><head><title>خبر</title></head><body><article><h1>خبر</h1><p>" + longText + "</p></article></body></html>")
	f.Add(`<script type="application/ld+json">{"@type":"NewsArticle","headline":"خبر","articleBody":"نص","datePublished":"2025-07-14"}</script>`)
	f.Add(`<meta property="og:title" content="خبر"><meta property="article:published_time" content="2025-07-14T10:00:00Z"><p>نص`)
	f.Add(`<script type="application/ld+json">{"@graph":[[[{"@type":["x","NewsArticle"]}]]]}</script><<<p>`)
	f.Fuzz(func(t *testing.T, text string) { checkAll(t, text, Options{Format: "html"}) })
}

// FuzzReadWARC reads records of web archives.
func FuzzReadWARC(f *testing.F) {
	const page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<article><h1>خبر</h1><p>نص</p></article>"
	const chunked = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<p>x<\r\n3\r\n/p>\r\n0\r\n\r\n"
	f.Add(warcRecord("response", "https://example.org/1", page))
	f.Add(warcRecord("response", "https://example.org/2", chunked) + warcRecord("request", "https://example.org/2", "GET / HTTP/1.1\r\n\r\n"))
	f.Add("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999999999999\r\n\r\nx")
	f.Fuzz(func(t *testing.T, text string) {
		checkAll(t, "WARC/1.1\r\n"+strings.TrimPrefix(text, "WARC/1.1\r\n"), Options{})
	})
}

// FuzzDecode reads text in any encoding.
func FuzzDecode(f *testing.F) {
	windows, _ := charmap.Windows1256.NewEncoder().String("خبر: " + longText)
	iso, _ := charmap.ISO8859_6.NewEncoder().String("خبر " + longText)
	for _, text := range []string{windows, iso, "\xff\xfe\x2e\x06\x28\x06\x31\x06", "\xfe\xff\x06\x2e", "\xef\xbb\xbfخبر", "Ø®Ø¨Ø±", "خبر \xff\xc3"} {
		for given := range uint8(4) {
			f.Add([]byte(text), given)
		}
	}
	names := []string{"", "windows-1256", "iso-8859-6", "utf-16le"}
	f.Fuzz(func(t *testing.T, data []byte, given uint8) {
		for a, err := range Read(bytes.NewReader(data), "d.txt", Options{Format: "text", Encoding: names[int(given)%len(names)], Now: time.Unix(1752501600, 0)}) {
			if err == nil && !utf8.ValidString(a.Title+a.Body) {
				t.Errorf("%q is no UTF-8", a.Title+a.Body)
			}
		}
	})
}

// FuzzRepairTwice takes one encoding off what was given two, and nothing off
// what was not.
func FuzzRepairTwice(f *testing.F) {
	for _, s := range []string{"افتتاح الجسر", "خبر 12 «كريت»", "Øl fra Ærø", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got, twice := repairTwice(s); twice && !utf8.ValidString(got) {
			t.Errorf("%q became %q", s, got)
		}
		if strings.ContainsFunc(s, func(r rune) bool { return r >= 0x600 && r <= 0x6FF }) {
			if got, twice := repairTwice(s); twice {
				t.Errorf("%q has Arabic letters and became %q", s, got)
			}
		}
	})
}
