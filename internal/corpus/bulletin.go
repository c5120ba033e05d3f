package corpus

import (
	"context"

	"qissa/article"
	"qissa/internal/parallel"
)

// bulletinWords are words at the start of an article among which a bulletin
// says that it is of the day: «توقعت الأرصاد في تقريرها عن حالة الطقس لهذا اليوم»
// (the forecast for this day). Chosen by eye.
const bulletinWords = 40

// Bulletins holds for each article the day that it is a bulletin of, by its own
// clock, 0 for one that is none.
type Bulletins []int32

// FindBulletins finds the bulletins of a day among the articles that the corpus was
// read from. Those of two days are two stories, however alike their words are.
func (c *Corpus) FindBulletins(ctx context.Context, articles []article.Article, jobs int) (Bulletins, error) {
	day := make(Bulletins, c.Len())
	return day, parallel.Each(ctx, c.Len(), jobs, nil, func(_, i int) {
		if a := &articles[i]; a.HasClock() && c.isOfTheDay(i) {
			day[i] = int32(a.Time.Year()*1000 + a.Time.YearDay())
		}
	})
}

// isOfTheDay reports whether an article says at its start that it is of the day.
func (c *Corpus) isOfTheDay(i int) bool {
	left := bulletinWords
	for _, words := range c.own(i) {
		for k := range max(0, min(left, len(words)-1)) {
			if c.Words[words[k]] == "لهذا" && c.Words[words[k+1]] == "اليوم" {
				return true
			}
		}
		left -= len(words)
	}
	return false
}

// OtherDay reports whether two articles are bulletins of different days.
func (d Bulletins) OtherDay(a, b int32) bool { return d[a] != 0 && d[b] != 0 && d[a] != d[b] }
