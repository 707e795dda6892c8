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
   272  | stack arguments            |
        +----------------------------+
   208  | x0 to x7                   |
    80  | q0 to q7                   |
    16  | 64 bytes for the result    |
    sp  | x29, x30: the frame record |
        +----------------------------+  */

#define RESULT 16
#define REGS 80
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
	bl	ffi_closure_inner
	mov	w9, w0			/* RET code */
	add	x8, sp, #RESULT
	SWITCH	.Lload_\name

.macro RETURN_\name
	LEAVE	FRAME
.endm

	LOAD_RESULTS .Lload_\name, RETURN_\name, x8
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
