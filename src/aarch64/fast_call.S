/* SPDX-License-Identifier: MIT */
/* ffi_call, and the calls whose arguments are up to eight scalars or pairs of words,
   all in registers.  The types are not touched: cif->flags and cif->bytes say
   all.  */

#include "asm/function.h"
#include "flags.h"
#include "results.h"

/* void ffi_call (cif, fn, rvalue, avalue)

   in:       x0 = cif, x1 = fn, x2 = rvalue, x3 = avalue
   out:      *rvalue
   clobbers: what a C function may
   stack, from sp up:
	0	x29, x30
	16	rvalue, flags
	32	integer registers
	96	low 8 bytes of vector registers  */

#define FRAME 160
#define SAVED_GPRS 32
#define SAVED_FPRS 96

PUBLIC_FUNCTION ffi_call, 64
	ldp	w10, w9, [x0, #CIF_BYTES]	/* classes, flags */
	tbz	w9, #FLAG_FAST_BIT, .Lgeneral
	cbz	x2, .Lunwanted
.Lwanted:
	ENTER	FRAME
	mov	x17, x1			/* fn */
	mov	x8, x2			/* address of a result in memory */
	stp	x2, x9, [sp, #16]
	tbnz	w9, #FLAG_WORDS_BIT, .Lwords

	/* Load each argument by its class into the area of its registers:
	   w10 = classes of those to come, four bits each, x3 = the rest of avalue,
	   x11, x12 = the next integer and vector register, x13 = the cases.  */
	add	x11, sp, #SAVED_GPRS
	add	x12, sp, #SAVED_FPRS
	adr	x13, .Lload_table
.Lnext:
	and	w14, w10, #15
	ldr	x15, [x3], #8		/* where the value is */
	add	x14, x13, x14, lsl #CASE_SHIFT
	lsr	w10, w10, #4
	br	x14

.macro NEXT
	cbnz	w10, .Lnext
	b	.Lload_registers
.endm

/* Load an integer into x15 and store it as the next register.  */
.macro INTEGER class, load, reg
	CASE	.Lload_table, \class
	\load	\reg, [x15]
	str	x15, [x11], #8
	NEXT
.endm

	JUMP_TABLE .Lload_table
	INTEGER	CLASS_U8, ldrb, w15
	INTEGER	CLASS_S8, ldrsb, x15
	INTEGER	CLASS_U16, ldrh, w15
	INTEGER	CLASS_S16, ldrsh, x15
	INTEGER	CLASS_U32, ldr, w15
	INTEGER	CLASS_S32, ldrsw, x15
	INTEGER	CLASS_I64, ldr, x15
	CASE	.Lload_table, CLASS_F32
	ldr	w15, [x15]
	str	x15, [x12], #8
	NEXT
	CASE	.Lload_table, CLASS_F64
	ldr	x15, [x15]
	str	x15, [x12], #8
	NEXT
	CASE	.Lload_table, CLASS_GPR_GPR
	ldp	x15, x16, [x15]
	stp	x15, x16, [x11], #16
	NEXT
	CASE	.Lload_table, CLASS_F64_F64
	ldp	x15, x16, [x15]
	stp	x15, x16, [x12], #16
	NEXT

.Lload_registers:
	tbz	w9, #FLAG_FPRS_BIT, 1f
	ldp	d0, d1, [sp, #SAVED_FPRS]
	ldp	d2, d3, [sp, #SAVED_FPRS + 16]
	ldp	d4, d5, [sp, #SAVED_FPRS + 32]
	ldp	d6, d7, [sp, #SAVED_FPRS + 48]
1:	ldp	x0, x1, [sp, #SAVED_GPRS]
	ldp	x2, x3, [sp, #SAVED_GPRS + 16]
	ldp	x4, x5, [sp, #SAVED_GPRS + 32]
	ldp	x6, x7, [sp, #SAVED_GPRS + 48]
.Lcall:	blr	x17
	/* Store the result as its code says.  */
	ldp	x8, x9, [sp, #16]	/* rvalue, flags */
	and	w9, w9, #RET_MASK
	SWITCH	.Lstore_table

.macro RETURN
	LEAVE	FRAME
.endm

	STORE_RESULTS .Lstore_table, RETURN, x8

	/* Only 64-bit integers: a ladder, which loads as many as there are, the last one
	   first.  */
.Lwords:
	lsr	w9, w9, #FLAG_COUNT_SHIFT
	adr	x10, .Lladder_end
	sub	x10, x10, x9, lsl #RUNG_SHIFT
	mov	x11, x3			/* avalue */
	br	x10

.macro RUNG n
	.balign	1 << RUNG_SHIFT
	JUMP_PAD
	ldr	x\n, [x11, #8 * \n]
	ldr	x\n, [x\n]
.endm
	.irp	n, 7, 6, 5, 4, 3, 2, 1, 0
	RUNG	\n
	.endr
	.balign	1 << RUNG_SHIFT
.Lladder_end:
	JUMP_PAD
	b	.Lcall

	LEFT
.Lunwanted:
	and	w11, w9, #RET_MASK
	cmp	w11, #RET_MEMORY
	b.eq	.Lgeneral
	sub	x2, sp, #FRAME - SAVED_GPRS	/* there is room, after the call */
	b	.Lwanted
.Lgeneral:
	tbz	w9, #FLAG_TYPES_BIT, 1f
	cbnz	x2, .Lby_types
1:	b	ffi_call_general
.Lby_types:
	b	ffi_invoke_types
ENDFUNCTION ffi_call

	END_OF_FILE
