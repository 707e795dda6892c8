/* SPDX-License-Identifier: MIT */
/* Frames of code that is found by the stack pointer: a record of the caller's rbp, which
   profilers and debuggers follow, and BYTES below it.  For assembly.  */

#ifndef FFI_FRAME_H
#define FFI_FRAME_H

.macro ENTER_FRAME bytes
	pushq	%rbp
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset rbp, 0
	movq	%rsp, %rbp
	subq	$\bytes, %rsp
	.cfi_adjust_cfa_offset \bytes
.endm

.macro LEAVE_FRAME bytes
	addq	$\bytes, %rsp
	.cfi_adjust_cfa_offset -(\bytes)
	popq	%rbp
	OUT_OF_RECORD
.endm

.macro OUT_OF_RECORD
	.cfi_adjust_cfa_offset -8
	.cfi_restore rbp
.endm

/* The code that follows is in the frame; or it is not.  */
.macro IN_FRAME bytes
	.cfi_adjust_cfa_offset \bytes + 8
	.cfi_rel_offset rbp, \bytes
.endm
.macro OUT_OF_FRAME bytes
	.cfi_adjust_cfa_offset -(\bytes)
	OUT_OF_RECORD
.endm

#endif
