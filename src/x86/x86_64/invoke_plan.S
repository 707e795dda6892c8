/* SPDX-License-Identifier: MIT */
/* Invoking a call plan.  A plan is a cif and a list of steps, each the address of code
   that loads one argument into the registers that it always loads, and goes on to the
   next; the last calls the function and stores the result.  Where all words are of one
   common class, or ints and words of 64 bits, and the result is common, one step does
   everything: a *ladder*, entered where as many rungs follow as there are words.
   ffi_call enters ladders, too.  */

#include "asm/function.h"
#include "asm/offset_table.h"
#include "flags.h"
#include "frame.h"
#include "load_by_class.h"
#include "results.h"

/* void ffi_call_plan_invoke (plan, fn, rvalue, avalue)

   in:       rdi = plan, rsi = fn, rdx = rvalue, rcx = avalue
   out:      *rvalue
   clobbers: what a C function may
   stack, from rsp up, PLAN_FRAME bytes:
	PLAN_ARGUMENTS	stack arguments: FAST_STACK
	PLAN_RVALUE	rvalue
	PLAN_FN		fn
	PLAN_UNWANTED	32 bytes for a result that nobody wants
	64		caller's rbp
	72		return address

   Between the steps:
     r10 = plan + 8 * steps done
     r11 such that r11 + r10 is the place of the next argument in avalue
     rax = scratch
   A ladder is entered with any r10, as long as r11 + r10 is avalue; rsi = fn; eax = classes
   of the arguments, the first in the highest bits.  */

#define RVALUE	PLAN_RVALUE(%rsp)
#define FN	PLAN_FN(%rsp)
#define FRAME	PLAN_FRAME

PUBLIC_FUNCTION ffi_call_plan_invoke, 64
	testq	%rdx, %rdx
	jz	.Lplan_unwanted
.Lplan_wanted:
	ENTER_FRAME FRAME
	movq	%rcx, %r11
	movq	%rdi, %r10
	subq	%rdi, %r11
	movl	CIF_BYTES(%rdi), %eax
	movq	%rdx, RVALUE
	movq	%rsi, FN
	notrack jmp *PLAN_STEPS(%rdi)
	OUT_OF_FRAME FRAME

	/* There is room for what steps store, unless it is in memory.  */
.Lplan_unwanted:
	movl	CIF_FLAGS(%rdi), %eax
	testl	$FLAG_SRET, %eax
	jnz	ffi_call_plan_general
	testl	$FLAG_FAST, %eax
	jz	ffi_call_plan_general
	leaq	PLAN_UNWANTED - PLAN_FRAME - 8(%rsp), %rdx
	jmp	.Lplan_wanted
ENDFUNCTION ffi_call_plan_invoke

/* All steps.  */
	.type	ffi_plan_code, @function
	.cfi_startproc
	.cfi_def_cfa_offset FRAME + 16
	.cfi_offset rbp, -16
	.balign	16
	.globl	ffi_plan_code
	.hidden	ffi_plan_code
ffi_plan_code:

/* C finds the steps by offsets from ffi_plan_code.  The next word of the table is for the
   code that follows.  */
.macro STEP
	TABLE_OFFSET .Lstep\@-ffi_plan_code, 2
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

/* Load the word of CLASS that REG points to.  */
.macro LOAD_WORD class, reg, reg32
.if \class == CLASS_S32
	movslq	(%\reg), %\reg
.elseif \class == CLASS_U32
	movl	(%\reg), %\reg32
.elseif \class == CLASS_I64
	movq	(%\reg), %\reg
.elseif \class == CLASS_U8
	movzbl	(%\reg), %\reg32
.elseif \class == CLASS_S8
	movsbq	(%\reg), %\reg
.elseif \class == CLASS_U16
	movzwl	(%\reg), %\reg32
.elseif \class == CLASS_S16
	movswq	(%\reg), %\reg
.endif
.endm

.macro INTEGER_STEP class, reg, reg32
	STEP
	POINTER	\reg
	LOAD_WORD \class, \reg, \reg32
	NEXT
.endm

.macro STACK_STEP class, offset
	STEP
	POINTER	rax
	LOAD_WORD \class, rax, eax
	movq	%rax, \offset(%rsp)
	NEXT
.endm

.macro VECTOR_STEP class, n
	STEP
	POINTER	rax
.if \class == CLASS_F32
	movss	(%rax), %xmm\n
.else
	movsd	(%rax), %xmm\n
.endif
	NEXT
.endm

.macro INTEGER_PAIR reg, next
	STEP
	POINTER	rax
	movq	(%rax), %\reg
	movq	8(%rax), %\next
	NEXT
.endm

.macro VECTOR_PAIR n, next
	STEP
	POINTER	rax
	movsd	(%rax), %xmm\n
	movsd	8(%rax), %xmm\next
	NEXT
.endm

/* The next N words of the table are for nothing.  */
.macro NO_STEPS n
	.pushsection .rodata
	.fill	\n, 2, 0
	.popsection
.endm

/* By class and number of the first register: the words of the stack follow the integer
   registers.  */
	OFFSET_TABLE ffi_plan_steps, 2
	.irp	class, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
.if \class == CLASS_F32 || \class == CLASS_F64
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7
	VECTOR_STEP \class, \n
	.endr
.elseif \class == CLASS_SSE_SSE
	VECTOR_PAIR 0, 1
	VECTOR_PAIR 1, 2
	VECTOR_PAIR 2, 3
	VECTOR_PAIR 3, 4
	VECTOR_PAIR 4, 5
	VECTOR_PAIR 5, 6
	VECTOR_PAIR 6, 7
	NO_STEPS 1
.elseif \class == CLASS_GPR_GPR
	INTEGER_PAIR rdi, rsi
	INTEGER_PAIR rsi, rdx
	INTEGER_PAIR rdx, rcx
	INTEGER_PAIR rcx, r8
	INTEGER_PAIR r8, r9
	NO_STEPS 3
.elseif \class == CLASS_S32 || \class == CLASS_U32 || \class == CLASS_I64 || \class == CLASS_U8 || \class == CLASS_S8 || \class == CLASS_U16 || \class == CLASS_S16
	INTEGER_STEP \class, rdi, edi
	INTEGER_STEP \class, rsi, esi
	INTEGER_STEP \class, rdx, edx
	INTEGER_STEP \class, rcx, ecx
	INTEGER_STEP \class, r8, r8d
	INTEGER_STEP \class, r9, r9d
	STACK_STEP \class, 0
	STACK_STEP \class, 8
.else
	NO_STEPS 8
.endif
	.endr

/* The result's address is the first argument.  */
	OFFSET_TABLE ffi_plan_sret, 2
	STEP
	movq	RVALUE, %rdi
	subq	$8, %r11
	NEXT

/* As the first step, have CALL do all of it.  */
.macro LEAVE_TO call
	leaq	(%r11, %r10), %rcx
	movq	RVALUE, %rdx
	movq	FN, %rsi
	movq	%r10, %rdi
	LEAVE_FRAME FRAME
	jmp	\call
	IN_FRAME FRAME
.endm

/* The moves know how.  */
	OFFSET_TABLE ffi_plan_general, 2
	STEP
	LEAVE_TO ffi_call_plan_general

/* ffi_call does.  */
	OFFSET_TABLE ffi_plan_win64, 2
	STEP
	LEAVE_TO ffi_call_win64_few

.macro RETURN
	LEAVE_FRAME FRAME
	ret
	IN_FRAME FRAME
.endm

/* Call; variadic functions get to know an upper bound of the vector registers.  */
.macro CALL_AND_STORE code, vectors
	movl	$\vectors, %eax
	call	*FN
.if \code != RET_VOID && \code != RET_MEMORY
	movq	RVALUE, %rsi
.endif
	STORE_RESULT \code, %rsi
	RETURN
.endm

/* By the RET code.  */
	OFFSET_TABLE ffi_plan_calls, 2
#define R(name, kind) STEP; CALL_AND_STORE RET_##name, SSES;
	RET_CODES
#undef R

/* Call; the result is smaller than its registers.  The word behind the step is the size and
   the RET code: PLAN_PARTIAL.  */
	OFFSET_TABLE ffi_plan_partial, 2
	STEP
	movq	8 + PLAN_STEPS(%r10), %r10
	movq	FN, %r11
	movl	$SSES, %eax
	movq	%r10, FN
	call	*%r11
	movl	FN, %r8d
	movq	RVALUE, %rsi
	movl	%r8d, %ecx
	andl	$(1 << PLAN_PARTIAL_SHIFT) - 1, %r8d
	shrl	$PLAN_PARTIAL_SHIFT, %ecx
	call	ffi_store_partial
	RETURN

/* Ladders: by class, result, and how many words are missing to FAST_WORDS.  */
.macro RUNG load, n, pointer, reg
	STEP
	movq	8 * \n(%r11, %r10), %\pointer
	\load	(%\pointer), %\reg
.endm

.macro INTEGER_RUNG load, n, reg, reg32
	RUNG	\load, \n, \reg, \reg
.endm

/* Where arguments are ints or words of 64 bits.  */
.macro MIXED_RUNG ladder, n, reg, reg32
	STEP
	movq	8 * \n(%r11, %r10), %\reg
	LOAD_BY_CLASS \ladder, \n, \reg
.endm

/* The rungs of integer words, each made by RUNG with OF, the word's number and register.
   The last two words go to the stack.  */
.macro INTEGER_RUNGS rung, of
	\rung	\of, 7, rdi, edi
	movq	%rdi, 8(%rsp)
	\rung	\of, 6, rdi, edi
	movq	%rdi, (%rsp)
	\rung	\of, 5, r9, r9d
	\rung	\of, 4, r8, r8d
	\rung	\of, 3, rcx, ecx
	\rung	\of, 2, rdx, edx
	\rung	\of, 1, rsi, esi
	\rung	\of, 0, rdi, edi
.endm

.macro INTEGER_LADDER load, code
	INTEGER_RUNGS INTEGER_RUNG, \load
	LADDER_END \code, 0
.endm

.macro MIXED_LADDER code
	INTEGER_RUNGS MIXED_RUNG, \code
	LADDER_END \code, 0
	LOAD_INT \code, 7, rdi, edi
	LOAD_INT \code, 6, rdi, edi
	LOAD_INT \code, 5, r9, r9d
	LOAD_INT \code, 4, r8, r8d
	LOAD_INT \code, 3, rcx, ecx
	LOAD_INT \code, 2, rdx, edx
	LOAD_INT \code, 1, rsi, esi
	LOAD_INT \code, 0, rdi, edi
.endm

.macro VECTOR_LADDER load, code
	.irp	n, 7, 6, 5, 4, 3, 2, 1, 0
	RUNG	\load, \n, rax, xmm\n
	.endr
	LADDER_END \code, SSES
.endm

/* No argument leads to the last step, which for no result either is a jump.  */
.macro LADDER_END code, vectors
.if \code == RET_VOID
	CALL_AND_STORE \code, \vectors
	STEP
	LEAVE_FRAME FRAME
	xorl	%eax, %eax
	jmp	*%rsi
	IN_FRAME FRAME
.else
	STEP
	CALL_AND_STORE \code, \vectors
.endif
.endm

/* In the order of LADDER_ codes.  */
	OFFSET_TABLE ffi_plan_ladders, 2
	.irp	code, RET_VOID, RET_U32, RET_S32, RET_I64, RET_DOUBLE
	INTEGER_LADDER movslq, \code
	INTEGER_LADDER movq, \code
	VECTOR_LADDER movsd, \code
	MIXED_LADDER \code
	.endr

	.cfi_endproc
	.size	ffi_plan_code, . - ffi_plan_code

	END_OF_FILE
