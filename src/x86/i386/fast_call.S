/* SPDX-License-Identifier: MIT */
/* ffi_call, and the calls whose arguments are pushed one after the other.  No memory of
   our own is touched, and up to eight arguments that have classes no types either:
   cif->flags and cif->bytes say all.  Of others the types are looked at.  */

#include "asm.h"
#include <ffi.h>
#include "internal.h"
#include "results_asm.h"

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
	ebp - 12	with FLAG_TYPED: NEXT_TYPE, STEP, END, SKIPPED
	esp		arguments, aligned to 16 when those in registers are gone  */

#define CIF	8(%ebp)
#define FN	12(%ebp)
#define RVALUE	16(%ebp)
#define AVALUE	20(%ebp)
#define NEXT_TYPE -12(%ebp)	/* the distance from a place in avalue to the type */
#define STEP	-16(%ebp)	/* ... to the next argument's place */
#define END	-20(%ebp)	/* the place of no more argument */
#define SKIPPED	-24(%ebp)	/* the arguments to be left out, a bit for each */

/* While arguments are pushed, edi = flags and eax = scratch, and

     of words: esi = the place in avalue behind the next one's, ecx = how many are left
     by classes: esi = the next argument's place in avalue, edx = the distance to the one
	after it, ecx = classes of those to come
     by types: esi = the next argument's place in avalue, ecx and edx = scratch  */

/* Push words; 1 is the next.  */
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

PUBLIC_FUNCTION ffi_call, 64
	movl	4(%esp), %eax		/* cif */
	movl	CIF_FLAGS(%eax), %edx
	testl	$FLAG_FAST | FLAG_TYPED, %edx
	jz	ffi_call_general
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

	/* Arguments by their classes.  */
.Lclasses:
	movl	CIF_BYTES(%eax), %ecx	/* classes */
	testl	$FLAG_LEFT_TO_RIGHT, %edi
	movl	$4, %edx
	jnz	.Lfirst_first
	movl	CIF_NARGS(%eax), %eax
	leal	-4(%esi, %eax, 4), %esi
	movl	$-4, %edx
.Lstart:
	testl	%ecx, %ecx
	jz	.Lpushed
	.balign	16
.Lpush:
	movl	(%esi), %eax
	addl	%edx, %esi
	testb	$15 - CLASS_WORD, %cl
	jnz	.Lpush_other
	pushl	(%eax)
	shrl	$4, %ecx
	jnz	.Lpush
	jmp	.Lpushed

	/* The first argument is pushed first, or the first on the stack.  */
.Lfirst_first:
	testl	$FLAG_TWO_RUNS, %edi
	jz	.Lstart
	movl	%edi, %eax
	shrl	$FLAG_REGS_SHIFT, %eax
	andl	$3, %eax
	leal	(%esi, %eax, 4), %esi
	andl	$(1 << RUN_SHIFT) - 1, %ecx
	jmp	.Lstart

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
	jz	.Lhidden
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

.Lhidden:
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
	LEAVE
	jmp	ffi_call_general
	.cfi_restore_state

	/* Arguments by their types.  */
.Ltyped:
	movl	CIF_BYTES(%eax), %edx
	testl	$FLAG_WORDS, %edi
	jz	1f
	andl	$~FLAG_TYPED, %edi
	ALIGN_STACK
	jmp	.Lwords
1:	movl	CIF_ARG_TYPES(%eax), %ecx
	subl	%esi, %ecx
	pushl	%ecx			/* NEXT_TYPE */
	movl	CIF_NARGS(%eax), %eax
	leal	(%esi, %eax, 4), %eax	/* behind the last */
	movl	$4, %ecx
	testl	$FLAG_LEFT_TO_RIGHT, %edi
	jnz	2f
	negl	%ecx
	addl	%ecx, %eax		/* the last */
	addl	%ecx, %esi		/* before the first */
	xchgl	%eax, %esi
2:	pushl	%ecx			/* STEP */
	pushl	%eax			/* END */
	testl	$FLAG_SPLIT, %edi
	jz	3f
	movl	%edx, %ecx
	shrl	$16, %ecx
	movzwl	%dx, %edx
	pushl	%ecx			/* SKIPPED */
3:	ALIGN_STACK
.Lnext_typed:
	cmpl	END, %esi
	je	.Ltyped_done
	testl	$FLAG_SPLIT, %edi
	jnz	.Lsplit
.Lpush_typed:
	movl	NEXT_TYPE, %edx
	movl	(%esi), %eax
	movl	(%esi, %edx), %edx	/* type */
	addl	STEP, %esi
	movl	TYPE_SIZE(%edx), %ecx
	cmpl	$4, %ecx
	jne	1f
	pushl	(%eax)
	jmp	.Lnext_typed
1:	movzwl	TYPE_TYPE(%edx), %edx
	cmpl	$FFI_TYPE_STRUCT, %edx
	jae	.Laggregate
	cmpl	$8, %ecx
	jne	3f
	cmpl	$FFI_TYPE_DOUBLE, %edx
	je	2f
	pushl	4(%eax)
	pushl	(%eax)
	jmp	.Lnext_typed
2:	fildll	(%eax)
	subl	$8, %esp
	fistpll	(%esp)
	jmp	.Lnext_typed
3:	ja	.Lpush_longdouble
	cmpl	$FFI_TYPE_SINT8, %edx
	ja	4f
	movzbl	(%eax), %ecx
	jb	5f
	movsbl	%cl, %ecx
	jmp	5f
4:	cmpl	$FFI_TYPE_SINT16, %edx
	movzwl	(%eax), %ecx
	jb	5f
	movswl	%cx, %ecx
5:	pushl	%ecx
	jmp	.Lnext_typed

	/* Is it this run's?  */
.Lsplit:
	movl	%esi, %ecx
	subl	AVALUE, %ecx
	shrl	$2, %ecx
	movl	SKIPPED, %eax
	btl	%ecx, %eax
	jnc	.Lpush_typed
	addl	STEP, %esi
	jmp	.Lnext_typed

.Ltyped_done:
	testl	$FLAG_TWO_RUNS, %edi
	jnz	1f
	andl	$~FLAG_TYPED, %edi
	jmp	.Lpushed
1:	andl	$~FLAG_TWO_RUNS, %edi
	notl	SKIPPED
	movl	$-4, STEP
	movl	CIF, %eax
	movl	CIF_NARGS(%eax), %ecx
	movl	AVALUE, %eax
	leal	-4(%eax, %ecx, 4), %esi
	subl	$4, %eax
	movl	%eax, END
	jmp	.Lnext_typed

	/* A struct or complex number of ecx bytes.  */
.Laggregate:
	testl	$FLAG_LEFT_TO_RIGHT, %edi
	jz	1f
	cmpl	$FFI_TYPE_STRUCT, %edx
	jne	1f
	cmpl	$4, %ecx
	jb	1f
	pushl	%eax			/* the address itself */
	jmp	.Lnext_typed
1:	testb	$3, %cl
	jz	4f
	testb	$1, %cl			/* a part of a word */
	jnz	2f
	movzwl	-2(%eax, %ecx), %edx
	jmp	3f
2:	movzbl	-1(%eax, %ecx), %edx
	testb	$2, %cl
	jz	3f
	shll	$16, %edx
	movw	-3(%eax, %ecx), %dx
3:	pushl	%edx
	andl	$-4, %ecx
4:	subl	%ecx, %esp
	cmpl	$64, %ecx
	ja	.Llarge
	testb	$4, %cl
	jz	5f
	movl	-4(%eax, %ecx), %edx
	movl	%edx, -4(%esp, %ecx)
	subl	$4, %ecx
5:	subl	$8, %ecx
	jb	.Lnext_typed
	fildll	(%eax, %ecx)
	fistpll	(%esp, %ecx)
	jmp	5b
.Llarge:
	movl	%esi, %edx
	movl	%eax, %esi
	movl	%esp, %edi
	shrl	$2, %ecx
	rep movsl
	movl	%edx, %esi
	movl	CIF, %edi
	movl	CIF_FLAGS(%edi), %edi
	jmp	.Lnext_typed

	/* Arguments that are not just one word.  */
	.balign	32
.Lpush_other:
	testb	$CLASS_NARROW, %cl
	jnz	.Lpush_narrow
	testb	$CLASS_WORD, %cl
	jz	1f
	testb	$CLASS_THREE - CLASS_WORD, %cl
	jz	.Lpush_two
	testb	$CLASS_TWO - CLASS_WORD, %cl
	jz	2f
	pushl	12(%eax)
2:	pushl	8(%eax)
.Lpush_two:
	pushl	4(%eax)
	pushl	(%eax)
	jmp	.Lpush_next
1:	testb	$CLASS_LONGDOUBLE, %cl
	jnz	2f
	fildll	(%eax)			/* any 8 bytes fit into its mantissa */
	subl	$8, %esp
	fistpll	(%esp)
	jmp	.Lpush_next
2:	testb	$CLASS_DOUBLE, %cl
	jnz	3f
.Lpush_longdouble:
	fldt	(%eax)
	pushl	8(%eax)			/* the padding */
	subl	$8, %esp
	fstpt	(%esp)
	jmp	.Lpush_next
3:	subl	$16, %esp
	fildll	8(%eax)
	fildll	(%eax)
	fistpll	(%esp)
	fistpll	8(%esp)
	jmp	.Lpush_next
.Lpush_narrow:
	testb	$CLASS_ADDRESS - CLASS_NARROW, %cl
	jnz	.Lpush_eax		/* the address itself */
	testb	$CLASS_U16 - CLASS_NARROW, %cl
	jnz	2f
	testb	$CLASS_S8 - CLASS_NARROW, %cl
	jnz	1f
	movzbl	(%eax), %eax
	jmp	.Lpush_eax
1:	movsbl	(%eax), %eax
	jmp	.Lpush_eax
2:	testb	$CLASS_S8 - CLASS_NARROW, %cl
	jnz	3f
	movzwl	(%eax), %eax
	jmp	.Lpush_eax
3:	movswl	(%eax), %eax
.Lpush_eax:
	pushl	%eax
.Lpush_next:
	shrl	$4, %ecx
	jnz	.Lpush
	jmp	.Lpushed
ENDFUNCTION ffi_call

	/* A plan begins with its cif.  */
	ALSO_NAMED ffi_call_plan_invoke, ffi_call

	END_OF_FILE
