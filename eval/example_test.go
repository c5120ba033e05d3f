package eval_test

import (
	"fmt"

	"qissa/eval"
)

// The grouping tears the third article from its story and puts it with the fourth.
func ExampleBCubed() {
	gold := eval.Group([]string{"earthquake", "earthquake", "earthquake", "bank"})
	pred := eval.Group([]string{"1", "1", "2", "2"})
	s := eval.BCubed(pred, gold)
	fmt.Printf("precision %.2f, recall %.2f, F1 %.2f\n", s.Precision, s.Recall, s.F1)
	// Output:
	// precision 0.75, recall 0.67, F1 0.71
}
