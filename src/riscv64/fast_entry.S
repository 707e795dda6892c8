/* SPDX-License-Identifier: MIT */
/* Specialised entry code: signatures whose arguments each lie in adjacent words,
   so that a pointer is all that a handler needs of them.

   One entry per family and kind of result, so that no branch depends on the
   signature.  A family says how many registers are saved and how many argument
   pointers are made; ffi_port_closure_entry knows which families fit.

   in:       t1 = pair, t3 = its code, argument registers, stack arguments
   out:      result registers
   clobbers: what a C function may
   stack, with the words of each part:

           +------------------------------+
           | stack arguments              |
           +------------------------------+
        2  | s0, ra: the frame record     |
   0 or 1  | padding to a multiple of two |
     fprs  | FPRs                         |
     gprs  | integer registers            |
     args  | pointers to the arguments    |
        2  | result                       |
           +------------------------------+  <- sp  */

#include "asm/function.h"
#include "results.h"

#include "asm/families.h"

	.text
	.balign	64
	.type	ffi_fast_entries, %function
ffi_fast_entries:
	.cfi_startproc

/* The frame of the family being made, in bytes.  */
	.set	.Lgprs, 0		/* first saved register of each kind */
	.set	.Lfprs, 0
	.set	.Lframe, 0

/* Save the registers of KIND, COUNT of them, at AT.  */
.macro SAVE store, kind, count, at
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7
.if \n < \count
	\store	\kind\n, \at + 8 * \n(sp)
.endif
	.endr
.endm

/* Store pointers to ARGS arguments: the N-th is the N-th saved register, or where the map
   says.  */
.macro POINTERS args, mapped
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7
.if \n < \args
.if \mapped
	lbu	t3, CLOSURE_MAP + \n(t1)
	slli	t3, t3, 3
	add	t3, t3, sp
.else
	addi	t3, sp, .Lgprs + 8 * \n
.endif
	sd	t3, FAST_POINTERS + 8 * \n(sp)
.endif
	.endr
.endm

.macro FAST_ENTRY code, gprs, fprs, args, mapped
	LANDING_PAD
	ENTER	.Lframe
	LOAD_CLOSURE
	SAVE	sd, a, \gprs, .Lgprs
	SAVE	fsd, fa, \fprs, .Lfprs
	POINTERS \args, \mapped
.if \code == RET_MEMORY
	mv	a1, a0			/* result: the caller's memory */
.else
	addi	a1, sp, FAST_RESULT
.endif
	ld	t3, CLOSURE_FUN(t1)
	ld	a0, CLOSURE_CIF(t1)
	ld	a3, CLOSURE_DATA(t1)
	addi	a2, sp, FAST_POINTERS
	jalr	t3
.if \code == RET_MEMORY
	ld	a0, .Lgprs(sp)
.else
	LOAD_RESULT \code, sp, FAST_RESULT
.endif
	LEAVE	.Lframe
	LEFT
.endm

.macro FRAME gprs, fprs, args, mapped
	.set	.Lgprs, FAST_POINTERS + 8 * \args
	.set	.Lfprs, .Lgprs + 8 * \gprs
	.set	.Lframe, (.Lfprs + 8 * \fprs + FAST_RECORD + 15) & -16
.endm

	ENTRIES_OF_FAMILIES

	.cfi_endproc
	.size	ffi_fast_entries, . - ffi_fast_entries

	END_OF_FILE
