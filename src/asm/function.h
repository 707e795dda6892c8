/* SPDX-License-Identifier: MIT */
/* How functions are written in assembly: FUNCTION ... ENDFUNCTION emit all that
   a function must have, so that none can lack it.  Included by .S files only.

   What differs between architectures is in their macros.h:
     LANDING_PAD	where indirect branches may end
     JUMP_PAD	where jumps through a jump table end
     UNWIND_START, UNWIND_END	around each function and what aligns it, beside its CFI
     UNWIND_LEAD	what unwinders need before a function's first instruction, if anything
     PROPERTY_NOTE	what the object is fit for, as a note  */

#ifndef FFI_ASM_FUNCTION_H
#define FFI_ASM_FUNCTION_H

#define LIBFFI_ASM

#include "macros.h"
#include "offsets.h"

#ifndef UNWIND_LEAD
#define UNWIND_LEAD
#endif

/* An exported function that starts with a landing pad, aligned to ALIGNMENT; CFA is
   the distance from the stack pointer to the CFA, if not as after a call.  */
.macro PUBLIC_FUNCTION name, alignment=16, cfa
	.text
	UNWIND_START
	UNWIND_LEAD
	.balign	\alignment
	.globl	\name
	.type	\name, %function
\name:
	.cfi_startproc
.ifnb \cfa
	.cfi_def_cfa_offset \cfa
.endif
	LANDING_PAD
.endm

/* A function that only the library calls.  */
.macro FUNCTION name, alignment=16, cfa
	.hidden	\name
	PUBLIC_FUNCTION \name, \alignment, \cfa
.endm

.macro ENDFUNCTION name
	UNWIND_END
	.cfi_endproc
	.size	\name, . - \name
.endm

/* One more exported name for a function that has just ended.  */
.macro ALSO_NAMED alias, name
	.globl	\alias
	.type	\alias, %function
	.set	\alias, \name
	.size	\alias, . - \name
.endm

/* At the end of every file: the stack is not executable, and the object is fit
   for what the C objects of this build are fit for.  */
.macro END_OF_FILE
	.section .note.GNU-stack, "", %progbits
	PROPERTY_NOTE
.endm

#endif
