/* SPDX-License-Identifier: MIT */
/* Calls that take at most FFI_UNPROBED bytes on the stack, without C: by the types of
   arguments, any number of scalars, complex numbers and structs, for which FLAG_TYPES is
   set, and cif->flags tell what the structs consist of; or by the moves of a plan.  */

#include "asm/function.h"
#include "flags.h"
#include "members.h"
#include "results.h"

/* void ffi_invoke_types (cif, fn, rvalue, avalue)
   void ffi_invoke_moves (plan, fn, rvalue, avalue)

   in:       x0 = cif or plan, x1 = fn, x2 = rvalue, not null, x3 = avalue;
	     w9 = cif->flags, w10 = cif->bytes
   out:      *rvalue
   clobbers: what a C function may
   stack, with what each part starts at:

             +---------------------------------------------------------+
   x29 + 48  | a result smaller than the registers that carry it       |
   x29 + 32  | the result's size, unused                               |
   x29 + 16  | rvalue, flags                                           |
        x29  | x29, x30: the frame record                              |
             +---------------------------------------------------------+
        ...  | copies of what is passed by address                     |
        x12  | stack arguments; together cif->bytes, a multiple of 16  |
        x13  | x0 to x7                                                |
         sp  | q0 to q7                                                |
             +---------------------------------------------------------+

   While arguments are loaded:
     x3 = the rest of avalue, x4 = that of the types, x5 = their end
     x6, x7, x8 = the next integer register, FPR and stack argument
     x9 = what cif->flags tell of structs to come
     x10 = the last copy, x11 = the pieces, by type code
     x30 = where the next one is turned to, when one is copied
     x0, x16 = scratch; at a piece: x14 = type, x15 = where the value is
   Of a plan:
     x4 = the rest of the moves, x11 = the pieces, by MOVE_ ...
     at a piece: x14 = to and size, x15 = align, arg, op, base and from  */

#define FRAME 64
#define PIECE_SHIFT 6

/* Go on at the piece of the next argument.  */
.macro NEXT
	cmp	x4, x5
	b.eq	.Lloaded
	ldr	x14, [x4], #8
	ldr	x15, [x3], #8
	ldrh	w16, [x14, #TYPE_TYPE]
	add	x16, x11, x16, lsl #PIECE_SHIFT
	br	x16
.endm

.macro PIECE code
	.org	.Lpieces + (\code << PIECE_SHIFT)
	JUMP_PAD
.endm

.macro INTEGER code, load, reg
	PIECE	\code
	\load	\reg, [x15]
	cmp	x6, x12
	b.eq	.Lon_stack
	str	x15, [x6], #8
	NEXT
.endm

.macro FLOATING code, reg
	PIECE	\code
	ldr	\reg, [x15]
	cmp	x7, x13
	b.eq	.Lon_stack
	str	x15, [x7], #FPR_SIZE
	NEXT
.endm

/* Members of SIZE bytes, each into an FPR, up to x0.  */
.macro MEMBERS size, reg
1:	ldr	\reg\()16, [x15], #\size
	str	q16, [x7], #FPR_SIZE
	cmp	x7, x0
	b.ne	1b
	NEXT
.endm

/* Go on at the piece of the next move.  */
.macro NEXT_MOVE
	ldp	x14, x15, [x4], #16
	ubfx	x16, x15, #32, #8
	add	x16, x11, x16, lsl #PIECE_SHIFT
	br	x16
.endm

.macro MOVE op
	.org	.Lmoves + (\op << PIECE_SHIFT)
	JUMP_PAD
.endm

/* REG = where the argument is.  */
.macro VALUE reg
	ubfx	x16, x15, #16, #16
	ldr	\reg, [x3, x16, lsl #3]
.endm

.macro MOVE_WORD op, load, reg
	MOVE	\op
	VALUE	x0
	\load	\reg, [x0]
	str	x16, [sp, w14, uxtw]
	NEXT_MOVE
.endm

.macro MOVE_PART op, reg
	MOVE	\op
	VALUE	x0
	ubfx	x17, x15, #48, #8	/* from */
	ldr	\reg, [x0, x17]
	str	\reg, [sp, w14, uxtw]
	NEXT_MOVE
.endm

.macro RETURN
	LEAVE	FRAME
.endm

/* Make the frame, with x12 and sp.  */
.macro START
	ENTER	FRAME
	.cfi_def_cfa_register x29
	ldr	x16, [x0, #CIF_RTYPE]
	ldr	x16, [x16, #TYPE_SIZE]
	stp	x2, x9, [sp, #16]
	str	x16, [sp, #32]
	sub	x12, sp, x10
	mov	x10, sp
	sub	x7, x12, #REGS_BYTES
	mov	sp, x7
.endm

FUNCTION ffi_invoke_types, 64
	START
	ldr	w5, [x0, #CIF_NARGS]
	ldr	x4, [x0, #CIF_ARG_TYPES]
	lsr	w9, w9, #FLAG_KNOWN_SHIFT
	add	x5, x4, x5, lsl #3
	mov	x8, x12
	sub	x6, x12, #GPRS * 8
	mov	x13, x6
	adr	x11, .Lpieces
	adr	x30, .Lnext
.Lnext:
	JUMP_PAD
	NEXT

	.balign	1 << PIECE_SHIFT
.Lpieces:
	INTEGER	FFI_TYPE_INT, ldrsw, x15
	FLOATING FFI_TYPE_FLOAT, w15
	FLOATING FFI_TYPE_DOUBLE, x15
	PIECE	FFI_TYPE_LONGDOUBLE
	ldr	x17, [x14, #TYPE_SIZE]
	mov	w16, #MEMBERS_16
	b	.Lmembers
	INTEGER	FFI_TYPE_UINT8, ldrb, w15
	INTEGER	FFI_TYPE_SINT8, ldrsb, x15
	INTEGER	FFI_TYPE_UINT16, ldrh, w15
	INTEGER	FFI_TYPE_SINT16, ldrsh, x15
	INTEGER	FFI_TYPE_UINT32, ldr, w15
	INTEGER	FFI_TYPE_SINT32, ldrsw, x15
	INTEGER	FFI_TYPE_UINT64, ldr, x15
	INTEGER	FFI_TYPE_SINT64, ldr, x15
	PIECE	FFI_TYPE_STRUCT
	STRUCT_MEMBERS
	INTEGER	FFI_TYPE_POINTER, ldr, x15
	PIECE	FFI_TYPE_COMPLEX
	COMPLEX_MEMBERS w0

	/* A value of x17 bytes that consists of members of 2 << w16 bytes.  */
.Lmembers:
	COMPARE_END 0, 7, 13
	b.hi	2f
	cmp	w16, #MEMBERS_8
	b.hi	.Lmembers_16
	b.eq	.Lmembers_8
	MEMBERS	4, s
.Lmembers_8:
	MEMBERS	8, d
.Lmembers_16:
	MEMBERS	16, q
2:	mov	x7, x13
	ALIGN_MEMBERS 0, 8
	mov	x14, x8
	add	x8, x8, #7
	add	x8, x8, x17
	and	x8, x8, #-8

	/* Copy x17 bytes from x15 to x14 and go on, eight at both ends, which may overlap.  */
.Lcopy:
	subs	x16, x17, #16
	b.hi	.Lcopy_many
	subs	x16, x17, #8
	b.lo	.Lcopy_few
	ldr	x0, [x15]
	ldr	x17, [x15, x16]
	str	x0, [x14]
	str	x17, [x14, x16]
	br	x30

	/* More than 16: the last ones, x16 bytes from the start, then from there.  */
.Lcopy_many:
	ldr	q17, [x15, x16]
	str	q17, [x14, x16]
4:	ldr	q16, [x15], #16
	str	q16, [x14], #16
	subs	x16, x16, #16
	b.hi	4b
	br	x30

	/* Fewer than 8.  */
.Lcopy_few:
	subs	x16, x17, #4
	b.lo	5f
	ldr	w0, [x15]
	ldr	w17, [x15, x16]
	str	w0, [x14]
	str	w17, [x14, x16]
	br	x30
5:	lsr	x16, x17, #1
	sub	x17, x17, #1
	ldrb	w0, [x15]
	strb	w0, [x14]
	ldrb	w0, [x15, x16]
	strb	w0, [x14, x16]
	ldrb	w0, [x15, x17]
	strb	w0, [x14, x17]
	br	x30

	/* A look at the members of the struct x14 of x17 bytes.  */
.Llook:
	stp	x14, x15, [sp, #-128]!
	stp	x1, x2, [sp, #16]
	stp	x3, x4, [sp, #32]
	stp	x5, x6, [sp, #48]
	stp	x7, x8, [sp, #64]
	stp	x10, x11, [sp, #80]
	stp	x12, x13, [sp, #96]
	stp	x17, x30, [sp, #112]
	mov	x0, x14
	bl	ffi_members
	mov	w16, w0
	mov	w9, #1
	ldp	x1, x2, [sp, #16]
	ldp	x3, x4, [sp, #32]
	ldp	x5, x6, [sp, #48]
	ldp	x7, x8, [sp, #64]
	ldp	x10, x11, [sp, #80]
	ldp	x12, x13, [sp, #96]
	ldp	x17, x30, [sp, #112]
	ldp	x14, x15, [sp], #128
	cbnz	w16, .Lmembers
	b	.Lnot_homogeneous

	/* A struct of x17 bytes that is not homogeneous.  */
.Lother_members:
	lsr	w9, w9, #1
.Lnot_homogeneous:
	cmp	x17, #16
	b.hi	.Laddress
.Lwords:
	add	x16, x17, #7
	and	x16, x16, #-8
	add	x0, x6, x16
	cmp	x0, x12
	b.hi	6f
	mov	x14, x6
	mov	x6, x0
	b	.Lcopy
6:	mov	x6, x12
	mov	x14, x8
	add	x8, x8, x16
	b	.Lcopy

.Laddress:
	sub	x10, x10, x17
	and	x10, x10, #-16
	mov	x14, x10
	sub	x16, x17, #16
	cmp	x6, x12
	b.eq	7f
	str	x10, [x6], #8
	b	.Lcopy_many
7:	str	x10, [x8], #8
	b	.Lcopy_many

	/* A register's argument when none is left.  */
.Lon_stack:
	str	x15, [x8], #8
	NEXT

.Lloaded:
	mov	x17, x1			/* fn */
	mov	x8, x2			/* address of a result in memory */
	cmp	sp, x7
	b.eq	8f
	ldp	q0, q1, [sp]
	ldp	q2, q3, [sp, #32]
	ldp	q4, q5, [sp, #64]
	ldp	q6, q7, [sp, #96]
8:	add	sp, sp, #FPRS * FPR_SIZE
	ldp	x2, x3, [sp, #16]
	ldp	x4, x5, [sp, #32]
	ldp	x6, x7, [sp, #48]
	ldp	x0, x1, [sp], #GPRS * 8
	blr	x17
	ldp	x8, x9, [x29, #16]	/* rvalue, flags */
	mov	sp, x29
	.cfi_def_cfa_register sp
	tbnz	w9, #FLAG_PARTIAL_BIT, .Lpartial
	and	w9, w9, #RET_MASK
	SWITCH	.Lstore_table

	STORE_RESULTS .Lstore_table, RETURN, x8

.Lpartial:
	stp	x0, x1, [sp, #48]
	mov	x0, x8
	add	x1, sp, #48
	ldr	x2, [sp, #32]
	bl	memcpy
	LEAVE	FRAME
	LEFT

	.globl	ffi_invoke_moves
	.hidden	ffi_invoke_moves
	.type	ffi_invoke_moves, %function
ffi_invoke_moves:
	START
	and	x7, x9, #FLAG_FPRS
	add	x4, x0, #PLAN_MOVES
	add	x7, sp, x7		/* not sp, if there are some */
	adr	x11, .Lmoves
	adr	x30, .Lnext_move
.Lnext_move:
	JUMP_PAD
	NEXT_MOVE

	.balign	1 << PIECE_SHIFT
.Lmoves:
	MOVE	MOVE_END
	b	.Lloaded
	MOVE_WORD MOVE_U8, ldrb, w16
	MOVE_WORD MOVE_S8, ldrsb, x16
	MOVE_WORD MOVE_U16, ldrh, w16
	MOVE_WORD MOVE_S16, ldrsh, x16
	MOVE_WORD MOVE_U32, ldr, w16
	MOVE_WORD MOVE_S32, ldrsw, x16
	MOVE_PART MOVE_4, w16
	MOVE_PART MOVE_8, x16
	MOVE_PART MOVE_16, q16
	MOVE	MOVE_BYTES
	VALUE	x0
	ubfx	x16, x15, #48, #8
	lsr	x17, x14, #32
	add	x15, x0, x16
	add	x14, sp, w14, uxtw
	b	.Lcopy
	MOVE	MOVE_COPY
	VALUE	x0
	and	x16, x15, #0xffff	/* align */
	lsr	x17, x14, #32
	neg	x16, x16
	sub	x10, x10, x17
	mov	x15, x0
	and	x10, x10, x16
	str	x10, [sp, w14, uxtw]
	mov	x14, x10
	sub	x16, x17, #16
	b	.Lcopy_many
ENDFUNCTION ffi_invoke_types

	END_OF_FILE
