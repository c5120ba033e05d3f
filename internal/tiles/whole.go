package tiles

import (
	"context"
	"slices"

	"qissa"
)

// AllLinks returns the links of all tiles as those of one run. Memory for all of them: 60
// bytes a pair, and the id of each article.
func (r *Run) AllLinks(ctx context.Context) (*qissa.Links, error) {
	s, err := get[*settled](ctx, r.Files, "settled")
	if err != nil {
		return nil, err
	}
	all := &qissa.Links{Story: r.Options.Story, Storyline: r.Options.Storyline}
	for _, c := range r.Options.Corrections {
		if !slices.Contains(s.Unmet, c) {
			all.Corrections = append(all.Corrections, c)
		}
	}
	var number numbering
	var stories []string
	var between links
	for i := range r.Tiles {
		h, err := get[heads](ctx, r.Files, r.name("heads", i))
		if err != nil {
			return nil, err
		}
		number.places, all.IDs, stories = append(number.places, h.At...), append(all.IDs, h.ID...), append(stories, h.Story...)
		if err := r.addLinks(ctx, &between, i, anyPair); err != nil {
			return nil, err
		}
	}
	return all, all.Join(stories, between.numbered(number, r.grouping()))
}
