package main

import (
	"cmp"
	"context"
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

func (v *inspectVerb) run(ctx context.Context, args []string) error {
	if len(args) == 0 {
		return usage("inspect wants files, or - for standard input; qissa help inspect shows examples")
	}
	opt, err := v.input.options()
	if err != nil {
		return err
	}
	sources, err := find(args, v.in, v.talk)
	if err != nil {
		return err
	}
	read := 0
	for _, s := range sources {
		in, err := v.inspect(ctx, s, opt)
		if err != nil {
			return err
		}
		read += in.articles
		fmt.Fprint(v.out, in.String())
	}
	if read == 0 {
		return &fault{exitNoArticles, fmt.Errorf("no article in %s", files(sources))}
	}
	return nil
}

// An inspection is what was found in one input.
type inspection struct {
	name       string
	recognised article.Recognised
	ended      error // what ended the reading, nil for a good end
	articles   int
	example    article.Article // the first with title and text
	precision  map[article.Precision]int
	first      time.Time
	last       time.Time
	unread     []string // dates that were not understood, the first few
	outlets    map[string]int
	arabic     int // letters
	letters    int
	repaired   int // damaged characters
	untitled   int
	bodyless   int
	skipped    map[string][]*article.RecordError // by code, the first few
	skips      map[string]int
}

const shownUnread = 3

// inspect reads one input to its end.
func (v *inspectVerb) inspect(ctx context.Context, s source, opt article.Options) (*inspection, error) {
	f, err := s.open()
	if err != nil {
		return nil, unreadable(s.name, err)
	}
	defer f.Close()
	in := &inspection{name: s.name, precision: map[article.Precision]int{}, outlets: map[string]int{},
		skipped: map[string][]*article.RecordError{}, skips: map[string]int{}}
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
	if strings.TrimSpace(a.Title) == "" {
		in.untitled++
	}
	if strings.TrimSpace(a.Body) == "" {
		in.bodyless++
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
	for _, text := range []string{a.Title, opening(a.Body, 200)} {
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
		line("letters", "%.0f %% Arabic, in titles and openings", 100*float64(in.arabic)/float64(max(in.letters, 1)))
	}
	if in.repaired > 0 {
		line("damage", "%s not UTF-8 or NUL", count(in.repaired, "character is", "characters are"))
	}
	for _, code := range slices.Sorted(maps.Keys(in.skips)) {
		for i, e := range in.skipped[code] {
			text := e.Error()
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

// fields shows which of the dump's names was taken for each field, with an example.
func (in *inspection) fields(line func(name, format string, args ...any)) {
	a := in.example
	for _, f := range []struct{ name, value string }{
		{"id", a.ID}, {"source", a.Source}, {"url", a.URL}, {"title", a.Title}, {"text", a.Body}, {"time", a.TimeRaw},
	} {
		theirs, known := in.recognised.Fields[f.name]
		switch {
		case f.value == "" && !known:
			line(f.name, "none")
		case f.value == "":
			line(f.name, "%s, but empty", theirs)
		case known:
			line(f.name, "%s, as in %q", theirs, report.Line(f.value, 60, false))
		default:
			line(f.name, "as in %q", report.Line(f.value, 60, false))
		}
	}
	if in.untitled > 0 || in.bodyless > 0 {
		line("missing", "%s without a title, %s without a text", number(in.untitled), number(in.bodyless))
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
		line("not read", "%q is no date", raw)
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
