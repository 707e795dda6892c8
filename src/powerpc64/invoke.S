/* SPDX-License-Identifier: MIT */
/* Calls by the ELFv2 ABI.  */

#include "asm/function.h"
#include "asm/probe.h"
#include "invoke.h"
#include "results.h"

/* void ffi_invoke (call)

   in:       r3 = struct ffi_call
   out:      *call->rvalue
   clobbers: what a C function may
   stack:    see invoke.h; FPRs and vector registers are set by ffi_marshal  */

FUNCTION ffi_invoke
	ENTER_INVOKE			/* r30 = call */
	ld	3, CALL_BYTES(3)
	cmpldi	3, FFI_UNPROBED
	bgt	.Lprobe
.Lprobed:
	ld	0, 0(1)			/* the back chain */
	addi	3, 3, LINKAGE
	neg	3, 3
	stdux	0, 1, 3
	mr	3, 30
	addi	4, 31, INVOKE_REGS
	addi	5, 1, LINKAGE
	bl	ffi_marshal
	lwz	0, CALL_FLAGS(30)
	andi.	9, 0, FLAG_VRS
	beq	1f
	li	9, INVOKE_REGS + FIRST_VR * FPR_SIZE
	.irp	n, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13
	lvx	\n, 31, 9
	addi	9, 9, VR_SIZE
	.endr
1:	andi.	9, 0, FLAG_FPRS
	beq	2f
	.irp	n, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13
	lfd	\n, INVOKE_REGS + FPR_SIZE * (\n - 1)(31)
	.endr
2:	.irp	n, 3, 4, 5, 6, 7, 8, 9, 10
	ld	\n, LINKAGE + 8 * (\n - 3)(1)
	.endr
	ld	11, CALL_CHAIN(30)
	ld	12, CALL_FN(30)
	CALL_POINTER 12
	lwz	9, CALL_FLAGS(30)
	ld	8, CALL_RVALUE(30)

	/* Where ffi_invoke_types goes on, with the same frame: r8 = rvalue, r9 = flags.  */
	.globl	ffi_invoke_result
	.hidden	ffi_invoke_result
ffi_invoke_result:
	mr	1, 31
	.cfi_def_cfa_register 1
	SWITCH	.Lstore_table

	STORE_RESULTS .Lstore_table, RETURN, 8

	/* More arguments than a page has.  */
	.cfi_def_cfa_register r31
.Lprobe:
	bl	ffi_probe_stack
	ld	3, CALL_BYTES(30)
	b	.Lprobed
ENDFUNCTION ffi_invoke

	END_OF_FILE
