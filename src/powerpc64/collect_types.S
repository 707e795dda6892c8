/* SPDX-License-Identifier: MIT */
/* The arguments of a closure, without C: pointing at them by their types, if FLAG_TYPES is
   set, as invoke_types.S loads them.  */

#include "asm/function.h"
#include "entry.h"
#include "asm/ret_symbols.h"

/* ffi_collect_types, called by general entries

   in:       r3 = cif, r0 = cif->flags, r31 = r1, r12 = saved r3 to r10, which memory
	     arguments follow
   out:      r1 moved down, pointers made, see entry.h; ENTRY_ARGS, ENTRY_CODE; MISALIGNED
   keeps:    r11, r31

     r4, r5 = the next doubleword and FPR, r12 = the end of the FPRs
     r6 = the last pointer
     r7 = where the types have the last argument, r8 = their end
     r9 = which of the structs to come are homogeneous, the next one lowest
     r10 = the pieces, by type code
     r0, f0 = scratch; at a piece: r3 = type, scratch  */

#define PIECE_SHIFT 6

/* Go on at the piece of the next argument.  */
.macro NEXT
	cmpld	7, 8
	beqlr
	ldu	3, 8(7)
	lhz	0, TYPE_TYPE(3)
	sldi	0, 0, PIECE_SHIFT
	add	0, 0, 10
	mtctr	0
	bctr
.endm

.macro PIECE code
	.org	.Lpieces + (\code << PIECE_SHIFT)
.endm

.macro INTEGER code
	PIECE	\code
	stdu	4, 8(6)
	addi	4, 4, 8
	NEXT
.endm

/* As many floats as ctr says, from FPRs to r3 + 4 up.  */
.macro JOIN_FLOATS
1:	lfd	0, 0(5)
	stfsu	0, 4(3)
	addi	5, 5, FPR_SIZE
	bdnz	1b
.endm

/* Point at a copy of the value of doubles from FROM up, which has less alignment than its
   type, and go on behind it; at OTHER with r3 = its size, if it wants more than 16.  */
.macro COPY_DOUBLES from, other
	ld	3, 0(7)
	lhz	0, TYPE_ALIGNMENT(3)
	ld	3, TYPE_SIZE(3)
	cmplwi	0, 16
	bgt	\other
	srdi	0, 3, 3
	mtctr	0
	neg	3, 3
	clrrdi	3, 3, 4
	ld	0, 0(1)			/* the back chain */
	stdux	0, 1, 3
	addi	3, 1, LINKAGE
	stdu	3, 8(6)
	addi	3, 3, -8
1:	ld	0, 0(\from)
	stdu	0, 8(3)
	addi	\from, \from, 8
	bdnz	1b
.endm

/* Behind a value of r0 bytes.  */
.macro SKIP_BYTES
	addi	4, 4, 7
	add	4, 4, 0
	clrrdi	4, 4, 3
.endm

FUNCTION ffi_collect_types
	.cfi_def_cfa_register r31
	lwz	8, CIF_NARGS(3)
	ld	7, CIF_ARG_TYPES(3)
	srwi	9, 0, FLAG_HOMOGENEOUS_SHIFT
	sldi	8, 8, 3
	addi	6, 8, LINKAGE + 8
	clrrdi	6, 6, 4
	neg	6, 6
	addi	10, 31, ENTRY_FRAME	/* the back chain */
	stdux	10, 1, 6
	rlwinm	4, 0, 32 - FLAG_SRET_BIT + 3, 28, 28	/* 8, if the result's address is first */
	add	4, 4, 12
	addi	5, 31, ENTRY_REGS
	addi	12, 5, FPR_SIZE * FPRS
	addi	6, 1, LINKAGE
	std	6, ENTRY_ARGS(31)
	addi	6, 6, -8
	addi	7, 7, -8
	add	8, 8, 7
	addis	10, 2, .Lpieces@toc@ha
	addi	10, 10, .Lpieces@toc@l
	andi.	3, 0, RET_MASK
	stw	3, ENTRY_CODE(31)
	crclr	MISALIGNED
	andi.	0, 0, FLAG_WORDS
	beq	.Lnext
	li	9, 0
.Lnext:
	NEXT

	.balign	1 << PIECE_SHIFT
.Lpieces:
	PIECE	FFI_TYPE_VOID
	stdu	4, 8(6)
	NEXT
	INTEGER	FFI_TYPE_INT
	PIECE	FFI_TYPE_FLOAT
	cmpld	5, 12
	beq	.Ldoubleword
	lfd	0, 0(5)
	stfs	0, 0(5)
	stdu	5, 8(6)
	addi	5, 5, FPR_SIZE
	addi	4, 4, 8
	NEXT
	PIECE	FFI_TYPE_DOUBLE
	cmpld	5, 12
	beq	.Ldoubleword
	stdu	5, 8(6)
	addi	5, 5, FPR_SIZE
	addi	4, 4, 8
	NEXT
	PIECE	FFI_TYPE_LONGDOUBLE
#if FFI_TYPE_LONGDOUBLE != FFI_TYPE_DOUBLE
	li	0, -16
	b	.Ldoubles
#endif
	INTEGER	FFI_TYPE_UINT8
	INTEGER	FFI_TYPE_SINT8
	INTEGER	FFI_TYPE_UINT16
	INTEGER	FFI_TYPE_SINT16
	INTEGER	FFI_TYPE_UINT32
	INTEGER	FFI_TYPE_SINT32
	INTEGER	FFI_TYPE_UINT64
	INTEGER	FFI_TYPE_SINT64
	PIECE	FFI_TYPE_STRUCT
	andi.	0, 9, 1
	lhz	0, TYPE_ALIGNMENT(3)
	srwi	9, 9, 1
	bne	.Lhomogeneous
	ld	3, TYPE_SIZE(3)
	cmplwi	0, 16
	bge	.Leven
	b	.Lwords
	INTEGER	FFI_TYPE_POINTER
	PIECE	FFI_TYPE_COMPLEX
	lhz	0, TYPE_ALIGNMENT(3)
	cmplwi	0, 4
	neg	0, 0
	bne	.Ldoubles

	/* Two floats, which have doublewords of their own if an FPR lacks.  */
	addi	3, 5, 2 * FPR_SIZE
	cmpld	3, 12
	bgt	.Lsplit_complex
	lfd	0, 0(5)
	stfs	0, 0(5)
	lfd	0, FPR_SIZE(5)
	stfs	0, 4(5)
	stdu	5, 8(6)
	mr	5, 3
	addi	4, 4, 16
	NEXT
.Lsplit_complex:
	lwz	0, 8(4)
	stw	0, 4(4)
	stdu	4, 8(6)
	addi	4, 4, 16
	cmpld	5, 12
	beq	.Lnext
	lfd	0, 0(5)
	stfs	0, -16(4)
	mr	5, 12
	NEXT

	/* A homogeneous struct: floats if it is aligned to 4, else doubles.  r0 = alignment. */
.Lhomogeneous:
	cmplwi	0, 4
	neg	0, 0
	bne	.Ldoubles
	ld	0, TYPE_SIZE(3)
	srdi	3, 0, 2
	mtctr	3
	sldi	3, 3, 3
	add	3, 3, 5
	cmpld	3, 12
	bgt	.Lsplit_floats
	stdu	5, 8(6)
	addi	3, 5, -4
	JOIN_FLOATS
	SKIP_BYTES
	NEXT
	/* What FPRs have of it belongs before the rest.  */
.Lsplit_floats:
	stdu	4, 8(6)
	subf.	3, 5, 12
	beq	2f
	srdi	3, 3, 3
	mtctr	3
	addi	3, 4, -4
	JOIN_FLOATS
2:	SKIP_BYTES
	NEXT

	/* A value of doubles; minus r0 is its alignment.  */
.Ldoubles:
	ld	3, TYPE_SIZE(3)
	add	3, 3, 5
	cmpld	3, 12
	bgt	.Lsplit_doubles
	andc.	0, 5, 0
	bne	.Lodd_fprs
2:	stdu	5, 8(6)
	subf	0, 5, 3
	add	4, 4, 0
	mr	5, 3
	NEXT
.Lodd_fprs:
	COPY_DOUBLES 5, 3f
	ld	3, 0(7)
	ld	3, TYPE_SIZE(3)
	add	4, 4, 3
	NEXT
3:	crset	MISALIGNED
	add	3, 3, 5
	b	2b
.Lsplit_doubles:
	subf.	3, 5, 12
	beq	4f
	srdi	3, 3, 3
	mtctr	3
	addi	3, 4, -8
3:	lfd	0, 0(5)
	stfdu	0, 8(3)
	addi	5, 5, FPR_SIZE
	bdnz	3b
4:	andc.	0, 4, 0
	bne	.Lodd_doublewords
5:	ld	3, 0(7)
	ld	3, TYPE_SIZE(3)
	stdu	4, 8(6)
	add	4, 4, 3
	NEXT
.Lodd_doublewords:
	COPY_DOUBLES 4, 6f
	NEXT
6:	crset	MISALIGNED
	b	5b

	/* A struct of r3 bytes in doublewords, an even one first if its alignment r0 is 16 or
	   more.  */
.Leven:
	addi	4, 4, 8
	clrrdi	4, 4, 4
	neg	0, 0
	andc.	0, 4, 0
	beq	.Lwords
	crset	MISALIGNED
.Lwords:
	stdu	4, 8(6)
	addi	3, 3, 7
	clrrdi	3, 3, 3
	add	4, 4, 3
	NEXT

.Ldoubleword:
	stdu	4, 8(6)
	addi	4, 4, 8
	NEXT
ENDFUNCTION ffi_collect_types

	END_OF_FILE
