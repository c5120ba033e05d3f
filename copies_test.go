package qissa_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"qissa"
	"qissa/article"
	"qissa/eval"
	"qissa/internal/needs"
)

var writeCopies = flag.String("write-copies", "", "also write the articles of TestCopies with their versions, as JSON lines, for eval/peers/copies.py")

// An edit makes another version of an article, as outlets do, or nothing where
// the article has nothing to edit. Donor is an article on something else.
type edit struct {
	name  string
	least float64 // share of versions that must be found as copies
	most  float64 // and may be
	make  func(r *rand.Rand, a, donor article.Article) (article.Article, bool)
}

var edits = []edit{
	{"vowel marks", 0.99, 1, onText(vocalise)},
	{"hamza", 0.99, 1, onText(swap("أ", "ا", "إ", "ا", "آ", "ا", "ؤ", "و"))},
	{"final ة as ه", 0.99, 1, onText(endings("ة", "ه"))},
	{"final ي as ى", 0.99, 1, onText(endings("ي", "ى"))},
	{"tatweel", 0.99, 1, onText(stretch)},
	{"script of digits", 0.99, 1, onText(swap("0", "٠", "1", "١", "2", "٢", "3", "٣", "4", "٤", "5", "٥", "6", "٦", "7", "٧", "8", "٨", "9", "٩"))},
	{"names of months", 0.99, 1, onText(otherMonths)},
	{"dateline and credit", 0.99, 1, func(r *rand.Rand, a, _ article.Article) (article.Article, bool) {
		a.Body = "جدة ـ وكالات: " + a.Body + " (رويترز)"
		return a, true
	}},
	{"headline", 0.99, 1, func(r *rand.Rand, a, donor article.Article) (article.Article, bool) {
		a.Title = donor.Title
		return a, true
	}},
	{"a paragraph less or more", 0.99, 1, func(r *rand.Rand, a, donor article.Article) (article.Article, bool) {
		words := strings.Fields(a.Body)
		if r.IntN(2) == 0 {
			a.Body = strings.Join(words[:len(words)*4/5], " ")
			return a, true
		}
		other := strings.Fields(donor.Body)
		a.Body += "\n" + strings.Join(other[:min(len(other), len(words)/4)], " ")
		return a, true
	}},
	{"cut to its first third", 0.95, 1, func(r *rand.Rand, a, _ article.Article) (article.Article, bool) {
		words := strings.Fields(a.Body)
		a.Body = strings.Join(words[:len(words)/3], " ")
		return a, true
	}},
	{"template with other numbers", 0, 0.01, func(r *rand.Rand, a, _ article.Article) (article.Article, bool) {
		if len(number.FindAllString(a.Body, -1)) < 4 {
			return a, false
		}
		// No number of the one may stand in the other by chance.
		other := func(s string) string {
			n, _ := strconv.ParseInt(s, 10, 64)
			return fmt.Sprint(n*7 + 100_003)
		}
		a.Title, a.Body = number.ReplaceAllStringFunc(a.Title, other), number.ReplaceAllStringFunc(a.Body, other)
		return a, true
	}},
}

var number = regexp.MustCompile(`[0-9]+`)

func onText(change func(r *rand.Rand, s string) string) func(*rand.Rand, article.Article, article.Article) (article.Article, bool) {
	return func(r *rand.Rand, a, _ article.Article) (article.Article, bool) {
		b := a
		b.Title, b.Body = change(r, a.Title), change(r, a.Body)
		return b, b.Body != a.Body
	}
}

func vocalise(r *rand.Rand, s string) string {
	marks := []rune("\u064B\u064C\u064D\u064E\u064F\u0650\u0651\u0652")
	return afterLetters(r, s, func() string { return string(marks[r.IntN(len(marks))]) })
}

func stretch(r *rand.Rand, s string) string {
	return afterLetters(r, s, func() string { return strings.Repeat("ـ", 1+r.IntN(3)) })
}

// afterLetters puts something after every third Arabic letter or so.
func afterLetters(r *rand.Rand, s string, what func() string) string {
	var b strings.Builder
	for _, c := range s {
		b.WriteRune(c)
		if c >= 'ء' && c <= 'ي' && r.IntN(3) == 0 {
			b.WriteString(what())
		}
	}
	return b.String()
}

func swap(pairs ...string) func(*rand.Rand, string) string {
	replacer := strings.NewReplacer(pairs...)
	return func(_ *rand.Rand, s string) string { return replacer.Replace(s) }
}

func endings(from, to string) func(*rand.Rand, string) string {
	return func(_ *rand.Rand, s string) string {
		words := strings.Split(s, " ")
		for i, w := range words {
			if strings.HasSuffix(w, from) {
				words[i] = strings.TrimSuffix(w, from) + to
			}
		}
		return strings.Join(words, " ")
	}
}

// otherMonths names months as another tradition does: Egypt, the Levant, the
// Maghreb, Morocco.
func otherMonths(r *rand.Rand, s string) string {
	for _, names := range [][]string{
		{"يناير", "كانون الثاني", "جانفي"}, {"فبراير", "شباط", "فيفري"}, {"مارس", "آذار", "مارس"}, {"أبريل", "نيسان", "أفريل"},
		{"مايو", "أيار", "ماي"}, {"يونيو", "حزيران", "جوان"}, {"يوليو", "تموز", "جويلية", "يوليوز"}, {"أغسطس", "آب", "أوت", "غشت"},
		{"سبتمبر", "أيلول", "شتنبر"}, {"أكتوبر", "تشرين الأول", "أكتوبر"}, {"نوفمبر", "تشرين الثاني", "نونبر"}, {"ديسمبر", "كانون الأول", "دجنبر"},
	} {
		s = strings.ReplaceAll(s, names[0], names[1+r.IntN(len(names)-1)])
	}
	return s
}

// versions returns an article for every k-th that is long enough, with its
// version two hours later in another outlet. Ids tell them apart.
func versions(e edit, articles []article.Article, k int) []article.Article {
	r := rand.New(rand.NewPCG(1, 1))
	var all []article.Article
	for i, a := range articles {
		if i%k != 0 || len(strings.Fields(a.Body)) < 60 || a.Time.IsZero() {
			continue
		}
		b, ok := e.make(r, a, articles[(i+len(articles)/2)%len(articles)])
		if !ok {
			continue
		}
		a.ID = fmt.Sprintf("a%d", i)
		b.ID, b.Source, b.Time = fmt.Sprintf("b%d", i), "منتدى الأخبار", a.Time.Add(2*time.Hour)
		all = append(all, a, b)
	}
	return all
}

// found counts the versions that are labelled as copies of what they were made
// from, or of another article that shares no more with them: some articles of
// the sets are reports of one agency. Where the clocks are a crawler's, or an agency is
// credited, the original may as well be labelled a copy of its version.
func found(r *qissa.Result) (copies, of int) {
	shared := map[string]float64{} // share of each version's words in its original
	for _, p := range r.Pairs {
		a, b := r.Articles[p.A].ID, r.Articles[p.B].ID
		if a[1:] == b[1:] && a[0] != b[0] {
			shared["b"+b[1:]] = p.BInA
			if b[0] == 'a' {
				shared["b"+b[1:]] = p.AInB
			}
		}
	}
	isCopy := func(m qissa.Member) bool {
		return m.Relation == qissa.Verbatim || m.Relation == qissa.Shortened || m.Relation == qissa.Edited
	}
	for _, s := range r.Stories {
		member := map[string]qissa.Member{}
		for _, m := range s.Members {
			member[r.Articles[m.Article].ID] = m
		}
		for id, m := range member {
			if id[0] != 'b' {
				continue
			}
			of++
			original, together := member["a"+id[1:]]
			switch {
			case isCopy(m) && r.Articles[m.CopyOf].ID[0] == 'a' && shared[id] >= m.Copied,
				isCopy(m) && together && r.Articles[m.CopyOf].ID == "a"+id[1:],
				together && isCopy(original) && r.Articles[original.CopyOf].ID == id:
				copies++
			}
		}
	}
	return copies, of
}

// distinctArticles returns the articles of the labelled sets without those that
// open alike: an article that the outlets repeat has several originals.
func distinctArticles(t *testing.T) []article.Article {
	t.Helper()
	var articles []article.Article
	for _, set := range []string{"ant-dev", "ant-dev2", "snn-dev", "snn-dev2"} {
		articles = append(articles, readArticles(t, filepath.Join(dataFolder, "stories", set+".jsonl"))...)
	}
	seen := map[string]bool{}
	return slices.DeleteFunc(articles, func(a article.Article) bool {
		words := strings.Fields(a.Body)
		opening := strings.Join(words[:min(len(words), 20)], " ")
		repeated := seen[opening]
		seen[opening] = true
		return repeated || len(words) < 60
	})
}

// TestCopies makes twelve kinds of versions of real articles, and asks how many
// are found as copies.
func TestCopies(t *testing.T) {
	needs.Time(t, "it clusters twelve batches of articles")
	needData(t)
	articles := distinctArticles(t)
	var written bytes.Buffer
	for _, e := range edits {
		batch := versions(e, articles, 3)
		for i := 0; i < len(batch); i += 2 {
			a, b := batch[i], batch[i+1]
			line, err := json.Marshal(map[string]string{"kind": e.name, "a": a.Title + "\n" + a.Body, "b": b.Title + "\n" + b.Body})
			if err != nil {
				t.Fatal(err)
			}
			written.Write(append(line, '\n'))
		}
		copies, of := found(clusterAll(t, batch, 0))
		share := float64(copies) / float64(of)
		t.Logf("%-28s %4d of %4d found as copies, %.3f", e.name, copies, of, share)
		if of < 20 || share < e.least || share > e.most {
			t.Errorf("%s: %d of %d found as copies, want %v to %v", e.name, copies, of, e.least, e.most)
		}
	}
	if *writeCopies != "" {
		if err := os.WriteFile(*writeCopies, written.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// TestSpellingNeverChangesTheStories writes every article of the labelled sets
// and of a dump (its first 8,000, with QISSA_LONG=1 all 31,000) with vowel marks,
// tatweel, other digits, hamza and final letters at random places, and asks for the same stories.
func TestSpellingNeverChangesTheStories(t *testing.T) {
	needs.Time(t, "it clusters 11,000 articles twice")
	needData(t)
	sets, err := filepath.Glob(filepath.Join(dataFolder, "stories", "*-dev*.jsonl"))
	if err != nil || len(sets) == 0 {
		t.Fatal(sets, err)
	}
	for _, set := range append(sets, "testdata/sample.jsonl", filepath.Join(dataFolder, "dumps", "saudinewsnet.jsonl.gz")) {
		articles := readArticles(t, set)
		if !needs.Long() {
			articles = articles[:min(len(articles), 8000)]
		}
		noisy := slices.Clone(articles)
		r := rand.New(rand.NewPCG(2, 2))
		for i := range noisy {
			noisy[i].Title, noisy[i].Body = misspell(r, noisy[i].Title), misspell(r, noisy[i].Body)
		}
		if got := eval.ARI(storiesOf(t, noisy), storiesOf(t, articles)); got != 1 {
			t.Errorf("%s: ARI %v, want 1", set, got)
		}
	}
}

// misspell writes a text as a careless or a careful hand would.
func misspell(r *rand.Rand, s string) string {
	s = vocalise(r, stretch(r, s))
	variants := map[rune]string{'أ': "أا", 'إ': "إا", 'آ': "آا", 'ا': "ااا", '0': "0٠۰", '1': "1١۱", '2': "2٢۲", '3': "3٣۳", '4': "4٤۴",
		'5': "5٥۵", '6': "6٦۶", '7': "7٧۷", '8': "8٨۸", '9': "9٩۹", 'ي': "يى", 'ك': "كک", 'ة': "ةه"}
	var b strings.Builder
	entity := false // of HTML, such as &#8220;, is no spelling
	for _, c := range s {
		entity = c == '&' || entity && c != ';' && c != ' '
		if v := []rune(variants[c]); len(v) > 0 && !entity {
			c = v[r.IntN(len(v))]
		}
		b.WriteRune(c)
	}
	return b.String()
}

// storiesOf returns the stories as the number of the story of each article, in
// the order given.
func storiesOf(t *testing.T, articles []article.Article) []int {
	t.Helper()
	articles = slices.Clone(articles)
	for i := range articles {
		articles[i].ID = fmt.Sprint(i)
	}
	r := clusterAll(t, articles, 0)
	labels := make([]int, len(articles))
	for i, a := range r.Articles {
		n, err := strconv.Atoi(a.ID)
		if err != nil {
			t.Fatal(err)
		}
		labels[n] = r.StoryOf[i]
	}
	return eval.Group(labels)
}
