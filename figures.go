package qissa

import (
	"cmp"
	"slices"

	"qissa/internal/fact"
)

const (
	mostFigures      = 16 // rows of a story's table
	mostFigureValues = 12 // values of a row
	figureArticles   = 100
)

// A figureRow is a figure in the making.
type figureRow struct {
	Figure
	at     map[string]int // of each value
	single map[int]int    // the value of each article that has one only, -1 if several
}

// add notes that an article has a value.
func (r *figureRow) add(f fact.Value, article int) {
	v, ok := r.at[f.Canonical]
	if !ok {
		v = len(r.Values)
		r.at[f.Canonical], r.Values = v, append(r.Values, FigureValue{Text: f.Text})
	}
	if has := r.Values[v].Articles; len(has) == 0 || has[len(has)-1] != article {
		r.Values[v].Articles = append(has, article)
		if _, more := r.single[article]; more {
			v = -1
		}
		r.single[article] = v
	}
}

// finish keeps what some articles do not say, or say otherwise.
func (r *figureRow) finish(articles int) {
	values := map[int]bool{}
	for _, v := range r.single {
		if v >= 0 {
			values[v] = true
		}
	}
	r.Differ = r.Kind == Number && r.Of != "" && len(values) > 1
	if !r.Differ {
		r.Values = slices.DeleteFunc(r.Values, func(v FigureValue) bool { return len(v.Articles) == articles })
	}
	r.Values = r.Values[:min(len(r.Values), mostFigureValues)]
}

// figures makes the table of a story from the facts of its articles. Stories of one
// article have none.
func figures(read *fact.Reader, members []int) []Figure {
	if len(members) < 2 {
		return nil
	}
	rows, order := map[[2]string]*figureRow{}, []*figureRow{}
	members = members[:min(len(members), figureArticles)]
	for _, m := range members {
		for _, f := range read.Values(m) {
			key := [2]string{string(f.Kind), f.Key}
			r := rows[key]
			if r == nil {
				r = &figureRow{Figure{Kind: FactKind(f.Kind), Of: f.Of}, map[string]int{}, map[int]int{}}
				rows[key], order = r, append(order, r)
			}
			r.add(f, m)
		}
	}
	var figures []Figure
	for _, r := range order {
		if r.finish(len(members)); len(r.Values) > 0 {
			figures = append(figures, r.Figure)
		}
	}
	// What differs comes first, then what most articles speak of.
	slices.SortStableFunc(figures, func(x, y Figure) int {
		rank := func(f Figure) int {
			switch {
			case f.Differ:
				return 0
			case f.Kind == Date:
				return 1
			case f.Kind == Name:
				return 2
			}
			return 3
		}
		return cmp.Or(cmp.Compare(rank(x), rank(y)), cmp.Compare(mentions(y), mentions(x)))
	})
	return figures[:min(len(figures), mostFigures)]
}

func mentions(f Figure) (n int) {
	for _, v := range f.Values {
		n += len(v.Articles)
	}
	return n
}
