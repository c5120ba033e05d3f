package garbage

import (
	"runtime/debug"
	"testing"
)

func TestAllowed(t *testing.T) {
	h := Heap{Spare: 256 << 20}
	for live, want := range map[uint64]int{0: mostPercent, 100 << 20: mostPercent, 512 << 20: 50, 1 << 30: 25, 1 << 40: leastPercent} {
		if got := h.allowed(live); got != want {
			t.Errorf("%d MB in use: %d %% garbage, want %d", live>>20, got, want)
		}
	}
}

// What the user says decides.
func TestUserDecides(t *testing.T) {
	before := debug.SetGCPercent(70)
	defer debug.SetGCPercent(before)
	tend := func() int {
		(&Heap{Spare: 1 << 20}).Tend()
		now := debug.SetGCPercent(70)
		return now
	}
	t.Setenv("GOGC", "70")
	if got := tend(); got != 70 {
		t.Errorf("beside GOGC=70: %d %%", got)
	}
	t.Setenv("GOGC", "")
	limit := debug.SetMemoryLimit(1 << 40)
	if got := tend(); got != 70 {
		t.Errorf("under a limit: %d %%", got)
	}
	debug.SetMemoryLimit(limit)
	if got := tend(); got == 70 {
		t.Error("without either it stays at 70 %")
	}
}
