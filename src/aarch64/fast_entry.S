/* SPDX-License-Identifier: MIT */
/* Specialised entry code: signatures whose arguments each lie in adjacent words,
   so that a pointer is all that a handler needs of them.

   One entry per family and kind of result, so that no branch depends on the
   signature.  A family says how many registers are saved and how many argument
   pointers are made; ffi_port_closure_entry knows which families fit.

   in:       x17 = pair, x16 = its code, argument registers, x8, stack arguments
   out:      result registers
   clobbers: what a C function may
   stack, with the words of each part:

           +-----------------------------------+
           | stack arguments                   |
           +-----------------------------------+
   0 or 1  | padding to a multiple of two      |
     fprs  | vector registers, the low 8 bytes |
     gprs  | integer registers                 |
     args  | pointers to the arguments         |
        2  | result                            |
        2  | x29, x30: the frame record        |
           +-----------------------------------+  <- sp  */

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

/* Save two registers of KIND, or the last of an odd number, of COUNT at AT.  */
.macro SAVE kind, first, second, count, at
.if \second < \count
	stp	\kind\first, \kind\second, [sp, #\at + 8 * \first]
.elseif \first < \count
	str	\kind\first, [sp, #\at + 8 * \first]
.endif
.endm

/* REG becomes a pointer to argument N: the N-th saved register, or where the map
   says.  */
.macro POINTER reg, n, mapped
.if \mapped
	ldrb	w\reg, [x17, #CLOSURE_MAP + \n]
	add	x\reg, sp, x\reg, lsl #3
.else
	add	x\reg, sp, #.Lgprs + 8 * \n
.endif
.endm

.macro POINTERS first, second, args, mapped
.if \second < \args
	POINTER	15, \first, \mapped
	POINTER	16, \second, \mapped
	stp	x15, x16, [sp, #FAST_POINTERS + 8 * \first]
.elseif \first < \args
	POINTER	15, \first, \mapped
	str	x15, [sp, #FAST_POINTERS + 8 * \first]
.endif
.endm

.macro FAST_ENTRY code, gprs, fprs, args, mapped
	LANDING_PAD
	ENTER	.Lframe
	LOAD_CLOSURE
	SAVE	x, 0, 1, \gprs, .Lgprs
	SAVE	x, 2, 3, \gprs, .Lgprs
	SAVE	x, 4, 5, \gprs, .Lgprs
	SAVE	x, 6, 7, \gprs, .Lgprs
	SAVE	d, 0, 1, \fprs, .Lfprs
	SAVE	d, 2, 3, \fprs, .Lfprs
	SAVE	d, 4, 5, \fprs, .Lfprs
	SAVE	d, 6, 7, \fprs, .Lfprs
	POINTERS 0, 1, \args, \mapped
	POINTERS 2, 3, \args, \mapped
	POINTERS 4, 5, \args, \mapped
	POINTERS 6, 7, \args, \mapped
.if \code == RET_MEMORY
	mov	x1, x8			/* result: the caller's memory */
.else
	add	x1, sp, #FAST_RESULT
.endif
	ldp	x0, x9, [x17, #CLOSURE_CIF]	/* cif, function */
	ldr	x3, [x17, #CLOSURE_DATA]
	add	x2, sp, #FAST_POINTERS
	blr	x9
	LOAD_RESULT \code, sp, FAST_RESULT
	LEAVE	.Lframe
	LEFT
.endm

.macro FRAME gprs, fprs, args, mapped
	.set	.Lgprs, FAST_POINTERS + 8 * \args
	.set	.Lfprs, .Lgprs + 8 * \gprs
	.set	.Lframe, (.Lfprs + 8 * \fprs + 15) & -16
.endm

	ENTRIES_OF_FAMILIES

	.cfi_endproc
	.size	ffi_fast_entries, . - ffi_fast_entries

	END_OF_FILE
