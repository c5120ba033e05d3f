package tiles

import "context"

// A Step is so many tasks, numbered from 0. It needs what the steps before it wrote. Some
// have a task for each tile, some for each part of a tile, some one for all.
type Step struct {
	Name  string
	Tasks int
	Do    func(ctx context.Context, task int) error
}

// Steps returns the steps of a run, up to its [Plan], in order.
func (r *Run) Steps() []Step {
	tiles := len(r.Tiles)
	return []Step{
		{"marks", len(r.cut()), r.Marks}, {"facts", len(r.comparisons()), r.Facts}, {"together", len(r.dense()), r.Together}, {"links", tiles, r.Links},
		{"labels", tiles, r.Labels}, {"settle", 1, once(r.Settle)}, {"names", tiles, r.Names}, {"ids", 1, once(r.IDs)}, {"describe", len(r.pieces()), r.Describe},
	}
}

// ModelSteps returns the steps that count the articles of a run without a model, and
// leave their model as the file "model": the bytes of [qissa.BuildModel].
//
//	Keys      texts of a piece → outlets, titles, ids
//	Sample    keys, texts of 16,384 articles of each outlet at most → boilerplate   (all tiles)
//	Count     texts of a piece, boilerplate → document frequencies
//	Model     document frequencies → the model                                      (all tiles)
func (r *Run) ModelSteps() []Step {
	pieces := len(r.pieces())
	return []Step{{"keys", pieces, r.Keys}, {"sample", 1, once(r.Sample)}, {"count", pieces, r.Count}, {"model", 1, once(r.Model)}}
}

// once is a task of its own.
func once(do func(context.Context) error) func(context.Context, int) error {
	return func(ctx context.Context, _ int) error { return do(ctx) }
}
