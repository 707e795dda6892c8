/* SPDX-License-Identifier: MIT */
/* For fast_call.S: arguments that are pushed by their classes, which cif->bytes has.

     in: esi = the next argument's place in avalue, edx = the distance to the one after it,
	 ecx = classes of those to come, edi = flags, eax = scratch  */

#ifndef FFI_PUSH_CLASSES_H
#define FFI_PUSH_CLASSES_H

/* The loop, which pushes words itself.  .Lclasses starts it with eax = cif.  */
.macro PUSH_BY_CLASSES
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
.endm

/* Arguments that are not just one word.  */
.macro PUSH_OTHER_CLASSES
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
.endm

#endif
