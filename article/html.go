package article

import (
	"bytes"
	"cmp"
	"encoding/json"
	"net/url"
	"regexp"
	"strings"

	readability "codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
)

// isHTML reports whether a text starts like a page.
func isHTML(head []byte) bool { return htmlStart.Match(bytes.TrimSpace(head)) }

var htmlStart = regexp.MustCompile(`(?i)^(?s:\s*(?:<\?xml.*?\?>|<!--.*?-->)\s*)*<(?:!doctype html|html|head|body|article|meta)[\s>]`)

// readHTML yields the article of a saved page, or the items if it is that of an
// aggregator.
func (in *input) readHTML() error {
	text, err := in.readWhole("page")
	if err != nil {
		return err
	}
	in.found("html", "", nil)
	if lines := strings.Split(textOfHTML(string(text)), "\n"); len(in.itemHeads(lines)) > 1 {
		return in.pageItems(lines)
	}
	return in.document(htmlRecord(text, ""), 1, string(text[:min(len(text), 1000)]))
}

// leastArticle is how many bytes a text must have to be taken for the article
// of a page: fewer are a caption or a teaser.
const leastArticle = 200

// htmlRecord finds the article of a page: in the structured data that search
// engines read, in the page's own article element, or by its density of text.
func htmlRecord(text []byte, address string) record {
	var rec record
	doc, err := html.Parse(bytes.NewReader(text))
	if err != nil { // nested too deep to be parsed
		rec.value[titleField], rec.value[textField] = titleAndBody(strings.Split(textOfHTML(string(text)), "\n"), true)
		rec.value[urlField] = address
		return rec
	}
	p := page{meta: map[string]string{}}
	p.walk(doc)
	ld := p.structured
	rec.value[urlField] = cmp.Or(address, ld.address(), p.meta["og:url"], p.canonical)
	rec.value[titleField] = cmp.Or(withoutMarkup(ld.Headline), p.meta["og:title"], p.heading, tidyLines(p.title))
	rec.value[sourceField] = cmp.Or(ld.Publisher.Name, p.meta["og:site_name"])
	rec.value[timeField] = cmp.Or(ld.DatePublished, p.meta["article:published_time"], p.meta["date"], p.time)
	body := withoutMarkup(ld.ArticleBody)
	if len(body) < leastArticle && len(p.article) >= leastArticle {
		body = p.article
	}
	if len(body) < leastArticle {
		base, err := url.Parse(rec.value[urlField])
		if err != nil {
			base = nil
		}
		if a, err := readability.FromDocument(doc, base); err == nil && a.Node != nil {
			var b strings.Builder
			if a.RenderText(&b) == nil && b.Len() > len(body) {
				body = tidyLines(b.String())
			}
		}
	}
	rec.value[textField] = cmp.Or(body, p.meta["og:description"])
	rec.value[timeField] = cmp.Or(rec.value[timeField], dateLine(strings.Split(rec.value[textField], "\n")))
	return rec
}

// A page is what is found on the way through a document.
type page struct {
	meta       map[string]string // by name or property
	structured newsArticle
	title      string
	heading    string // the first h1
	canonical  string
	article    string // text of the longest article element
	inArticle  bool
	time       string // the first time element
}

func (p *page) walk(n *html.Node) {
	if n.Type == html.ElementNode {
		switch n.Data {
		case "meta":
			name, content := strings.ToLower(cmp.Or(attribute(n, "property"), attribute(n, "name"), attribute(n, "itemprop"))), attribute(n, "content")
			if p.meta[name] == "" {
				p.meta[name] = strings.TrimSpace(content)
			}
		case "link":
			if attribute(n, "rel") == "canonical" {
				p.canonical = attribute(n, "href")
			}
		case "title":
			if p.title == "" {
				p.title = content(n)
			}
		case "h1":
			if p.heading == "" {
				p.heading = strings.ReplaceAll(content(n), "\n", " ")
			}
		case "time":
			if p.time == "" {
				p.time = cmp.Or(attribute(n, "datetime"), content(n))
			}
		case "article":
			if p.inArticle { // its text has been taken with the outer one's
				break
			}
			if text := content(n); len(text) > len(p.article) {
				p.article = text
			}
			p.inArticle = true
			defer func() { p.inArticle = false }()
		case "script":
			if strings.EqualFold(attribute(n, "type"), "application/ld+json") && n.FirstChild != nil && p.structured.Headline == "" {
				p.structured = findNewsArticle([]byte(n.FirstChild.Data))
			}
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		p.walk(c)
	}
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// content is the text inside a node.
func content(n *html.Node) string {
	var b bytes.Buffer
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		html.Render(&b, c)
	}
	return textOfHTML(b.String())
}

// A newsArticle is what schema.org says of one.
type newsArticle struct {
	Headline      string
	ArticleBody   string
	DatePublished string
	URL           string
	Main          any `json:"mainEntityOfPage"`
	Publisher     struct{ Name string }
}

func (n newsArticle) address() string {
	if n.URL != "" {
		return n.URL
	}
	switch m := n.Main.(type) {
	case string:
		return m
	case map[string]any:
		id, _ := m["@id"].(string)
		return id
	}
	return ""
}

// findNewsArticle looks for an article in structured data, at any depth.
func findNewsArticle(data []byte) (found newsArticle) {
	var value any
	if json.Unmarshal(data, &value) != nil {
		return found
	}
	var visit func(any, int) bool
	visit = func(v any, depth int) bool {
		switch v := v.(type) {
		case []any:
			for _, x := range v {
				if depth < 8 && visit(x, depth+1) {
					return true
				}
			}
		case map[string]any:
			if headline, _ := v["headline"].(string); headline != "" {
				again, err := json.Marshal(v)
				if err == nil && json.Unmarshal(again, &found) != nil {
					found.Headline = headline // a publisher that is no object, say
					found.ArticleBody, _ = v["articleBody"].(string)
					found.DatePublished, _ = v["datePublished"].(string)
				}
				return true
			}
			for _, key := range []string{"@graph", "mainEntity", "itemListElement", "item"} {
				if depth < 8 && visit(v[key], depth+1) {
					return true
				}
			}
		}
		return false
	}
	visit(value, 0)
	return found
}
