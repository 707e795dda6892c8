/* SPDX-License-Identifier: MIT */
/* The arguments of a closure, without C: pointing at them by their types, if FLAG_TYPES is
   set, as invoke_types.S loads them.  */

#include "asm/function.h"
#include "members.h"
#include "results.h"

/* ffi_collect_types, called by general entries

   in:       a0 = cif, a3 = saved fa0 to fa7, a4 = stack arguments, with the saved a0 to
	     a7 before them; a7 = room for pointers, t4 = JOINED_BYTES of room for values
   out:      the pointers; t6 = not 0: an argument has less alignment than its type
   keeps:    a0

     a3, a6 = the next FPR and the next word, in an integer register or on the stack
     a4 = the end of the integer registers, a5 = that of the FPRs; behind the named
     arguments 0, so that words are aligned in registers, too, and a3
     a7 = the next pointer, a1 = the rest of the types, a2 = their end, or that of the
     named arguments, t3 = bits of addresses that types do not allow
     t4 = room for the next value whose pieces are not next to each other  */

/* Go on at the code for the next argument.  */
.macro NEXT
	beq	a1, a2, .Lend
	ld	t1, 0(a1)
	addi	a1, a1, 8
	SWITCH_TYPE
.endm

/* The argument begins at REG, and takes up SIZE bytes there.  */
.macro POINT reg, size
	sd	\reg, 0(a7)
	addi	\reg, \reg, \size
	addi	a7, a7, 8
.endm

.macro INTEGER code
	CODE	\code
	POINT	a6, 8
	NEXT
.endm

.macro FLOATING code
	CODE	\code
	beq	a3, a5, .Lword
	POINT	a3, 8
	NEXT
.endm

/* Two FPRs; TOGETHER: their floats, next to each other.  */
.macro TWO_FPRS together=0
	addi	t0, a3, 16
	bgtu	t0, a5, .Lno_register
.if \together
	lw	t0, 8(a3)
	sw	t0, 4(a3)
.endif
	POINT	a3, 16
	NEXT
.endm

.macro MIXED pieces
	CODE_OF_PIECES \pieces
	beq	a3, a5, .Lno_register
	bgeu	a6, a4, .Lno_register
.endm

/* A word at FIRST and one at SECOND, which are an FPR and an integer register.  */
.macro JOINED pieces, first, second
	MIXED	\pieces
	ld	t0, 0(\first)
	ld	t2, 0(\second)
	sd	t0, 0(t4)
	sd	t2, 8(t4)
	POINT	t4, 16
	addi	a3, a3, 8
	addi	a6, a6, 8
	NEXT
.endm

FUNCTION ffi_collect_types, 64
	lwu	t0, CIF_NARGS(a0)
	lwu	t1, CIF_NFIXED(a0)
	ld	a1, CIF_ARG_TYPES(a0)
	lwu	t6, CIF_KNOWN(a0)
	slli	t0, t0, 3
	slli	t1, t1, 3
	add	t0, t0, a1
	sd	t0, COLLECT_END(s0)
	add	a2, t1, a1
	addi	a6, a4, -GPRS_BYTES
	addi	a5, a3, FPRS_BYTES
	li	t3, 0
	lla	t5, .Lcodes
	lw	t0, CIF_FLAGS(a0)
	andi	t0, t0, RET_MASK
	addi	t0, t0, -RET_MEMORY
	bnez	t0, 1f
	addi	a6, a6, 8		/* address of a result in memory */
1:	NEXT

	.balign	1 << PIECE_SHIFT
.Lcodes:
	INTEGER	FFI_TYPE_INT
	FLOATING FFI_TYPE_FLOAT
	FLOATING FFI_TYPE_DOUBLE
	CODE	FFI_TYPE_LONGDOUBLE
.Laligned_pair:
	li	t0, 16
	j	.Laligned
	INTEGER	FFI_TYPE_UINT8
	INTEGER	FFI_TYPE_SINT8
	INTEGER	FFI_TYPE_UINT16
	INTEGER	FFI_TYPE_SINT16
	INTEGER	FFI_TYPE_UINT32
	INTEGER	FFI_TYPE_SINT32
	INTEGER	FFI_TYPE_UINT64
	INTEGER	FFI_TYPE_SINT64
	CODE	FFI_TYPE_STRUCT
	STRUCT_MEMBERS
	INTEGER	FFI_TYPE_POINTER
	CODE	FFI_TYPE_COMPLEX
	COMPLEX_MEMBERS
	CODE	FFI_TYPE_UINT128
	j	.Laligned_pair
	CODE	FFI_TYPE_SINT128
	j	.Laligned_pair
	FLOATING OF_PIECES + PIECES_F
	FLOATING OF_PIECES + PIECES_D
	CODE_OF_PIECES PIECES_F_F
.Lpieces_F_F:
	TWO_FPRS 1
	CODE_OF_PIECES PIECES_F_D
	TWO_FPRS
	CODE_OF_PIECES PIECES_D_F
	TWO_FPRS
	CODE_OF_PIECES PIECES_D_D
.Lpieces_D_D:
	TWO_FPRS
	MIXED	PIECES_F_W
	lw	t0, 0(a6)
	sw	t0, 4(a3)
	POINT	a3, 8
	addi	a6, a6, 8
	NEXT
	JOINED	PIECES_F_L, a3, a6
	JOINED	PIECES_D_L, a3, a6
	MIXED	PIECES_W_F
	lw	t0, 0(a3)
	sw	t0, 4(a6)
	POINT	a6, 8
	addi	a3, a3, 8
	NEXT
	JOINED	PIECES_L_F, a6, a3
	JOINED	PIECES_L_D, a6, a3

.Lno_register:
	ld	t0, TYPE_SIZE(t1)
	j	.Lwords

	/* A struct of t0 bytes, in words.  */
.Lplain:
	srli	t6, t6, 1
.Lwords:
	lhu	t2, TYPE_ALIGNMENT(t1)
	addi	t2, t2, -16
	bgez	t2, .Laligned
.Lplaced:
	POINT	a6, 0
	addi	t0, t0, 7
	andi	t0, t0, -8
	add	a6, a6, t0
	NEXT

.Laligned:
	bltu	a6, a4, 2f
	addi	a6, a6, 15
	andi	a6, a6, -16
2:	andi	t2, a6, 15
	or	t3, t3, t2
	j	.Lplaced

.Laddress:
	ld	t0, 0(a6)
	lhu	t2, TYPE_ALIGNMENT(t1)
	addi	a6, a6, 8
	addi	t2, t2, -1
	and	t2, t2, t0
	or	t3, t3, t2
	POINT	t0, 0
	NEXT

	/* An FPR's argument when none is left.  */
.Lword:	POINT	a6, 8
	NEXT

	/* A look at the struct t1 of t0 bytes.  */
.Llook:
	addi	sp, sp, -128
	.cfi_remember_state
	.cfi_def_cfa_offset 128
	sd	ra, 0(sp)
	.cfi_offset ra, -128
	LOOK	8
	ld	ra, 0(sp)
	addi	sp, sp, 128
	.cfi_restore_state
	LOOKED

	/* No more named arguments: there are no FPRs for others.  */
.Lunnamed:
	mv	a2, t0
	mv	a5, a3
	li	a4, 0
	NEXT

.Lend:
	ld	t0, COLLECT_END(s0)
	bne	a1, t0, .Lunnamed
	mv	t6, t3
	ret
ENDFUNCTION ffi_collect_types

	END_OF_FILE
