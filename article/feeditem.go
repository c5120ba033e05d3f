package article

import (
	"bytes"
	"cmp"
	"strings"

	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/atom"
	"github.com/mmcdole/gofeed/rss"
)

// parseFeed parses a feed of any kind. The outlet that an entry names as its
// source is under sourceKey in its custom values.
func parseFeed(text []byte) (*gofeed.Feed, error) {
	p := gofeed.NewParser()
	p.RSSTranslator, p.AtomTranslator = &rssSources{}, &atomSources{}
	return p.Parse(bytes.NewReader(text))
}

const sourceKey = "source"

// rssSources keeps the source of each item, which an aggregator's feed names.
type rssSources struct{ gofeed.DefaultRSSTranslator }

// Translate implements gofeed.Translator.
func (t *rssSources) Translate(feed any) (*gofeed.Feed, error) {
	all, err := t.DefaultRSSTranslator.Translate(feed)
	if original, ok := feed.(*rss.Feed); ok && err == nil {
		for i, item := range original.Items {
			if item.Source != nil && i < len(all.Items) {
				keepSource(all.Items[i], cmp.Or(item.Source.Title, Host(item.Source.URL)))
			}
		}
	}
	return all, err
}

// atomSources keeps the source of each entry.
type atomSources struct{ gofeed.DefaultAtomTranslator }

// Translate implements gofeed.Translator.
func (t *atomSources) Translate(feed any) (*gofeed.Feed, error) {
	all, err := t.DefaultAtomTranslator.Translate(feed)
	if original, ok := feed.(*atom.Feed); ok && err == nil {
		for i, entry := range original.Entries {
			if entry.Source != nil && i < len(all.Items) {
				keepSource(all.Items[i], entry.Source.Title)
			}
		}
	}
	return all, err
}

func keepSource(item *gofeed.Item, name string) {
	if item.Custom == nil {
		item.Custom = map[string]string{}
	}
	item.Custom[sourceKey] = withoutMarkup(name)
}

// extension returns the text of an element of another vocabulary, "" if the
// entry has none.
func extension(item *gofeed.Item, prefix, name string) string {
	if found := item.Extensions[prefix][name]; len(found) > 0 {
		return strings.TrimSpace(found[0].Value)
	}
	return ""
}

func feedRecord(feed *gofeed.Feed, item *gofeed.Item) record {
	var rec record
	rec.value[idField] = item.GUID
	rec.value[urlField] = item.Link
	rec.value[titleField] = withoutMarkup(item.Title)
	rec.value[kindField] = extension(item, "wp", "post_type")
	description, content := withoutMarkup(item.Description), withoutMarkup(item.Content)
	rec.value[textField] = description
	if len(content) > len(description) {
		rec.value[textField] = content
	}
	named := cmp.Or(item.Custom[sourceKey], extension(item, "News", "Source"), extension(item, "news", "source"))
	if named != "" {
		rec.value[titleField], rec.value[textField] = withoutOutlet(rec.value[titleField], rec.value[textField], named, item.Link)
	}
	if dc := item.DublinCoreExt; dc != nil && len(dc.Publisher) > 0 {
		named = cmp.Or(named, withoutMarkup(dc.Publisher[0]))
	}
	rec.value[sourceField] = cmp.Or(named, withoutMarkup(feed.Title))
	rec.value[timeField] = cmp.Or(item.Published, item.Updated)
	return rec
}

// withoutOutlet takes out what an aggregator makes of an entry's outlet: the
// title ends in it, and the text is the title and the outlet once more. The text
// of Google News is that and the headlines of others, never a text.
func withoutOutlet(title, text, outlet, link string) (string, string) {
	for _, dash := range []string{" - ", " – ", " — ", " | "} {
		if short, ok := strings.CutSuffix(title, dash+outlet); ok && short != "" {
			title = short
			break
		}
	}
	words := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	rest, repeats := strings.CutPrefix(words(text), words(title))
	rest = strings.Trim(strings.TrimSuffix(rest, words(outlet)), " -–—|")
	if repeats && rest == "" || Host(link) == "news.google.com" {
		text = ""
	}
	return title, text
}
