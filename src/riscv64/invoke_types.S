/* SPDX-License-Identifier: MIT */
/* Calls that take at most FFI_UNPROBED bytes on the stack, without C: by the types of
   arguments, for which FLAG_TYPES is set; or by the moves of a plan.  */

#include "asm/function.h"
#include "members.h"
#include "results.h"

/* void ffi_invoke_types (cif, fn, rvalue, avalue)
   void ffi_invoke_moves (plan, fn, rvalue, avalue)

   in:       a0 = cif or plan, a1 = fn, a2 = rvalue, not null unless the result is void,
	     a3 = avalue; t0 = cif->bytes, t6 = cif->flags, with FLAG_TYPES, or RET_VOID in
	     the place of a result that is not wanted
   out:      *rvalue
   clobbers: what a C function may
   stack, with what each part starts at:

            +--------------------------------------------------------+
    s0 - 8  | ra                                                     |
   s0 - 16  | s0: with ra the frame record                           |
   s0 - 24  | rvalue                                                 |
   s0 - 32  | flags                                                  |
   s0 - 40  | the result's size                                      |
   s0 - 48  | the end of the types                                   |
   s0 - 64  | a result smaller than the registers that carry it      |
            +--------------------------------------------------------+
       ...  | copies of what is passed by address                    |
        a0  | stack arguments; together cif->bytes, a multiple of 16 |
        a2  | a0 to a7                                               |
        sp  | fa0 to fa7                                             |
            +--------------------------------------------------------+

   While arguments are loaded:
     a3 = the rest of avalue, a4 = that of the types, a5 = their end, or that of the named
     arguments
     a6 = the next word, in an integer register or on the stack, which follows those
     a7 = the next FPR
     a0 = the end of the integer registers, a2 = that of the FPRs; behind the named
     arguments 0, so that words are aligned in registers, too, and a7
     t4 = the last copy; at the code for an argument: t3 = where the value is
   Of a plan:
     a4 = the rest of the moves; at a move: t3 = where the value is, t1 = where it belongs  */

#define FRAME 64
#define RVALUE (FRAME - 24)
#define FLAGS (FRAME - 32)
#define RESULT_SIZE (FRAME - 40)
#define END (-48)

/* Go on at the code for the next argument.  */
.macro NEXT
	beq	a4, a5, .Lend
	ld	t1, 0(a4)
	ld	t3, 0(a3)
	addi	a4, a4, 8
	addi	a3, a3, 8
	SWITCH_TYPE
.endm

.macro INTEGER code, load, name
	CODE	\code
.ifnb \name
.Lload_\name:
.endif
	\load	t0, 0(t3)
	sd	t0, 0(a6)
	addi	a6, a6, 8
	NEXT
.endm

/* With no FPR left an INTEGER does.  */
.macro FLOATING code, load, integer
	CODE	\code
	beq	a7, a2, .Lload_\integer
	\load	ft0, 0(t3)
	fsd	ft0, 0(a7)
	addi	a7, a7, 8
	NEXT
.endm

/* Two FPRs, the second from AT.  */
.macro TWO_FPRS first, second, at
	addi	t0, a7, 16
	bgtu	t0, a2, .Lno_register
	\first	ft0, 0(t3)
	\second	ft1, \at(t3)
	fsd	ft0, 0(a7)
	fsd	ft1, 8(a7)
	mv	a7, t0
	NEXT
.endm

/* An FPR by FLOAD from FAT and an integer register by LOAD from AT.  */
.macro MIXED pieces, fload, fat, load, at
	CODE_OF_PIECES \pieces
	beq	a7, a2, .Lno_register
	bgeu	a6, a0, .Lno_register
	\fload	ft0, \fat(t3)
	\load	t0, \at(t3)
	fsd	ft0, 0(a7)
	sd	t0, 0(a6)
	addi	a7, a7, 8
	addi	a6, a6, 8
	NEXT
.endm

/* Copy from t3 to t1 as long as there are SIZE of the t0 bytes.  */
.macro COPY_BY load, store, size
	addi	t0, t0, -\size
	bltz	t0, 2f
1:	\load	t2, 0(t3)
	\store	t2, 0(t1)
	addi	t3, t3, \size
	addi	t1, t1, \size
	addi	t0, t0, -\size
	bgez	t0, 1b
2:	addi	t0, t0, \size
.endm

.macro COPY_LAST load, store, size
	andi	t2, t0, \size
	beqz	t2, 1f
	\load	t2, 0(t3)
	\store	t2, 0(t1)
	addi	t3, t3, \size
	addi	t1, t1, \size
1:
.endm

/* Copy t0 bytes from t3 to t1, where there is a word, and go on by THEN; no access is less
   aligned than the value.  */
.macro COPY then
	andi	t2, t3, 7
	bnez	t2, 5f
	addi	t0, t0, -16
	bltz	t0, 4f
3:	ld	t2, 0(t3)
	fld	ft0, 8(t3)
	sd	t2, 0(t1)
	fsd	ft0, 8(t1)
	addi	t3, t3, 16
	addi	t1, t1, 16
	addi	t0, t0, -16
	bgez	t0, 3b
4:	COPY_LAST ld, sd, 8
	andi	t2, t0, 7
	beqz	t2, 9f
	COPY_LAST lw, sw, 4
	COPY_LAST lh, sh, 2
	COPY_LAST lb, sb, 1
9:	\then
5:	andi	t2, t3, 3
	bnez	t2, 6f
	COPY_BY	lw, sw, 4
	beqz	t0, 9b
6:	andi	t2, t3, 1
	bnez	t2, 7f
	COPY_BY	lh, sh, 2
7:	COPY_BY	lb, sb, 1
	\then
.endm

/* Go on at the code of the next move.  */
.macro NEXT_MOVE
	lbu	t2, 12(a4)
	addi	a4, a4, 16
	slli	t2, t2, PIECE_SHIFT
	add	t2, t2, t5
	jr	t2
.endm

.macro MOVE op
	.org	.Lmoves + (\op << PIECE_SHIFT)
.endm

/* t1 = where the move goes to, t3 = where the argument is.  */
.macro TO
	lwu	t1, -16(a4)
	add	t1, t1, sp
.endm

.macro VALUE
	lhu	t3, -8(a4)
	add	t3, t3, a3
	ld	t3, 0(t3)
.endm

/* Likewise, with t3 = where the piece is in the argument.  */
.macro PART
	VALUE
	lbu	t0, -2(a4)
	add	t3, t3, t0
	TO
.endm

.macro MOVE_WORD op, load
	MOVE	\op
	VALUE
	TO
	\load	t0, 0(t3)
	sd	t0, 0(t1)
	NEXT_MOVE
.endm

.macro RETURN
	LEAVE	FRAME
.endm

/* Make the frame; t4 = the last copy, a6 = where integer registers start.  */
.macro START
	ENTER	FRAME
	.cfi_def_cfa s0, 0
	ld	t1, CIF_RTYPE(a0)
	sd	a2, RVALUE(sp)
	sd	t6, FLAGS(sp)
	ld	t1, TYPE_SIZE(t1)
	mv	t4, sp
	sd	t1, RESULT_SIZE(sp)
	sub	a6, sp, t0
	addi	a6, a6, -GPRS_BYTES
	addi	sp, a6, -FPRS_BYTES
.endm

FUNCTION ffi_invoke_types, 64
	START
	lwu	t0, CIF_NARGS(a0)
	lwu	t1, CIF_NFIXED(a0)
	ld	a4, CIF_ARG_TYPES(a0)
	slli	t0, t0, 3
	slli	t1, t1, 3
	add	t0, t0, a4
	add	a5, t1, a4
	sd	t0, END(s0)
	andi	t6, t6, RET_MASK
	addi	t0, t6, -RET_MEMORY
	lwu	t6, CIF_KNOWN(a0)
	mv	a7, sp
	addi	a0, a6, GPRS_BYTES
	lla	t5, .Lcodes
	bnez	t0, 1f
	sd	a2, 0(a6)		/* address of a result in memory */
	addi	a6, a6, 8
1:	addi	a2, a7, FPRS_BYTES
	NEXT

	.balign	1 << PIECE_SHIFT
.Lcodes:
	INTEGER	FFI_TYPE_INT, lw
	FLOATING FFI_TYPE_FLOAT, flw, word
	FLOATING FFI_TYPE_DOUBLE, fld, long
	CODE	FFI_TYPE_LONGDOUBLE
.Laligned_pair:
	bltu	a6, a0, .Lpair
	addi	a6, a6, 15
	andi	a6, a6, -16
.Lpair:	ld	t0, 0(t3)
	ld	t1, 8(t3)
	sd	t0, 0(a6)
	sd	t1, 8(a6)
	addi	a6, a6, 16
	NEXT
	INTEGER	FFI_TYPE_UINT8, lbu
	INTEGER	FFI_TYPE_SINT8, lb
	INTEGER	FFI_TYPE_UINT16, lhu
	INTEGER	FFI_TYPE_SINT16, lh
	INTEGER	FFI_TYPE_UINT32, lw	/* widened by sign, as the convention has it */
	INTEGER	FFI_TYPE_SINT32, lw, word
	INTEGER	FFI_TYPE_UINT64, ld, long
	INTEGER	FFI_TYPE_SINT64, ld
	CODE	FFI_TYPE_STRUCT
	STRUCT_MEMBERS
	INTEGER	FFI_TYPE_POINTER, ld
	CODE	FFI_TYPE_COMPLEX
	COMPLEX_MEMBERS
	CODE	FFI_TYPE_UINT128
	j	.Laligned_pair
	CODE	FFI_TYPE_SINT128
	j	.Laligned_pair
	FLOATING OF_PIECES + PIECES_F, flw, word
	FLOATING OF_PIECES + PIECES_D, fld, long
	CODE_OF_PIECES PIECES_F_F
.Lpieces_F_F:
	TWO_FPRS flw, flw, 4
	CODE_OF_PIECES PIECES_F_D
	TWO_FPRS flw, fld, 8
	CODE_OF_PIECES PIECES_D_F
	TWO_FPRS fld, flw, 8
	CODE_OF_PIECES PIECES_D_D
.Lpieces_D_D:
	TWO_FPRS fld, fld, 8
	MIXED	PIECES_F_W, flw, 0, lw, 4
	MIXED	PIECES_F_L, flw, 0, ld, 8
	MIXED	PIECES_D_L, fld, 0, ld, 8
	MIXED	PIECES_W_F, flw, 4, ld, 0
	MIXED	PIECES_L_F, flw, 8, ld, 0
	MIXED	PIECES_L_D, fld, 8, ld, 0

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
	andi	t2, t3, 7
	bnez	t2, .Lcopy_words
	li	t2, 16
	beq	t0, t2, .Lpair
	li	t2, 8
	beq	t0, t2, .Lload_long
.Lcopy_words:
	mv	t1, a6
	addi	t2, t0, 7
	andi	t2, t2, -8
	add	a6, a6, t2
.Lcopy:	COPY	NEXT

.Laligned:
	bltu	a6, a0, .Lplaced
	addi	a6, a6, 15
	andi	a6, a6, -16
	j	.Lplaced

.Laddress:
	sub	t4, t4, t0
	andi	t4, t4, -16
	sd	t4, 0(a6)
	addi	a6, a6, 8
	mv	t1, t4
	j	.Lcopy

	/* A look at the struct t1 of t0 bytes.  */
.Llook:
	addi	sp, sp, -112
	LOOK	0
	addi	sp, sp, 112
	LOOKED

	/* No more named arguments: there are no FPRs for others.  */
.Lunnamed:
	mv	a5, t0
	mv	a2, a7
	li	a0, 0
	NEXT

.Lend:
	ld	t0, END(s0)
	bne	a4, t0, .Lunnamed
.Lloaded:
	mv	t1, a1			/* fn */
	beq	a7, sp, 1f
	LOAD_FPRS
1:	LOAD_GPRS
	jalr	t1
	addi	sp, s0, -FRAME
	.cfi_def_cfa sp, FRAME
	ld	t6, FLAGS(sp)
	ld	t4, RVALUE(sp)
	andi	t0, t6, FLAG_PARTIAL
	bnez	t0, .Lpartial
	SWITCH	.Lstore_table

	STORE_RESULTS .Lstore_table, RETURN, t4

.Lpartial:
	sd	a0, 0(sp)
	sd	a1, 8(sp)
	mv	a0, t4
	mv	a1, sp
	ld	a2, RESULT_SIZE(sp)
	call	memcpy
	LEAVE	FRAME
	LEFT

	.balign	16
	.globl	ffi_invoke_moves
	.hidden	ffi_invoke_moves
	.type	ffi_invoke_moves, %function
ffi_invoke_moves:
	LANDING_PAD
	START
	andi	a7, t6, FLAG_FPRS
	addi	a4, a0, PLAN_MOVES
	add	a7, a7, sp		/* not sp, if there are some */
	lla	t5, .Lmoves
	NEXT_MOVE

	.balign	1 << PIECE_SHIFT
.Lmoves:
	MOVE	MOVE_END
	j	.Lloaded
	MOVE	MOVE_SRET
	TO
	sd	a2, 0(t1)
	NEXT_MOVE
	MOVE_WORD MOVE_U8, lbu
	MOVE_WORD MOVE_S8, lb
	MOVE_WORD MOVE_U16, lhu
	MOVE_WORD MOVE_S16, lh
	MOVE_WORD MOVE_U32, lwu
	MOVE_WORD MOVE_S32, lw
	MOVE	MOVE_4
	PART
	lw	t0, 0(t3)
	sw	t0, 0(t1)
	NEXT_MOVE
	MOVE	MOVE_8
	PART
	ld	t0, 0(t3)
	sd	t0, 0(t1)
	NEXT_MOVE
	MOVE	MOVE_16
	PART
	ld	t0, 0(t3)
	ld	t2, 8(t3)
	sd	t0, 0(t1)
	sd	t2, 8(t1)
	NEXT_MOVE
	MOVE	MOVE_BYTES
	PART
	lwu	t0, -12(a4)		/* size */
	j	.Lcopy_bytes
	MOVE	MOVE_COPY
	lhu	t3, -6(a4)		/* arg */
	slli	t3, t3, 3
	add	t3, t3, a3
	ld	t3, 0(t3)
	TO
	lwu	t0, -12(a4)
	lhu	t2, -8(a4)		/* align */
	sub	t4, t4, t0
	neg	t2, t2
	and	t4, t4, t2
	sd	t4, 0(t1)
	mv	t1, t4
	j	.Lcopy_bytes
	MOVE	MOVE_FLOAT
	VALUE
	TO
	flw	ft0, 0(t3)
	fsd	ft0, 0(t1)
	NEXT_MOVE
	MOVE	MOVE_LATER_FLOAT
	PART
	flw	ft0, 0(t3)
	fsd	ft0, 0(t1)
	NEXT_MOVE
	MOVE_WORD MOVE_FIRST_8, ld
	MOVE	MOVE_FLOATS
	VALUE
	TO
	flw	ft0, 0(t3)
	flw	ft1, 4(t3)
	fsd	ft0, 0(t1)
	fsd	ft1, 8(t1)
	addi	a4, a4, 16
	NEXT_MOVE
.Lcopy_bytes:
	COPY	NEXT_MOVE
ENDFUNCTION ffi_invoke_types

	END_OF_FILE
