package article

import (
	"encoding/json"
	"strings"
	"unicode/utf8"

	"github.com/valyala/fastjson"
)

// An outerObject is what the members of an object that are plain values say of
// the list that it holds.
type outerObject struct {
	title, name, version string
}

// outerRank is the rank of what the outer object says: behind an outlet that a
// record names, before the person whom a message is from.
const outerRank = 20

// note keeps a member of the object; value is as written.
func (o *outerObject) note(key string, value []byte) {
	if len(value) == 0 || value[0] != '"' || len(value) > 1000 {
		return
	}
	switch key {
	case "title":
		o.title = unquote(value)
	case "name":
		o.name = unquote(value)
	case "version":
		o.version = unquote(value)
	}
}

// outlet returns the outlet of the records in the list called key, "" if the
// object says nothing of it: JSON Feed has the title of the feed there, an export
// of Telegram the name of the channel.
func (o *outerObject) outlet(key string) string {
	switch {
	case key == "items" && strings.Contains(o.version, "jsonfeed.org"):
		return o.title
	case key == "messages":
		return o.name
	}
	return ""
}

// chats are the channels of an export of all of somebody's Telegram, each an
// object with a list of messages. Each is read like an object of its own.
func (s *jsonScanner) chats(name string, depth int) (found bool, err error) {
	s.skip() // [
	for {
		c, err := s.next()
		switch {
		case err != nil:
			return found, unexpectedEnd(err)
		case c == ']':
			s.skip()
			s.value = s.value[:0]
			return found, nil
		case c == ',':
			s.skip()
			continue
		case c != '{':
			if err := s.take(""); err != nil {
				return found, err
			}
			continue
		}
		inside, err := s.object(name+".", depth+1)
		if found = found || inside; err != nil {
			return found, err
		}
	}
}

// longPost is how many characters the first line of a post may have to be its
// title.
const longPost = 200

// titleOfPost makes the first line of a message of Telegram its title, where an
// empty line follows it.
func (r *record) titleOfPost() {
	if r.value[kindField] != "message" || r.value[titleField] != "" {
		return
	}
	line, rest, ok := strings.Cut(strings.TrimSpace(r.value[textField]), "\n\n")
	if ok && !strings.Contains(line, "\n") && utf8.RuneCountInString(line) <= longPost {
		r.value[titleField], r.value[textField] = line, strings.TrimSpace(rest)
	}
}

// maxWaiting is how many posts wait for the names of their authors. A page of
// Twitter has at most 500.
const maxWaiting = 10_000

// included gives the posts that wait the names of their authors, which stand
// behind them on a page of Twitter's second version, and yields them.
func (o *jsonOut) included(value []byte) error {
	var page struct {
		Users []struct{ ID, Name, Username string }
	}
	names := map[string]string{}
	if json.Unmarshal(value, &page) == nil {
		for _, u := range page.Users {
			names[u.ID] = u.Name
		}
	}
	return o.release(names)
}

// release yields the posts that wait, with the names that are known.
func (o *jsonOut) release(names map[string]string) error {
	waiting := o.waiting
	o.waiting, o.wait = nil, false
	for _, h := range waiting {
		if name := names[h.author]; name != "" && h.author != "" {
			h.article.setOutlet(name, o.in.opt.Outlet)
		}
		if err := o.yield(h); err != nil {
			return err
		}
	}
	return nil
}

// isPage reports whether a line of JSON is a page of records, as services send
// them, rather than a record: it has no name of a text or title, but a list of
// objects.
func isPage(line []byte, f *fields) bool {
	value, err := fastjson.ParseBytes(line)
	if err != nil {
		return false
	}
	object, err := value.Object()
	if err != nil {
		return false
	}
	lists, record := false, false
	object.Visit(func(key []byte, v *fastjson.Value) {
		if c, ok := f.find(key); ok && (c.field == titleField || c.field == textField) && v.Type() == fastjson.TypeString {
			record = true
		}
		if list := v.GetArray(); len(list) > 0 && list[0].Type() == fastjson.TypeObject {
			lists = true
		}
	})
	return lists && !record
}
