/* SPDX-License-Identifier: MIT */
/* ffi_call, and the calls whose arguments are pushed one after the other.  Neither the
   types nor memory of our own are touched: cif->flags and cif->bytes say all.  */

#include "asm.h"
#include "internal32.h"
#include "results32_asm.h"

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
	esp		arguments, aligned to 16 when those in registers are gone  */

#define CIF	8(%ebp)
#define FN	12(%ebp)
#define RVALUE	16(%ebp)
#define AVALUE	20(%ebp)

/* While arguments are pushed: esi = the next one's place in avalue, edx = the distance
   to the one after it, ecx = classes of those to come, edi = flags.  */
PUBLIC_FUNCTION ffi_call, 64
	movl	4(%esp), %eax		/* cif */
	movl	CIF_FLAGS(%eax), %edx
	testl	$FLAG32_FAST, %edx
	jz	ffi_call_slow32
	pushl	%ebp
	.cfi_adjust_cfa_offset 4
	.cfi_rel_offset ebp, 0
	movl	%esp, %ebp
	.cfi_def_cfa_register ebp
	pushl	%esi
	.cfi_offset esi, -12
	pushl	%edi
	.cfi_offset edi, -16
	movl	%edx, %edi
	movl	CIF_BYTES(%eax), %ecx	/* classes */
	movl	AVALUE, %esi
	/* Align the stack so that it is when the words that stay there are pushed.  */
	andl	$FLAG32_STACK_MASK, %edx
	shrl	$FLAG32_STACK_SHIFT - 2, %edx
	subl	%edx, %esp
	andl	$-16, %esp
	addl	%edx, %esp
	testl	$FLAG32_DESCENDING, %edi
	movl	$4, %edx
	jnz	.Lfirst_first
	movl	CIF_NARGS(%eax), %eax
	leal	-4(%esi, %eax, 4), %esi
	movl	$-4, %edx
.Lstart:
	testl	%ecx, %ecx
	jz	.Lpushed
.Lpush:
	movl	(%esi), %eax
	addl	%edx, %esi
	testb	$15 - CLASS32_WORD, %cl
	jnz	.Lpush_other
	pushl	(%eax)
	shrl	$4, %ecx
	jnz	.Lpush
.Lpushed:
	testl	$FLAG32_MORE, %edi
	jnz	.Lmore
.Lload_registers:
	testl	$3 << FLAG32_REGS_SHIFT, %edi
	jnz	.Lregisters
.Lcall:
	call	*FN			/* may remove its arguments */
	leal	-8(%ebp), %esp
	movl	RVALUE, %ecx
	andl	$RET32_MASK, %edi

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

	/* The first argument is pushed first, or the first on the stack.  */
.Lfirst_first:
	testl	$FLAG32_TWO_RUNS, %edi
	jz	.Lstart
	movl	%edi, %eax
	shrl	$FLAG32_REGS_SHIFT, %eax
	andl	$3, %eax
	leal	(%esi, %eax, 4), %esi
	andl	$(1 << RUN32_SHIFT) - 1, %ecx
	jmp	.Lstart

	/* The arguments in registers, or the result's address.  */
.Lmore:
	testl	$FLAG32_TWO_RUNS, %edi
	jz	.Lhidden
	andl	$~(FLAG32_TWO_RUNS | FLAG32_MORE), %edi
	movl	CIF, %ecx
	movl	CIF_BYTES(%ecx), %ecx
	movl	%edi, %eax
	shrl	$FLAG32_REGS_SHIFT, %eax
	movl	AVALUE, %esi
	andl	$3, %eax
	movl	$-4, %edx
	leal	-4(%esi, %eax, 4), %esi
	shrl	$RUN32_SHIFT, %ecx
	jmp	.Lstart

.Lhidden:
	movl	RVALUE, %eax
	testl	%eax, %eax
	jz	.Lno_memory
	pushl	%eax
	jmp	.Lload_registers

.Lno_memory:
	leal	-8(%ebp), %esp
	LEAVE
	jmp	ffi_call_slow32
	.cfi_restore_state

	/* Words for registers are those that were pushed last; what is read beyond them is
	   not used.  */
.Lregisters:
	movl	%edi, %esi
	shrl	$FLAG32_REGS_SHIFT, %esi
	andl	$3, %esi
	testl	$FLAG32_EAX, %edi
	jnz	1f
	movl	(%esp), %ecx
	movl	4(%esp), %edx
	leal	(%esp, %esi, 4), %esp
	jmp	.Lcall
1:	movl	(%esp), %eax
	movl	4(%esp), %edx
	movl	8(%esp), %ecx
	leal	(%esp, %esi, 4), %esp
	jmp	.Lcall

	/* Arguments that are not just one word.  */
.Lpush_other:
	testb	$CLASS32_NARROW, %cl
	jnz	.Lpush_narrow
	testb	$CLASS32_FOUR, %cl
	jnz	2f
	testb	$1, %cl
	jz	1f
	pushl	8(%eax)
1:	pushl	4(%eax)
	pushl	(%eax)
	jmp	.Lpush_next
2:	testb	$2, %cl
	jnz	3f
	testb	$1, %cl
	jnz	.Lpush_eax		/* the address itself */
	pushl	12(%eax)
	pushl	8(%eax)
	pushl	4(%eax)
	pushl	(%eax)
	jmp	.Lpush_next
3:	testb	$1, %cl
	jnz	4f
	fildll	(%eax)			/* any 8 bytes fit into its mantissa */
	subl	$8, %esp
	fistpll	(%esp)
	jmp	.Lpush_next
4:	fldt	(%eax)
	pushl	8(%eax)			/* the padding */
	subl	$8, %esp
	fstpt	(%esp)
	jmp	.Lpush_next
.Lpush_narrow:
	testb	$2, %cl
	jnz	2f
	testb	$1, %cl
	jnz	1f
	movzbl	(%eax), %eax
	jmp	.Lpush_eax
1:	movsbl	(%eax), %eax
	jmp	.Lpush_eax
2:	testb	$1, %cl
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
