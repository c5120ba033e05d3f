package qissa_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"qissa"
	"qissa/article"
	"qissa/eval"
	"qissa/internal/needs"
)

// leastOfTitles is the share of the precision of titles alone that a poorer shape of the
// same records keeps.
const leastOfTitles = 0.9

// A labelled day as feeds and tables of headlines have it: what the titles tell is told
// by each shape.
func TestHeadlineFeeds(t *testing.T) {
	needs.Time(t, "it clusters each labelled set three times")
	needData(t)
	for _, set := range slices.Concat(labelledSets["ant"], labelledSets["saudinewsnet"]) {
		gold := readLabels(t, setLabels(set))
		var day, titles []article.Article
		for _, a := range readArticles(t, setFile(set)) {
			if strings.TrimSpace(a.Title) != "" {
				day = append(day, a)
				titles = append(titles, article.Article{ID: a.ID, Source: a.Source, Title: a.Title, Time: a.Time, Precision: a.Precision})
			}
		}
		want := pairPrecision(t, titles, gold)
		for name, shape := range map[string][]byte{"headlines.csv": asHeadlines(t, day), "aggregated.xml": asAggregatedFeed(t, day)} {
			articles, bad, err := article.ReadAll(bytes.NewReader(shape), name, article.Options{})
			if err != nil || len(bad) > 0 || len(articles) != len(day) {
				t.Fatalf("%s as %s: %d articles of %d, %d damaged, %v", set, name, len(articles), len(day), len(bad), err)
			}
			got := pairPrecision(t, articles, gold)
			t.Logf("%s as %s: pair precision %.3f, of its titles alone %.3f", set, name, got, want)
			if got < leastOfTitles*want {
				t.Errorf("%s as %s: pair precision %.3f, want at least %.1f of the %.3f of its titles alone", set, name, got, leastOfTitles, want)
			}
		}
	}
}

// Seven feeds of sections of five outlets, each item in two places, give each address
// once, and five outlets.
func TestSectionFeeds(t *testing.T) {
	needData(t)
	day := readArticles(t, setFile("snn-dev"))
	of := map[string][]article.Article{}
	for _, a := range day {
		a.Source = article.Host(a.URL)
		of[a.Source] = append(of[a.Source], a)
	}
	var outlets []string
	for host := range of {
		outlets = append(outlets, host)
	}
	slices.SortFunc(outlets, func(a, b string) int { return 1000*(len(of[b])-len(of[a])) + strings.Compare(a, b) })
	outlets = outlets[:5]
	addresses := map[string]bool{}
	var articles []article.Article
	for n, host := range outlets {
		items := of[host]
		for _, a := range items {
			addresses[article.Canonical(a.URL)] = true
		}
		sections := []string{"رياضة", "محليات"}
		if n > 1 {
			sections, items = sections[:1], slices.Concat(items, items) // one feed has each twice
		}
		for _, section := range sections {
			read, _, err := article.ReadAll(bytes.NewReader(asSectionFeed(t, "جريدة "+fmt.Sprint(n)+" - "+section, items)), section+".xml", article.Options{})
			if err != nil {
				t.Fatal(err)
			}
			articles = append(articles, read...)
		}
	}
	article.FoldOutlets(articles)
	article.Identify(articles)
	articles = article.Unite(articles)
	r, err := qissa.Cluster(t.Context(), articles, qissa.DefaultOptions())
	if err != nil {
		t.Fatal(err)
	}
	if r.Counts.Articles != len(addresses) || r.Counts.Sources != len(outlets) {
		t.Errorf("%d articles of %d outlets, want the %d addresses of %d", r.Counts.Articles, r.Counts.Sources, len(addresses), len(outlets))
	}
}

func setLabels(set string) string { return strings.TrimSuffix(setFile(set), ".jsonl") + ".v2.tsv" }

// pairPrecision clusters articles and tells how many pairs of their stories are right.
func pairPrecision(t *testing.T, articles []article.Article, gold eval.Labels) float64 {
	t.Helper()
	r, err := qissa.Cluster(t.Context(), articles, qissa.DefaultOptions())
	if err != nil {
		t.Fatal(err)
	}
	var pred eval.Labels
	has := map[string]bool{}
	for i, a := range r.Articles {
		has[a.ID] = true
		pred.Items = append(pred.Items, eval.Item{ID: a.ID, Story: r.Stories[r.StoryOf[i]].ID})
	}
	gold.Items = slices.DeleteFunc(slices.Clone(gold.Items), func(i eval.Item) bool { return !has[i.ID] })
	p, g, err := eval.Align(pred, gold)
	if err != nil {
		t.Fatal(err)
	}
	return eval.Pairwise(p, g).Precision
}

func asHeadlines(t *testing.T, day []article.Article) []byte {
	t.Helper()
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Write([]string{"id", "title", "date", "source"})
	for _, a := range day {
		w.Write([]string{a.ID, a.Title, a.Time.Format(time.RFC3339), a.Source})
	}
	if w.Flush(); w.Error() != nil {
		t.Fatal(w.Error())
	}
	return b.Bytes()
}

// asAggregatedFeed writes a day as Google News does: the outlet behind each title, and
// both again for a description.
func asAggregatedFeed(t *testing.T, day []article.Article) []byte {
	t.Helper()
	var b bytes.Buffer
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>"الأخبار" - أخبار Google</title><link>https://news.example.com</link>`)
	for _, a := range day {
		link := "https://news.example.com/rss/articles/" + a.ID
		description := fmt.Sprintf(`<a href="%s" target="_blank">%s</a>&nbsp;&nbsp;<font color="#6f6f6f">%s</font>`, link, escaped(a.Title), escaped(a.Source))
		fmt.Fprintf(&b, `<item><title>%s</title><link>%s</link><guid isPermaLink="false">%s</guid><pubDate>%s</pubDate><description>%s</description><source url="https://%s.example.com">%s</source></item>`,
			escaped(a.Title+" - "+a.Source), link, a.ID, a.Time.UTC().Format(time.RFC1123), escaped(description), a.Source, escaped(a.Source))
	}
	b.WriteString(`</channel></rss>`)
	return b.Bytes()
}

func asSectionFeed(t *testing.T, name string, day []article.Article) []byte {
	t.Helper()
	var b bytes.Buffer
	fmt.Fprintf(&b, `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>%s</title><link>%s</link>`, name, "https://"+day[0].Source)
	for n, a := range day {
		fmt.Fprintf(&b, `<item><title>%s</title><link>%s</link><pubDate>%s</pubDate><description>%s</description></item>`,
			escaped(a.Title), escaped(a.URL+fmt.Sprintf("?utm_source=rss&utm_item=%d", n)), a.Time.UTC().Format(time.RFC1123), escaped(a.LoadBody(nil)))
	}
	b.WriteString(`</channel></rss>`)
	return b.Bytes()
}
