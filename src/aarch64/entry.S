/* SPDX-License-Identifier: MIT */
/* Entry code of closures by the Procedure Call Standard for AArch64.  */

#include "asm/function.h"
#include "flags.h"
#include "results.h"

/* General entries: any signature, any number of arguments.

   in:       x17 = pair, x16 = its code; or x17 = closure; or x18 = Go closure;
	     argument registers, x8, stack arguments
   out:      result registers
   clobbers: what a C function may
   stack, with what each part starts at:

        +----------------------------+
   288  | stack arguments            |
        +----------------------------+
   224  | x0 to x7                   |
    96  | q0 to q7                   |
    32  | 64 bytes for the result    |
    16  | RET code, unused           |
   x29  | x29, x30: the frame record |
        +----------------------------+
    sp  | pointers to the arguments, if C does not make them  |
        +----------------------------+  */

#define CODE 16
#define RESULT 32
#define REGS 96
#define FRAME (REGS + REGS_BYTES)

/* General entry.  KIND selects what points to cif, function and data: the pair of a
   closure, a closure in memory of the caller's, or a Go closure.  */
.macro GENERAL name, kind
FUNCTION \name
	ENTER	FRAME
	stp	q0, q1, [sp, #REGS]
	stp	q2, q3, [sp, #REGS + 32]
	stp	q4, q5, [sp, #REGS + 64]
	stp	q6, q7, [sp, #REGS + 96]
	stp	x0, x1, [sp, #REGS + 128]
	stp	x2, x3, [sp, #REGS + 144]
	stp	x4, x5, [sp, #REGS + 160]
	stp	x6, x7, [sp, #REGS + 176]
.ifc \kind, go
	ldp	x0, x1, [x18, #GO_CIF]
	mov	x2, x18
.else
.ifc \kind, pair
	LOAD_CLOSURE
.endif
	ldp	x0, x1, [x17, #CLOSURE_CIF]
	ldr	x2, [x17, #CLOSURE_DATA]
.endif
	add	x3, sp, #REGS		/* registers */
	add	x4, sp, #FRAME		/* stack arguments */
	add	x5, sp, #RESULT
	str	x8, [x5]		/* where it belongs, if in memory */
	ldr	w9, [x0, #CIF_FLAGS]
	tbnz	w9, #FLAG_TYPES_BIT, .Ltypes_\name
	bl	ffi_closure_inner
	mov	w9, w0			/* RET code */
.Lreturn_\name:
	add	x8, sp, #RESULT
	SWITCH	.Lload_\name

.macro RETURN_\name
	LEAVE	FRAME
.endm

	LOAD_RESULTS .Lload_\name, RETURN_\name, x8

.Ltypes_\name:
	.cfi_def_cfa_register x29
	ldr	w6, [x0, #CIF_NARGS]
	and	w5, w9, #RET_MASK
	str	w5, [sp, #CODE]
	add	w6, w6, #1
	lsl	x6, x6, #3
	and	x6, x6, #-16
	sub	x6, sp, x6
	mov	sp, x6
	bl	ffi_collect_types
	ldr	w5, [x29, #CODE]
	mov	x4, x1			/* function */
	mov	x3, x2
	mov	x2, sp
	add	x1, x29, #RESULT
	cmp	w5, #RET_MEMORY
	b.ne	1f
	ldr	x1, [x1]
1:	cbnz	x15, 3f
	blr	x4
2:	mov	sp, x29
	.cfi_def_cfa_register sp
	ldr	w9, [sp, #CODE]
	b	.Lreturn_\name
	.cfi_def_cfa_register x29
3:	bl	ffi_handle_aligned
	b	2b
ENDFUNCTION \name
.endm

	GENERAL	ffi_entry_general, pair
	GENERAL	ffi_entry_dynamic, closure
	GENERAL	ffi_entry_go, go

/* Entry for up to 8 arguments of any kind, and any result: the map says where each of them
   is, as the LOCATED_ bits of flags.h.

   in:       x17 = pair, x16 = its code; argument registers, x8, stack arguments
   out:      result registers
   clobbers: what a C function may
   stack: as above, with 64 bytes for pointers to the arguments below the registers

     x4 = saved registers, x2 = pointers, x17 = closure
     x15 = what the map says, x16 = a pointer, x12, x13, x14 = scratch  */

#define LOCATED_ARGS REGS

/* Store the pointer to argument N.  */
.macro LOCATE n
	.balign	1 << LOCATE_SHIFT	/* with no-ops */
	.org	.Llocate_all + ((FAST_ARGS - 1 - \n) << LOCATE_SHIFT)
	JUMP_PAD
	ldrb	w15, [x17, #CLOSURE_MAP + \n]
	tbnz	w15, #LOCATED_OTHER_BIT, .Llocate_other_\n
	add	x16, x4, x15, lsl #3
.Llocated_\n:
	str	x16, [x2, #8 * \n]
.endm

/* It is passed by address, or in several FPRs.  */
.macro LOCATE_OTHER n
.Llocate_other_\n:
	ubfiz	x16, x15, #3, #LOCATED_BITS
	tbnz	w15, #LOCATED_JOIN_BIT, 1f
	ldr	x16, [x4, x16]
	b	.Llocated_\n
1:	bl	.Ljoin
	b	.Llocated_\n
.endm

/* Have all registers saved, with room for ARGS pointers below them, and what the handler gets
   in its registers but for the pointers themselves; x9 = function, x4 = saved registers.  */
.macro ENTER_LOCATED args
	.set	.Lregs, LOCATED_ARGS + \args * 8
	ENTER	.Lregs + REGS_BYTES
	LOAD_CLOSURE
	stp	q0, q1, [sp, #.Lregs]
	stp	q2, q3, [sp, #.Lregs + 32]
	stp	q4, q5, [sp, #.Lregs + 64]
	stp	q6, q7, [sp, #.Lregs + 96]
	stp	x0, x1, [sp, #.Lregs + 128]
	stp	x2, x3, [sp, #.Lregs + 144]
	stp	x4, x5, [sp, #.Lregs + 160]
	stp	x6, x7, [sp, #.Lregs + 176]
	ldp	x0, x9, [x17, #CLOSURE_CIF]	/* cif, function */
	ldr	x3, [x17, #CLOSURE_DATA]
	add	x4, sp, #.Lregs
	add	x2, sp, #LOCATED_ARGS
	add	x1, sp, #RESULT
	ldr	w10, [x0, #CIF_FLAGS]
	and	w10, w10, #RET_MASK
	str	w10, [sp, #CODE]
	cmp	w10, #RET_MEMORY
	csel	x1, x8, x1, eq		/* where the result belongs */
.endm

/* Call the handler, and go on at the case of TABLE.  */
.macro HANDLE_LOCATED table
	blr	x9
	ldr	w9, [sp, #CODE]
	add	x8, sp, #RESULT
	SWITCH	\table
.endm

FUNCTION ffi_entry_located
	ENTER_LOCATED FAST_ARGS
	ldr	w11, [x0, #CIF_NARGS]
	adr	x10, .Llocated
	sub	x10, x10, x11, lsl #LOCATE_SHIFT
	br	x10
	.balign	1 << LOCATE_SHIFT
.Llocate_all:
	LOCATE	7
	LOCATE	6
	LOCATE	5
	LOCATE	4
	LOCATE	3
	LOCATE	2
	LOCATE	1
	LOCATE	0
	.balign	1 << LOCATE_SHIFT
	.org	.Llocate_all + (FAST_ARGS << LOCATE_SHIFT)
.Llocated:
	JUMP_PAD
	HANDLE_LOCATED .Lload_located

.macro RETURN_located
	LEAVE	LOCATED_ARGS + FAST_ARGS * 8 + REGS_BYTES
.endm

	LOAD_RESULTS .Lload_located, RETURN_located, x8

	LOCATE_OTHER 0
	LOCATE_OTHER 1
	LOCATE_OTHER 2
	LOCATE_OTHER 3
	LOCATE_OTHER 4
	LOCATE_OTHER 5
	LOCATE_OTHER 6
	LOCATE_OTHER 7

	/* Put 4 members next to each other, of which x15 says the size, the first in the FPR at
	   x4 + x16; also where there are less: they fill what is theirs.  x16 becomes their
	   address.  */
.Ljoin:
	tbnz	w15, #LOCATED_DOUBLES_BIT, 1f
	add	x16, x4, x16
	ldr	w12, [x16, #FPR_SIZE]
	ldr	w13, [x16, #2 * FPR_SIZE]
	ldr	w14, [x16, #3 * FPR_SIZE]
	str	w12, [x16, #4]
	stp	w13, w14, [x16, #8]
	ret
1:	add	x16, x4, x16
	sub	x16, x16, #8 << LOCATED_DOUBLES_BIT
	ldr	x12, [x16, #FPR_SIZE]
	ldr	x13, [x16, #2 * FPR_SIZE]
	ldr	x14, [x16, #3 * FPR_SIZE]
	str	x12, [x16, #8]
	stp	x13, x14, [x16, #16]
	ret
ENDFUNCTION ffi_entry_located

/* Entry for up to 16 arguments: the map has a code of 4 bits for each, CODED_ of flags.h.

     x12 = codes to come, x13 = the pieces by code, x2 = pointers, x7 = the next one
     x4, x10, x11 = the next FPR, integer register and stack argument
     x5, x14, x15, x16 = scratch  */

#define CODED_SHIFT 5

.macro NEXT_CODED
	and	x16, x12, #15
	lsr	x12, x12, #4
	add	x16, x13, x16, lsl #CODED_SHIFT
	br	x16
.endm

.macro CODED code
	.org	.Lcoded + ((\code) << CODED_SHIFT)
	JUMP_PAD
.endm

/* A value of SIZE bytes that the register AT points to.  */
.macro CODED_VALUE code, at, size
	CODED	\code
	str	\at, [x7], #8
	add	\at, \at, #\size
	NEXT_CODED
.endm

.macro CODED_ADDRESS code, at
	CODED	\code
	ldr	x5, [\at], #8
	str	x5, [x7], #8
	NEXT_CODED
.endm

/* Floats or doubles in COUNT FPRs.  */
.macro CODED_MEMBERS code, count, join
	CODED	\code
	mov	w5, #\count * FPR_SIZE
	b	\join
.endm

/* Put 4 members of SIZE bytes next to each other, as at .Ljoin.  */
.macro JOIN_CODED size, r
	str	x4, [x7], #8
	ldr	\r\()14, [x4, #FPR_SIZE]
	ldr	\r\()15, [x4, #2 * FPR_SIZE]
	ldr	\r\()16, [x4, #3 * FPR_SIZE]
	str	\r\()14, [x4, #\size]
	stp	\r\()15, \r\()16, [x4, #2 * \size]
	add	x4, x4, x5
	NEXT_CODED
.endm

FUNCTION ffi_entry_coded
	ENTER_LOCATED CODED_ARGS
	ldr	x12, [x17, #CLOSURE_MAP]
	add	x10, x4, #FPRS * FPR_SIZE
	add	x11, x4, #REGS_BYTES
	mov	x7, x2
	adr	x13, .Lcoded
	NEXT_CODED

	.balign	1 << CODED_SHIFT
.Lcoded:
	CODED	CODED_END
	b	.Lcoded_all
	CODED_VALUE CODED_GPR, x10, 8
	CODED_VALUE CODED_GPR_GPR, x10, 16
	CODED_VALUE CODED_STACK, x11, 8
	CODED_VALUE CODED_STACK_STACK, x11, 16
	CODED_VALUE CODED_FPR, x4, FPR_SIZE
	CODED_VALUE CODED_QUADS, x4, 2 * FPR_SIZE
	CODED_ADDRESS CODED_GPR_ADDRESS, x10
	CODED_ADDRESS CODED_STACK_ADDRESS, x11
	CODED_MEMBERS CODED_FLOATS, 2, .Lcoded_floats
	CODED_MEMBERS CODED_FLOATS + 1, 3, .Lcoded_floats
	CODED_MEMBERS CODED_FLOATS + 2, 4, .Lcoded_floats
	CODED_MEMBERS CODED_DOUBLES, 2, .Lcoded_doubles
	CODED_MEMBERS CODED_DOUBLES + 1, 3, .Lcoded_doubles
	CODED_MEMBERS CODED_DOUBLES + 2, 4, .Lcoded_doubles
.Lcoded_floats:
	JOIN_CODED 4, w
.Lcoded_doubles:
	JOIN_CODED 8, x
.Lcoded_all:
	HANDLE_LOCATED .Lload_coded

.macro RETURN_coded
	LEAVE	LOCATED_ARGS + CODED_ARGS * 8 + REGS_BYTES
.endm

	LOAD_RESULTS .Lload_coded, RETURN_coded, x8
ENDFUNCTION ffi_entry_coded

/* What a slot without a prepared closure leads to.
     in: x17 = pair  */
.macro TRAP name, report
FUNCTION \name
	ENTER	16
	mov	x0, x17
	bl	\report
	brk	#0
ENDFUNCTION \name
.endm

	TRAP	ffi_entry_freed, ffi_die_freed
	TRAP	ffi_entry_unprepared, ffi_die_unprepared

	END_OF_FILE
