/* SPDX-License-Identifier: MIT */
/* ffi_call, and the calls of up to eight arguments that are scalars or pairs of
   eightbytes, all in registers but for integers after the sixth.  Neither the types nor
   memory of our own are touched: cif->flags and cif->bytes say all, but for the size of a
   result that is smaller than its registers.  */

#include "asm/function.h"
#include "flags.h"
#include "frame.h"
#include "results.h"

/* void ffi_call (cif, fn, rvalue, avalue)

   in:       rdi = cif, rsi = fn, rdx = rvalue, rcx = avalue
   out:      *rvalue
   clobbers: what a C function may
   stack, from rsp up:
	0	stack arguments: FAST_STACK
	16	rvalue
	24	fn
	32	flags
	36	size of a result that is smaller than its registers
	40	32 bytes for a result that nobody wants
	72	caller's rbx, while a word is moved to the stack
	80	caller's rbp
	88	return address  */

#define RVALUE	16(%rsp)
#define FN	24(%rsp)
#define FLAGS	32(%rsp)
#define PARTIAL_SIZE 36(%rsp)
#define UNWANTED 40(%rsp)
#define SAVED_RBX 72
#define FRAME	80

PUBLIC_FUNCTION ffi_call, 64
	movl	CIF_FLAGS(%rdi), %eax
	testl	$FLAG_LADDER, %eax
	jz	.Lno_ladder
	testq	%rdx, %rdx
	jz	.Lladder_unwanted
.Lladder:
	shrl	$FLAG_LADDER_SHIFT, %eax
	movzbl	%al, %eax
	leaq	ffi_plan_ladders(%rip), %r10
	movswq	(%r10, %rax, 2), %r8
	leaq	ffi_plan_code(%rip), %r10
	addq	%r10, %r8
	movl	CIF_BYTES(%rdi), %eax
	movq	%rcx, %r11
	xorl	%r10d, %r10d
	ENTER_FRAME PLAN_FRAME
	movq	%rdx, PLAN_RVALUE(%rsp)
	movq	%rsi, PLAN_FN(%rsp)
	notrack jmp *%r8
	OUT_OF_FRAME PLAN_FRAME

.Lladder_unwanted:
	leaq	PLAN_UNWANTED - PLAN_FRAME - 8(%rsp), %rdx
	jmp	.Lladder

.Lno_ladder:
	testl	$FLAG_FAST, %eax
	jz	.Lnot_fast
	ENTER_FRAME FRAME
	testq	%rdx, %rdx
	jz	.Lunwanted
.Lwanted:
	movq	%rsi, FN
	movq	%rdx, RVALUE
	movl	%eax, FLAGS
	movq	%rcx, %r11
	movl	%eax, %r10d
	shrl	$FLAG_VECTORS_SHIFT, %r10d
	movl	CIF_BYTES(%rdi), %eax
	andl	$(1 << FAST_WORDS) - 1, %r10d
	jnz	.Lvectors
.Lno_vectors:
	movl	$-1, %r10d
.Lintegers:
	testl	$FLAG_SRET | FLAG_PARTIAL, FLAGS
	jnz	.Lsret
	addl	%eax, %eax
	jmp	.Lstate_0

.Lsret:				/* The result's address is the first argument.  */
	testl	$FLAG_PARTIAL, FLAGS
	jnz	.Lpartial
	movq	RVALUE, %rdi
	addl	%eax, %eax
	jmp	.Lstate_1

.Lpartial:
	movq	CIF_RTYPE(%rdi), %rcx
	movl	TYPE_SIZE(%rcx), %ecx
	movl	%ecx, PARTIAL_SIZE
	addl	%eax, %eax
	jmp	.Lstate_0

.Lunwanted:
	testl	$FLAG_SRET, %eax
	jnz	1f
	leaq	UNWANTED, %rdx
	jmp	.Lwanted
1:	LEAVE_FRAME FRAME
	jmp	ffi_call_general

.Lnot_fast:
	testl	$FLAG_WIN_CLASSES, %eax
	jz	ffi_call_general
	testq	%rdx, %rdx
	jz	ffi_call_general
	jmp	ffi_call_win64_few
	IN_FRAME FRAME

/* Arguments in vector registers come first.

     eax = their classes, then those of the others, the next in the highest bits
     r10 = those to come, a bit for each
     r11 = pointers to all arguments
     rcx, rdx = scratch  */
.macro VECTOR n, next, after
.Lvector_\n:
	testl	%r10d, %r10d
	jz	.Lvectors_done
.if \n < SSES
	rep bsfl %r10d, %ecx		/* tzcnt where there is one, which is faster */
	btrl	%ecx, %r10d
	movq	(%r11, %rcx, 8), %rcx
	movl	%eax, %edx
	shll	$4, %eax
	jc	.Luncommon_vector_\n
	movsd	(%rcx), %xmm\n
.endif
.endm

.macro UNCOMMON_VECTOR n, next, after
.Luncommon_vector_\n:
	testl	%edx, %edx
	js	1f
	movss	(%rcx), %xmm\n
	jmp	.Lvector_\next
1:	movsd	(%rcx), %xmm\n
.if \next < SSES
	movsd	8(%rcx), %xmm\next
	jmp	.Lvector_\after
.endif
.endm

	.balign	16
.Lvectors:
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7, 8
	VECTOR	\n
	.endr
.Lvectors_done:
	movl	FLAGS, %r10d
	shrl	$FLAG_VECTORS_SHIFT, %r10d
	notl	%r10d
	jmp	.Lintegers

	UNCOMMON_VECTOR 0, 1, 2
	UNCOMMON_VECTOR 1, 2, 3
	UNCOMMON_VECTOR 2, 3, 4
	UNCOMMON_VECTOR 3, 4, 5
	UNCOMMON_VECTOR 4, 5, 6
	UNCOMMON_VECTOR 5, 6, 7
	UNCOMMON_VECTOR 6, 7, 8
	UNCOMMON_VECTOR 7, 8, 9

/* Then the others.  In the state in which N words (of which the first GPRS are registers)
   are loaded

     eax = classes of the arguments to come, the next in the highest bits but without its
	   CLASS_LONG, which is in the carry flag; the other flags are those of eax:
	   zero, there is no more; sign, the next has CLASS_OTHER
     r10 = the arguments to come, a bit for each; bits behind the last do not matter
     r11 as above

   so that no state has to test for the common classes.  The first halves of the states
   lie one behind the other.  */

/* What is left of a class in eax.  */
#define KIND_2 0x40000000
#define KIND_1 0x20000000

/* The pointer to the next argument, to REG.  */
.macro NEXT_POINTER reg, reg32
	rep bsfl %r10d, %\reg32
	btrl	%\reg32, %r10d
	movq	(%r11, %\reg, 8), %\reg
.endm

/* Word N is in REG: if it is not a register of its own, move it to the stack.  */
.macro PUT n, reg
.if \n >= GPRS
	movq	%\reg, 8 * (\n - GPRS)(%rsp)
.endif
.endm

/* The argument is dealt with.  */
.macro NEXT n
	shll	$4, %eax
	jmp	.Lstate_\n
.endm

/* The first half: words of 64 bits.  */
.macro STATE n, reg, reg32
	js	.Lother_\n
	jnc	.Lint_\n
	NEXT_POINTER \reg, \reg32
	movq	(%\reg), %\reg
	PUT	\n, \reg
	shll	$4, %eax
.endm

/* The second half: int, then CLASS_OTHER.  NEXT is N + 1, NEXT_REG its register, if it
   has one and AFTER comes after that.  */
.macro STATE_REST n, reg, reg32, next, next_reg, after
.Lint_\n:
	NEXT_POINTER \reg, \reg32
	testl	$KIND_2, %eax
	jnz	1f
	movslq	(%\reg), %\reg
	PUT	\n, \reg
	NEXT	\next
1:	movl	(%\reg), %\reg32
	PUT	\n, \reg
	NEXT	\next

.Lother_\n:
	jc	2f
	NEXT_POINTER \reg, \reg32
.ifnb \after
	testl	$KIND_2, %eax
	jz	4f
.endif
	testl	$KIND_1, %eax
	jnz	1f
	movzbl	(%\reg), %\reg32
	PUT	\n, \reg
	NEXT	\next
1:	movzwl	(%\reg), %\reg32
	PUT	\n, \reg
	NEXT	\next
2:	NEXT_POINTER \reg, \reg32
	testl	$KIND_1, %eax
	jnz	3f
	movsbq	(%\reg), %\reg
	PUT	\n, \reg
	NEXT	\next
3:	movswq	(%\reg), %\reg
	PUT	\n, \reg
	NEXT	\next
.ifnb \after
4:	movq	8(%\reg), %\next_reg
	movq	(%\reg), %\reg
	NEXT	\after
.endif
.endm

	.balign	16
.Lstate_0:
	jz	.Lcall
	STATE	0, rdi, edi
.Lstate_1:
	jz	.Lcall
	STATE	1, rsi, esi
.Lstate_2:
	jz	.Lcall
	STATE	2, rdx, edx
.Lstate_3:
	jz	.Lcall
	STATE	3, rcx, ecx
.Lstate_4:
	jz	.Lcall
	STATE	4, r8, r8d
.Lstate_5:
	jz	.Lcall
	STATE	5, r9, r9d
.Lstate_6:
	jz	.Lcall
	/* No register is left for a word that goes to the stack.  */
	movq	%rbx, SAVED_RBX(%rsp)
	.cfi_rel_offset rbx, SAVED_RBX
	STATE	6, rbx, ebx
.Lstate_7:
	jz	.Lstate_8
	STATE	7, rbx, ebx
.Lstate_8:
	movq	SAVED_RBX(%rsp), %rbx
	.cfi_remember_state
	.cfi_restore rbx
	jmp	.Lcall
	.cfi_restore_state
	STATE_REST 6, rbx, ebx, 7
	STATE_REST 7, rbx, ebx, 8
	.cfi_restore rbx
	STATE_REST 0, rdi, edi, 1, rsi, 2
	STATE_REST 1, rsi, esi, 2, rdx, 3
	STATE_REST 2, rdx, edx, 3, rcx, 4
	STATE_REST 3, rcx, ecx, 4, r8, 5
	STATE_REST 4, r8, r8d, 5, r9, 6
	STATE_REST 5, r9, r9d, 6

	.balign	16
.Lcall:	movzbl	1 + FLAGS, %eax
	andl	$15, %eax		/* vector registers, for variadics */
	call	*FN
	/* Store the result as its code says.  */
	movzbl	FLAGS, %ecx
	movq	RVALUE, %rsi
	testb	$FLAG_PARTIAL, %cl
	jnz	.Lstore_partial
	SWITCH	.Lstore_cases

.macro RETURN
	LEAVE_FRAME FRAME
	ret
	IN_FRAME FRAME
.endm

	STORE_RESULTS .Lstore_cases, RETURN, %rsi

.Lstore_partial:
	andl	$RET_MASK, %ecx
	movl	PARTIAL_SIZE, %r8d
	call	ffi_store_partial
	RETURN
ENDFUNCTION ffi_call

/* void ffi_store_partial ()
   Store a result that is smaller than its registers.

   in:       rax, rdx, xmm0, xmm1 = result registers, rsi = rvalue, ecx = RET code,
	     r8d = size, 1 to 15
   out:      *rvalue
   clobbers: rax, rdx, rsi, r9  */
FUNCTION ffi_store_partial
	/* The two words to rax and rdx.  */
	cmpl	$RET_I64, %ecx
	je	.Lwords
	cmpl	$RET_GPR_GPR, %ecx
	je	.Lwords
	cmpl	$RET_GPR_SSE, %ecx
	je	.Lsecond_vector
	movq	%rax, %r9
	movq	%xmm0, %rax
	cmpl	$RET_SSE_GPR, %ecx
	cmove	%r9, %rdx
	cmpl	$RET_SSE_SSE, %ecx
	jne	.Lwords
	movq	%xmm1, %rdx
	jmp	.Lwords
.Lsecond_vector:
	movq	%xmm0, %rdx
.Lwords:
	testl	$8, %r8d
	jz	.Llast_word
	movq	%rax, (%rsi)
	addq	$8, %rsi
	movq	%rdx, %rax
.Llast_word:
	testl	$4, %r8d
	jz	1f
	movl	%eax, (%rsi)
	addq	$4, %rsi
	shrq	$32, %rax
1:	testl	$2, %r8d
	jz	1f
	movw	%ax, (%rsi)
	addq	$2, %rsi
	shrl	$16, %eax
1:	testl	$1, %r8d
	jz	1f
	movb	%al, (%rsi)
1:	ret
ENDFUNCTION ffi_store_partial

	END_OF_FILE
