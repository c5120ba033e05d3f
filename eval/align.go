package eval

import (
	"fmt"
	"strings"

	"qissa/cluster"
)

// Align returns both groupings of the articles of gold, in gold's order: item
// i is gold.Items[i]. Every id of gold must be in pred. Ids that only pred has
// are an error, unless subset says to leave them out.
func Align(pred, gold Labels, subset bool) (p, g cluster.Partition, err error) {
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
	if len(pred.Items) > len(gold.Items) && !subset {
		return nil, nil, fmt.Errorf("%s: %s; label them, or leave them out with --subset",
			gold.Name, extra(pred, gold))
	}
	return Group(stories), Group(labels), nil
}

// extra tells which articles of pred are not in gold.
func extra(pred, gold Labels) string {
	at := gold.index()
	var ids []string
	for _, it := range pred.Items {
		if _, ok := at[it.ID]; !ok {
			ids = append(ids, it.ID)
		}
	}
	return fmt.Sprintf("lacks %d of the %d articles of %s: %s", len(ids), len(pred.Items), pred.Name, some(ids))
}

// some names up to three ids.
func some(ids []string) string {
	if len(ids) > 3 {
		return strings.Join(ids[:3], ", ") + ", …"
	}
	return strings.Join(ids, ", ")
}
