/* SPDX-License-Identifier: MIT */
/* Specialised entry code: signatures whose arguments each lie in adjacent words,
   so that a pointer is all that a handler needs of them.

   One entry per family and kind of result, so that no branch depends on the
   signature.  A family says how many registers are saved and how many argument
   pointers are made; ffi_port_closure_entry knows which families fit.  The entries do
   without a TOC pointer of their own.

   in:       r11 = pair, r12 = the entry's address, argument registers, the caller's frame
   out:      result registers
   clobbers: what a C function may
   stack, with the bytes of each part:

             +---------------------------------------------+
             | the caller's frame, with memory arguments   |
             +---------------------------------------------+
        ...  | padding to a multiple of 16                 |
   4 * fprs  | if there is a map, FPRs, as floats          |
   8 * fprs  | FPRs, as doubles                            |
   8 * gprs  | integer registers                           |
   8 * args  | pointers to the arguments                   |
         16  | result                                      |
         32  | the words of LINKAGE, the back chain lowest |
             +---------------------------------------------+  <- r1  */

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
	.set	.Lfloats, 0
	.set	.Lframe, 0

.macro SAVE_GPRS count
	.irp	n, 3, 4, 5, 6, 7, 8, 9, 10
.if \n - 2 <= \count
	std	\n, .Lgprs + 8 * (\n - 3)(1)
.endif
	.endr
.endm

.macro SAVE_FPRS count, instruction, at, size
	.irp	n, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13
.if \n <= \count
	\instruction	\n, \at + \size * (\n - 1)(1)
.endif
	.endr
.endm

/* Pointers to the arguments: the N-th to the N-th saved register, or where the map
   says.  */
.macro POINTERS args, mapped
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
.if \n < \args
.if \mapped
	lbz	9, CLOSURE_MAP + \n(11)
	sldi	9, 9, 2			/* of FAST_UNIT */
	add	9, 9, 1
.else
	addi	9, 1, .Lgprs + 8 * \n
.endif
	std	9, FAST_POINTERS + 8 * \n(1)
.endif
	.endr
.endm

.macro FAST_ENTRY code, gprs, fprs, args, mapped
	LOAD_CLOSURE
	ENTER	.Lframe
	SAVE_GPRS \gprs
	SAVE_FPRS \fprs, stfd, .Lfprs, 8
.if \mapped
	SAVE_FPRS \fprs, stfs, .Lfloats, 4
.endif
.if \code == RET_MEMORY
	mr	4, 3			/* result: the caller's memory */
	std	3, FAST_RESULT(1)
.else
	addi	4, 1, FAST_RESULT
.endif
	POINTERS \args, \mapped
	ld	3, CLOSURE_CIF(11)
	ld	12, CLOSURE_FUN(11)
	ld	6, CLOSURE_DATA(11)
	addi	5, 1, FAST_POINTERS
	mtctr	12
	bctrl
	LOAD_RESULT \code, 1, FAST_RESULT
	LEAVE	.Lframe
	LEFT
.endm

.macro FRAME gprs, fprs, args, mapped
	.set	.Lgprs, FAST_POINTERS + 8 * \args
	.set	.Lfprs, .Lgprs + 8 * \gprs
	.set	.Lfloats, .Lfprs + 8 * \fprs
	.set	.Lframe, (.Lfloats + 4 * \fprs * \mapped + 15) & -16
.endm

	ENTRIES_OF_FAMILIES

	.cfi_endproc
	.size	ffi_fast_entries, . - ffi_fast_entries

	END_OF_FILE
