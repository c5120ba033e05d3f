package corpus

import (
	"testing"

	"qissa/cluster"
)

// Framed counts the words of title and body that Text leaves out or marks.
func TestFramed(t *testing.T) {
	c := &Corpus{seq: [][]uint32{make([]uint32, 20)}, start: []int{0, 20}, title: []int{5}}
	c.frames = frames{[]Margins{{Above: 2, Below: 3, Before: 1, After: 1}}, map[int32][]cluster.Passage{0: {{From: 1, To: 3}, {From: 8, To: 10}}}}
	// title: f t t t f; body: f P P f b b b b P P b b f f f
	want := "f...fffff....ff..fff"
	for i := range want {
		if got := c.Framed(0, i, i+1) == 1; got != (want[i] == 'f') {
			t.Errorf("word %d: framed %v, want %c", i, got, want[i])
		}
	}
	if got := c.Framed(0, 0, 20); got != 11 {
		t.Errorf("Framed(all) = %d, want 11", got)
	}
	text := c.Text(0)
	marked := 0
	for _, f := range text.Frame {
		marked += f.To - f.From
	}
	if got := 20 - len(text.Words) + marked; got != 11 {
		t.Errorf("Text leaves out %d, want 11", got)
	}
}
