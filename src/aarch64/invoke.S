/* SPDX-License-Identifier: MIT */
/* Calls by the Procedure Call Standard for AArch64.  */

#include "asm.h"
#include "internal.h"
#include "probe.h"
#include "results_asm.h"

/* void ffi_invoke (cif, fn, rvalue, avalue, chain, bytes)

   in:       x0 = cif, x1 = fn, x2 = rvalue, x3 = avalue, x4 = chain, x5 = bytes
   out:      *rvalue
   clobbers: what a C function may
   stack, from x29 up:
	0	x29, x30
	16	fn, rvalue
	32	chain, flags
   from x29 down:
	...	copies of large arguments
	...	stack arguments; together BYTES
	-	struct regs: REGS_BYTES, set by ffi_marshal  */

#define FRAME 48

FUNCTION ffi_invoke
	ENTER	FRAME
	.cfi_def_cfa_register x29
	ldr	w9, [x0, #CIF_BYTES + 4]	/* flags */
	stp	x1, x2, [x29, #16]
	stp	x4, x9, [x29, #32]
	cmp	x5, #FFI_UNPROBED
	b.hi	.Lprobe
.Lprobed:
	sub	sp, sp, x5
	sub	sp, sp, #REGS_BYTES
	mov	x1, x3			/* avalue */
	mov	x2, sp			/* registers */
	mov	x3, x29			/* top of the copies */
	bl	ffi_marshal
	ldp	x17, x8, [x29, #16]	/* fn, address of a result in memory */
	ldr	x9, [x29, #32]		/* chain */
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
	ldr	x9, [x29, #40]		/* flags */
	ldr	x8, [x29, #24]		/* rvalue */
	mov	sp, x29
	.cfi_def_cfa_register sp
	and	w9, w9, #RET_MASK
	DISPATCH .Lstore_table

.macro RETURN
	LEAVE	FRAME
.endm

	STORE_RESULTS .Lstore_table, RETURN

	/* More arguments than a page has.  */
	.cfi_def_cfa_register x29
.Lprobe:
	mov	x9, x0			/* cif */
	mov	x0, x5
	bl	ffi_probe_stack
	mov	x0, x9
	b	.Lprobed
ENDFUNCTION ffi_invoke

	END_OF_FILE
