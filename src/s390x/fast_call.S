/* SPDX-License-Identifier: MIT */
/* ffi_call, and the calls whose arguments are up to eight scalars, of which no more are
   floating-point than there are FPRs.  The types are not touched: cif->flags and
   cif->bytes say all.  */

#include "asm/function.h"
#include "flags.h"
#include "results.h"

/* void ffi_call (cif, fn, rvalue, avalue)

   in:       r2 = cif, r3 = fn, r4 = rvalue, r5 = avalue
   out:      *rvalue
   clobbers: what a C function may
   stack, from r15 up:
	0	SAVE_AREA for the function; before it is called the end of that is used:
	120	integer registers
	160	stack arguments: FAST_STACK
	224	FPRs
	256	the caller's frame, with r6 to r15

   While arguments are loaded:
     r0 = classes of those to come, four bits each from the highest down, then flags
     r1, r2 = scratch
     r5 = the rest of avalue
     r7, r8 = where the next integer and the next floating-point value go
     r9 = the pieces, r10 = flags, r11 = rvalue, r12 = fn  */

#define GPRS_AT (SAVE_AREA - 8 * GPRS)
#define FPRS_AT (SAVE_AREA + FAST_STACK)
#define FRAME (FPRS_AT + 8 * FPRS)
#define LOAD_SHIFT 6

/* Go on at the piece of the next class.  */
.macro NEXT
	rllg	%r0, %r0, 4
	risbg	%r1, %r0, 60 - LOAD_SHIFT, 128 + 63 - LOAD_SHIFT, LOAD_SHIFT
	b	0(%r1, %r9)
.endm

/* The piece of CLASS: LOAD the next value, STORE it where AT points.  */
.macro LOAD class, load, store=stg, at=%r7
	.org	.Lload_table + (\class << LOAD_SHIFT)
	lg	%r2, 0(%r5)		/* where the value is */
	la	%r5, 8(%r5)
	\load	%r2, 0(%r2)
	\store	%r2, 0(\at)
	la	\at, 8(\at)
	NEXT
.endm

.macro RETURN
	LEAVE	FRAME
.endm

PUBLIC_FUNCTION ffi_call
.Lffi_call:				/* for branches: the name may be another object's */
	lg	%r0, CIF_BYTES(%r2)	/* classes, flags */
	ltgr	%r4, %r4
	jz	.Lgeneral
	tmll	%r0, FLAG_FAST
	jz	.Ltypes
	SAVE_GPRS 6
	MAKE_FRAME FRAME
	larl	%r9, .Lload_table
	la	%r7, GPRS_AT(%r15)
	la	%r8, FPRS_AT(%r15)
	lgr	%r10, %r0
	lgr	%r11, %r4
	lgr	%r12, %r3
	NEXT

	.balign	1 << LOAD_SHIFT
.Lload_table:				/* CLASS_END */
	tmll	%r10, FLAG_FPRS
	jz	1f
	ld	%f0, FPRS_AT(%r15)
	ld	%f2, FPRS_AT + 8(%r15)
	ld	%f4, FPRS_AT + 16(%r15)
	ld	%f6, FPRS_AT + 24(%r15)
1:	lmg	%r2, %r6, GPRS_AT(%r15)
	basr	%r14, %r12
	risbg	%r1, %r10, 60 - PIECE_SHIFT, 128 + 63 - PIECE_SHIFT, PIECE_SHIFT
	b	.Lstore_table - .Lload_table(%r1, %r9)
	LOAD	CLASS_U8, llgc
	LOAD	CLASS_S8, lgb
	LOAD	CLASS_U16, llgh
	LOAD	CLASS_S16, lgh
	LOAD	CLASS_U32, llgf
	LOAD	CLASS_S32, lgf
	LOAD	CLASS_I64, lg
	.org	.Lload_table + (CLASS_SRET << LOAD_SHIFT)
	stg	%r11, 0(%r7)
	la	%r7, 8(%r7)
	NEXT
	LOAD	CLASS_F32, llgf, st, %r8
	LOAD	CLASS_F64, lg, stg, %r8

	.balign	1 << PIECE_SHIFT
.Lstore_table:
	STORE_RESULTS .Lstore_table, RETURN, %r11

	.cfi_def_cfa %r15, SAVE_AREA
	.irp	n, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	.cfi_restore %r\n
	.endr
.Ltypes:
	tmll	%r0, FLAG_TYPES
	jnz	ffi_invoke_types
.Lgeneral:
	jg	ffi_call_general
ENDFUNCTION ffi_call

/* void ffi_call_plan_invoke (plan, fn, rvalue, avalue)

   A plan begins with its cif.  ffi_call does without C what the cif says all of, and what
   can be loaded by the types; the rest are moves.  */
PUBLIC_FUNCTION ffi_call_plan_invoke
	l	%r0, CIF_FLAGS(%r2)
	tmll	%r0, FLAG_FAST | FLAG_TYPES
	jnz	.Lffi_call
	jg	ffi_call_plan_general
ENDFUNCTION ffi_call_plan_invoke

	END_OF_FILE
