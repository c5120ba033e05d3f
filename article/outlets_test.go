package article

import (
	"strings"
	"testing"
)

func TestFoldOutlets(t *testing.T) {
	for _, test := range []struct{ name, read, want string }{ // host=outlet; an outlet alone has no address
		{"sections of an agency", "aps.dz=واج - دولــي, aps.dz=واج - رياضــة, www.aps.dz=واج - اقتصــاد", "واج واج واج"},
		{"the outlet and its sections", "x.org=الوادي, x.org=الوادي | رياضة, x.org=محليات | الوادي", "الوادي الوادي الوادي"},
		{"names of sections alone", "x.org=رياضة, m.x.org=سياسة, x.org=اقتصاد", "x.org x.org x.org"},
		{"a section beside the outlet", "x.org=الوادي, x.org=رياضة", "الوادي الوادي"},
		{"one section alone", "x.org=آخر الأخبار", "x.org"},
		{"an aggregator", "news.google.com=الوادي, news.google.com=البلد, news.google.com=الضحى", "الوادي البلد الضحى"},
		{"an aggregator with sections", "g.com=الوادي - رياضة, g.com=البلد - رياضة", "الوادي+-+رياضة البلد+-+رياضة"},
		{"several sites", "x.org=الوادي - رياضة, y.org=الوادي - سياسة", "الوادي+-+رياضة الوادي+-+سياسة"},
		{"no address", "=الوادي - رياضة, =الوادي - سياسة", "الوادي+-+رياضة الوادي+-+سياسة"},
		{"no name where the others have one", "x.org=الوادي, x.org=, x.org=الوادي", "الوادي الوادي الوادي"},
		{"no name where the others have two", "x.org=الوادي, x.org=, x.org=البلد", "الوادي x.org البلد"},
		{"tatweel and hamza", "x.org=الأيــام - رياضة, x.org=الايام - فن", "الأيــام الأيــام"},
	} {
		var articles []Article
		for entry := range strings.SplitSeq(test.read, ", ") {
			host, named, _ := strings.Cut(entry, "=")
			a := Article{Title: entry}
			if host != "" {
				a.URL = "https://" + host + "/" + entry
			}
			a.setOutlet(named, "")
			articles = append(articles, a)
		}
		before := make([]string, len(articles))
		for i := range articles {
			before[i] = articles[i].sourceRead() + contentID(&articles[i])
		}
		FoldOutlets(articles)
		var got []string
		for i, a := range articles {
			got = append(got, strings.ReplaceAll(a.Source, " ", "+"))
			if before[i] != a.sourceRead()+contentID(&a) {
				t.Errorf("%s: what was read of %q, or its id, changed", test.name, a.Title)
			}
		}
		want := strings.Fields(test.want)
		if len(got) != len(want) {
			t.Fatalf("%s: %q", test.name, got)
		}
		for i := range got {
			if got[i] != want[i] && !(strings.Contains(want[i], "ــ") && foldOutletName(got[i]) == foldOutletName(want[i])) {
				t.Errorf("%s: %q, want %q", test.name, got, want)
				break
			}
		}
	}
}

func TestOutletByRule(t *testing.T) {
	for _, test := range []struct{ named, url, rule, source, raw string }{
		{"الوادي", "https://www.x.org/1", "", "الوادي", ""},
		{"الوادي", "https://www.x.org/1", OutletHost, "x.org", "الوادي"},
		{"x.org", "https://www.x.org/1", OutletHost, "x.org", ""},
		{"", "https://m.x.org/1", OutletField, "x.org", ""},
		{"الوادي", "", OutletHost, "الوادي", ""},
		{"", "", "", "", ""},
	} {
		a := Article{URL: test.url}
		a.setOutlet(test.named, test.rule)
		if a.Source != test.source || a.SourceRaw != test.raw || a.sourceRead() != test.named {
			t.Errorf("%+v: %q, %q, %q", test, a.Source, a.SourceRaw, a.sourceRead())
		}
	}
}
