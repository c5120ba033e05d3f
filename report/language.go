package report

import (
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"math"
	"strconv"
	"strings"
	"time"

	"qissa/article"
)

//go:embed html
var assets embed.FS

// languageCodes are the languages that the page speaks.
var languageCodes = [...]string{"ar", "en"}

// A language holds the page's words. Counted nouns have a form for each plural
// category and, in Arabic, for each case: "articles" as a subject, "articles_of"
// after a verb or preposition.
type language struct {
	Code   string                       `json:"code"`
	Dir    string                       `json:"dir"`
	Days   []string                     `json:"days"`   // from Sunday
	Months []string                     `json:"months"` // from January
	Nouns  map[string]map[string]string `json:"nouns"`
	Text   map[string]string            `json:"text"`
	Rules  map[string][]string          `json:"rules"` // of labelling, for stories and storylines

	Messages map[string]string `json:"messages,omitempty"` // by the code of a message; the English ones word themselves
	Skipped  map[string]string `json:"skipped,omitempty"`  // by the code of a skipped record, where it has no message
}

// speak returns the language with the code "ar" or "en"; "" is Arabic.
func speak(code string) (*language, error) {
	if code == "" {
		code = "ar"
	}
	data, err := assets.ReadFile("html/" + code + ".json")
	if err != nil {
		return nil, fmt.Errorf("no report language %q; there are ar and en", code)
	}
	l := &language{Code: code}
	if err := json.Unmarshal(data, l); err != nil {
		return nil, fmt.Errorf("report language %s: %w", code, err)
	}
	return l, nil
}

// count returns n with a noun in its right form.
func (l *language) count(noun string, n int) string {
	plural := pluralEnglish
	if l.Code == "ar" {
		plural = pluralArabic
	}
	return strings.ReplaceAll(l.Nouns[noun][plural(n)], "{n}", number(n))
}

// say returns a text with its {placeholders} filled, given as name, value, ….
func (l *language) say(key string, values ...string) string {
	return fill(l.Text[key], values)
}

// mark is say for markup: the text is escaped, the values are trusted.
func (l *language) mark(key string, values ...template.HTML) template.HTML {
	list := make([]string, len(values))
	for i, v := range values {
		list[i] = string(v)
	}
	return template.HTML(fill(template.HTMLEscapeString(l.Text[key]), list))
}

func fill(s string, values []string) string {
	pairs := make([]string, len(values))
	for i, v := range values {
		if i%2 == 0 {
			v = "{" + v + "}"
		}
		pairs[i] = v
	}
	return strings.NewReplacer(pairs...).Replace(s)
}

// date returns the day of t with its name: «الاثنين 14 يوليو 2025».
func (l *language) date(t time.Time) string {
	return l.Days[t.Weekday()] + " " + l.shortDate(t)
}

func (l *language) shortDate(t time.Time) string {
	return fmt.Sprintf("%d %s %d", t.Day(), l.Months[t.Month()-1], t.Year())
}

// duration returns a length of time in the one unit that suits it.
func (l *language) duration(d time.Duration) string {
	switch {
	case d < time.Hour:
		return l.count("minutes", max(1, int(d.Round(time.Minute)/time.Minute)))
	case d < 48*time.Hour:
		return l.count("hours", int(d.Round(time.Hour)/time.Hour))
	}
	return l.count("days", int(d.Round(24*time.Hour)/(24*time.Hour)))
}

// number returns n with a comma between thousands.
func number(n int) string { return article.Number(n) }

// percent returns a share of 0 to 1 as whole hundredths.
func percent(share float64) string {
	return strconv.Itoa(int(math.Round(share*100))) + "%"
}
