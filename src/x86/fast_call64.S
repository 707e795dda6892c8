/* SPDX-License-Identifier: MIT */
/* ffi_call, and the calls whose arguments are up to eight words: scalars and pairs of
   eightbytes, all in registers but for integers after the sixth.  Neither the types nor
   memory of our own are touched: cif->flags and cif->bytes say all.  */

#include "asm.h"
#include "internal64.h"
#include "results64_asm.h"

/* void ffi_call (cif, fn, rvalue, avalue)

   in:       rdi = cif, rsi = fn, rdx = rvalue, rcx = avalue
   out:      *rvalue
   clobbers: what a C function may
   stack, from rsp up:
	0	stack arguments: FAST_STACK
	16	rvalue
	24	fn
	32	flags
	40	16 bytes for a result that nobody wants
	56	return address  */

#define RVALUE	16(%rsp)
#define FN	24(%rsp)
#define FLAGS	32(%rsp)
#define UNWANTED 40(%rsp)
#define FRAME	56

PUBLIC_FUNCTION ffi_call, 64
	movl	CIF_FLAGS(%rdi), %eax
	testl	$FLAG64_LADDER, %eax
	jz	.Lno_ladder
	testq	%rdx, %rdx
	jz	.Lno_ladder
	shrl	$FLAG64_LADDER_SHIFT, %eax
	movzbl	%al, %eax
	leaq	ffi_plan_ladders64(%rip), %r10
	movswq	(%r10, %rax, 2), %rax
	leaq	ffi_plan_code64(%rip), %r10
	addq	%r10, %rax
	movq	%rcx, %r11
	xorl	%r10d, %r10d
	subq	$PLAN_FRAME, %rsp
	.cfi_adjust_cfa_offset PLAN_FRAME
	movq	%rdx, PLAN_RVALUE(%rsp)
	movq	%rsi, PLAN_FN(%rsp)
	notrack jmp *%rax
	.cfi_adjust_cfa_offset -PLAN_FRAME

.Lno_ladder:
	testl	$FLAG64_FAST, %eax
	jz	ffi_call_general
	subq	$FRAME, %rsp
	.cfi_adjust_cfa_offset FRAME
	testq	%rdx, %rdx
	jz	.Lunwanted
.Lwanted:
	movq	%rsi, FN
	movq	%rdx, RVALUE
	movl	%eax, FLAGS
	movq	%rcx, %r11
	testl	$FLAG64_HIDDEN, %eax
	jnz	.Lhidden
	movl	CIF_BYTES(%rdi), %eax
	addl	%eax, %eax
	jmp	.Lstate_0_0

.Lhidden:				/* The result's address is the first argument.  */
	movl	CIF_BYTES(%rdi), %eax
	movq	%rdx, %rdi
	leaq	-8(%rcx), %r11
	addl	%eax, %eax
	jmp	.Lstate_1_0

.Lunwanted:
	testl	$FLAG64_HIDDEN, %eax
	jnz	1f
	leaq	UNWANTED, %rdx
	jmp	.Lwanted
1:	addq	$FRAME, %rsp
	.cfi_adjust_cfa_offset -FRAME
	jmp	ffi_call_general
	.cfi_adjust_cfa_offset FRAME

/* Loading the arguments goes from state to state.  In the state in which G integer
   words (of which the first GPRS are registers) and S vector registers are loaded

     eax = classes of the words to come, the next in the highest bits but without its
	   CLASS64_LONG, which is in the carry flag; the other flags are those of eax:
	   zero, there is no more; sign, the next has CLASS64_OTHER
     r11 = pointers to the arguments, so that the next is in r11[G + S]
     r10 = scratch

   so that no state has to test for the common classes.  The first halves of the states
   lie one behind the other in the order in which integers lead through them.  */

/* What is left of a class in eax.  */
#define KIND_2 0x40000000
#define KIND_1 0x20000000

/* The next argument is dealt with.  */
.macro NEXT g, s
	shll	$4, %eax
	jmp	.Lstate_\g\()_\s
.endm

/* Integer word G is in r10: move it to its register REG, or to the stack.  */
.macro PUT g, reg
.if \g < GPRS
	movq	%r10, %\reg
.else
	movq	%r10, 8 * (\g - GPRS)(%rsp)
.endif
.endm

/* The first half: words of 64 bits.  REG takes the word, r10 if that goes to the
   stack; GS = G + S, G1 = G + 1.  */
.macro STATE g, s, gs, g1, reg
.Lstate_\g\()_\s:
	jz	.Lcall_\s
.if \gs < FAST_WORDS
	js	.Lother_\g\()_\s
	movq	8 * \gs(%r11), %\reg
	jnc	.Lint_\g\()_\s
	movq	(%\reg), %\reg
.if \g >= GPRS
	PUT	\g, none
.endif
	shll	$4, %eax
.endif
.endm

/* The second half: int, then CLASS64_OTHER.  S1 = S + 1, REG32 is the lower half of
   REG.  */
.macro STATE_REST g, s, gs, g1, s1, reg, reg32
.if \gs < FAST_WORDS
.Lint_\g\()_\s:
	testl	$KIND_2, %eax
	jnz	1f
	movslq	(%\reg), %\reg
.if \g >= GPRS
	PUT	\g, none
.endif
	NEXT	\g1, \s
1:	movl	(%\reg), %\reg32
.if \g >= GPRS
	PUT	\g, none
.endif
	NEXT	\g1, \s

.Lother_\g\()_\s:
	jc	1f
	testl	$KIND_1 | KIND_2, %eax
	jnz	3f
	movq	8 * \gs(%r11), %r10
	movss	(%r10), %xmm\s
	NEXT	\g, \s1
1:	testl	$KIND_1 | KIND_2, %eax
	jnz	2f
	movq	8 * \gs(%r11), %r10
	movsd	(%r10), %xmm\s
	NEXT	\g, \s1
2:	leaq	8 * \gs(%r11), %r10
	call	.Lload_long
	jnc	4f
	movq	%r10, %xmm\s
	NEXT	\g, \s1
3:	leaq	8 * \gs(%r11), %r10
	call	.Lload_short
4:	PUT	\g, \reg
	NEXT	\g1, \s
.endif
.endm

/* All states with S vector registers loaded.  */
	.altmacro
.macro ROW s
	STATE	0, \s, %(\s + 0), 1, rdi
	STATE	1, \s, %(\s + 1), 2, rsi
	STATE	2, \s, %(\s + 2), 3, rdx
	STATE	3, \s, %(\s + 3), 4, rcx
	STATE	4, \s, %(\s + 4), 5, r8
	STATE	5, \s, %(\s + 5), 6, r9
	STATE	6, \s, %(\s + 6), 7, r10
	STATE	7, \s, %(\s + 7), 8, r10
	STATE	8, \s, %(\s + 8), 9, r10
.Lcall_\s:
	movl	$\s, %eax		/* vector registers, for variadics */
	jmp	.Lcall
	STATE_REST 0, \s, %(\s + 0), 1, %(\s + 1), rdi, edi
	STATE_REST 1, \s, %(\s + 1), 2, %(\s + 1), rsi, esi
	STATE_REST 2, \s, %(\s + 2), 3, %(\s + 1), rdx, edx
	STATE_REST 3, \s, %(\s + 3), 4, %(\s + 1), rcx, ecx
	STATE_REST 4, \s, %(\s + 4), 5, %(\s + 1), r8, r8d
	STATE_REST 5, \s, %(\s + 5), 6, %(\s + 1), r9, r9d
	STATE_REST 6, \s, %(\s + 6), 7, %(\s + 1), r10, r10d
	STATE_REST 7, \s, %(\s + 7), 8, %(\s + 1), r10, r10d
.endm

	.balign	16
	.irp	s, 0, 1, 2, 3, 4, 5, 6, 7, 8
	ROW	\s
	.endr
	.noaltmacro

/* The less common classes.
     in:  r10 = address of the pointer to the argument, eax and r11 as above
     out: r10 = the word, CF = it goes to a vector register
   .Lload_long is for CLASS64_LONG, which here means signed or vector.  */
	.cfi_adjust_cfa_offset 8
.Lload_long:
	testl	$KIND_2, %eax		/* clears CF */
	jz	2f
	testl	$KIND_1, %eax
	movq	(%r10), %r10
	jnz	1f
	movsbq	(%r10), %r10
	ret
1:	movswq	(%r10), %r10
	ret
2:	movq	-8(%r10), %r10		/* CLASS64_SSE2 */
	subq	$8, %r11
	movq	8(%r10), %r10
	stc
	ret
.Lload_short:
	testl	$KIND_2, %eax
	jz	2f
	testl	$KIND_1, %eax
	movq	(%r10), %r10
	jnz	1f
	movzbl	(%r10), %r10d
	ret
1:	movzwl	(%r10), %r10d
	ret
2:	movq	-8(%r10), %r10		/* CLASS64_GPR2 */
	subq	$8, %r11
	movq	8(%r10), %r10
	ret
	.cfi_adjust_cfa_offset -8

	.balign	16
.Lcall:	call	*FN
	/* Store the result as its code says.  */
	movzbl	FLAGS, %ecx
	movq	RVALUE, %rsi
	DISPATCH .Lstore_pieces

.macro RETURN
	addq	$FRAME, %rsp
	.cfi_adjust_cfa_offset -FRAME
	ret
	.cfi_adjust_cfa_offset FRAME
.endm

	STORE_RESULTS .Lstore_pieces, RET64_X87 + 1, %rsi, RETURN

ENDFUNCTION ffi_call

	END_OF_FILE
