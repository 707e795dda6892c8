/* SPDX-License-Identifier: MIT */
/* ffi_call, and the calls whose arguments are pushed one after the other.  No memory of
   the library is touched, and up to eight arguments that have classes no types either:
   cif->flags and cif->bytes say all.  Of others the types are looked at.  */

#include "asm/function.h"
#include <ffi.h>
#include "flags.h"
#include "results.h"

/* void ffi_call (cif, fn, rvalue, avalue)

   in:       on the stack
   out:      *rvalue, unless that is null
   clobbers: what a C function may
   stack, from ebp down:
	ebp + 20	avalue
	ebp + 16	rvalue
	ebp + 12	fn
	ebp +  8	cif
	ebp +  4	return address
	ebp		caller's ebp
	ebp -  4	caller's esi
	ebp -  8	caller's edi
	ebp - 12	with FLAG_TYPED: four words, see push_types.h
	esp		arguments, aligned to 16 when those in registers are gone  */

#define CIF	8(%ebp)
#define FN	12(%ebp)
#define RVALUE	16(%ebp)
#define AVALUE	20(%ebp)

/* While arguments are pushed, edi = flags and eax = scratch.  Push words; 1 is the next:
     in: esi = the place in avalue behind the next one's, ecx = how many are left  */
.macro PUSH_WORDS places:vararg
	.irp	place, \places
	movl	-4 * \place(%esi), %eax
	pushl	(%eax)
	.endr
.endm

/* Make room for EDX bytes of arguments, so that the stack is aligned when they are on
   it.  */
.macro ALIGN_STACK
	subl	%edx, %esp
	andl	$-16, %esp
	addl	%edx, %esp
.endm

#include "push_classes.h"
#include "push_types.h"

PUBLIC_FUNCTION ffi_call, 64
	movl	4(%esp), %eax		/* cif */
	movl	CIF_FLAGS(%eax), %edx
	testl	$FLAG_FAST | FLAG_TYPED, %edx
	jz	ffi_call_general
.Lby_flags:
	pushl	%ebp
	.cfi_adjust_cfa_offset 4
	.cfi_rel_offset ebp, 0
	movl	%esp, %ebp
	.cfi_def_cfa_register ebp
	pushl	%esi
	.cfi_offset esi, -12
	pushl	%edi
	.cfi_offset edi, -16
	movl	AVALUE, %esi
	movl	%edx, %edi
	testl	$FLAG_TYPED, %edx
	jnz	.Ltyped
	andl	$FLAG_STACK_MASK, %edx
	shrl	$FLAG_STACK_SHIFT - 2, %edx
	ALIGN_STACK
	testl	$FLAG_WORDS, %edi
	jz	.Lclasses

	/* Nothing but words.  */
.Lwords:
	movl	CIF_NARGS(%eax), %ecx
	leal	(%esi, %ecx, 4), %esi
.Lsome_words:
	cmpl	$8, %ecx
	jae	.Leight_words
	testb	$4, %cl
	jz	1f
	PUSH_WORDS 1, 2, 3, 4
	subl	$16, %esi
1:	testb	$2, %cl
	jz	2f
	PUSH_WORDS 1, 2
	subl	$8, %esi
2:	testb	$1, %cl
	jz	.Lpushed
	PUSH_WORDS 1

.Lpushed:
	testl	$FLAG_MORE | FLAG_TYPED | 3 << FLAG_REGS_SHIFT, %edi
	jnz	.Lmore
.Lcall:
	call	*FN			/* may remove its arguments */
	leal	-8(%ebp), %esp
	movl	RVALUE, %ecx
	andl	$RET_MASK, %edi

.macro LEAVE
	popl	%edi
	.cfi_remember_state
	.cfi_restore edi
	popl	%esi
	.cfi_restore esi
	popl	%ebp
	.cfi_def_cfa esp, 4
	.cfi_restore ebp
.endm

.macro RETURN
	LEAVE
	ret
	.cfi_restore_state
.endm

	STORE_RESULT %edi, RETURN

	PUSH_BY_CLASSES

.Leight_words:
	PUSH_WORDS 1, 2, 3, 4, 5, 6, 7, 8
	subl	$32, %esi
	subl	$8, %ecx
	jmp	.Lsome_words

	/* There is more to do before the call.  */
.Lmore:
	testl	$FLAG_MORE | FLAG_TYPED, %edi
	jz	.Lregisters
	testl	$FLAG_TYPED, %edi
	jnz	.Lnext_typed
	testl	$FLAG_TWO_RUNS, %edi
	jz	.Lsret
	andl	$~(FLAG_TWO_RUNS | FLAG_MORE), %edi
	movl	CIF, %ecx
	movl	CIF_BYTES(%ecx), %ecx
	movl	%edi, %eax
	shrl	$FLAG_REGS_SHIFT, %eax
	movl	AVALUE, %esi
	andl	$3, %eax
	movl	$-4, %edx
	leal	-4(%esi, %eax, 4), %esi
	shrl	$RUN_SHIFT, %ecx
	jmp	.Lstart

.Lsret:
	movl	RVALUE, %eax
	testl	%eax, %eax
	jz	.Lno_memory
	pushl	%eax
	testl	$3 << FLAG_REGS_SHIFT, %edi
	jz	.Lcall

	/* Words for registers are those that were pushed last.  */
.Lregisters:
	testl	$FLAG_EAX, %edi
	jnz	1f
	popl	%ecx
	testl	$2 << FLAG_REGS_SHIFT, %edi
	jz	.Lcall
	popl	%edx
	jmp	.Lcall
1:	popl	%eax
	testl	$2 << FLAG_REGS_SHIFT, %edi
	jz	.Lcall
	popl	%edx
	testl	$1 << FLAG_REGS_SHIFT, %edi
	jz	.Lcall
	popl	%ecx
	jmp	.Lcall

.Lno_memory:
	leal	-8(%ebp), %esp
	testl	$FLAG_PLAN, %edi
	LEAVE
	jz	ffi_call_general
	jmp	ffi_call_plan_general
	.cfi_restore_state

	PUSH_BY_TYPES
	PUSH_OTHER_CLASSES
ENDFUNCTION ffi_call

/* void ffi_call_plan_invoke (plan, fn, rvalue, avalue)

   A plan begins with its cif.  Pushing arguments by their classes or types is faster than
   moving them into a frame, which is for the others.  */
PUBLIC_FUNCTION ffi_call_plan_invoke
	movl	4(%esp), %eax		/* plan */
	movl	CIF_FLAGS(%eax), %edx
	testl	$FLAG_FAST | FLAG_TYPED, %edx
	jnz	.Lby_flags
	jmp	ffi_call_plan_general
ENDFUNCTION ffi_call_plan_invoke

	END_OF_FILE
