package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/spf13/cobra"

	"qissa/article"
	"qissa/report"
)

const inspectExamples = `  qissa inspect dump.jsonl.gz           what it is, and what would be skipped
  qissa inspect news/ --tz Asia/Riyadh  every file of a folder
  qissa inspect old.csv --map title=hdr,text=story_html`

// inspectVerb holds the flags of qissa inspect.
type inspectVerb struct {
	*streams
	input inputFlags
}

func newInspect(s *streams, general flagGroup) *cobra.Command {
	v := &inspectVerb{streams: s}
	cmd := &cobra.Command{
		Use:     "inspect [FLAGS] FILE|DIR|-…",
		Short:   "Tell what is in dumps, without clustering.",
		Long:    "Reads every input to its end and tells its format and encoding, the fields with\nan example, dates, outlets, letters, and what is skipped and why.",
		Example: inspectExamples,
		RunE:    func(cmd *cobra.Command, args []string) error { return v.run(cmd.Context(), args) },
	}
	describe(cmd, exitCodesHelp, v.input.group(), general)
	return cmd
}

// shownFiles is how many files are shown one by one; more are summed up by kind.
const shownFiles = 10

func (v *inspectVerb) run(ctx context.Context, args []string) error {
	if len(args) == 0 {
		return usage("inspect wants files, or - for standard input; qissa help inspect shows examples")
	}
	opt, err := v.input.options()
	if err != nil {
		return err
	}
	found, err := find(args, v.in, v.talk)
	if err != nil {
		return err
	}
	kinds, read, fitting := &inspections{}, 0, 0
	var unmet error
	for _, s := range found.sources {
		in, err := v.inspect(ctx, s, opt)
		if err != nil {
			return err
		}
		read += in.articles
		var fields *article.FieldError
		if !errors.As(in.ended, &fields) || fields.Missing == "" {
			fitting++
		} else if unmet == nil {
			unmet = in.ended
		}
		if len(found.sources) <= shownFiles || v.talk.verbose {
			fmt.Fprint(v.out, in.String())
		} else {
			kinds.add(in)
		}
	}
	fmt.Fprint(v.out, kinds.String())
	fmt.Fprint(v.out, notRead(found.refused, v.talk.verbose))
	switch {
	case unmet != nil && fitting == 0:
		return unmet
	case read == 0:
		return &fault{exitNoArticles, fmt.Errorf("no article in %s", files(found.sources))}
	}
	return nil
}

// An inspection is what was found in one input, or in several of one kind.
type inspection struct {
	name       string
	files      int
	recognised article.Recognised
	ended      error // what ended the reading, nil for a good end
	articles   int
	example    article.Article // the first with title and text
	filled     map[string]int  // articles that have a field
	precision  map[article.Precision]int
	first      time.Time
	last       time.Time
	unread     []string // dates that were not understood, the first few
	outlets    map[string]int
	arabic     int // letters
	letters    int
	languages  map[string]int                    // of articles in Arabic letters
	repaired   int                               // damaged characters
	skipped    map[string][]*article.RecordError // by code, the first few
	skips      map[string]int
	latest     time.Time
}

const shownUnread = 3

// inspect reads one input to its end.
func (v *inspectVerb) inspect(ctx context.Context, s source, opt article.Options) (*inspection, error) {
	in := &inspection{name: s.name, files: 1, precision: map[article.Precision]int{}, outlets: map[string]int{}, filled: map[string]int{},
		languages: map[string]int{}, skipped: map[string][]*article.RecordError{}, skips: map[string]int{}, latest: opt.Latest}
	f, err := s.open()
	if err != nil {
		in.ended = unreadable(s.name, err)
		return in, nil
	}
	defer f.Close()
	opt.Found = func(r article.Recognised) { in.recognised = r }
	for a, err := range article.SkipBad(article.Read(f, s.name, opt), in.skip) {
		if err != nil {
			in.ended = err
			break
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		in.add(a)
	}
	return in, nil
}

func (in *inspection) skip(e *article.RecordError) {
	in.skips[e.Code]++
	if len(in.skipped[e.Code]) < shownSkipped {
		in.skipped[e.Code] = append(in.skipped[e.Code], e)
	}
}

func (in *inspection) add(a article.Article) {
	in.articles++
	if in.articles == 1 || in.example.Title == "" || in.example.Body == "" {
		in.example = a
	}
	in.outlets[a.Source]++
	in.repaired += a.Repaired
	for _, f := range fieldsOf(a) {
		if strings.TrimSpace(f.value) != "" {
			in.filled[f.name]++
		}
	}
	if mostlyArabic(a) {
		in.languages[article.Language(a.Title+" "+opening(a.Body, openingSize))]++
	}
	in.precision[a.Precision]++
	switch {
	case a.Time.IsZero() && a.TimeRaw != "" && a.Precision != article.Relative:
		if len(in.unread) < shownUnread && !slices.Contains(in.unread, a.TimeRaw) {
			in.unread = append(in.unread, a.TimeRaw)
		}
	case a.Precision == article.Exact || a.Precision == article.Day:
		if in.first.IsZero() || a.Time.Before(in.first) {
			in.first = a.Time
		}
		if a.Time.After(in.last) {
			in.last = a.Time
		}
	}
	for _, text := range []string{a.Title, opening(a.Body, openingSize)} {
		for _, r := range text {
			if unicode.IsLetter(r) {
				in.letters++
				if unicode.Is(unicode.Arabic, r) {
					in.arabic++
				}
			}
		}
	}
}

// String writes the findings, one to a line.
func (in *inspection) String() string {
	var b strings.Builder
	r := in.recognised
	kind := cmp.Or(r.Format, "not recognised")
	for _, more := range []string{r.Compression, r.Encoding} {
		if more != "" {
			kind += ", " + more
		}
	}
	fmt.Fprintf(&b, "%s\n", report.Harmless(in.name+": "+kind))
	line := func(name, format string, args ...any) {
		fmt.Fprintf(&b, "  %-9s %s\n", report.Harmless(name), report.Harmless(fmt.Sprintf(format, args...)))
	}
	skips := 0
	for _, n := range in.skips {
		skips += n
	}
	line("records", "%s, %s skipped", count(in.articles, "article", "articles"), number(skips))
	if r.List != "" {
		line("list", "%s", r.List)
	}
	if in.articles > 0 {
		in.fields(line)
		in.dates(line)
		in.sources(line)
		line("letters", "%.0f %% Arabic, in titles and openings%s", 100*float64(in.arabic)/float64(max(in.letters, 1)), otherLanguages(in.languages))
	}
	if in.repaired > 0 {
		line("damage", "%s not UTF-8 or NUL", count(in.repaired, "character is", "characters are"))
	}
	for _, code := range slices.Sorted(maps.Keys(in.skips)) {
		for i, e := range in.skipped[code] {
			text := e.Error()
			if i == shownSkipped {
				break
			}
			if i == 0 {
				text = fmt.Sprintf("%s %s: %s", number(in.skips[code]), code, text)
			}
			line("skipped", "%s", text)
		}
	}
	if in.ended != nil {
		line("ends", "%v", in.ended)
	}
	return b.String()
}

// A fieldValue is a field of an article and what it holds.
type fieldValue struct{ name, value string }

func fieldsOf(a article.Article) []fieldValue {
	return []fieldValue{{"id", a.ID}, {"source", a.Source}, {"url", a.URL}, {"title", a.Title}, {"text", a.Body}, {"time", a.TimeRaw}}
}

// fields shows which of the dump's names was taken for each field, with an example,
// and whether it is empty in most articles.
func (in *inspection) fields(line func(name, format string, args ...any)) {
	for _, f := range fieldsOf(in.example) {
		theirs, known := in.recognised.Fields[f.name]
		example, empty := fmt.Sprintf("as in %q", report.Line(f.value, 60, false)), ""
		if n := in.filled[f.name]; 2*n < in.articles && in.articles > 1 {
			empty = fmt.Sprintf("but empty in %s of %s", number(in.articles-n), number(in.articles))
		}
		switch {
		case f.value == "" && !known:
			line(f.name, "none")
		case f.value == "":
			line(f.name, "%s, %s", theirs, cmp.Or(empty, "but empty"))
		case known && empty != "":
			line(f.name, "%s, %s; %s", theirs, empty, example)
		case known:
			line(f.name, "%s, %s", theirs, example)
		case empty != "":
			line(f.name, "%s; %s", example, empty)
		default:
			line(f.name, "%s", example)
		}
	}
	if untitled, bodyless := in.articles-in.filled["title"], in.articles-in.filled["text"]; untitled > 0 || bodyless > 0 {
		line("missing", "%s without a title, %s without a text", number(untitled), number(bodyless))
	}
}

func (in *inspection) dates(line func(name, format string, args ...any)) {
	var parts []string
	for _, p := range []article.Precision{article.Exact, article.Day, article.Relative, article.None} {
		if n := in.precision[p]; n > 0 {
			parts = append(parts, fmt.Sprintf("%s %s", number(n), p))
		}
	}
	text := strings.Join(parts, ", ")
	if !in.first.IsZero() {
		text += "; " + days(in.first, in.last)
	}
	line("dates", "%s", text)
	for _, raw := range in.unread {
		what := "is no date"
		if when, _ := article.ParseTime(raw, time.Time{}, nil); when.After(in.latest) {
			what = "is in the future"
		}
		line("not read", "%q %s", raw, what)
	}
}

func (in *inspection) sources(line func(name, format string, args ...any)) {
	const shown = 12
	names := slices.SortedFunc(maps.Keys(in.outlets), func(a, b string) int {
		return cmp.Or(cmp.Compare(in.outlets[b], in.outlets[a]), cmp.Compare(a, b))
	})
	var parts []string
	for _, name := range names[:min(shown, len(names))] {
		parts = append(parts, fmt.Sprintf("%s %s", cmp.Or(name, "(none)"), number(in.outlets[name])))
	}
	if more := len(names) - shown; more > 0 {
		parts = append(parts, fmt.Sprintf("and %d more", more))
	}
	line("outlets", "%d: %s", len(names), strings.Join(parts, ", "))
}
