package article

import (
	"bytes"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

const (
	bridgeTitle = "افتتاح الجسر المعلق في طنجة بعد عامين من الأشغال"
	bridgeText  = "افتتح وزير التجهيز صباح اليوم الجسر المعلق"
	quakeTitle  = "زلزال بقوة 5.4 درجات يهز جزيرة كريت"
	quakeText   = "ضرب زلزال بلغت قوته 5.4 درجات جزيرة كريت"
	rateTitle   = "البنك المركزي يخفض سعر الفائدة مئة نقطة أساس"
	rateText    = "خفض البنك المركزي سعر الفائدة الرئيسي"
)

// A schema is what an export of one kind must give without a flag: three
// articles, or as many as it has outlets.
type schema struct {
	file    string // in testdata/schemas, or made by the test
	format  string
	outlets string // of the articles in turn
	titles  bool   // they have titles
	texts   bool   // they have texts
	first   string // time of the first article, "" if it has none
	url     string // of the first article
	skipped int
}

var schemas = []schema{
	{"newsapi.json", "json", "Hespress.com الجزيرة Hespress.com", true, true, "2025-07-14T08:00:00Z", "https://www.hespress.com/bridge-1.html", 1},
	{"kaggle-newsapi.csv", "csv", "الوادي الوادي الوادي", true, true, "2025-07-14T07:00:00Z", "https://alwadi.example/0", 0},
	{"newsdata.json", "json", "Hespress سكاي+نيوز+عربية Hespress", true, true, "2025-07-14T07:00:00Z", "https://www.hespress.com/a/0", 0},
	{"gdelt-doc.json", "json", "hespress.com aljazeera.net hespress.com", true, false, "2025-07-14T07:15:00Z", "https://www.hespress.com/news/0", 0},
	{"gdelt-doc.csv", "csv", "hespress.com aljazeera.net hespress.com", true, false, "2025-07-14T07:15:00Z", "https://www.hespress.com/news/0", 0},
	{"eventregistry.json", "json", "الوادي الوادي الوادي", true, true, "2025-07-14T07:00:00Z", "https://www.alwadi.example/0", 0},
	{"headlines.csv", "csv", "هسبريس الجزيرة هسبريس", true, false, "2025-07-14T00:00:00Z", "", 0},
	{"ticker.txt", "csv", "- - -", true, false, "2025-07-14T08:00:00Z", "", 0},
	{"arabic-names.csv", "csv", "الوادي الوادي الوادي", true, true, "2025-07-14T08:00:00Z", "https://alwadi.example/0", 0},
	{"google-news.xml", "feed", "هسبريس الجزيرة+نت BBC+Arabic", true, false, "2025-07-14T08:00:00Z", "https://news.google.com/rss/articles/CBMi1?oc=5", 0},
	{"yahoo.xml", "feed", "فرانس+برس رويترز فرانس+برس", true, true, "2025-07-14T06:00:00Z", "https://maktoob.yahoo.com/0.html", 0},
	{"jsonfeed.json", "json", "صحيفة+الوادي صحيفة+الوادي صحيفة+الوادي", true, true, "2025-07-14T07:00:00+01:00", "https://alwadi.example/0", 0},
	{"wordpress-rest.json", "json", "alwadi.example alwadi.example alwadi.example", true, true, "2025-07-14T07:00:00Z", "https://www.alwadi.example/a-0/", 0},
	{"wordpress.wxr.xml", "feed", "صحيفة+الوادي صحيفة+الوادي صحيفة+الوادي", true, true, "2025-07-14T07:00:00Z", "https://alwadi.example/1/", 0},
	{"news-please.jsonl", "jsonl", "www.hespress.com www.aljazeera.net www.hespress.com", true, true, "2025-07-14T07:00:00Z", "https://www.hespress.com/news/0", 0},
	{"datatrove.jsonl", "jsonl", "hespress.com aljazeera.net hespress.com", false, true, "2025-07-14T07:00:00Z", "https://www.hespress.com/news/0", 0},
	{"telegram.json", "json", "قناة+الوادي+الإخبارية قناة+الوادي+الإخبارية قناة+الوادي+الإخبارية", false, true, "2025-07-14T08:00:00Z", "", 1},
	{"telegram-all.json", "json", "قناة+الوادي+الإخبارية قناة+الوادي+الإخبارية أخبار+البلد", false, true, "2025-07-14T08:00:00Z", "", 0},
	{"twitter-v1.jsonl", "jsonl", "صحيفة+الوادي أخبار+البلد صحيفة+الوادي", false, true, "2025-07-14T07:00:00Z", "", 0},
	{"mastodon.jsonl", "jsonl", "صحيفة+الوادي أخبار+البلد صحيفة+الوادي", false, true, "2025-07-14T07:00:00Z", "https://social.example/@alwadi/114850000000000000", 0},
	{"twitter-v2.json", "json", "صحيفة+الوادي أخبار+البلد صحيفة+الوادي", false, true, "2025-07-14T07:00:00Z", "", 0},
	{"twitter-v2-pages.jsonl", "json", "صحيفة+الوادي أخبار+البلد صحيفة+الوادي", false, true, "2025-07-14T07:00:00Z", "", 0},
	{"twitter-v2-flat.jsonl", "jsonl", "صحيفة+الوادي أخبار+البلد صحيفة+الوادي", false, true, "2025-07-14T07:00:00Z", "", 0},
	{"feedly.json", "json", "هسبريس الجزيرة+نت هسبريس", true, true, "2025-07-14T08:00:00Z", "https://www.hespress.com/a/0", 0},
	{"firestore.json", "json", "الوادي الوادي الوادي", true, true, "2025-07-14T08:00:00Z", "", 0},
	{"sitemap-news.xml", "xml", "هسبريس هسبريس هسبريس", true, false, "2025-07-14T07:00:00+01:00", "https://www.hespress.com/n-0.html", 0},
	{"records.xml", "xml", "alwadi.example alwadi.example alwadi.example", true, true, "2025-07-14T00:00:00Z", "https://alwadi.example/0", 0},
	{"corpus.sgm", "xml", "- - -", true, true, "", "", 0},
	{"crawl.warc.wet", "warc", "hespress.com aljazeera.net", true, true, "2025-07-14T09:01:00+04:00", "https://www.hespress.com/news/0", 0},
	{"news.xlsx", "xlsx", "الوادي الوادي الوادي", true, true, "2025-07-14T12:00:00Z", "https://alwadi.example/0", 0},
	{"news.db", "sqlite", "alwadi.example alwadi.example alwadi.example", true, true, "2025-07-14T08:00:00Z", "https://alwadi.example/0", 0},
}

func TestSchemas(t *testing.T) {
	made := map[string][]byte{"news.xlsx": workbookOfNews(t), "news.db": databaseOfNews(t)}
	for _, s := range schemas {
		t.Run(s.file, func(t *testing.T) {
			data := made[s.file]
			if data == nil {
				var err error
				if data, err = os.ReadFile(filepath.Join("testdata", "schemas", s.file)); err != nil {
					t.Fatal(err)
				}
			}
			s.check(t, data)
		})
	}
}

func (s *schema) check(t *testing.T, data []byte) {
	t.Helper()
	var format string
	var articles []Article
	skipped := 0
	for a, err := range Read(bytes.NewReader(data), s.file, Options{Found: func(r Recognised) { format = r.Format }}) {
		var bad *RecordError
		switch {
		case errors.As(err, &bad):
			skipped++
		case err != nil:
			t.Fatal(err)
		default:
			articles = append(articles, a)
		}
	}
	outlets := strings.Fields(strings.ReplaceAll(s.outlets, "-", "none"))
	if format != s.format || len(articles) != len(outlets) || skipped != s.skipped {
		t.Fatalf("%s with %d articles, %d skipped; want %s, %d, %d", format, len(articles), skipped, s.format, len(outlets), s.skipped)
	}
	titles, texts := []string{bridgeTitle, quakeTitle, rateTitle}, []string{bridgeText, quakeText, rateText}
	for i, a := range articles {
		if want := strings.ReplaceAll(strings.TrimPrefix(outlets[i], "none"), "+", " "); a.Source != want {
			t.Errorf("article %d: outlet %q, want %q", i, a.Source, want)
		}
		if s.titles && a.Title != titles[i] {
			t.Errorf("article %d: title %q, want %q", i, a.Title, titles[i])
		}
		switch {
		case !s.texts && a.Body != "":
			t.Errorf("article %d: text %q, want none", i, a.Body)
		case s.texts && !strings.Contains(a.Title+"\n"+a.Body, texts[i]) && !strings.Contains(a.Body, titles[i]):
			t.Errorf("article %d: text %q, want %q in it", i, a.Body, texts[i])
		case strings.ContainsAny(a.Body, "<>") || strings.Contains(a.Body, "chars]"):
			t.Errorf("article %d: text %q is not clean", i, a.Body)
		}
	}
	when := ""
	if a := articles[0]; !a.Time.IsZero() {
		when = a.Time.Format(time.RFC3339)
	}
	if when != s.first || articles[0].URL != s.url {
		t.Errorf("time %q, url %q; want %q, %q", when, articles[0].URL, s.first, s.url)
	}
}

// workbookOfNews is a workbook as an office keeps one: a sheet of notes, a line
// above the names, a cell of type date, one sheet for each month.
func workbookOfNews(t testing.TB) []byte {
	t.Helper()
	f := excelize.NewFile()
	set := func(sheet, cell string, value any) {
		if err := f.SetCellValue(sheet, cell, value); err != nil {
			t.Fatal(err)
		}
	}
	set("Sheet1", "A1", "ملاحظات")
	for _, sheet := range []string{"تموز", "آب"} {
		if _, err := f.NewSheet(sheet); err != nil {
			t.Fatal(err)
		}
		set(sheet, "A1", "رصد الأخبار")
		for i, name := range []string{"العنوان", "النص", "تاريخ النشر", "الصحيفة", "الرابط"} {
			set(sheet, string(rune('A'+i))+"3", name)
		}
	}
	row := func(sheet, n, title, text string, when any, url string) {
		for i, v := range []any{title, text, when, "الوادي", url} {
			set(sheet, string(rune('A'+i))+n, v)
		}
	}
	row("تموز", "4", bridgeTitle, bridgeText, time.Date(2025, 7, 14, 12, 0, 0, 0, time.UTC), "https://alwadi.example/0")
	row("تموز", "6", quakeTitle, quakeText, "14/07/2025", "https://alwadi.example/1")
	row("آب", "4", rateTitle, rateText, 45900, "")
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// databaseOfNews is the file of a feed reader: feeds and their entries.
func databaseOfNews(t testing.TB) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "news.db")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{
		`CREATE TABLE rss_feed (rssurl TEXT PRIMARY KEY, url TEXT, title TEXT, lastmodified INTEGER)`,
		`INSERT INTO rss_feed VALUES ('https://alwadi.example/feed', 'https://alwadi.example', 'الوادي', 0)`,
		`CREATE TABLE rss_item (id INTEGER PRIMARY KEY, guid TEXT, title TEXT, author TEXT, url TEXT, feedurl TEXT, pubDate INTEGER, content TEXT, unread INTEGER)`,
		`INSERT INTO rss_item VALUES (1,'g1','` + bridgeTitle + `','','https://alwadi.example/0','https://alwadi.example/feed',1752480000,'<p>` + bridgeText + `</p>',1),
		 (2,'g2','` + quakeTitle + `','','https://alwadi.example/1','https://alwadi.example/feed',1752483600,'` + quakeText + `',1),
		 (3,'g3','` + rateTitle + `','','https://alwadi.example/2','https://alwadi.example/feed',1752487200,'` + rateText + `',0)`,
	} {
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestSchemasAreAllTested wants a line in the table for each fixture.
func TestSchemasAreAllTested(t *testing.T) {
	files, err := os.ReadDir(filepath.Join("testdata", "schemas"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !slices.ContainsFunc(schemas, func(s schema) bool { return s.file == f.Name() }) {
			t.Errorf("%s is not tested", f.Name())
		}
	}
}
