package qissa

import (
	"cmp"
	"slices"

	"qissa/cluster"
)

// A Storyline is the stories that one affair connects: an event with what was announced
// before it and how others reacted.
type Storyline struct {
	ID       string // "l_" and 12 hex digits, from the content of its first article
	Stories  []int  // in the order of their first articles
	Title    int    // number of the article whose title names it: the representative of its largest story
	Articles int    // in all its stories
}

// tellStorylines lists the storylines, in the order of their largest stories. Lines has
// the first article of the storyline of each article.
func (r *Result) tellStorylines(lines cluster.Partition) {
	number := map[int]int{} // of each storyline, by its first article
	for s := range r.Stories {
		story := &r.Stories[s]
		first := lines[story.Members[0].Article]
		n, known := number[first]
		if !known {
			n = len(r.Storylines)
			number[first] = n
			r.Storylines = append(r.Storylines, Storyline{Title: story.Representative})
		}
		story.Storyline = n
		line := &r.Storylines[n]
		line.Stories = append(line.Stories, s)
		line.Articles += len(story.Members)
	}
	for n := range r.Storylines {
		line := &r.Storylines[n]
		slices.SortFunc(line.Stories, func(a, b int) int {
			return cmp.Compare(r.Stories[a].Members[0].Article, r.Stories[b].Members[0].Article)
		})
		line.ID = lineID(r.Stories[line.Stories[0]].ID)
	}
}

// lineID returns the id of a storyline whose first story has an id.
func lineID(story string) string { return "l_" + story[len("s_"):] }
