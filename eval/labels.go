package eval

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// Labels are items with the story that each belongs to, in file order. No id
// stands twice. All items have a storyline or none has, and all items of a story have
// the same one.
type Labels struct {
	Name  string // of the file, as the user gave it
	OfRun bool   // the stories.jsonl of a run, no labels that somebody wrote
	Items []Item
}

// An Item is an article under a label. What the file does not tell is "".
type Item struct {
	ID        string
	Story     string // label
	Storyline string // label of the storyline: the wider group that the story is part of
	Title     string
	Source    string // outlet
	Time      string // as the file has it: RFC 3339 in a run's stories.jsonl
}

// index returns the place of each id in Items.
func (l Labels) index() map[string]int {
	at := make(map[string]int, len(l.Items))
	for i, it := range l.Items {
		at[it.ID] = i
	}
	return at
}

// Storylines returns the labels of the wider level, each item under its storyline, and
// whether there are any.
func (l Labels) Storylines() (Labels, bool) {
	if len(l.Items) == 0 || l.Items[0].Storyline == "" {
		return Labels{}, false
	}
	wide := Labels{l.Name, l.OfRun, make([]Item, len(l.Items))}
	for i, it := range l.Items {
		it.Story = it.Storyline
		wide.Items[i] = it
	}
	return wide, true
}

// ReadLabels reads labels from lines id<TAB>story or id<TAB>story<TAB>storyline (blank
// lines and lines that begin with # are skipped) or, where the first byte is {, from a
// run's stories.jsonl. A byte order mark, CRLF, and space around ids and labels are
// taken off. An id may stand twice under one label, and counts once. Errors
// are of the form "name:line: what; what to do"; reading stops at the first.
func ReadLabels(r io.Reader, name string) (Labels, error) {
	in := bufio.NewReader(r)
	if bom, _ := in.Peek(3); string(bom) == "\ufeff" {
		in.Discard(3)
	}
	parse := parseTSV
	first, _ := in.Peek(1)
	ofRun := string(first) == "{"
	if ofRun {
		parse = parseStory
	}
	b := labelBuilder{seen: map[string]place{}, lines: map[string]place{}}
	b.Name, b.OfRun = name, ofRun
	for line := 1; ; line++ {
		text, err := in.ReadBytes('\n')
		if err != nil && err != io.EOF {
			return Labels{}, fmt.Errorf("%s:%d: %w", name, line, err)
		}
		if err := b.add(line, text, parse); err != nil {
			return Labels{}, fmt.Errorf("%s:%d: %w", name, line, err)
		}
		if err == io.EOF {
			break
		}
	}
	if len(b.Items) == 0 {
		return Labels{}, fmt.Errorf("%s: no labels; want lines of id<TAB>story, or the stories.jsonl of a run", name)
	}
	return b.Labels, nil
}

// A labelBuilder collects items and remembers where each id and each story was first
// seen.
type labelBuilder struct {
	Labels
	seen  map[string]place // of each id, with its story
	lines map[string]place // of each story, with its storyline
}

type place struct {
	line  int
	label string
}

// add adds the items of one line.
func (b *labelBuilder) add(line int, text []byte, parse func([]byte) ([]Item, error)) error {
	text = bytes.TrimRight(text, "\r\n")
	if !utf8.Valid(text) || bytes.IndexByte(text, 0) >= 0 {
		return errors.New("not UTF-8 text; unpack the file if it is compressed, and save it as UTF-8")
	}
	items, err := parse(text)
	if err != nil {
		return err
	}
	for _, it := range items {
		if it.ID = strings.TrimSpace(it.ID); it.ID == "" {
			return errors.New("empty id; give each article the id it has in the dump")
		}
		if it.Story = strings.TrimSpace(it.Story); it.Story == "" {
			return fmt.Errorf("article %q has an empty story; give a story of its own to an article that stands alone", it.ID)
		}
		it.Storyline = strings.TrimSpace(it.Storyline)
		was, twice := b.seen[it.ID]
		if twice && was.label != it.Story {
			return fmt.Errorf("article %q is in story %q, but in %q at line %d; keep one of the two", it.ID, it.Story, was.label, was.line)
		}
		if err := b.addLine(line, it); err != nil {
			return err
		}
		if !twice {
			b.seen[it.ID] = place{line, it.Story}
			b.Items = append(b.Items, it)
		}
	}
	return nil
}

// addLine holds the storyline of an item against what was said before.
func (b *labelBuilder) addLine(line int, it Item) error {
	if len(b.Items) > 0 && (it.Storyline == "") != (b.Items[0].Storyline == "") {
		return fmt.Errorf("article %q has %s, others before it have %s; give one to all articles or to none", it.ID, storyline(it), storyline(b.Items[0]))
	}
	was, known := b.lines[it.Story]
	if !known {
		b.lines[it.Story] = place{line, it.Storyline}
	} else if was.label != it.Storyline {
		return fmt.Errorf("story %q is in storyline %q, but in %q at line %d; a story has one storyline", it.Story, it.Storyline, was.label, was.line)
	}
	return nil
}

func storyline(it Item) string {
	if it.Storyline == "" {
		return "no storyline"
	}
	return "a storyline"
}

func parseTSV(text []byte) ([]Item, error) {
	if len(bytes.TrimSpace(text)) == 0 || text[0] == '#' {
		return nil, nil
	}
	cols := strings.Split(string(text), "\t")
	switch len(cols) {
	case 2:
		return []Item{{ID: cols[0], Story: cols[1]}}, nil
	case 3:
		return []Item{{ID: cols[0], Story: cols[1], Storyline: cols[2]}}, nil
	}
	return nil, fmt.Errorf("%d column(s), want 2 or 3; write id<TAB>story, or id<TAB>story<TAB>storyline, or pass the stories.jsonl of a run", len(cols))
}

type record struct{ ID, Title, Source, Time string }

// parseStory parses one story of a run's stories.jsonl.
func parseStory(text []byte) ([]Item, error) {
	if len(bytes.TrimSpace(text)) == 0 {
		return nil, nil
	}
	var s struct {
		ID        string
		Storyline struct{ ID string }
		Articles  []struct {
			record
			AlsoIn   []record `json:"also_in"` // of the same page, each in this story too
			Versions []record
		}
	}
	if err := json.Unmarshal(text, &s); err != nil {
		return nil, fmt.Errorf("%w; each line must be one story as the run wrote it", err)
	}
	if len(s.Articles) == 0 {
		return nil, errors.New(`no "articles"; pass the stories.jsonl of a run, not the dump`)
	}
	var items []Item
	for _, a := range s.Articles {
		items = append(items, Item{a.ID, s.ID, s.Storyline.ID, a.Title, a.Source, a.Time})
		for _, r := range slices.Concat(a.AlsoIn, a.Versions) {
			if r.ID != "" && r.ID != a.ID {
				items = append(items, Item{r.ID, s.ID, s.Storyline.ID, r.Title, r.Source, r.Time})
			}
		}
	}
	return items, nil
}
