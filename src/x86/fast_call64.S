/* SPDX-License-Identifier: MIT */
/* ffi_call, and the calls whose arguments are up to eight scalars or pairs of
   eightbytes, all in registers.  Neither the types nor memory of our own are
   touched: cif->flags and cif->bytes say all.  */

#include "asm.h"
#include "internal64.h"
#include "results64_asm.h"

/* void ffi_call (cif, fn, rvalue, avalue)

   in:       rdi = cif, rsi = fn, rdx = rvalue, rcx = avalue
   out:      *rvalue
   clobbers: what a C function may
   stack, from rsp up:
	0	rvalue
	8	fn
	16	flags
	24	16 bytes for a result that nobody wants
	40	return address  */

#define RVALUE	0(%rsp)
#define FN	8(%rsp)
#define FLAGS	16(%rsp)
#define UNWANTED 24(%rsp)
#define FRAME	40

/* While arguments are loaded: eax = classes of those to come, four bits each,
   r11 = the rest of avalue, r10 = scratch.  */
PUBLIC_FUNCTION ffi_call, 64
	movl	CIF_FLAGS(%rdi), %eax
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
	testl	$FLAG64_WORDS | FLAG64_HIDDEN, %eax
	jnz	.Lspecial
	movl	CIF_BYTES(%rdi), %eax
	jmp	.Lstate_0_0

.Lspecial:
	testl	$FLAG64_WORDS, %eax
	jz	.Lhidden
	/* Only 64-bit integers: load as many as there are, the last one first.
	   Each step of the ladder has eight bytes.  */
	shrl	$FLAG64_COUNT_SHIFT, %eax
	leaq	.Lladder_end(%rip), %r10
	shll	$3, %eax
	subq	%rax, %r10
	notrack jmp *%r10
.macro STEP n, reg
	.balign	8
	movq	8 * \n(%r11), %\reg
	movq	(%\reg), %\reg
.endm
	.balign	8
	STEP	5, r9
	STEP	4, r8
	STEP	3, rcx
	STEP	2, rdx
	STEP	1, rsi
	STEP	0, rdi
	.balign	8
.Lladder_end:
	jmp	.Lcall_0

.Lhidden:				/* The result's address is the first argument.  */
	movl	CIF_BYTES(%rdi), %eax
	movq	%rdx, %rdi
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

/* Integer arguments narrower than 32 bits, and unsigned ones of 32.
     in: al = class, r11 = avalue   out: r10 = value  */
	.balign	16
	.cfi_adjust_cfa_offset 8
.Lload_narrow:
	movq	(%r11), %r10
	testb	$4, %al
	jnz	4f
	testb	$2, %al
	jnz	2f
	testb	$1, %al
	jnz	1f
	movzbl	(%r10), %r10d
	ret
1:	movsbq	(%r10), %r10
	ret
2:	testb	$1, %al
	jnz	3f
	movzwl	(%r10), %r10d
	ret
3:	movswq	(%r10), %r10
	ret
4:	movl	(%r10), %r10d
	ret
	.cfi_adjust_cfa_offset -8

/* The state in which G integer and S vector registers are loaded: look at the next
   argument's class and go on to the next state.  R and R2 are the integer
   registers that come next; G1, G2, S1 and S2 are G + 1, G + 2 and so on.  */
.macro NEXT g, s
	shrl	$4, %eax
	addq	$8, %r11
	jmp	.Lstate_\g\()_\s
.endm

.macro STATE g, s, r, r2, g1, g2, s1, s2
	.balign	16
.Lstate_\g\()_\s:
	testb	$CLASS64_SSE | CLASS64_OTHER, %al
	jnz	2f
.if \g < GPRS
	testb	$CLASS64_LONG, %al
	jz	1f
	movq	(%r11), %\r
	movq	(%\r), %\r
	NEXT	\g1, \s
1:	testb	$CLASS64_INT, %al
	jz	.Lcall_\s
	movq	(%r11), %\r
	movslq	(%\r), %\r
	NEXT	\g1, \s
.else
	jmp	.Lcall_\s
.endif
2:	testb	$CLASS64_OTHER, %al
	jnz	4f
.if \s < SSES
	movq	(%r11), %r10
	testb	$CLASS64_LONG, %al
	jz	3f
	movsd	(%r10), %xmm\s
	NEXT	\g, \s1
3:	movss	(%r10), %xmm\s
	NEXT	\g, \s1
.endif
4:	testb	$CLASS64_INT, %al	/* a pair, or an integer to be widened? */
	jz	5f
	testb	$CLASS64_SSE, %al
	jnz	5f
.if \s + 2 <= SSES
	testb	$CLASS64_LONG, %al
	jnz	6f
.endif
.if \g + 2 <= GPRS
	movq	(%r11), %r10
	movq	(%r10), %\r
	movq	8(%r10), %\r2
	NEXT	\g2, \s
.endif
.if \s + 2 <= SSES
6:	movq	(%r11), %r10
	movsd	(%r10), %xmm\s
	movsd	8(%r10), %xmm\s1
	NEXT	\g, \s2
.endif
5:
.if \g < GPRS
	call	.Lload_narrow
	movq	%r10, %\r
	NEXT	\g1, \s
.else
	hlt				/* ffi_arch_prep_cif does not do this */
.endif
.endm

.macro STATES s, s1, s2
	STATE	0, \s, rdi, rsi, 1, 2, \s1, \s2
	STATE	1, \s, rsi, rdx, 2, 3, \s1, \s2
	STATE	2, \s, rdx, rcx, 3, 4, \s1, \s2
	STATE	3, \s, rcx, r8, 4, 5, \s1, \s2
	STATE	4, \s, r8, r9, 5, 6, \s1, \s2
	STATE	5, \s, r9, none, 6, 7, \s1, \s2
	STATE	6, \s, none, none, 7, 8, \s1, \s2
	.balign	16
.Lcall_\s:
	movl	$\s, %eax		/* vector registers, for variadics */
	jmp	.Lcall
.endm

	STATES	1, 2, 3
	STATES	2, 3, 4
	STATES	3, 4, 5
	STATES	4, 5, 6
	STATES	5, 6, 7
	STATES	6, 7, 8
	STATES	7, 8, 9
	STATES	8, 9, 10
	STATES	0, 1, 2

	.balign	16
.Lcall:	call	*FN
	/* Store the result as its code says.  */
	movl	FLAGS, %ecx
	movq	RVALUE, %rsi
	andl	$RET64_MASK, %ecx
	DISPATCH .Lstore_table

.macro RETURN
	addq	$FRAME, %rsp
	.cfi_adjust_cfa_offset -FRAME
	ret
	.cfi_adjust_cfa_offset FRAME
.endm

	STORE_RESULTS .Lstore_table, RET64_X87 + 1, RETURN

ENDFUNCTION ffi_call

	END_OF_FILE
