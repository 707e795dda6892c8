/* SPDX-License-Identifier: MIT */
/* Probing the stack on 64-bit PowerPC.  */

#include "asm/function.h"
#include "asm/probe.h"
#include "flags.h"

/* void ffi_probe_stack (bytes)

   The stack pointer goes down with the probes, so that a signal finds nothing of its own
   there, and comes back.  Wherever it is, the back chain is.

   in:       r3 = bytes
   out:      nothing
   clobbers: r0, r3, r4, r5, cr0
   stack:    the words of LINKAGE  */
FUNCTION ffi_probe_stack
	ENTER	LINKAGE
	mr	4, 1			/* this frame */
	.cfi_def_cfa_register 4
	ld	0, 0(1)			/* the back chain */
	li	5, -FFI_PROBE_STEP
	addi	3, 3, 15
	rldicr	3, 3, 0, 59		/* a multiple of 16 */
1:	cmpldi	3, FFI_PROBE_STEP
	ble	2f
	stdux	0, 1, 5
	addi	3, 3, -FFI_PROBE_STEP
	b	1b
2:	neg	3, 3
	stdux	0, 1, 3
	mr	1, 4
	.cfi_def_cfa_register 1
	LEAVE	LINKAGE
ENDFUNCTION ffi_probe_stack

	END_OF_FILE
