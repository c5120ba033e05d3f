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
