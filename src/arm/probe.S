/* SPDX-License-Identifier: MIT */
/* Probing the stack on 32-bit Arm.  */

#include "asm/function.h"
#include "asm/probe.h"

/* void ffi_probe_stack (bytes)

   The stack pointer goes down with the probes, so that a signal finds nothing of its own
   there, and comes back.

   in:       r0 = bytes
   out:      nothing
   clobbers: r0, flags  */
FUNCTION ffi_probe_stack
	UNWIND_STATE 0, "fp, lr"
	push	{fp, lr}
	.cfi_def_cfa_offset 8
	.cfi_offset fp, -8
	.cfi_offset lr, -4
	UNWIND_STATE 0, "fp, lr", 0, fp
	mov	fp, sp
	.cfi_def_cfa_register fp
	add	r0, r0, #7
	bic	r0, r0, #7		/* the stack stays aligned */
1:	cmp	r0, #FFI_PROBE_STEP
	bls	2f
	sub	sp, sp, #FFI_PROBE_STEP
	str	r0, [sp]
	sub	r0, r0, #FFI_PROBE_STEP
	b	1b
2:	sub	sp, sp, r0
	str	r0, [sp]
	mov	sp, fp
	pop	{fp, pc}
ENDFUNCTION ffi_probe_stack

	END_OF_FILE
