package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/valyala/fastjson"
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
	lines, heads := bufio.NewScanner(stories), headReader{}
	lines.Buffer(make([]byte, 1<<20), longestStory)
	n := 1
	for ; lines.Scan(); n++ {
		line := lines.Bytes()
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		s, err := heads.read(line)
		if err != nil {
			return nil, fmt.Errorf("%s:%d: not a record of a run: %w", name, n, err)
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

// A headReader reads the heads of stories: with fastjson in a fifth of the time of
// encoding/json, which has the last word on all that is not as qissa writes it.
type headReader struct{ parser fastjson.Parser }

func (r *headReader) read(line []byte) (s storyHead, err error) {
	if s, ok := r.quick(line); ok {
		return s, nil
	}
	err = json.Unmarshal(line, &s)
	return s, err
}

// quick reads a head that both parsers read alike; it returns false for all others.
func (r *headReader) quick(line []byte) (s storyHead, ok bool) {
	if !utf8.Valid(line) || bytes.Contains(line, []byte(`\u`)) {
		return s, false
	}
	v, err := r.parser.ParseBytes(line)
	if err != nil || v.Type() != fastjson.TypeObject {
		return s, false
	}
	var head named
	ok = head.take(v)
	s.ID, s.Title = head.ID, head.Title
	v.GetObject().Visit(func(key []byte, v *fastjson.Value) {
		switch string(key) {
		case "storyline":
			if v.Type() != fastjson.TypeNull {
				s.Storyline = &named{}
				ok = ok && s.Storyline.take(v)
			}
		case "articles":
			s.Articles = nil
			ok = ok && v.Type() == fastjson.TypeArray
			for _, a := range v.GetArray() {
				s.Articles = append(s.Articles, named{})
				ok = ok && s.Articles[len(s.Articles)-1].take(a)
			}
		}
	})
	return s, ok && s.ID != "" && len(s.Articles) > 0
}

// take takes id and title of an object, and reports whether they are strings, or null.
func (n *named) take(v *fastjson.Value) bool {
	ok := v.Type() == fastjson.TypeObject
	v.GetObject().Visit(func(key []byte, v *fastjson.Value) {
		var to *string
		switch string(key) {
		case "id":
			to = &n.ID
		case "title":
			to = &n.Title
		default:
			return
		}
		switch v.Type() {
		case fastjson.TypeString:
			*to = string(v.GetStringBytes())
		case fastjson.TypeNull:
		default:
			ok = false
		}
	})
	return ok
}
