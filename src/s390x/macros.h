/* SPDX-License-Identifier: MIT */
/* What asm/function.h wants to know about s390x.  */

#ifndef FFI_MACROS_H
#define FFI_MACROS_H

#include "flags.h"

/* The architecture has no landing pads, and CFI is all that unwinders read.  */
#define LANDING_PAD
#define UNWIND_START
#define UNWIND_END
#define PROPERTY_NOTE

/* Save r15 and the registers before it from FIRST on, in the caller's frame.  */
.macro SAVE_GPRS first
	stmg	%r\first, %r15, SAVED_GPR (\first)(%r15)
	.irp	n, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
.if \n >= \first
	.cfi_offset %r\n, SAVED_GPR (\n) - SAVE_AREA
.endif
	.endr
.endm

/* Make a frame of SIZE bytes, with its back chain.
     clobbers: r1  */
.macro MAKE_FRAME size
	lgr	%r1, %r15
	aghi	%r15, -(\size)
	.cfi_adjust_cfa_offset \size
	stg	%r1, 0(%r15)
.endm

/* Return from where the caller's frame is SIZE bytes above BASE: restore the registers
   from FIRST on.  Code that follows still has the frame.  */
.macro LEAVE size, first=6, base=%r15
	.cfi_remember_state
	lmg	%r\first, %r15, \size + SAVED_GPR (\first)(\base)
	.cfi_def_cfa %r15, SAVE_AREA
	.irp	n, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
.if \n >= \first
	.cfi_restore %r\n
.endif
	.endr
	br	%r14
	.cfi_restore_state
.endm

/* Entry code starts with r0 = pair: r1 becomes the closure.  Loads are in order on this
   architecture: whoever has seen a pair's code sees its data.  */
.macro LOAD_CLOSURE
	lgr	%r1, %r0
	lg	%r1, 0(%r1)
.endm

#endif
