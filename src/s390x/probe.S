/* SPDX-License-Identifier: MIT */
/* Probing the stack on s390x.  */

#include "asm/function.h"
#include "asm/probe.h"

/* void ffi_probe_stack (bytes)

   The stack pointer goes down with the probes, so that a signal finds nothing of its own
   there, and comes back.

   in:       r2 = bytes
   out:      nothing
   clobbers: r1, r2, r3, condition code  */
FUNCTION ffi_probe_stack
	lgr	%r3, %r15
	.cfi_def_cfa_register %r3
	aghi	%r2, 7
	nill	%r2, 0xfff8		/* the stack stays aligned */
	lghi	%r1, FFI_PROBE_STEP
1:	clgr	%r2, %r1
	jle	2f
	sgr	%r15, %r1
	stg	%r3, 0(%r15)		/* the back chain */
	sgr	%r2, %r1
	j	1b
2:	sgr	%r15, %r2
	stg	%r3, 0(%r15)
	lgr	%r15, %r3
	.cfi_def_cfa_register %r15
	br	%r14
ENDFUNCTION ffi_probe_stack

	END_OF_FILE
