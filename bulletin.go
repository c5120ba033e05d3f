package qissa

import (
	"context"

	"qissa/article"
	"qissa/internal/parallel"
)

// bulletinWords are words at the start of an article among which a bulletin
// says that it is of the day: «توقعت الأرصاد في تقريرها عن حالة الطقس لهذا اليوم».
const bulletinWords = 40

// findBulletins notes of each article that is a bulletin of its day which day
// that is, by its own clock. Those of two days are two stories, however alike
// their words are.
func (t *texts) findBulletins(ctx context.Context, articles []article.Article, jobs int) error {
	t.bulletin = make([]int32, t.len())
	return parallel.Each(ctx, t.len(), jobs, nil, func(_, i int) {
		if a := articles[i]; placed(a) && t.isOfTheDay(i) {
			t.bulletin[i] = int32(a.Time.Year()*1000 + a.Time.YearDay())
		}
	})
}

// isOfTheDay reports whether an article says at its start that it is of the day.
func (t *texts) isOfTheDay(i int) bool {
	words := t.all(i)
	for k := range min(bulletinWords, len(words)-1) {
		if t.words[words[k]] == "لهذا" && t.words[words[k+1]] == "اليوم" {
			return true
		}
	}
	return false
}

// otherDay reports whether two articles are bulletins of different days.
func (t *texts) otherDay(a, b int32) bool {
	return t.bulletin[a] != 0 && t.bulletin[b] != 0 && t.bulletin[a] != t.bulletin[b]
}
