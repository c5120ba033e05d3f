package eval

import (
	"fmt"
	"slices"
	"strings"

	"qissa/cluster"
)

// Align returns both groupings of the articles of gold, in gold's order: item
// i is gold.Items[i]. Every id of gold must be in pred; ids that only pred has are
// unlabelled and left out.
func Align(pred, gold Labels) (p, g cluster.Partition, err error) {
	at := pred.index()
	stories := make([]string, 0, len(gold.Items))
	labels := make([]string, 0, len(gold.Items))
	var lacking []string
	for _, it := range gold.Items {
		i, ok := at[it.ID]
		if !ok {
			lacking = append(lacking, it.ID)
			continue
		}
		labels = append(labels, it.Story)
		stories = append(stories, pred.Items[i].Story)
	}
	if len(lacking) > 0 {
		return nil, nil, fmt.Errorf("%s: lacks %d of the %d articles of %s: %s; run on the dump that was labelled",
			pred.Name, len(lacking), len(gold.Items), gold.Name, some(lacking))
	}
	return Group(stories), Group(labels), nil
}

// Lacking returns the ids that only the other labels have.
func (l Labels) Lacking(other Labels) (ids []string) {
	at := l.index()
	for _, it := range other.Items {
		if _, ok := at[it.ID]; !ok {
			ids = append(ids, it.ID)
		}
	}
	return ids
}

// Among returns the items whose ids the other labels have too.
func (l Labels) Among(other Labels) Labels {
	at := other.index()
	l.Items = slices.DeleteFunc(slices.Clone(l.Items), func(it Item) bool { _, ok := at[it.ID]; return !ok })
	return l
}

// some names up to three ids.
func some(ids []string) string {
	if len(ids) > 3 {
		return strings.Join(ids[:3], ", ") + ", …"
	}
	return strings.Join(ids, ", ")
}
