package qissa_test

import (
	"context"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"qissa"

	"qissa/article"
	"qissa/internal/invented"
	"qissa/internal/needs"
	"qissa/vectorize/arabic"
)

// A lifting is a passage that a generator took from one article and put into another.
type lifting struct {
	from, to         int // articles
	source, inserted qissa.Span
}

// respelled writes a text in another way: marks, tatweel, other forms of the same letters.
func respelled(text string, r *rand.Rand) string {
	var b strings.Builder
	letters := []rune(text)
	for i, c := range letters {
		for _, same := range []string{"اأإآ", "وؤ", "يئى", "ةه"} {
			if strings.ContainsRune(same, c) {
				all := []rune(same)
				c = all[r.IntN(len(all))]
			}
		}
		b.WriteRune(c)
		if i+1 < len(letters) && unicode.Is(unicode.Arabic, c) && unicode.IsLetter(c) && unicode.IsLetter(letters[i+1]) {
			b.WriteString([]string{"", "", "\u064E", "\u0651", "ـ", "ـــ", "\u200F"}[r.IntN(7)])
		}
	}
	return b.String()
}

// lift takes passages of so many words out of articles and puts each into another, written
// as write does. The words around are different in both places.
func lift(articles []article.Article, words, passages int, r *rand.Rand, write func(string) string) (with []article.Article, lifted []lifting) {
	with = slices.Clone(articles)
	of := r.Perm(len(articles))
	long := func(w arabic.Word) bool { return utf8.RuneCountInString(w.Text) > 3 }
	for k := 0; len(lifted) < passages && k+1 < len(of); k += 2 {
		a, b := of[k], of[k+1]
		from, to := slices.Collect(arabic.Words(articles[a].Body)), slices.Collect(arabic.Words(articles[b].Body))
		if len(from) < words+10 || len(to) < 10 {
			continue
		}
		i, j := 1+r.IntN(len(from)-words-2), 1+r.IntN(len(to)-3)
		first, last, before, behind := from[i], from[i+words-1], to[j-1], to[j]
		if from[i-1].Text == before.Text || from[i+words].Text == behind.Text || !long(first) || !long(last) || !long(before) || !long(behind) {
			continue
		}
		title := func(n int) int { return utf8.RuneCountInString(articles[n].Title) + 1 }
		source := qissa.Span{title(a) + first.Start, title(a) + last.End}
		text := write(source.Text(&articles[a]))
		at := qissa.Span{0, behind.Start}.In(articles[b].Body)
		with[b].Body = at + text + " " + articles[b].Body[len(at):]
		start := title(b) + utf8.RuneCountInString(at)
		lifted = append(lifted, lifting{a, b, source, qissa.Span{start, start + utf8.RuneCountInString(text)}})
	}
	return with, lifted
}

// inventedArticles returns articles of common words and names.
func inventedArticles(n int, r *rand.Rand) (all []article.Article) {
	for i := range n {
		all = append(all, article.Article{Source: invented.Word(i % 5), Title: invented.Word(i) + " " + invented.Word(i+1), Body: strings.Join(invented.Report(r, i, 120, 3), " ")})
	}
	return all
}

// passageCorpora are articles of the repository, and real ones where they are there.
func passageCorpora(t *testing.T, do func(t *testing.T, articles []article.Article)) {
	t.Run("invented", func(t *testing.T) { do(t, inventedArticles(1500, rand.New(rand.NewPCG(7, 7)))) })
	t.Run("real", func(t *testing.T) {
		f, err := os.Open(filepath.Join(dataFolder, "stories", "snn-dev.jsonl"))
		if err != nil {
			needs.Missing(t, "labelled sets in %s", dataFolder)
		}
		defer f.Close()
		var all []article.Article
		for _, name := range []string{"snn-dev", "snn-dev2", "ant-dev", "ant-dev2"} {
			f, err := os.Open(filepath.Join(dataFolder, "stories", name+".jsonl"))
			if err != nil {
				t.Fatal(err)
			}
			some, _, err := article.ReadAll(f, name, article.Options{})
			f.Close()
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, some...)
		}
		do(t, all)
	})
}

// Of passages of 12 to 60 words put into other articles all are found, their places exact,
// however they are written.
func TestLiftedPassages(t *testing.T) {
	passageCorpora(t, func(t *testing.T, articles []article.Article) {
		for _, words := range []int{12, 20, 40, 60} {
			for name, write := range map[string]func(*rand.Rand) func(string) string{
				"plain":     func(*rand.Rand) func(string) string { return strings.Clone },
				"respelled": func(r *rand.Rand) func(string) string { return func(s string) string { return respelled(s, r) } },
			} {
				r := rand.New(rand.NewPCG(uint64(words), 3))
				with, lifted := lift(articles, words, 200, r, write(r))
				found, err := qissa.FindPassages(context.Background(), with, qissa.PassageOptions{Words: qissa.UsualPassage})
				if err != nil {
					t.Fatal(err)
				}
				exact := 0
				for _, l := range lifted {
					if slices.ContainsFunc(found.Passages, l.isExact) {
						exact++
					}
				}
				t.Logf("%d words, %s: %d of %d", words, name, exact, len(lifted))
				if exact < len(lifted) || len(lifted) < 100 {
					t.Errorf("%d words, %s: %d of %d found with exact places", words, name, exact, len(lifted))
				}
			}
		}
	})
}

// reworded changes every tenth word of a text, from one of the first ten on: another stands
// for it, it is dropped, or another stands before it; or thirds of the text change places.
func reworded(text, how string, r *rand.Rand) string {
	words := slices.Collect(arabic.Words(text))
	var pieces []string // with what stands behind each
	for i, w := range words {
		end := utf8.RuneCountInString(text)
		if i+1 < len(words) {
			end = words[i+1].Start
		}
		pieces = append(pieces, qissa.Span{w.Start, end}.In(text))
	}
	if how == "swapped" {
		third := len(pieces) / 3
		pieces[len(pieces)-1] += " "
		pieces = slices.Concat(pieces[third:2*third], pieces[:third], pieces[2*third:])
	}
	phase := 3 + r.IntN(4)
	for i := phase; i < len(pieces) && how != "swapped"; i += 10 {
		other := invented.Word(500+r.IntN(100)) + " "
		switch how {
		case "exchanged":
			pieces[i] = other
		case "dropped":
			pieces[i] = ""
		case "added":
			pieces[i] = other + pieces[i]
		}
	}
	return strings.TrimSpace(strings.Join(pieces, ""))
}

// Of passages of 40 words put into other articles of which one word in ten was changed, or
// of which the thirds have another order, of 20 words too, 95 % are found, as one passage with nine of ten words
// in both places or more. Passages of other texts that were none before are 0.1 % at most.
func TestLiftedAndChangedPassages(t *testing.T) {
	passageCorpora(t, func(t *testing.T, articles []article.Article) {
		opt := qissa.PassageOptions{Words: qissa.UsualPassage, Same: qissa.UsualSame}
		before, err := qissa.FindPassages(context.Background(), articles, opt)
		if err != nil {
			t.Fatal(err)
		}
		known := map[int32][]qissa.SharedPlace{}
		for _, p := range before.Passages {
			for _, at := range p.Places {
				known[at.Article] = append(known[at.Article], at)
			}
		}
		isNew := func(at qissa.SharedPlace) bool {
			return !slices.ContainsFunc(known[at.Article], func(k qissa.SharedPlace) bool { return k.From < at.To && at.From < k.To })
		}
		for _, c := range []struct {
			words int
			how   string
		}{{40, "exchanged"}, {40, "dropped"}, {40, "added"}, {40, "swapped"}, {20, "swapped"}} {
			r := rand.New(rand.NewPCG(40, 5))
			with, lifted := lift(articles, c.words, 200, r, func(s string) string { return reworded(s, c.how, r) })
			found, err := qissa.FindPassages(context.Background(), with, opt)
			if err != nil {
				t.Fatal(err)
			}
			whole, exact, others := 0, 0, 0
			of := map[int32][]lifting{}
			for _, l := range lifted {
				if n := len(slices.Collect(l.wholeIn(found.Passages))); n == 1 {
					whole++
				}
				if slices.ContainsFunc(found.Passages, l.isExact) {
					exact++
				}
				of[int32(l.from)], of[int32(l.to)] = append(of[int32(l.from)], l), append(of[int32(l.to)], l)
			}
			for _, p := range found.Passages {
				if !slices.ContainsFunc(p.Places, func(at qissa.SharedPlace) bool { return of[at.Article] != nil || !isNew(at) }) {
					others++
				}
			}
			t.Logf("%d words, %s: %d of %d found once and whole, %d with exact places; %d new ones of %d other articles", c.words, c.how, whole, len(lifted), exact, others, len(articles)-len(of))
			if 20*whole < 19*len(lifted) || len(lifted) < 100 || 1000*others > len(articles) {
				t.Errorf("%d words, %s: %d of %d found, %d others", c.words, c.how, whole, len(lifted), others)
			}
		}
	})
}

// wholeIn returns the passages that have nine of ten code points of both places of a
// lifting, and these nine of ten of theirs.
func (l lifting) wholeIn(all []qissa.SharedPassage) iter.Seq[qissa.SharedPassage] {
	has := func(p qissa.SharedPassage, article int, span qissa.Span) bool {
		return slices.ContainsFunc(p.Places, func(at qissa.SharedPlace) bool {
			common := min(int(at.To), span[1]) - max(int(at.From), span[0])
			return int(at.Article) == article && 10*common >= 9*(max(int(at.To), span[1])-min(int(at.From), span[0]))
		})
	}
	return func(yield func(qissa.SharedPassage) bool) {
		for _, p := range all {
			if has(p, l.from, l.source) && has(p, l.to, l.inserted) && !yield(p) {
				return
			}
		}
	}
}

// isExact reports whether a passage has both places of a lifting.
func (l lifting) isExact(p qissa.SharedPassage) bool {
	at := func(article int, span qissa.Span) bool {
		return slices.Contains(p.Places, qissa.SharedPlace{int32(article), int32(span[0]), int32(span[1])})
	}
	return at(l.from, l.source) && at(l.to, l.inserted)
}

// The same articles in another order, read by any number of workers, have the same
// passages.
func TestPassagesDoNotDependOnOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	articles, _ := lift(inventedArticles(300, r), 20, 60, r, strings.Clone)
	for i := range articles {
		articles[i].ID = invented.Word(i)
	}
	articles = append(articles, articles[:20]...)
	texts := func(articles []article.Article, jobs int) (all []string) {
		found, err := qissa.FindPassages(context.Background(), articles, qissa.PassageOptions{Words: 5, Jobs: jobs})
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range found.Passages {
			line := []string{p.Places[0].Span().Text(&articles[p.Places[0].Article])}
			for _, at := range p.Places {
				line = append(line, articles[at.Article].ID)
			}
			all = append(all, strings.Join(line, " "))
		}
		return all
	}
	want := texts(articles, 1)
	if len(want) < 60 {
		t.Fatalf("%d passages", len(want))
	}
	slices.Reverse(articles)
	for jobs := 1; jobs <= 3; jobs++ {
		if got := texts(articles, jobs); !slices.Equal(got, want) {
			t.Errorf("jobs %d: other passages", jobs)
		}
	}
}

func TestPassageOptions(t *testing.T) {
	if _, err := qissa.FindPassages(context.Background(), nil, qissa.PassageOptions{Words: 3}); err == nil || !strings.Contains(err.Error(), "want 4 or more") {
		t.Errorf("FindPassages of 3 words: %v", err)
	}
}
