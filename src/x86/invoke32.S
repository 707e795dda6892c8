/* SPDX-License-Identifier: MIT */
/* Calls on i386.  */

#include "asm.h"
#include "internal32.h"

/* void ffi_call_general32 (cif, fn, rvalue, avalue, chain)

   in:       on the stack
   out:      *rvalue, unless that is null
   clobbers: what a C function may
   stack, from ebp down:
	ebp + 24	chain
	ebp + 20	avalue
	ebp + 16	rvalue
	ebp + 12	fn
	ebp +  8	cif
	ebp +  4	return address
	ebp		caller's ebp
	ebp -  4	RET32 code
	ebp - 16	ecx, edx, eax, set by ffi_marshal32
	esp		stack arguments, cif->bytes, aligned as the flags say  */

#define CIF	8(%ebp)
#define FN	12(%ebp)
#define RVALUE	16(%ebp)
#define AVALUE	20(%ebp)
#define CHAIN	24(%ebp)
#define CODE	-4(%ebp)
#define REGISTER(n) -16 + 4 * (n)(%ebp)

FUNCTION ffi_call_general32
	pushl	%ebp
	.cfi_adjust_cfa_offset 4
	.cfi_rel_offset ebp, 0
	movl	%esp, %ebp
	.cfi_def_cfa_register ebp
	subl	$16, %esp
	movl	CIF, %edx
	movl	CIF_FLAGS(%edx), %ecx
	movl	%ecx, %eax
	andl	$RET32_MASK, %eax
	movl	%eax, CODE
	shrl	$FLAG32_ALIGN_SHIFT, %ecx
	movl	$-1, %eax
	shll	%cl, %eax		/* alignment mask */
	subl	CIF_BYTES(%edx), %esp
	andl	%eax, %esp
	movl	%esp, %eax		/* stack arguments */
	subl	$8, %esp
	pushl	%eax
	leal	REGISTER (EAX), %eax
	pushl	%eax
	pushl	CHAIN
	pushl	RVALUE
	pushl	AVALUE
	pushl	%edx
	call	ffi_marshal32
	addl	$32, %esp
	movl	REGISTER (EAX), %eax
	movl	REGISTER (EDX), %edx
	movl	REGISTER (ECX), %ecx
	call	*FN			/* may remove its arguments */

	movl	RVALUE, %ecx
	testl	%ecx, %ecx
	jz	.Lunwanted
	cmpb	$RET32_I32, CODE
	jb	.Lnarrow
	cmpb	$RET32_FLOAT, CODE
	jae	.Lx87
	movl	%eax, (%ecx)
	cmpb	$RET32_I64, CODE
	jne	.Lreturn
	movl	%edx, 4(%ecx)
.Lreturn:
	leave
	.cfi_remember_state
	.cfi_def_cfa esp, 4
	.cfi_restore ebp
	ret
	.cfi_restore_state

/* Integers to be widened.  */
.Lnarrow:
	cmpb	$RET32_S8, CODE
	ja	3f
	je	2f
	cmpb	$RET32_VOID, CODE
	je	.Lreturn
	movzbl	%al, %eax
	jmp	.Lstore
2:	movsbl	%al, %eax
	jmp	.Lstore
3:	cmpb	$RET32_U16, CODE
	je	4f
	cwtl
	jmp	.Lstore
4:	movzwl	%ax, %eax
.Lstore:
	movl	%eax, (%ecx)
	jmp	.Lreturn

/* Floating point, and the structs that are not widened.  */
.Lx87:
	cmpb	$RET32_DOUBLE, CODE
	jb	1f
	je	2f
	cmpb	$RET32_BYTE, CODE
	jb	3f
	je	4f
	cmpb	$RET32_HALF, CODE
	jne	.Lreturn
	movw	%ax, (%ecx)
	jmp	.Lreturn
1:	fstps	(%ecx)
	jmp	.Lreturn
2:	fstpl	(%ecx)
	jmp	.Lreturn
3:	fstpt	(%ecx)
	jmp	.Lreturn
4:	movb	%al, (%ecx)
	jmp	.Lreturn

.Lunwanted:
	cmpb	$RET32_FLOAT, CODE
	jb	.Lreturn
	cmpb	$RET32_LONGDOUBLE, CODE
	ja	.Lreturn
	fstp	%st(0)
	jmp	.Lreturn
ENDFUNCTION ffi_call_general32

	END_OF_FILE
