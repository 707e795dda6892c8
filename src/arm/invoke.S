/* SPDX-License-Identifier: MIT */
/* Calls by the Procedure Call Standard for the Arm Architecture.  */

#include "asm/function.h"
#include "flags.h"
#include "asm/probe.h"
#include "results.h"

/* void ffi_invoke (call)

   in:       r0 = struct ffi_call
   out:      *call->rvalue
   clobbers: what a C function may
   stack, with what each part starts at:

        +----------------------------------------------------+
    fp  | r4, r5, fp, lr                                     |
        +----------------------------------------------------+
   ...  | stack arguments, call->bytes                       |
    sp  | d0 to d7, r0 to r3: REGS_BYTES, set by ffi_marshal |
        +----------------------------------------------------+  */

FUNCTION ffi_invoke
	UNWIND_STATE 0, "r4, r5, fp, lr"
	push	{r4, r5, fp, lr}
	.cfi_def_cfa_offset 16
	.cfi_offset r4, -16
	.cfi_offset r5, -12
	.cfi_offset fp, -8
	.cfi_offset lr, -4
	UNWIND_STATE 0, "r4, r5, fp, lr", 0, fp
	mov	fp, sp
	.cfi_def_cfa_register fp
	mov	r4, r0			/* call */
	ldr	r0, [r0, #CALL_BYTES]
	cmp	r0, #FFI_UNPROBED
	bhi	.Lprobe
.Lprobed:
	sub	r2, sp, r0		/* stack arguments */
	sub	r1, r2, #REGS_BYTES	/* registers */
	mov	sp, r1
	mov	r0, r4
	bl	ffi_marshal
	ldm	r4, {r0, r5, ip}	/* flags, fn, chain */
	tst	r0, #FLAG_VFP_ARGUMENTS
	beq	1f
	vldmia	sp, {d0-d7}
1:	add	sp, sp, #VFP_BYTES
	pop	{r0-r3}
	blx	r5
	ldr	r3, [r4, #CALL_FLAGS]
	ldr	r2, [r4, #CALL_RVALUE]
	mov	sp, fp
	and	r3, r3, #RET_MASK
	SWITCH	.Lstore_table, r3

.macro RETURN
	pop	{r4, r5, fp, pc}
.endm

	STORE_RESULTS .Lstore_table, RETURN, r2

	/* More arguments than a page has.  */
.Lprobe:
	bl	ffi_probe_stack
	ldr	r0, [r4, #CALL_BYTES]
	b	.Lprobed
ENDFUNCTION ffi_invoke

	END_OF_FILE
