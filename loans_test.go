package qissa_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"qissa"
	"qissa/article"
	"qissa/internal/invented"
)

// reportWith returns an article on an event of its own, with a passage in the middle.
func reportWith(event int, source string, hour int, passage string) article.Article {
	r := rand.New(rand.NewPCG(uint64(event), 9))
	words := invented.Report(r, event, 400, 3)
	a := article.Article{
		ID: fmt.Sprint("a", event), Source: source, Title: strings.Join(words[:6], " "), Precision: article.Exact,
		Body: strings.Join(words[6:200], " ") + ". " + passage + ". " + strings.Join(words[200:], " "),
		Time: time.Date(2025, 7, 1, hour, 0, 0, 0, time.UTC),
	}
	if hour < 0 {
		a.Time, a.Precision = time.Time{}, article.None
	}
	return a
}

// wordsOf returns words that no report has, from one on.
func wordsOf(from, n int) string {
	words := make([]string, n)
	for i := range words {
		words[i] = "م" + invented.Word(from+i) + "ي"
	}
	return strings.Join(words, " ")
}

func TestBorrowed(t *testing.T) {
	passage := wordsOf(0, 34)
	many := []string{passage, wordsOf(200, 40), wordsOf(300, 35), wordsOf(400, 50)}
	twice := func(passage, earlier, later string, hours int) []article.Article {
		return []article.Article{reportWith(1, earlier, 2, passage), reportWith(2, later, 2+hours, passage)}
	}
	crawled := twice(passage, "الساحل", "الضحى", 5)
	for i := range crawled {
		crawled[i].Source = "crawl"
	}
	marked := twice(passage, "الساحل", "الضحى", 5)
	marked[1].Body = strings.ReplaceAll(strings.ReplaceAll(marked[1].Body, "ا", "أ"), "م", "مَـ")
	var roundUp, boilerplate, page []article.Article
	for i, p := range many {
		roundUp = append(roundUp, reportWith(10+i, "الساحل", 2+i, p))
	}
	roundUp = append(roundUp, reportWith(20, "الضحى", 12, strings.Join(many, ". ")))
	for i := range 12 {
		a := reportWith(30+i, "الساحل", 2+i, "")
		a.Body += "\n" + passage
		boilerplate = append(boilerplate, a)
	}
	for i := range 70 {
		page = append(page, reportWith(100+i, fmt.Sprint("outlet ", i), 1, passage))
	}
	for _, test := range []struct {
		name     string
		articles []article.Article
		want     []string // a, b, words, order
	}{
		{"across stories", twice(passage, "الساحل", "الضحى", 5), []string{"a1 a2 34 time"}},
		{"of 30 words", twice(wordsOf(0, 30), "الساحل", "الضحى", 5), []string{"a1 a2 30 time"}},
		{"of 29 words", twice(wordsOf(0, 29), "الساحل", "الضحى", 5), nil},
		{"within an outlet", twice(passage, "الساحل", "الساحل", 5), []string{"a1 a2 34 time"}},
		{"a window apart", twice(passage, "الساحل", "الضحى", 72), []string{"a1 a2 34 time"}},
		{"more than a window apart", twice(passage, "الساحل", "الضحى", 73), nil},
		{"at one time", twice(passage, "الساحل", "الضحى", 0), []string{"a1 a2 34 unknown"}},
		{"undated", append(twice(passage, "الساحل", "الضحى", 5)[:1], reportWith(3, "الضحى", -1, passage)), []string{"a1 a3 34 unknown"}},
		{"by a crawler's clock", crawled, []string{"a1 a2 34 unknown"}},
		{"marks, tatweel and hamza differ", marked, []string{"a1 a2 34 time"}},
		{"a round-up: the longest of three stories", roundUp, []string{"a11 a20 40 time", "a12 a20 35 time", "a13 a20 50 time"}},
		{"what an outlet puts under its articles", boilerplate, nil},
	} {
		for jobs := 1; jobs <= 2; jobs++ {
			opt := qissa.DefaultOptions()
			opt.Jobs, opt.Crawled = jobs, map[string]bool{"crawl": true}
			r, err := qissa.Cluster(t.Context(), test.articles, opt)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, p := range r.Pairs {
				if p.Borrowed > 0 {
					got = append(got, fmt.Sprint(r.Articles[p.A].ID, " ", r.Articles[p.B].ID, " ", p.Borrowed, " ", p.BorrowOrder))
				}
			}
			if !reflect.DeepEqual(got, test.want) {
				t.Errorf("%s, jobs %d: %q, want %q", test.name, jobs, got, test.want)
			}
			if r.Counts.Multiple > 0 {
				t.Errorf("%s: %d stories of several articles: the passage made them", test.name, r.Counts.Multiple)
			}
		}
	}
	r, err := qissa.Cluster(t.Context(), page, qissa.DefaultOptions())
	if err != nil || r.Counts.Flooded == 0 {
		t.Errorf("a passage in 70 articles: %d left out, %v", r.Counts.Flooded, err)
	}
}
