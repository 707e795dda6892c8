/* SPDX-License-Identifier: MIT */
/* Calls on i386.  */

#include "asm.h"
#include "internal.h"
#include "probe.h"
#include "results_asm.h"

/* void ffi_invoke (cif, fn, rvalue, avalue, chain, bytes)

   in:       on the stack
   out:      *rvalue, unless that is null
   clobbers: what a C function may
   stack, from ebp down:
	ebp + 28	bytes
	ebp + 24	chain
	ebp + 20	avalue
	ebp + 16	rvalue
	ebp + 12	fn
	ebp +  8	cif
	ebp +  4	return address
	ebp		caller's ebp
	ebp -  4	RET code
	ebp -  8	eax, edx, ecx going down, set by ffi_marshal
	esp		stack arguments, aligned as the flags say or more  */

#define CIF	8(%ebp)
#define FN	12(%ebp)
#define RVALUE	16(%ebp)
#define AVALUE	20(%ebp)
#define CHAIN	24(%ebp)
#define BYTES	28(%ebp)
#define CODE	-4(%ebp)
#define UNPROBED_ALIGN 128
#if UNPROBED_ALIGN != FLAG_OVERALIGNED_FROM / 2
#error "what is not probed is aligned enough"
#endif
#define REGISTER(n) -16 + 4 * (n)(%ebp)

FUNCTION ffi_invoke
	pushl	%ebp
	.cfi_adjust_cfa_offset 4
	.cfi_rel_offset ebp, 0
	movl	%esp, %ebp
	.cfi_def_cfa_register ebp
	subl	$16, %esp
	movl	CIF, %edx
	movl	CIF_FLAGS(%edx), %ecx
	testl	$FLAG_OVERALIGNED, %ecx
	jnz	.Lprobe
	cmpl	$FFI_UNPROBED, BYTES
	ja	.Lprobe
	subl	BYTES, %esp
	andl	$-UNPROBED_ALIGN, %esp
.Lmarshal:
	andl	$RET_MASK, %ecx
	movl	%ecx, CODE
	movl	%esp, %eax		/* stack arguments */
	subl	$8, %esp
	pushl	%eax
	leal	REGISTER (0), %eax
	pushl	%eax
	pushl	CHAIN
	pushl	RVALUE
	pushl	AVALUE
	pushl	%edx
	call	ffi_marshal
	addl	$32, %esp
	movl	REGISTER (EAX), %eax
	movl	REGISTER (EDX), %edx
	movl	REGISTER (ECX), %ecx
	call	*FN			/* may remove its arguments */

	movl	RVALUE, %ecx

.macro RETURN
	leave
	.cfi_remember_state
	.cfi_def_cfa esp, 4
	.cfi_restore ebp
	ret
	.cfi_restore_state
.endm

	STORE_RESULT CODE, RETURN

	/* More arguments than a page has, or more alignment than most have.  */
.Lprobe:
	movl	%ecx, CODE
	shrl	$FLAG_ALIGN_SHIFT, %ecx
	movl	$-1, %eax
	shll	%cl, %eax		/* alignment mask */
	movl	BYTES, %ecx
	subl	%eax, %ecx		/* with what aligning takes */
	pushl	%ecx
	call	ffi_probe_stack
	popl	%ecx
	movl	CODE, %ecx
	subl	BYTES, %esp
	andl	%eax, %esp
	jmp	.Lmarshal
ENDFUNCTION ffi_invoke

	END_OF_FILE
