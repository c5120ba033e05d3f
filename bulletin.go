package qissa

import "qissa/article"

// bulletinWords are words at the start of an article among which a bulletin
// says that it is of the day: «توقعت الأرصاد في تقريرها عن حالة الطقس لهذا اليوم».
const bulletinWords = 40

// findBulletins notes of each article that is a bulletin of its day which day
// that is, by its own clock. Those of two days are two stories, however alike
// their words are.
func (t *texts) findBulletins(articles []article.Article) {
	t.bulletin = make([]int32, t.len())
	for i, a := range articles {
		if !placed(a) {
			continue
		}
		words := t.all(i)
		for k := range min(bulletinWords, len(words)-1) {
			if t.words[words[k]] == "لهذا" && t.words[words[k+1]] == "اليوم" {
				t.bulletin[i] = int32(a.Time.Year()*1000 + a.Time.YearDay())
				break
			}
		}
	}
}

// otherDay reports whether two articles are bulletins of different days.
func (t *texts) otherDay(a, b int32) bool {
	return t.bulletin[a] != 0 && t.bulletin[b] != 0 && t.bulletin[a] != t.bulletin[b]
}
