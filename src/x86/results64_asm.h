/* SPDX-License-Identifier: MIT */
/* Storing the result of a call, and loading that of a handler: one piece of code
   per RET64 code, each of at most 16 bytes, in the order of the codes.  For
   assembly.  */

#ifndef FFI_RESULTS64_ASM_H
#define FFI_RESULTS64_ASM_H

/* Go on at the piece of PIECES for the code in rcx, whose upper half is 0.
     clobbers: rcx, r8  */
.macro DISPATCH pieces
	leaq	\pieces(%rip), %r8
	shll	$4, %ecx
	addq	%r8, %rcx
	notrack jmp *%rcx
	.balign	16
\pieces:
.endm

/* The piece for CODE starts here.  */
.macro PIECE pieces, code
	.org	\pieces + 16 * \code, 0xcc
.endm

/* The first COUNT results, from the result registers to (rsi), each followed by the
   macro RETURN.  */
.macro STORE_RESULTS pieces, count, return
	PIECE	\pieces, RET64_VOID
	\return
	PIECE	\pieces, RET64_U8
	movzbl	%al, %eax
	movq	%rax, (%rsi)
	\return
	PIECE	\pieces, RET64_S8
	movsbq	%al, %rax
	movq	%rax, (%rsi)
	\return
	PIECE	\pieces, RET64_U16
	movzwl	%ax, %eax
	movq	%rax, (%rsi)
	\return
	PIECE	\pieces, RET64_S16
	movswq	%ax, %rax
	movq	%rax, (%rsi)
	\return
	PIECE	\pieces, RET64_U32
	movl	%eax, %eax
	movq	%rax, (%rsi)
	\return
	PIECE	\pieces, RET64_S32
	movslq	%eax, %rax
	movq	%rax, (%rsi)
	\return
	PIECE	\pieces, RET64_I64
	movq	%rax, (%rsi)
	\return
	PIECE	\pieces, RET64_FLOAT
	movss	%xmm0, (%rsi)
	\return
	PIECE	\pieces, RET64_DOUBLE
	movsd	%xmm0, (%rsi)
	\return
	PIECE	\pieces, RET64_GPR_GPR
	movq	%rax, (%rsi)
	movq	%rdx, 8(%rsi)
	\return
	PIECE	\pieces, RET64_SSE_SSE
	movsd	%xmm0, (%rsi)
	movsd	%xmm1, 8(%rsi)
	\return
	PIECE	\pieces, RET64_GPR_SSE
	movq	%rax, (%rsi)
	movsd	%xmm0, 8(%rsi)
	\return
	PIECE	\pieces, RET64_SSE_GPR
	movsd	%xmm0, (%rsi)
	movq	%rax, 8(%rsi)
	\return
	PIECE	\pieces, RET64_MEMORY	/* stored by the function */
	\return
	PIECE	\pieces, RET64_X87
	fstpt	(%rsi)
	\return
.if \count > RET64_X87_X87
	PIECE	\pieces, RET64_X87_X87
	fstpt	(%rsi)
	fstpt	16(%rsi)
	\return
	PIECE	\pieces, RET64_VECTOR16
	movups	%xmm0, (%rsi)
	\return
	PIECE	\pieces, RET64_VECTOR32
	vmovups	%ymm0, (%rsi)
	\return
	PIECE	\pieces, RET64_VECTOR64
	vmovups	%zmm0, (%rsi)
	\return
.endif
.endm

/* All results, from the memory that register FROM points to into the result
   registers, each followed by the macro RETURN.  Of a result in memory it has the
   address.  */
.macro LOAD_RESULTS pieces, from, return
	PIECE	\pieces, RET64_VOID
	\return
	PIECE	\pieces, RET64_U8
	movzbl	(\from), %eax
	\return
	PIECE	\pieces, RET64_S8
	movsbq	(\from), %rax
	\return
	PIECE	\pieces, RET64_U16
	movzwl	(\from), %eax
	\return
	PIECE	\pieces, RET64_S16
	movswq	(\from), %rax
	\return
	PIECE	\pieces, RET64_U32
	movl	(\from), %eax
	\return
	PIECE	\pieces, RET64_S32
	movslq	(\from), %rax
	\return
	PIECE	\pieces, RET64_I64
	movq	(\from), %rax
	\return
	PIECE	\pieces, RET64_FLOAT
	movss	(\from), %xmm0
	\return
	PIECE	\pieces, RET64_DOUBLE
	movsd	(\from), %xmm0
	\return
	PIECE	\pieces, RET64_GPR_GPR
	movq	(\from), %rax
	movq	8(\from), %rdx
	\return
	PIECE	\pieces, RET64_SSE_SSE
	movsd	(\from), %xmm0
	movsd	8(\from), %xmm1
	\return
	PIECE	\pieces, RET64_GPR_SSE
	movq	(\from), %rax
	movsd	8(\from), %xmm0
	\return
	PIECE	\pieces, RET64_SSE_GPR
	movsd	(\from), %xmm0
	movq	8(\from), %rax
	\return
	PIECE	\pieces, RET64_MEMORY
	movq	(\from), %rax
	\return
	PIECE	\pieces, RET64_X87
	fldt	(\from)
	\return
	PIECE	\pieces, RET64_X87_X87
	fldt	16(\from)
	fldt	(\from)
	\return
	PIECE	\pieces, RET64_VECTOR16
	movups	(\from), %xmm0
	\return
	PIECE	\pieces, RET64_VECTOR32
	vmovups	(\from), %ymm0
	\return
	PIECE	\pieces, RET64_VECTOR64
	vmovups	(\from), %zmm0
	\return
.endm

#endif
