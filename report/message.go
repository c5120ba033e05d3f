package report

import (
	"html/template"
	"math"
	"strconv"
	"strings"

	"qissa/article"
)

// message words a message in the language, as markup: data in it, such as names of files, stands apart from the words around it. Where the language
// has no wording the English sentence stands there, and says that it is English.
func (l *language) message(m *article.Message) template.HTML {
	if l.Code == "en" {
		return template.HTML(template.HTMLEscapeString(plain(m.Text)))
	}
	if wording, ok := l.Messages[m.Code]; ok {
		return template.HTML(l.fillMessage(wording, m.Args))
	}
	return template.HTML(`<span lang="en" dir="ltr">` + template.HTMLEscapeString(plain(m.Text)) + `</span>`)
}

// reason words why a record was skipped: what it says itself, else what its code says.
func (l *language) reason(e *article.RecordError) template.HTML {
	m, ok := e.Err.(*article.Message)
	if !ok {
		m = &article.Message{Text: e.Code}
		if e.Err != nil {
			m.Text = e.Err.Error()
		}
	}
	if wording, ok := l.Skipped[e.Code]; ok && l.Messages[m.Code] == "" {
		return template.HTML(template.HTMLEscapeString(wording))
	}
	return l.message(m)
}

// fillMessage fills the {1}, {2}, … of a wording with arguments, and {1:noun} with a number and its noun.
func (l *language) fillMessage(wording string, args []any) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(wording, "{")
		b.WriteString(template.HTMLEscapeString(before))
		if !found {
			return b.String()
		}
		hole, after, _ := strings.Cut(rest, "}")
		place, noun, _ := strings.Cut(hole, ":")
		if n, err := strconv.Atoi(place); err == nil && 1 <= n && n <= len(args) {
			b.WriteString(l.argument(args[n-1], noun))
		}
		wording = after
	}
}

func (l *language) argument(arg any, noun string) string {
	switch arg := arg.(type) {
	case *article.Message:
		return string(l.message(arg))
	case int:
		if noun != "" {
			return l.count(noun, arg)
		}
		return number(arg)
	case float64:
		return number(int(math.Round(arg)))
	case string:
		return "<bdi>" + template.HTMLEscapeString(plain(arg)) + "</bdi>"
	}
	return ""
}
