//go:build !purego

#include "textflag.h"

// func prefetch(at unsafe.Pointer)
TEXT ·prefetch(SB), NOSPLIT, $0-8
	MOVQ       at+0(FP), AX
	PREFETCHT0 (AX)
	RET

// func prefetchLines(at unsafe.Pointer)
TEXT ·prefetchLines(SB), NOSPLIT, $0-8
	MOVQ       at+0(FP), AX
	PREFETCHT0 (AX)
	PREFETCHT0 64(AX)
	PREFETCHT0 128(AX)
	PREFETCHT0 192(AX)
	PREFETCHT0 256(AX)
	PREFETCHT0 320(AX)
	PREFETCHT0 384(AX)
	PREFETCHT0 448(AX)
	RET
