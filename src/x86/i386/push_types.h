/* SPDX-License-Identifier: MIT */
/* For fast_call.S: arguments that are pushed by their types.

     in: esi = the next argument's place in avalue, edi = flags, eax, ecx, edx = scratch
   stack, from ebp down: what fast_call.S says, and
	ebp - 12	the distance from a place in avalue to the type
	ebp - 16	the distance to the next argument's place
	ebp - 20	the place of no more argument
	ebp - 24	with FLAG_SPLIT: the arguments to be left out, a bit for each  */

#ifndef FFI_PUSH_TYPES_H
#define FFI_PUSH_TYPES_H

#define NEXT_TYPE -12(%ebp)
#define STEP	-16(%ebp)
#define END	-20(%ebp)
#define SKIPPED	-24(%ebp)

/* .Ltyped starts the loop, with eax = cif.  */
.macro PUSH_BY_TYPES
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

	/* Left out of this run are those of SKIPPED.  */
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
.endm

#endif
