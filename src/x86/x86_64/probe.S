/* SPDX-License-Identifier: MIT */
/* Probing the stack on x86-64.  */

#include "asm.h"
#include "probe.h"

/* void ffi_probe_stack (bytes)

   The stack pointer goes down with the probes, so that a signal finds nothing of its own
   there, and comes back.

   in:       rdi = bytes
   out:      nothing
   clobbers: rdi, flags  */
FUNCTION ffi_probe_stack
	pushq	%rbp
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset rbp, 0
	movq	%rsp, %rbp
	.cfi_def_cfa_register rbp
1:	cmpq	$FFI_PROBE_STEP, %rdi
	jbe	2f
	subq	$FFI_PROBE_STEP, %rsp
	orq	$0, (%rsp)
	subq	$FFI_PROBE_STEP, %rdi
	jmp	1b
2:	subq	%rdi, %rsp
	orq	$0, (%rsp)
	leave
	.cfi_def_cfa rsp, 8
	.cfi_restore rbp
	ret
ENDFUNCTION ffi_probe_stack

	END_OF_FILE
