package article

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// markup is a tag as it stands in texts that were saved with theirs.
var markup = regexp.MustCompile(`(?i)</?(?:p|br|div|span|a|img|b|i|strong|em|u|font|li|ul|ol|h[1-6]|blockquote|table|tr|td|figure|iframe)(?:\s[^<>]*|\s*/)?>`)

var blockTag = regexp.MustCompile(`(?i)<(?:p|br|div|li|h[1-6]|tr)[\s/>]`)

// blocks are the elements that stand on lines of their own.
const blocks = " p br div li ul ol h1 h2 h3 h4 h5 h6 blockquote table tr figure figcaption section article header footer main pre hr title "

// silent are the elements whose text is not for reading.
const silent = " script style noscript template iframe svg nav button form select textarea "

// withoutMarkup returns the text of a piece of HTML, each block on a line of its
// own. Markup that was escaped, once or twice, counts as markup.
func withoutMarkup(s string) string {
	for range 3 {
		s = textOfHTML(s)
		if !markup.MatchString(html.UnescapeString(s)) {
			break
		}
	}
	return s
}

// withoutEntities returns a line with the characters that its entities stand
// for. Feeds escape them twice.
func withoutEntities(s string) string {
	for range 2 {
		if strings.IndexByte(s, '&') < 0 {
			break
		}
		s = html.UnescapeString(s)
	}
	return s
}

func textOfHTML(s string) string {
	var b strings.Builder
	breaks := strings.NewReplacer("\n", " ", "\r", " ")
	if !blockTag.MatchString(s) {
		breaks = strings.NewReplacer() // a text of lines with a tag or two in it
	}
	z := html.NewTokenizer(strings.NewReader(s))
	hidden := 0
	for {
		switch z.Next() {
		case html.ErrorToken:
			return tidyLines(b.String())
		case html.TextToken:
			if hidden == 0 {
				b.WriteString(breaks.Replace(string(z.Text())))
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			switch {
			case named(silent, name) && z.Token().Type == html.StartTagToken:
				hidden++
			case named(blocks, name):
				b.WriteByte('\n')
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			switch {
			case named(silent, name):
				hidden = max(0, hidden-1)
			case named(blocks, name):
				b.WriteByte('\n')
			}
		}
	}
}

func named(list string, name []byte) bool { return strings.Contains(list, " "+string(name)+" ") }

// tidyLines takes out white space around lines, and empty lines.
func tidyLines(s string) string {
	var lines []string
	for line := range strings.SplitSeq(s, "\n") {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}
