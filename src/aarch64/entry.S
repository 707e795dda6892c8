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
