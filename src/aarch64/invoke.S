/* SPDX-License-Identifier: MIT */
/* Calls by the Procedure Call Standard for AArch64.  */

#include "asm/function.h"
#include "flags.h"
#include "asm/probe.h"
#include "results.h"

/* void ffi_invoke (call)

   in:       x0 = struct ffi_call
   out:      *call->rvalue
   clobbers: what a C function may
   stack, with what each part starts at:

             +---------------------------------------------------------+
   x29 + 24  | unused                                                  |
   x29 + 16  | x19, whose register has call                            |
        x29  | x29, x30: the frame record                              |
             +---------------------------------------------------------+
        ...  | copies of what is passed by address                     |
        ...  | stack arguments; together call->bytes, a multiple of 16 |
         sp  | q0 to q7, x0 to x7: REGS_BYTES, set by ffi_marshal      |
             +---------------------------------------------------------+  */

#define FRAME 32

/* Return, when the stack pointer is back.  */
.macro RETURN
	.cfi_remember_state
	ldr	x19, [sp, #16]
	.cfi_restore x19
	LEAVE	FRAME
	.cfi_restore_state
.endm

FUNCTION ffi_invoke
	ENTER	FRAME
	.cfi_def_cfa_register x29
	str	x19, [x29, #16]
	.cfi_offset x19, -FRAME + 16
	mov	x19, x0			/* call */
	ldr	x0, [x0, #CALL_BYTES]
	cmp	x0, #FFI_UNPROBED
	b.hi	.Lprobe
.Lprobed:
	sub	x2, sp, x0		/* stack arguments */
	sub	x1, x2, #REGS_BYTES	/* registers */
	mov	sp, x1
	mov	x0, x19
	bl	ffi_marshal
	ldp	x17, x9, [x19, #CALL_FN]	/* and chain */
	ldr	x8, [x19, #CALL_RVALUE]	/* address of a result in memory */
	ldp	q0, q1, [sp]
	ldp	q2, q3, [sp, #32]
	ldp	q4, q5, [sp, #64]
	ldp	q6, q7, [sp, #96]
	add	sp, sp, #FPRS * FPR_SIZE
	ldp	x2, x3, [sp, #16]
	ldp	x4, x5, [sp, #32]
	ldp	x6, x7, [sp, #48]
	ldp	x0, x1, [sp], #GPRS * 8
	/* On some systems x18 is not for programs, unless they ask for it.  */
	cbz	x9, 1f
	mov	x18, x9
1:	blr	x17
	ldr	w9, [x19, #CALL_FLAGS + LOW_PART (8, 4)]
	ldr	x8, [x19, #CALL_RVALUE]
	mov	sp, x29
	.cfi_def_cfa_register sp
	and	w9, w9, #RET_MASK
	SWITCH	.Lstore_table

	STORE_RESULTS .Lstore_table, RETURN, x8

	/* More arguments than a page has.  */
	.cfi_def_cfa_register x29
.Lprobe:
	bl	ffi_probe_stack
	ldr	x0, [x19, #CALL_BYTES]
	b	.Lprobed
ENDFUNCTION ffi_invoke

	END_OF_FILE
