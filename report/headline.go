package report

import (
	"slices"
	"strings"
)

// genres are words before a colon that tell what an item is, not what it says.
var genres = []string{"قصة مصورة", "صور", "بالصور", "فيديو", "بالفيديو", "بالصور والفيديو", "شاهد", "عاجل", "خاص", "كاريكاتير", "كاركاتير", "إنفوجراف", "انفوجراف", "إنفوغراف", "انفوغراف", "تقرير"}

// sectionWords are the words of a section that an agency puts before its headlines.
const sectionWords = 2

// headlineOf drops what an outlet puts before its headlines: a section («عام /») or a
// genre («قصة مصورة:»). What would leave nothing stays.
func headlineOf(title string) string {
	if section, rest, ok := strings.Cut(title, " / "); ok && len(strings.Fields(section)) <= sectionWords && len(strings.Fields(rest)) > sectionWords {
		return strings.TrimSpace(rest)
	}
	for _, sign := range []string{":", "..", " - ", " | "} {
		if genre, rest, ok := strings.Cut(title, sign); ok && slices.Contains(genres, strings.TrimSpace(genre)) && len(strings.Fields(rest)) > 1 {
			return strings.TrimSpace(strings.TrimLeft(rest, ".: "))
		}
	}
	return title
}
