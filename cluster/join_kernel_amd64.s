//go:build !purego

#include "textflag.h"

// The places of 16 lanes.
DATA lanes<>+0(SB)/8, $0x0003000200010000
DATA lanes<>+8(SB)/8, $0x0007000600050004
DATA lanes<>+16(SB)/8, $0x000b000a00090008
DATA lanes<>+24(SB)/8, $0x000f000e000d000c
GLOBL lanes<>(SB), RODATA, $32

// PRODUCTS puts 16 products of the weights at BX with w, divided by 65,536 and
// rounded up, in Y3. Y0 is zero, Y1 is w in each lane, Y2 is -1.
#define PRODUCTS \
	VMOVDQU  (BX), Y3   \
	VPMULLW  Y1, Y3, Y4 \
	VPMULHUW Y1, Y3, Y3 \
	VPCMPEQW Y0, Y4, Y4 \
	VPSUBW   Y2, Y3, Y3 \
	VPADDW   Y4, Y3, Y3

// ADD4 adds the four products in R to the sums of the slots from place i on.
#define ADD4(i, R) \
	MOVWLZX (2*(i))(SI), R8   \
	ADDW    R, (DI)(R8*2)   \
	SHRQ    $16, R          \
	MOVWLZX (2*(i)+2)(SI), R8 \
	ADDW    R, (DI)(R8*2)   \
	SHRQ    $16, R          \
	MOVWLZX (2*(i)+4)(SI), R8 \
	ADDW    R, (DI)(R8*2)   \
	SHRQ    $16, R          \
	MOVWLZX (2*(i)+6)(SI), R8 \
	ADDW    R, (DI)(R8*2)

// ADD8 adds the eight products in X to the sums of the slots from place i on.
#define ADD8(i, X) \
	VMOVQ   X, R9     \
	VPEXTRQ $1, X, R10 \
	ADD4(i, R9)       \
	ADD4(i+4, R10)

// func addProductsAVX2(acc, slots, weights *uint16, lists *list, n int)
TEXT ·addProductsAVX2(SB), NOSPLIT, $0-40
	MOVQ     acc+0(FP), DI
	MOVQ     slots+8(FP), R11
	MOVQ     weights+16(FP), R12
	MOVQ     lists+24(FP), DX
	MOVQ     n+32(FP), AX
	VPXOR    Y0, Y0, Y0
	VPCMPEQW Y2, Y2, Y2
	VMOVDQU  lanes<>(SB), Y6

next:
	MOVL         24(DX), R8 // the start of the list after the next one
	PREFETCHT0   (R11)(R8*2)
	PREFETCHT0   (R12)(R8*2)
	MOVL         (DX), R8
	MOVL         4(DX), CX
	VPBROADCASTW 8(DX), Y1
	LEAQ         (R11)(R8*2), SI
	LEAQ         (R12)(R8*2), BX
	SUBQ         R8, CX
	SUBQ         $16, CX
	JLT          rest

whole:
	PRODUCTS
	VEXTRACTI128 $1, Y3, X4
	ADD8(0, X3)
	ADD8(8, X4)
	ADDQ $32, SI
	ADDQ $32, BX
	SUBQ $16, CX
	JGE  whole

	// The entries after a list are of others: zeros are added for them.
rest:
	ADDQ         $16, CX
	JEQ          done
	PRODUCTS
	VMOVD        CX, X5
	VPBROADCASTW X5, Y5
	VPCMPGTW     Y6, Y5, Y5
	VPAND        Y5, Y3, Y3
	ADD8(0, X3)
	CMPQ         CX, $8
	JLE          done
	VEXTRACTI128 $1, Y3, X4
	ADD8(8, X4)

done:
	ADDQ $12, DX
	DECQ AX
	JNE  next
	VZEROUPPER
	RET

// func sweepAVX2(acc *uint16, norms *uint8, blocks int, norm, least uint16, found *uint32) int
TEXT ·sweepAVX2(SB), NOSPLIT, $0-48
	MOVQ         acc+0(FP), DI
	MOVQ         norms+8(FP), BX
	MOVQ         blocks+16(FP), CX
	VPBROADCASTW norm+24(FP), Y1
	VPBROADCASTW least+26(FP), Y2
	MOVQ         found+32(FP), R8
	VPXOR        Y0, Y0, Y0
	XORL         DX, DX            // block
	XORL         R9, R9            // blocks found

next:
	VPMOVZXBW (BX), Y3
	VPMULLW   Y1, Y3, Y3
	VPADDW    (DI), Y3, Y3
	VPMAXUW   Y2, Y3, Y4
	VPCMPEQW  Y3, Y4, Y4
	VPTEST    Y4, Y4
	JNE       note
	VMOVDQU   Y0, (DI)

advance:
	ADDQ $32, DI
	ADDQ $16, BX
	INCQ DX
	CMPQ DX, CX
	JLT  next
	MOVQ R9, ret+40(FP)
	VZEROUPPER
	RET

note:
	MOVL DX, (R8)(R9*4)
	INCQ R9
	JMP  advance
