/* SPDX-License-Identifier: MIT */
/* Probing the stack on AArch64.  */

#include "asm/function.h"
#include "asm/probe.h"

/* void ffi_probe_stack (bytes)

   The stack pointer goes down with the probes, so that a signal finds nothing of its own
   there, and comes back.

   in:       x0 = bytes
   out:      nothing
   clobbers: x0, flags  */
FUNCTION ffi_probe_stack
	ENTER	16
	.cfi_def_cfa_register x29
	add	x0, x0, #15
	and	x0, x0, #-16		/* or sp may not be used */
1:	cmp	x0, #FFI_PROBE_STEP
	b.ls	2f
	sub	sp, sp, #FFI_PROBE_STEP
	str	xzr, [sp]
	sub	x0, x0, #FFI_PROBE_STEP
	b	1b
2:	sub	sp, sp, x0
	str	xzr, [sp]
	mov	sp, x29
	.cfi_def_cfa_register sp
	LEAVE	16
ENDFUNCTION ffi_probe_stack

	END_OF_FILE
