//go:build !purego

#include "textflag.h"

// PRODUCTS puts 16 products of the weights at BX with w, divided by 65,536 and
// rounded up, on the stack. Y0 is zero, Y1 is w in each lane, Y2 is -1.
#define PRODUCTS \
	VMOVDQU  (BX), Y3   \
	VPMULLW  Y1, Y3, Y4 \
	VPMULHUW Y1, Y3, Y3 \
	VPCMPEQW Y0, Y4, Y4 \
	VPSUBW   Y2, Y3, Y3 \
	VPADDW   Y4, Y3, Y3 \
	VMOVDQU  Y3, (SP)

#define ADD(i) \
	MOVWLZX (2*i)(SI), R8  \
	MOVWLZX (2*i)(SP), R9  \
	ADDW    R9, (DI)(R8*2)

// func addProductsAVX2(acc, slots, weights *uint16, n int, w uint16)
TEXT ·addProductsAVX2(SB), NOSPLIT, $32-34
	MOVQ         acc+0(FP), DI
	MOVQ         slots+8(FP), SI
	MOVQ         weights+16(FP), BX
	MOVQ         n+24(FP), CX
	VPBROADCASTW w+32(FP), Y1
	VPXOR        Y0, Y0, Y0
	VPCMPEQW     Y2, Y2, Y2
	SUBQ         $16, CX
	JLT          rest

whole:
	PRODUCTS
	ADD(0)
	ADD(1)
	ADD(2)
	ADD(3)
	ADD(4)
	ADD(5)
	ADD(6)
	ADD(7)
	ADD(8)
	ADD(9)
	ADD(10)
	ADD(11)
	ADD(12)
	ADD(13)
	ADD(14)
	ADD(15)
	ADDQ $32, SI
	ADDQ $32, BX
	SUBQ $16, CX
	JGE  whole

rest:
	ADDQ $16, CX
	JEQ  done
	PRODUCTS
	XORL AX, AX

one:
	MOVWLZX (SI)(AX*2), R8
	MOVWLZX (SP)(AX*2), R9
	ADDW    R9, (DI)(R8*2)
	INCQ    AX
	CMPQ    AX, CX
	JLT     one

done:
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
