package tiles_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"qissa"
	"qissa/article"
	"qissa/internal/invented"
	"qissa/internal/needs"
	"qissa/internal/tiles"
	"qissa/report"
)

// memory holds files.
type memory map[string][]byte

type memoryFile struct {
	bytes.Buffer
	in   memory
	name string
}

func (f *memoryFile) Close() error {
	f.in[f.name] = f.Bytes()
	return nil
}

func (m memory) Create(_ context.Context, name string) (io.WriteCloser, error) {
	return &memoryFile{in: m, name: name}, nil
}

func (m memory) Open(_ context.Context, name string) (io.ReadCloser, error) {
	content, ok := m[name]
	if !ok {
		return nil, errors.New("no file " + name)
	}
	return io.NopCloser(bytes.NewReader(content)), nil
}

// written are the files that one run and a run in tiles are to have alike.
type written struct{ stories, articles, pairs, skipped, told string }

// atOnce runs all articles together.
func atOnce(t *testing.T, articles []article.Article, opt qissa.Options) written {
	t.Helper()
	r, err := qissa.Cluster(t.Context(), articles, opt)
	if err != nil {
		t.Fatal(err)
	}
	var w [4]bytes.Buffer
	err = errors.Join(report.StoriesJSONL(&w[0], r), report.ArticlesCSV(&w[1], r), report.PairsJSONL(&w[2], r), report.SkippedJSONL(&w[3], report.Termless(r)))
	if err != nil {
		t.Fatal(err)
	}
	return written{w[0].String(), w[1].String(), w[2].String(), w[3].String(), told(r)}
}

// told is what a run tells beside its files, but for what a plan does not know.
func told(r *qissa.Result) string {
	c := r.Counts
	c.Sources, c.AlignedPairs = 0, 0
	c.RepeatedText = math.Round(c.RepeatedText*1e9) / 1e9
	first := ""
	if len(r.TooShort) > 0 {
		first = r.Articles[r.TooShort[0]].Title
	}
	return fmt.Sprintf("%+v\n%d too short, %q\n%v unknown\n%v not obeyed\n%d drawn\n", c, len(r.TooShort), first, r.Unknown, r.Unobeyed, r.Drawn)
}

// placed returns a run in tiles, of which those with more articles around than most are
// cut, with their texts.
func placed(t *testing.T, articles []article.Article, opt qissa.Options, tile time.Duration, most int) *tiles.Run {
	t.Helper()
	r := &tiles.Run{Files: memory{}, Options: opt, Tile: tile, Articles: len(articles), TileArticles: most}
	r.Options.Crawled = article.CrawlClocks(articles)
	articles = slices.Clone(articles)
	article.Identify(articles)
	of := map[int64][]article.Article{}
	for _, i := range article.CanonicalOrder(articles) {
		n := tiles.Number(tile, &articles[i])
		of[n] = append(of[n], articles[i])
	}
	for n, list := range of {
		name := fmt.Sprint("texts ", n)
		if err := tiles.WriteTexts(t.Context(), r.Files, name, list); err != nil {
			t.Fatal(err)
		}
		r.Tiles = append(r.Tiles, tiles.Texts{Number: n, Files: []string{name}, Articles: len(list)})
	}
	slices.SortFunc(r.Tiles, func(x, y tiles.Texts) int { return int(x.Number - y.Number) })
	return r
}

// inTiles runs them in tiles, as placed.
func inTiles(t *testing.T, articles []article.Article, opt qissa.Options, tile time.Duration, most int) (written, *tiles.Run) {
	t.Helper()
	r := placed(t, articles, opt, tile, most)
	if opt.Model == nil {
		do(t, r, r.ModelSteps())
		var err error
		if r.Options.Model, err = qissa.ReadModel(bytes.NewReader(r.Files.(memory)["model"])); err != nil {
			t.Fatal(err)
		}
	}
	do(t, r, r.Steps())
	return joined(t, r), r
}

// do does the steps of a run, the tasks of each in any order.
func do(t *testing.T, r *tiles.Run, steps []tiles.Step) {
	t.Helper()
	for _, s := range steps {
		for _, i := range rand.Perm(s.Tasks) {
			if err := s.Do(t.Context(), i); err != nil {
				t.Fatalf("%s, task %d: %v", s.Name, i, err)
			}
		}
	}
}

// joined writes all shards one behind the other.
func joined(t *testing.T, r *tiles.Run) written {
	t.Helper()
	plan, err := r.Plan(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var stories, rows, pairs strings.Builder
	for _, s := range plan.Stories {
		if err := r.WriteStories(t.Context(), s, &stories, &rows); err != nil {
			t.Fatal(err)
		}
	}
	for _, s := range plan.Pairs {
		if err := r.WritePairs(t.Context(), s, &pairs); err != nil {
			t.Fatal(err)
		}
	}
	var skipped strings.Builder
	if err := report.SkippedJSONL(&skipped, report.Termless(plan.Result)); err != nil {
		t.Fatal(err)
	}
	return written{stories.String(), rows.String(), pairs.String(), skipped.String(), told(plan.Result)}
}

// equal fails at the first line in which two runs differ.
func equal(t *testing.T, what string, got, want written) {
	t.Helper()
	for _, f := range []struct{ name, got, want string }{
		{"stories", got.stories, want.stories}, {"articles", got.articles, want.articles}, {"pairs", got.pairs, want.pairs}, {"skipped", got.skipped, want.skipped},
		{"told", got.told, want.told},
	} {
		if f.got == f.want {
			continue
		}
		g, w := strings.Split(f.got, "\n"), strings.Split(f.want, "\n")
		for i := range min(len(g), len(w)) {
			if g[i] != w[i] {
				t.Fatalf("%s: %s, line %d of %d (%d):\n%s\nwant\n%s", what, f.name, i+1, len(g), len(w), g[i], w[i])
			}
		}
		t.Fatalf("%s: %s: %d lines, want %d", what, f.name, len(g), len(w))
	}
}

func modelOf(t *testing.T, articles []article.Article) *qissa.Model {
	t.Helper()
	m, err := qissa.BuildModel(t.Context(), articles, qissa.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// madeUp returns reports on events of some weeks: some copied, some edited, some with a
// passage of another; two outlets of
// which one repeats a passage; articles of one second, of no words, of one id.
func madeUp(seed uint64, n int) []article.Article {
	r := rand.New(rand.NewPCG(seed, 5))
	start := time.Date(2025, 7, 1, 0, 0, 0, 0, time.UTC)
	all := make([]article.Article, n)
	for i := range all {
		event := r.IntN(n / 4)
		at := start.Add(time.Duration(event*28*24*3600/(n/4)) * time.Second).Add(time.Duration(r.IntN(60*3600)) * time.Second)
		body := invented.Report(r, event, 40+r.IntN(60), 2)
		if i > 0 && r.IntN(5) == 0 { // a copy, but for a word
			of := all[r.IntN(i)]
			at = of.Time.Add(time.Duration(r.IntN(90*3600)) * time.Second)
			if body = strings.Fields(of.Body); len(body) > 0 {
				body[r.IntN(len(body))] = invented.Common(r)
			}
		}
		if i > 0 && r.IntN(6) == 0 { // a passage of another
			of := all[r.IntN(i)]
			at = of.Time.Add(time.Duration(r.IntN(90*3600)) * time.Second)
			words := strings.Fields(of.Body)
			body = append(body, words[:min(len(words), 30+r.IntN(6))]...)
		}
		if r.IntN(200) == 0 {
			body = strings.Fields("في من على")
		}
		precision := article.Exact
		if r.IntN(10) == 0 {
			at, precision = at.Truncate(24*time.Hour), article.Day
		}
		all[i] = article.Article{
			ID: fmt.Sprint(i - i%97/96), Source: fmt.Sprint("outlet ", r.IntN(6)), Title: strings.Join(body[:min(6, len(body))], " "), Body: strings.Join(body, " "),
			Time: at, Precision: precision, Origin: article.Origin{File: "made up", Line: i + 1},
		}
	}
	return all
}

func TestTilesEqualOneRun(t *testing.T) {
	articles := madeUp(4, 600)
	opt := qissa.DefaultOptions()
	opt.Model = modelOf(t, articles)
	want := atOnce(t, articles, opt)
	if n := strings.Count(want.stories, "\"s_"); n == 0 || want.skipped == "" || !strings.Contains(want.articles, "#2") {
		t.Fatal("articles of one id, without words and in stories are to be tested")
	}
	if !regexp.MustCompile(`"cosine":0,.*"borrowed"`).MatchString(want.pairs) {
		t.Fatal("passages of articles that no link is of are to be tested")
	}
	for _, tile := range []time.Duration{24 * time.Hour, 72 * time.Hour, 200 * time.Hour, 10_000 * time.Hour} {
		got, whole := inTiles(t, articles, opt, tile, 0)
		equal(t, fmt.Sprintf("%v, %d tiles", tile, len(whole.Tiles)), got, want)
		got, r := inTiles(t, articles, opt, tile, 90)
		equal(t, fmt.Sprintf("%v, %d tiles, %d comparisons", tile, len(r.Tiles), tasks(r, "facts")), got, want)
		if tasks(r, "facts") < len(r.Tiles)+10 {
			t.Errorf("%v: %d tasks find the facts of %d tiles: nothing is cut", tile, tasks(r, "facts"), len(r.Tiles))
		}
		for name, content := range whole.Files.(memory) {
			if step, _, _ := strings.Cut(name, "-"); slices.Contains([]string{"facts", "loans", "heads", "named", "links", "labels", "names", "ids", "settled"}, step) && !bytes.Equal(r.Files.(memory)[name], content) {
				t.Errorf("%v: %s of a tile that is cut differs", tile, name)
			}
		}
	}
}

// tasks returns how many a step has.
func tasks(r *tiles.Run, step string) int {
	for _, s := range r.Steps() {
		if s.Name == step {
			return s.Tasks
		}
	}
	return 0
}

// A tile is compared in parts once it holds more articles than a task may, with those of
// the two windows before it; then two parts hold no more. What is described at once is a quarter.
func TestTasksOfDenseTiles(t *testing.T) {
	day := func(n int64, articles int) tiles.Texts { return tiles.Texts{Number: n, Articles: articles} }
	for _, c := range []struct {
		tiles        []tiles.Texts
		most         int
		facts, parts int // tasks
	}{
		{[]tiles.Texts{day(0, 100), day(1, 100)}, 0, 2, 2},
		{[]tiles.Texts{day(0, 100), day(1, 100)}, 400, 2, 2},
		{[]tiles.Texts{day(0, 100), day(1, 100)}, 399, 2, 4},
		{[]tiles.Texts{day(0, 100), day(1, 100)}, 200, 2, 4},
		{[]tiles.Texts{day(0, 100), day(1, 100)}, 199, 1 + 3, 6},
		{[]tiles.Texts{day(0, 100), day(1, 100)}, 100, 1 + 6, 8},
		{[]tiles.Texts{day(0, 100), day(3, 100)}, 100, 2, 8},
		{[]tiles.Texts{day(0, 100), day(2, 100)}, 149, 1 + 3, 6},
		{[]tiles.Texts{day(0, 100), day(2, 100)}, 150, 2, 6}, // half of the first is a window before the second
		{[]tiles.Texts{day(0, 1000)}, 100, 190, 40},
	} {
		r := &tiles.Run{Tile: 24 * time.Hour, Tiles: c.tiles, TileArticles: c.most, Options: qissa.Options{Window: 18 * time.Hour}}
		if facts, parts := tasks(r, "facts"), tasks(r, "describe"); facts != c.facts || parts != c.parts {
			t.Errorf("%v, at most %d: %d and %d tasks, want %d and %d", c.tiles, c.most, facts, parts, c.facts, c.parts)
		}
	}
}

// A run without a model counts its own articles: the model is that of one run, to the
// byte, with what outlets put on every page, titles that stand twice, and outlets of more
// articles than are looked at.
func TestModelInTiles(t *testing.T) {
	articles := madeUp(6, 600)
	for i := range articles {
		a := &articles[i]
		switch a.Source {
		case "outlet 1":
			a.Title, a.Body = a.Title+" - outlet 1", a.Body+" شارك من خلال تويتر وفيسبوك"
		case "outlet 2":
			a.Title = articles[i%50].Title
		}
	}
	m := modelOf(t, articles)
	if info := m.Info(); info.Affixes == 0 || info.Sequences == 0 {
		t.Fatalf("%+v: what outlets add is to be tested", info)
	}
	var want bytes.Buffer
	if err := m.Write(&want); err != nil {
		t.Fatal(err)
	}
	opt := qissa.DefaultOptions()
	for tile, most := range map[time.Duration]int{48 * time.Hour: 0, 10_000 * time.Hour: 0, 20_000 * time.Hour: 150} {
		got, r := inTiles(t, articles, opt, tile, most)
		if !bytes.Equal(r.Files.(memory)["model"], want.Bytes()) {
			t.Errorf("%d tiles: another model", len(r.Tiles))
		}
		equal(t, fmt.Sprint(len(r.Tiles), " tiles"), got, atOnce(t, articles, opt))
		repeat(t, r)
	}
}

// repeat does all steps once more: each file is as it was, for whoever reads it meanwhile.
func repeat(t *testing.T, r *tiles.Run) {
	t.Helper()
	before := maps.Clone(r.Files.(memory))
	do(t, r, r.ModelSteps())
	do(t, r, r.Steps())
	for name, content := range r.Files.(memory) {
		if !bytes.Equal(content, before[name]) {
			t.Errorf("a task that runs again writes %s otherwise", name)
		}
	}
}

// Tiles are as long as few articles allow, with what is read before them.
func TestLength(t *testing.T) {
	year := func(n int, more map[int64]int) map[int64]int {
		counts := map[int64]int{}
		for k := range int64(37) {
			counts[k-3] = n + more[k]
		}
		return counts
	}
	const short = tiles.ShortTile
	for _, c := range []struct {
		counts map[int64]int
		want   time.Duration
	}{
		{nil, 64 * short},
		{year(100, nil), 64 * short},
		{year(15_000, nil), short},
		{year(6_666, nil), 2 * short}, // two, and one before
		{year(6_667, nil), short},
		{year(4_000, nil), 4 * short},
		{year(4_000, map[int64]int{9: 1}), 2 * short},
	} {
		if got := tiles.Length(c.counts, 72*time.Hour); got != c.want {
			t.Errorf("%v: %v, want %v", c.counts, got, c.want)
		}
	}
	if got := tiles.Length(year(1_500, nil), 24*time.Hour*60); got != 1*short {
		t.Errorf("a window of sixty days: %v, want %v", got, short)
	}
}

// A chain of copies that no task can link is told with its first article and how many there
// are, by the tile that meets it, before more of it is read: by articles and by links.
// Pages of the same words that are set aside need no linking.
func TestGiantPartsAreTold(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 1))
	articles := madeUp(8, 200)
	first := articles[0]
	first.ID, first.Title, first.Body = "first", "عنوان الأول", strings.Join(invented.Report(r, 5000, 60, 2), " ")
	copied := append(append(slices.Clone(articles), first), chain(r, first, 60, 8*time.Hour)...)
	page := first
	page.Body = strings.Join(invented.Report(r, 6000, 60, 2), " ")
	paged := slices.Clone(articles)
	for i := range 100 {
		page.ID, page.Time = fmt.Sprint("page ", i), page.Time.Add(time.Minute)
		paged = append(paged, page)
	}
	const giant = `labels: one story of [1-6][0-9] articles from "عنوان الأول": raise --story or leave the source out`
	for _, c := range []struct {
		of              []article.Article
		articles, links int
		want            string
	}{
		{copied, 61, 1_000_000, ""},
		{copied, 40, 1_000_000, giant},
		{copied, 61, 100, giant},
		{paged, 60, 60 * 59 / 2, ""},
		{paged, 10, 1_000_000, `labels: one story of 100 articles from "عنوان الأول": raise --story or leave the source out`},
	} {
		tiles.BoundParts(t, c.articles, c.links)
		opt := qissa.DefaultOptions()
		opt.Model = modelOf(t, c.of)
		if told := firstFault(t, placed(t, c.of, opt, 24*time.Hour, 0)); !regexp.MustCompile("^" + c.want + "$").MatchString(told) {
			t.Errorf("at most %d articles, %d links: %q, want %q", c.articles, c.links, told, c.want)
		}
	}
}

// firstFault does the steps up to labels, and returns the first that goes wrong.
func firstFault(t *testing.T, r *tiles.Run) string {
	for _, s := range r.Steps() {
		for i := range s.Tasks {
			if err := s.Do(t.Context(), i); err != nil {
				return s.Name + ": " + err.Error()
			}
		}
		if s.Name == "labels" {
			break
		}
	}
	return ""
}

// Undated articles pair with all others, and so does every article without a window: in
// one tile.
func TestOneTileTakesAll(t *testing.T) {
	articles := madeUp(5, 200)
	for i := range articles {
		if i%7 == 0 {
			articles[i].Time, articles[i].Precision = time.Time{}, article.None
		}
	}
	opt := qissa.DefaultOptions()
	opt.Model = modelOf(t, articles)
	for _, opt.Window = range []time.Duration{0, 72 * time.Hour} {
		for _, most := range []int{0, 50} {
			got, _ := inTiles(t, articles, opt, 0, most)
			equal(t, fmt.Sprintf("window %v, at most %d", opt.Window, most), got, atOnce(t, articles, opt))
		}
	}
}

// In random runs: copies that follow one another for a month, templates, pages that stand
// a hundred times, other windows and cuts, corrections.
func TestRandomRunsInTiles(t *testing.T) {
	rounds := 4
	if os.Getenv("QISSA_LONG") != "" {
		rounds = 200
	}
	if testing.Short() {
		rounds = 2
	}
	moved, long := 0, 0
	for seed := range uint64(rounds) {
		r := rand.New(rand.NewPCG(seed, 23))
		articles := madeUp(100+seed, 60+r.IntN(150))
		articles = append(articles, chain(r, articles[0], 25, time.Duration(20+r.IntN(50))*time.Hour)...)
		if seed%2 == 0 {
			articles = append(articles, pages(r, articles[1], 130)...)
		}
		opt := qissa.DefaultOptions()
		opt.Model = modelOf(t, articles[:20])
		if seed%2 == 1 { // of two epochs
			opt.Epochs = []qissa.Epoch{{Start: articles[len(articles)/2].Time, Model: modelOf(t, articles)}}
		}
		opt.Window = []time.Duration{72 * time.Hour, 30 * time.Hour, 100 * time.Hour}[r.IntN(3)]
		opt.Story = []float64{0.3, 0.1, 0.6}[r.IntN(3)]
		for _, corrected := range []bool{false, true} {
			if corrected {
				opt.Corrections = corrections(r, articles, 30)
			}
			tile, most := time.Duration(48+r.IntN(200))*time.Hour, []int{0, 40, 100}[r.IntN(3)]
			got, run := inTiles(t, articles, opt, tile, most)
			equal(t, fmt.Sprintf("round %d: tile %v, at most %d, window %v, story %v, corrected %v", seed, tile, most, opt.Window, opt.Story, corrected), got, atOnce(t, articles, opt))
			moved += strings.Count(got.pairs, `"correction"`)
			if len(run.Tiles) > 6 {
				long++
			}
		}
	}
	if moved == 0 || long == 0 {
		t.Errorf("%d pairs corrected, %d runs in many tiles: nothing is tested", moved, long)
	}
}

// chain returns copies of an article, each a step of time and a word from the one before.
func chain(r *rand.Rand, of article.Article, n int, step time.Duration) []article.Article {
	words := strings.Fields(of.Body)
	all := make([]article.Article, n)
	for i := range all {
		words = slices.Clone(words)
		words[r.IntN(len(words))] = invented.Common(r)
		all[i] = of
		all[i].ID, all[i].Source, all[i].Time = fmt.Sprint("chain ", i), fmt.Sprint("outlet ", i%7), of.Time.Add(time.Duration(i+1)*step)
		all[i].Body = strings.Join(words, " ")
	}
	return all
}

// pages returns as many of the same words, and of the same but for a number, hours apart.
func pages(r *rand.Rand, of article.Article, n int) []article.Article {
	all := make([]article.Article, n)
	for i := range all {
		all[i] = of
		all[i].ID, all[i].Time = fmt.Sprint("page ", i), of.Time.Add(time.Duration(r.IntN(400*60))*time.Minute)
		if i%2 == 0 {
			all[i].Body += fmt.Sprint(" ", 1000+i)
		}
	}
	return all
}

// corrections returns so many at most, of which none contradict each other.
func corrections(r *rand.Rand, articles []article.Article, n int) []qissa.Correction {
	var list []qissa.Correction
	for range n {
		a := r.IntN(len(articles))
		b := min(len(articles)-1, a+r.IntN(5))
		c := qissa.Correction{A: articles[a].ID, B: articles[b].ID, Together: r.IntN(2) == 0, Storyline: r.IntN(3) == 0}
		if r.IntN(9) == 0 {
			c.B = articles[r.IntN(len(articles))].ID
		}
		if r.IntN(20) == 0 {
			c.B = "nobody"
		}
		if more := append(slices.Clone(list), c); qissa.Contradiction(more) == nil {
			list = more
		}
	}
	return list
}

// TestDumpsInTiles runs the first 1,200 articles of real dumps, with all that is wrong in
// them; with QISSA_LONG=1 all.
func TestDumpsInTiles(t *testing.T) {
	needs.Time(t, "it runs parts of two dumps six times each")
	for _, name := range []string{"ant", "saudinewsnet"} {
		articles := dump(t, name)
		if os.Getenv("QISSA_LONG") == "" {
			articles = articles[:1200]
		}
		opt := qissa.DefaultOptions()
		opt.Model = modelOf(t, articles)
		want := atOnce(t, articles, opt)
		if os.Getenv("QISSA_LONG") != "" {
			own := opt
			own.Model = nil
			got, _ := inTiles(t, articles, own, 240*time.Hour, 0)
			equal(t, name+" under its own model", got, want)
		}
		for _, c := range []struct {
			tile time.Duration
			most int
		}{{72 * time.Hour, 0}, {240 * time.Hour, 0}, {10_000 * time.Hour, 0}, {10_000 * time.Hour, max(300, len(articles)/4)}, {240 * time.Hour, max(300, len(articles)/16)}} {
			from := time.Now()
			got, r := inTiles(t, articles, opt, c.tile, c.most)
			equal(t, fmt.Sprintf("%s: %v, %d tiles, at most %d", name, c.tile, len(r.Tiles), c.most), got, want)
			t.Logf("%s: %d articles, %d tiles of %v, %d comparisons, %d bytes of stories: equal, in %v",
				name, len(articles), len(r.Tiles), c.tile, tasks(r, "facts"), len(got.stories), time.Since(from).Round(time.Second))
		}
	}
}

// dump reads the dated articles of a dump.
func dump(t *testing.T, name string) (all []article.Article) {
	t.Helper()
	f, err := os.Open("../../../shared/data/dumps/" + name + ".jsonl.gz")
	if err != nil {
		needs.Missing(t, "the dumps beside the project: %v", err)
	}
	defer f.Close()
	for a, err := range article.SkipBad(article.Read(f, name, article.Options{}), func(*article.RecordError) {}) {
		if err != nil {
			t.Fatal(err)
		}
		if !a.Time.IsZero() {
			all = append(all, a)
		}
	}
	return all
}
