/* SPDX-License-Identifier: MIT */
/* Probing the stack on riscv64.  */

#include "asm/function.h"
#include "asm/probe.h"

/* void ffi_probe_stack (bytes)

   The stack pointer goes down with the probes, so that a signal finds nothing of its own
   there, and comes back.

   in:       a0 = bytes
   out:      nothing
   clobbers: a0, t0  */
FUNCTION ffi_probe_stack
	ENTER	16
	.cfi_def_cfa s0, 0
	addi	a0, a0, 15
	andi	a0, a0, -16		/* sp is always a multiple */
	li	t0, FFI_PROBE_STEP
1:	bleu	a0, t0, 2f
	sub	sp, sp, t0
	sd	zero, 0(sp)
	sub	a0, a0, t0
	j	1b
2:	sub	sp, sp, a0
	sd	zero, 0(sp)
	addi	sp, s0, -16
	.cfi_def_cfa sp, 16
	LEAVE	16
ENDFUNCTION ffi_probe_stack

	END_OF_FILE
