/* SPDX-License-Identifier: MIT */
/* Probing the stack on both: the body of ffi_probe_stack.  The stack pointer goes down with
   the probes, so that a signal finds nothing of its own there, and comes back.  */

#ifndef FFI_PROBE_H
#define FFI_PROBE_H

/* BYTES, SP, BP are registers, WORD is their size; S the suffix of instructions.  */
.macro PROBE s, word, bytes, sp, bp
	push\s	%\bp
	.cfi_adjust_cfa_offset \word
	.cfi_rel_offset \bp, 0
	mov\s	%\sp, %\bp
	.cfi_def_cfa_register \bp
1:	cmp\s	$FFI_PROBE_STEP, %\bytes
	jbe	2f
	sub\s	$FFI_PROBE_STEP, %\sp
	or\s	$0, (%\sp)
	sub\s	$FFI_PROBE_STEP, %\bytes
	jmp	1b
2:	sub\s	%\bytes, %\sp
	or\s	$0, (%\sp)
	leave
	.cfi_def_cfa \sp, \word
	.cfi_restore \bp
	ret
.endm

#endif
