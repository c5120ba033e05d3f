package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// A Group is a story or a storyline of a finished run.
type Group struct {
	ID        string
	Title     string   // "" if it has none
	Articles  []string // their ids
	Headlines []string // of the articles, in the same order
}

// ReadGroups reads the stories of what [StoriesJSONL] wrote, or its storylines. An article that stands in two is an error, as is a run that knows no
// storylines where these are asked for.
func ReadGroups(stories io.Reader, storylines bool) ([]Group, error) {
	var list []Group
	of, seen := map[string]int{}, map[string]bool{}
	take := func(s storyHead) error {
		id, title := s.ID, s.Title
		if storylines {
			if s.Storyline == nil {
				return errors.New("this run knows no storylines; run cluster again")
			}
			id, title = s.Storyline.ID, s.Storyline.Title
		}
		if id == "" || len(s.Articles) == 0 {
			return errors.New("a story without id or articles")
		}
		n, known := of[id]
		if !known {
			n = len(list)
			of[id], list = n, append(list, Group{ID: id, Title: title})
		} else if !storylines {
			return fmt.Errorf("a second story with the id %q", id)
		}
		for _, a := range s.Articles {
			if seen[a.ID] {
				return fmt.Errorf("article %q stands in two stories", a.ID)
			}
			seen[a.ID] = true
			list[n].Articles, list[n].Headlines = append(list[n].Articles, a.ID), append(list[n].Headlines, a.Title)
		}
		return nil
	}
	name := nameOf(stories, "stories.jsonl")
	lines := bufio.NewScanner(stories)
	lines.Buffer(make([]byte, 1<<20), longestStory)
	n := 1
	for ; lines.Scan(); n++ {
		line := lines.Bytes()
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		s, ok := scanStory(line)
		if !ok {
			if err := json.Unmarshal(line, &s); err != nil {
				return nil, fmt.Errorf("%s:%d: not a record of a run: %w", name, n, err)
			}
		}
		if err := take(s); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, n, err)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%s:%d: %w", name, n, err)
	}
	return list, nil
}

// longestStory is the most bytes of a line: of a story of a million articles.
const longestStory = 1 << 30

// A storyHead is what a line of stories.jsonl says of who is in a story.
type storyHead struct {
	ID, Title string
	Storyline *named
	Articles  []named
}

type named struct{ ID, Title string }

// scanStory reads the head of a story without a look at the rest of its line, which is most of it: in a tenth of the time of json.Unmarshal. It returns
// false where the line is not as qissa writes it; then that function has the last word.
func scanStory(line []byte) (s storyHead, ok bool) {
	r := scanner{text: line}
	ok = r.object(func(key []byte) bool {
		switch string(key) {
		case "id":
			return r.string(&s.ID)
		case "title":
			return r.string(&s.Title)
		case "storyline":
			if r.next() != '{' {
				return r.skip()
			}
			s.Storyline = &named{}
			return r.named(s.Storyline)
		case "articles":
			s.Articles = nil
			return r.array(func() bool {
				s.Articles = append(s.Articles, named{})
				return r.named(&s.Articles[len(s.Articles)-1])
			})
		}
		return r.skip()
	})
	if !ok || s.ID == "" || len(s.Articles) == 0 || r.next() != 0 {
		return storyHead{}, false
	}
	return s, true
}

// A scanner moves over JSON. Its methods return false where the text is not as they expect it.
type scanner struct {
	text []byte
	at   int
}

// next moves to the next character that is no space and returns it, 0 at the end.
func (r *scanner) next() byte {
	for ; r.at < len(r.text); r.at++ {
		switch c := r.text[r.at]; c {
		case ' ', '\t', '\r', '\n':
		default:
			return c
		}
	}
	return 0
}

// take moves over one character.
func (r *scanner) take(c byte) bool {
	if r.next() != c {
		return false
	}
	r.at++
	return true
}

// object calls visit at the value of each member, which it must move over.
func (r *scanner) object(visit func(key []byte) bool) bool {
	return r.list('{', '}', func() bool {
		if r.next() != '"' {
			return false
		}
		from := r.at
		if !r.skipString() {
			return false
		}
		key := r.text[from+1 : r.at-1]
		return r.take(':') && visit(key)
	})
}

func (r *scanner) array(visit func() bool) bool { return r.list('[', ']', visit) }

func (r *scanner) list(open, closing byte, visit func() bool) bool {
	if !r.take(open) {
		return false
	}
	if r.take(closing) {
		return true
	}
	for visit() {
		if !r.take(',') {
			return r.take(closing)
		}
	}
	return false
}

func (r *scanner) named(n *named) bool {
	return r.object(func(key []byte) bool {
		switch string(key) {
		case "id":
			return r.string(&n.ID)
		case "title":
			return r.string(&n.Title)
		}
		return r.skip()
	})
}

// string reads a string; null leaves s as it is.
func (r *scanner) string(s *string) bool {
	if r.next() != '"' {
		from := r.at
		return r.skip() && string(r.text[from:r.at]) == "null"
	}
	from := r.at
	if !r.skipString() {
		return false
	}
	raw := r.text[from:r.at]
	if bytes.IndexByte(raw, '\\') >= 0 || !utf8.Valid(raw) {
		return json.Unmarshal(raw, s) == nil
	}
	*s = string(raw[1 : len(raw)-1])
	return true
}

func (r *scanner) skipString() bool {
	for r.at++; ; r.at++ {
		n := bytes.IndexByte(r.text[r.at:], '"')
		if n < 0 {
			return false
		}
		r.at += n
		slashes := 0
		for r.text[r.at-1-slashes] == '\\' {
			slashes++
		}
		if slashes%2 == 0 {
			r.at++
			return true
		}
	}
}

// skip moves over a value.
func (r *scanner) skip() bool {
	switch r.next() {
	case '"':
		return r.skipString()
	case '{', '[':
	default:
		from := r.at
		for r.at < len(r.text) && bytes.IndexByte([]byte(",]} \t\r\n"), r.text[r.at]) < 0 {
			r.at++
		}
		return r.at > from
	}
	for depth := 0; r.at < len(r.text); {
		switch r.text[r.at] {
		case '"':
			if !r.skipString() {
				return false
			}
			continue
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				r.at++
				return true
			}
		}
		r.at++
	}
	return false
}
