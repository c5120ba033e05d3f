package article

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/mmcdole/gofeed"
)

// maxDocument is how many bytes of a feed or page are read at once. Tests set it.
var maxDocument = 64 << 20

// errLong says that a text is longer than maxDocument, which is what was read.
var errLong = errors.New("longer than is read at once")

// isFeed reports whether a text starts like RSS, RDF or Atom.
func isFeed(head []byte) bool {
	text := bytes.TrimSpace(head)
	if len(text) == 0 || text[0] != '<' {
		return false
	}
	return feedStart.Match(text[:min(len(text), 4096)])
}

var feedStart = regexp.MustCompile(`^(?s:\s*(?:<\?xml.*?\?>|<\?xml-stylesheet.*?\?>|<!--.*?-->|<!DOCTYPE rss[^>]*>)\s*)*<(?:rss|feed|rdf:RDF)[\s>]`)

// xmlDeclaration names an encoding that the text has no longer.
var xmlDeclaration = regexp.MustCompile(`^\s*<\?xml[^>]*\?>`)

// readFeed yields the entries of an RSS, Atom or RDF feed. A feed that is cut
// short or damaged is read up to its last whole entry.
func (in *input) readFeed() error {
	text, err := in.readWhole("feed")
	if err == errLong {
		return in.readLongFeed(text)
	}
	if err != nil {
		return err
	}
	text = xmlDeclaration.ReplaceAll(text, nil)
	feed, err := parseFeed(text)
	damage := err
	if err != nil {
		feed, err = parseFeed(wholeEntries(text))
	}
	if err != nil {
		in.items++
		return in.bad(0, "feed", Messagef("not_a_feed", "not a feed (%w)", err), text)
	}
	in.found("feed", "", nil)
	if err := in.entries(feed); err != nil {
		return err
	}
	if damage != nil {
		return in.bad(0, "truncated", Messagef("damaged_after", "damaged after entry %d; everything before it was used (%w)", len(feed.Items), damage), nil)
	}
	if len(feed.Items) == 0 {
		return in.end(io.EOF)
	}
	return nil
}

func (in *input) entries(feed *gofeed.Feed) error {
	for _, item := range feed.Items {
		if err := in.document(feedRecord(feed, item), 0, item.Title); err != nil {
			return err
		}
	}
	return nil
}

// readLongFeed reads a feed that is longer than what is parsed at once, part by
// part: each gets the start of the feed, and ends with a whole entry.
func (in *input) readLongFeed(text []byte) error {
	text = xmlDeclaration.ReplaceAll(text, nil)
	first := feedEntry.FindIndex(text)
	if first == nil {
		in.items++
		return in.bad(0, "too_long", Messagef("feed_too_long", "feed with no entry in its first 64 MiB"), text)
	}
	head := bytes.Clone(text[:first[0]])
	in.found("feed", "", nil)
	for {
		part := wholeEntries(text)
		feed, err := parseFeed(part)
		if err != nil {
			return in.bad(0, "truncated", Messagef("damaged_after", "damaged after entry %d; everything before it was used (%w)", in.items, err), nil)
		}
		if err := in.entries(feed); err != nil {
			return err
		}
		// What follows the last whole entry goes to the next part. Short closing
		// tags of the feed are no entry, and end the reading.
		rest := text[lastEntry(text):]
		more, err := io.ReadAll(io.LimitReader(in.text, int64(maxDocument-len(head)-len(rest))))
		if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
			return in.end(err)
		}
		text = slices.Concat(head, rest, more)
		switch {
		case lastEntry(text) > len(head):
		case feedEntry.Match(text[len(head):]):
			return in.bad(0, "truncated", Messagef("damaged_after", "damaged after entry %d; everything before it was used", in.items), nil)
		default:
			return nil
		}
	}
}

// feedEntry is the start of an entry of any kind of feed.
var feedEntry = regexp.MustCompile(`<(?:item|entry)[\s>]`)

// lastEntry returns where the last whole entry of a feed ends, 0 if there is none.
func lastEntry(text []byte) int {
	end := 0
	for _, tag := range []string{"</item>", "</entry>"} {
		if at := bytes.LastIndex(text, []byte(tag)); at >= 0 {
			end = max(end, at+len(tag))
		}
	}
	return end
}

// wholeEntries cuts a feed after its last whole entry and closes it.
func wholeEntries(text []byte) []byte {
	for _, kind := range []struct{ entry, close string }{
		{"</item>", "</channel></rss>"}, {"</item>", "</rdf:RDF>"}, {"</entry>", "</feed>"},
	} {
		opened := "<" + strings.TrimSuffix(kind.close[strings.LastIndex(kind.close, "/")+1:], ">")
		if end := bytes.LastIndex(text, []byte(kind.entry)); end >= 0 && bytes.Contains(text, []byte(opened)) {
			return append(bytes.Clone(text[:end+len(kind.entry)]), kind.close...)
		}
	}
	return nil
}

// document yields the article of a record that is no line of a text.
func (in *input) document(rec record, line int, start string) error {
	return in.judged(rec, line, func() []byte { return []byte(start) })
}

// judged counts a record and yields its article. Raw gives the start of the
// record, should it be damaged.
func (in *input) judged(rec record, line int, raw func() []byte) error {
	in.items++
	a, err := rec.article(&in.opt)
	switch {
	case err == errPassed:
		return nil
	case err != nil:
		return in.bad(line, code(err), err, raw())
	}
	a.Origin = Origin{in.name, line, in.items}
	return in.give(a)
}

// readWhole reads a text that is parsed as a whole.
func (in *input) readWhole(what string) ([]byte, error) {
	text, err := io.ReadAll(io.LimitReader(in.text, int64(maxDocument)+1))
	switch {
	case err != nil && !errors.Is(err, io.ErrUnexpectedEOF):
		return nil, in.end(err)
	case len(text) > maxDocument && what == "feed":
		return text, errLong
	case len(text) > maxDocument:
		in.items++
		return nil, cmp.Or(in.bad(0, "too_long", Messagef("document_too_long", "%s longer than 64 MiB", what), text), errStopped)
	case len(bytes.TrimSpace(text)) == 0:
		return nil, cmp.Or(in.end(io.EOF), errStopped)
	}
	return text, nil
}
