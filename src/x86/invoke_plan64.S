/* SPDX-License-Identifier: MIT */
/* Invoking a call plan.  A plan is a cif and a list of steps, each the address of code
   that loads one argument word, or all, into the registers that it always loads, and goes
   on to the next; the last calls the function and stores the result.  */

#include "asm.h"
#include "internal64.h"
#include "results64_asm.h"

/* void ffi_call_plan_invoke (plan, fn, rvalue, avalue)

   in:       rdi = plan, rsi = fn, rdx = rvalue, rcx = avalue
   out:      *rvalue
   clobbers: what a C function may
   stack, from rsp up:
	0	stack arguments: FAST_STACK
	16	rvalue
	24	fn
	32	padding
	40	return address

   Between the steps:
     r10 = plan + 8 * steps done
     r11 such that r11 + r10 is the place of the next argument in avalue
     rax = scratch  */

#define RVALUE	16(%rsp)
#define FN	24(%rsp)
#define FRAME	40

PUBLIC_FUNCTION ffi_call_plan_invoke, 64
	testq	%rdx, %rdx
	jz	ffi_call		/* a plan starts with its cif */
	subq	$FRAME, %rsp
	.cfi_adjust_cfa_offset FRAME
	movq	%rcx, %r11
	movq	%rdi, %r10
	subq	%rdi, %r11
	movq	%rdx, RVALUE
	movq	%rsi, FN
	notrack jmp *PLAN_STEPS(%rdi)

	.globl	ffi_plan_code64
	.hidden	ffi_plan_code64
ffi_plan_code64:

/* What C finds the steps by: offsets from ffi_plan_code64.  */
.macro TABLE name
	.pushsection .rodata
	.balign	2
	.globl	\name
	.hidden	\name
	.type	\name, @object
\name:
	.popsection
.endm

/* The next word of the table is for the code that follows.  */
.macro STEP
	.pushsection .rodata
	.short	.Lstep\@ - ffi_plan_code64
	.popsection
.Lstep\@:
.endm

.macro NEXT
	addq	$8, %r10
	notrack jmp *PLAN_STEPS(%r10)
.endm

/* The pointer to the argument to REG.  */
.macro POINTER reg
	movq	(%r11, %r10), %\reg
.endm

/* The pointer to the argument before, whose second eightbyte this is.  */
.macro POINTER_AGAIN reg
	movq	-8(%r11, %r10), %\reg
	subq	$8, %r11
.endm

/* Load the word of CLASS that REG points to.  */
.macro LOAD_WORD class, reg, reg32
.if \class == CLASS64_S32
	movslq	(%\reg), %\reg
.elseif \class == CLASS64_U32
	movl	(%\reg), %\reg32
.elseif \class == CLASS64_I64
	movq	(%\reg), %\reg
.elseif \class == CLASS64_GPR2
	movq	8(%\reg), %\reg
.elseif \class == CLASS64_U8
	movzbl	(%\reg), %\reg32
.elseif \class == CLASS64_S8
	movsbq	(%\reg), %\reg
.elseif \class == CLASS64_U16
	movzwl	(%\reg), %\reg32
.elseif \class == CLASS64_S16
	movswq	(%\reg), %\reg
.endif
.endm

.macro INTEGER_STEP class, reg, reg32
	STEP
.if \class == CLASS64_GPR2
	POINTER_AGAIN \reg
.else
	POINTER	\reg
.endif
	LOAD_WORD \class, \reg, \reg32
	NEXT
.endm

.macro STACK_STEP class, offset
	STEP
.if \class == CLASS64_GPR2
	POINTER_AGAIN rax
.else
	POINTER	rax
.endif
	LOAD_WORD \class, rax, eax
	movq	%rax, \offset(%rsp)
	NEXT
.endm

.macro VECTOR_STEP class, n
	STEP
.if \class == CLASS64_SSE2
	POINTER_AGAIN rax
	movsd	8(%rax), %xmm\n
.else
	POINTER	rax
.if \class == CLASS64_F64
	movsd	(%rax), %xmm\n
.else
	movss	(%rax), %xmm\n
.endif
.endif
	NEXT
.endm

/* By class and number of the register: the words of the stack follow the integer
   registers.  */
	TABLE	ffi_plan_steps64
	.irp	class, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
.if \class == CLASS64_F32 || \class == CLASS64_F64 || \class == CLASS64_SSE2
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7
	VECTOR_STEP \class, \n
	.endr
.elseif \class & 7 && \class != 3 && \class != 10 && \class != 11
	INTEGER_STEP \class, rdi, edi
	INTEGER_STEP \class, rsi, esi
	INTEGER_STEP \class, rdx, edx
	INTEGER_STEP \class, rcx, ecx
	INTEGER_STEP \class, r8, r8d
	INTEGER_STEP \class, r9, r9d
	STACK_STEP \class, 0
	STACK_STEP \class, 8
.else
	.pushsection .rodata		/* no such class */
	.fill	8, 2, 0
	.popsection
.endif
	.endr

/* All arguments in one step if they are of the same common class, the last one first:
   by class, and by how many words are missing to FAST_WORDS.  */
.macro LADDER_STEP load, n, pointer, reg
	STEP
	movq	8 * \n(%r11, %r10), %\pointer
	\load	(%\pointer), %\reg
.endm

.macro INTEGER_LADDER load
	LADDER_STEP \load, 7, rax, rax
	movq	%rax, 8(%rsp)
	LADDER_STEP \load, 6, rax, rax
	movq	%rax, (%rsp)
	LADDER_STEP \load, 5, r9, r9
	LADDER_STEP \load, 4, r8, r8
	LADDER_STEP \load, 3, rcx, rcx
	LADDER_STEP \load, 2, rdx, rdx
	LADDER_STEP \load, 1, rsi, rsi
	LADDER_STEP \load, 0, rdi, rdi
	NEXT
.endm

	TABLE	ffi_plan_ladders64
	INTEGER_LADDER movslq
	INTEGER_LADDER movq
	.irp	n, 7, 6, 5, 4, 3, 2, 1, 0
	LADDER_STEP movsd, \n, rax, xmm\n
	.endr
	NEXT

/* The result's address is the first argument.  */
	TABLE	ffi_plan_hidden64
	STEP
	movq	RVALUE, %rdi
	subq	$8, %r11
	NEXT

/* ffi_call knows how.  */
	TABLE	ffi_plan_general64
	STEP
	leaq	(%r11, %r10), %rcx
	movq	RVALUE, %rdx
	movq	FN, %rsi
	movq	%r10, %rdi
	addq	$FRAME, %rsp
	.cfi_adjust_cfa_offset -FRAME
	jmp	ffi_call
	.cfi_adjust_cfa_offset FRAME

.macro RETURN
	addq	$FRAME, %rsp
	.cfi_adjust_cfa_offset -FRAME
	ret
	.cfi_adjust_cfa_offset FRAME
.endm

/* Call; by the RET64 code, without and with vector registers, of which variadic
   functions get to know an upper bound.  */
.macro CALL_AND_STORE code, vectors
	STEP
	movl	$\vectors, %eax
	call	*FN
.if \code != RET64_VOID && \code != RET64_MEMORY
	movq	RVALUE, %rsi
.endif
	STORE_RESULT \code, %rsi
	RETURN
.endm

	TABLE	ffi_plan_calls64
	.irp	code, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	CALL_AND_STORE \code, 0
	CALL_AND_STORE \code, SSES
	.endr

ENDFUNCTION ffi_call_plan_invoke

	END_OF_FILE
