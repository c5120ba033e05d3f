package tiles

import "context"

// A Step is done for each tile, or once for all. It needs what the steps before it wrote.
type Step struct {
	Name string
	Tile func(ctx context.Context, i int) error
	All  func(context.Context) error // instead
}

// Steps returns the steps of a run, up to its [Plan], in order.
func (r *Run) Steps() []Step {
	return []Step{
		{Name: "facts", Tile: r.Facts}, {Name: "links", Tile: r.Links}, {Name: "labels", Tile: r.Labels}, {Name: "settle", All: r.Settle},
		{Name: "names", Tile: r.Names}, {Name: "ids", All: r.IDs}, {Name: "describe", Tile: r.Describe},
	}
}

// ModelSteps returns the steps that count the articles of a run without a model, and
// leave their model as the file "model": the bytes of [qissa.BuildModel].
//
//	Keys      texts of a tile → outlets, titles, ids
//	Sample    keys, texts of 16,384 articles of each outlet at most → boilerplate   (all tiles)
//	Count     texts of a tile, boilerplate → document frequencies
//	Model     document frequencies → the model                                      (all tiles)
func (r *Run) ModelSteps() []Step {
	return []Step{{Name: "keys", Tile: r.Keys}, {Name: "sample", All: r.Sample}, {Name: "count", Tile: r.Count}, {Name: "model", All: r.Model}}
}
