package report

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"qissa/internal/carry"
)

// Table writes the largest changes of each kind for a terminal.
func (d *Diff) Table(w io.Writer, rows int, isolated bool) error {
	if d.Same() {
		return nil
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprint(t, "what\tbefore\tnow\tid\theadline\n")
	for _, kind := range diffKinds {
		for n, c := range d.of(kind) {
			if n == rows {
				fmt.Fprintf(t, "%s\t\t\t\tand %s more\n", kind, number(len(d.of(kind))-rows))
				break
			}
			id, title := d.named(c)
			if c.Kind == carry.Merged {
				id = d.before[c.Old].ID + " into " + d.after[c.Other].ID
			} else if c.Kind == carry.Split {
				id = d.after[c.New].ID + " from " + d.before[c.Other].ID
			}
			fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", kind, sizeOf(d.before, c.Old), sizeOf(d.after, c.New), Harmless(id), cmp.Or(Line(title, headlineLength, isolated), "(no title)"))
		}
	}
	return t.Flush()
}

// of returns the changes of a kind, the largest first.
func (d *Diff) of(kind carry.Kind) []carry.Change[string] {
	from := slices.IndexFunc(d.changes, func(c carry.Change[string]) bool { return c.Kind == kind })
	if from < 0 {
		return nil
	}
	return d.changes[from : from+d.counts[kind]]
}

// named returns the id and the title that a group has now, or had.
func (d *Diff) named(c carry.Change[string]) (id, title string) {
	if c.New >= 0 {
		return d.after[c.New].ID, d.after[c.New].Title
	}
	return d.before[c.Old].ID, d.before[c.Old].Title
}

func sizeOf(groups []Group, n int) string {
	if n < 0 {
		return "     -"
	}
	return fmt.Sprintf("%6d", len(groups[n].Articles))
}

// Markdown writes the largest changes of each kind as a digest in "ar" or "en".
func (d *Diff) Markdown(w io.Writer, lang string, rows int) error {
	l, err := speak(lang)
	if err != nil {
		return err
	}
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "# %s\n\n%s\n", l.Text["diff_title"], l.say("diff_counts", "before", number(len(d.before)), "after", number(len(d.after)), "same", number(d.counts[carry.Unchanged])))
	if d.Same() {
		fmt.Fprintf(b, "\n%s\n", l.Text["diff_none"])
	}
	for _, kind := range diffKinds {
		changes := d.of(kind)
		if len(changes) == 0 {
			continue
		}
		fmt.Fprintf(b, "\n## %s (%s)\n\n", l.Text[diffHeading(kind)], number(len(changes)))
		for _, c := range changes[:min(rows, len(changes))] {
			fmt.Fprintf(b, "- %s\n", d.told(l, c))
		}
		if more := len(changes) - rows; more > 0 {
			fmt.Fprintf(b, "- %s\n", l.say("diff_more", "n", number(more)))
		}
	}
	return b.Flush()
}

func diffHeading(kind carry.Kind) string {
	if kind == retitled {
		return "diff_title_kind" // diff_title is that of the digest
	}
	return "diff_" + string(kind)
}

// told is a change as a line of Markdown.
func (d *Diff) told(l *language, c carry.Change[string]) string {
	headline := func(title string) string { return markdownText(cmp.Or(plain(headlineOf(title)), l.Text["no_title"])) }
	_, title := d.named(c)
	size := func(groups []Group, n int) string { return l.count("articles", len(groups[n].Articles)) }
	parts := []string{headline(title)}
	switch c.Kind {
	case carry.New:
		parts = append(parts, size(d.after, c.New))
	case carry.Split:
		parts = append(parts, size(d.after, c.New), l.say("diff_from", "title", headline(d.before[c.Other].Title)))
	case carry.Gone:
		parts = append(parts, size(d.before, c.Old))
	case carry.Merged:
		parts = append(parts, size(d.before, c.Old), l.say("diff_into", "title", headline(d.after[c.Other].Title)))
	case retitled:
		parts = append(parts, l.say("diff_was", "title", headline(d.before[c.Old].Title)))
	default:
		parts = append(parts, l.say("diff_sizes", "before", size(d.before, c.Old), "after", size(d.after, c.New)))
	}
	return strings.Join(parts, " · ")
}

// changeJSON is a line of qissa diff -f jsonl: what became of one story, or storyline.
type changeJSON struct {
	Schema   int         `json:"schema"`    // version of the format; fields are only ever added within one
	Kind     carry.Kind  `json:"kind"`      // what became of it; title for the same articles under another title
	Before   *groupJSON  `json:"before"`    // the story as it was; null where it is new, or split off
	After    *groupJSON  `json:"after"`     // the story as it is; null where it is gone, or merged into another
	Into     text        `json:"into"`      // id of the story of the new run that took most of a merged one; else null
	From     text        `json:"from"`      // id of the story of the old run that most of a split one comes from; else null
	Retitled bool        `json:"retitled"`  // whether it has another title now
	Added    []string    `json:"added"`     // ids of its articles that the old run has not
	Removed  []string    `json:"removed"`   // ids of its articles that the new run has not
	MovedIn  []movedJSON `json:"moved_in"`  // its articles that were in another story
	MovedOut []movedJSON `json:"moved_out"` // its articles that are in another story now
}

type groupJSON struct {
	ID    string `json:"id"`    // of the story, or storyline
	Title text   `json:"title"` // its headline; null if it has none
	Size  int    `json:"size"`  // number of its articles
}

type movedJSON struct {
	Article string `json:"article"` // its id
	Story   string `json:"story"`   // id of the other story, or storyline: of the old run where it comes from there, of the new one where it went there
}

// JSONL writes what changed, a group to a line.
func (d *Diff) JSONL(w io.Writer) error {
	return lines(w, func(enc *json.Encoder) error {
		for _, c := range d.changes {
			rec := changeJSON{Schema: schema, Kind: c.Kind, Before: groupRecord(d.before, c.Old), After: groupRecord(d.after, c.New), Retitled: d.isRetitled(c),
				Added: list(c.Added), Removed: list(c.Removed), MovedIn: movedRecords(d.before, c.In), MovedOut: movedRecords(d.after, c.Out)}
			switch c.Kind {
			case carry.Merged:
				rec.Into = text(d.after[c.Other].ID)
			case carry.Split:
				rec.From = text(d.before[c.Other].ID)
			}
			if err := enc.Encode(rec); err != nil {
				return err
			}
		}
		return nil
	})
}

func groupRecord(groups []Group, n int) *groupJSON {
	if n < 0 {
		return nil
	}
	return &groupJSON{groups[n].ID, text(groups[n].Title), len(groups[n].Articles)}
}

func movedRecords(groups []Group, moved []carry.Moved[string]) []movedJSON {
	records := make([]movedJSON, len(moved))
	for i, m := range moved {
		records[i] = movedJSON{m.Article, groups[m.Group].ID}
	}
	return records
}
