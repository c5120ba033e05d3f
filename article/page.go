package article

import (
	"bytes"
	"io"
	"path"
	"path/filepath"
	"strings"
	"unicode/utf8"
)

// readPage yields the articles of a page saved as text. On the page of a news
// aggregator the page's own article comes first, then other items, each of
// them headed by three lines (outlet, time, "- " and the outlet again), with a
// title and a body below. Text without such heads is one article.
func (in *input) readPage() error {
	text, err := io.ReadAll(io.LimitReader(in.text, maxRecord+1))
	if err != nil {
		return in.end(err)
	}
	if len(text) > maxRecord {
		in.items++
		return in.bad(1, "too_long", Messagef("text_too_long", "text %w", errTooLong), text)
	}
	if len(bytes.TrimSpace(text)) == 0 {
		return in.end(io.EOF)
	}
	in.found("text", "", nil)
	lines := strings.Split(string(text), "\n")
	for i := range lines {
		lines[i] = strings.TrimSpace(strings.TrimSuffix(lines[i], "\r"))
	}
	return in.pageItems(lines)
}

// pageItems yields the articles of a page, given by lines.
func (in *input) pageItems(lines []string) error {
	heads := in.itemHeads(lines)
	if err := in.ownArticle(lines, heads); err != nil {
		return err
	}
	for i, h := range heads {
		end := len(lines)
		if i+1 < len(heads) {
			end = heads[i+1].outlet
		}
		rec := record{}
		rec.value[sourceField] = lines[h.outlet]
		rec.value[timeField] = lines[h.time]
		rec.value[titleField], rec.value[textField] = titleAndBody(lines[h.below:end], true)
		if err := in.pageArticle(rec, h.outlet+1, lines[h.outlet:end]); err != nil {
			return err
		}
	}
	return nil
}

// pageArticle yields one article of a page.
func (in *input) pageArticle(rec record, line int, raw []string) error {
	return in.judged(rec, line, func() []byte { return []byte(strings.Join(raw, "\n")) })
}

// An itemHead is the place of the three lines above an item, and of the line
// below them.
type itemHead struct{ outlet, time, below int }

// itemHeads finds the heads of the items of an aggregator's page.
func (in *input) itemHeads(lines []string) []itemHead {
	var heads []itemHead
	next := func(i int) int { // the next line with text
		for i++; i < len(lines) && lines[i] == ""; i++ {
		}
		return i
	}
	for i := 0; i < len(lines); i++ {
		outlet := lines[i]
		if outlet == "" || utf8.RuneCountInString(outlet) > 60 {
			continue
		}
		when := next(i)
		again := next(when)
		if again >= len(lines) {
			break
		}
		name, dashed := cutDash(lines[again])
		if !dashed || name != outlet {
			continue
		}
		if _, precision := ParseTime(lines[when], in.opt.Now, in.opt.Zone); precision == None {
			continue
		}
		heads = append(heads, itemHead{i, when, again + 1})
		i = again
	}
	return heads
}

// cutDash removes the dash at the start of a line.
func cutDash(line string) (rest string, ok bool) {
	for _, dash := range []string{"-", "–", "—", "•", "·"} {
		if rest, ok = strings.CutPrefix(line, dash); ok {
			return strings.TrimSpace(rest), true
		}
	}
	return line, false
}

// ownArticle yields the article above the first item.
func (in *input) ownArticle(lines []string, heads []itemHead) error {
	page := len(heads) > 0
	if page {
		lines = lines[:heads[0].outlet]
	}
	var rec record
	if !page && in.name != "" && in.name[0] != '<' { // standard input has no name
		rec.value[idField] = path.Base(filepath.ToSlash(in.name))
	}
	rec.value[titleField], rec.value[textField] = titleAndBody(lines, page)
	if page && rec.value[textField] == "" {
		return nil // nothing but the page's furniture
	}
	rec.value[timeField] = dateLine(lines)
	first := 1
	for first <= len(lines) && lines[first-1] == "" {
		first++
	}
	return in.pageArticle(rec, first, lines)
}

// titleAndBody returns the first line with text and the lines below it. From a
// page, the furniture behind the article is left out.
func titleAndBody(lines []string, page bool) (title, body string) {
	if page {
		lines = lines[:withoutFurniture(lines)]
	}
	text := strings.TrimSpace(strings.Join(lines, "\n"))
	title, body, _ = strings.Cut(text, "\n")
	return title, strings.TrimSpace(body)
}

// withoutFurniture returns the number of lines up to the end of the article:
// blocks of lines at the end that hold no prose belong to the page (buttons,
// headings, "no comments yet"), and so do lines that are known to.
func withoutFurniture(lines []string) int {
	end := len(lines)
	for end > 0 && lines[end-1] == "" {
		end--
	}
	for end > 0 {
		start := end
		prose := false
		for start > 0 && lines[start-1] != "" {
			start--
			prose = prose || isProse(lines[start])
		}
		if prose {
			break
		}
		for start > 0 && lines[start-1] == "" {
			start--
		}
		if start == 0 {
			break // the only block
		}
		end = start
	}
	for end > 0 && isFurniture(lines[end-1]) {
		end--
	}
	return end
}

// isProse reports whether a line reads like a sentence: twelve words, or a
// full stop, or the end of a quotation.
func isProse(line string) bool {
	if isFurniture(line) {
		return false
	}
	if len(strings.Fields(line)) >= 12 {
		return true
	}
	return strings.HasSuffix(line, ".") && !strings.HasSuffix(line, "..")
}

// isFurniture reports whether a line is one that news pages put around their
// articles.
func isFurniture(line string) bool {
	line = strings.Trim(line, " :.…!")
	for _, known := range []string{
		"التعليقات", "تعليقات", "لا يوجد تعليقات", "لا توجد تعليقات", "أضف تعليق", "أخبار ذات صلة", "مواضيع ذات صلة", "مقالات ذات صلة",
		"اقرأ أيضا", "اقرأ أيضاً", "إقرأ أيضا", "شارك", "شارك الخبر", "المزيد", "جرب ميزات", "اكتشف ما يمكن",
		"Comments", "No comments", "Related news", "Read more", "Share",
	} {
		if rest, ok := strings.CutPrefix(line, known); ok && (rest == "" || rest[0] == ' ') && len(strings.Fields(line)) < 12 {
			return true
		}
	}
	return false
}
