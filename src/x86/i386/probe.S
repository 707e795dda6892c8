/* SPDX-License-Identifier: MIT */
/* Probing the stack on i386.  */

#include "asm.h"
#include "probe.h"

/* void ffi_probe_stack (bytes)

   The stack pointer goes down with the probes, so that a signal finds nothing of its own
   there, and comes back.

   in:       on the stack
   out:      nothing
   clobbers: ecx, flags  */
FUNCTION ffi_probe_stack
	movl	4(%esp), %ecx		/* bytes */
	pushl	%ebp
	.cfi_adjust_cfa_offset 4
	.cfi_rel_offset ebp, 0
	movl	%esp, %ebp
	.cfi_def_cfa_register ebp
1:	cmpl	$FFI_PROBE_STEP, %ecx
	jbe	2f
	subl	$FFI_PROBE_STEP, %esp
	orl	$0, (%esp)
	subl	$FFI_PROBE_STEP, %ecx
	jmp	1b
2:	subl	%ecx, %esp
	orl	$0, (%esp)
	leave
	.cfi_def_cfa esp, 4
	.cfi_restore ebp
	ret
ENDFUNCTION ffi_probe_stack

	END_OF_FILE
