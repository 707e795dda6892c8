/* SPDX-License-Identifier: MIT */
/* Storing the result of a call, and loading that of a handler: one piece of code
   per RET code, each of at most 16 bytes, in the order of the codes.  For
   assembly.  */

#ifndef FFI_RESULTS_ASM_H
#define FFI_RESULTS_ASM_H

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

/* From the result registers to the memory that register TO points to.  */
.macro STORE_RESULT code, to
.if \code == RET_U8
	movzbl	%al, %eax
	movq	%rax, (\to)
.elseif \code == RET_S8
	movsbq	%al, %rax
	movq	%rax, (\to)
.elseif \code == RET_U16
	movzwl	%ax, %eax
	movq	%rax, (\to)
.elseif \code == RET_S16
	movswq	%ax, %rax
	movq	%rax, (\to)
.elseif \code == RET_U32
	movl	%eax, %eax
	movq	%rax, (\to)
.elseif \code == RET_S32
	movslq	%eax, %rax
	movq	%rax, (\to)
.elseif \code == RET_I64
	movq	%rax, (\to)
.elseif \code == RET_FLOAT
	movss	%xmm0, (\to)
.elseif \code == RET_DOUBLE
	movsd	%xmm0, (\to)
.elseif \code == RET_GPR_GPR
	movq	%rax, (\to)
	movq	%rdx, 8(\to)
.elseif \code == RET_SSE_SSE
	movsd	%xmm0, (\to)
	movsd	%xmm1, 8(\to)
.elseif \code == RET_GPR_SSE
	movq	%rax, (\to)
	movsd	%xmm0, 8(\to)
.elseif \code == RET_SSE_GPR
	movsd	%xmm0, (\to)
	movq	%rax, 8(\to)
.elseif \code == RET_X87
	fstpt	(\to)
.elseif \code == RET_X87_X87
	fstpt	(\to)
	fstpt	16(\to)
.elseif \code == RET_VECTOR16
	movups	%xmm0, (\to)
.elseif \code == RET_VECTOR32
	vmovups	%ymm0, (\to)
.elseif \code == RET_VECTOR64
	vmovups	%zmm0, (\to)
.elseif \code != RET_VOID && \code != RET_MEMORY	/* stored by the function */
	.error	"no such result"
.endif
.endm

/* From the memory that register FROM points to to the result registers.  Of a result
   in memory it has the address.  */
.macro LOAD_RESULT code, from
.if \code == RET_U8
	movzbl	(\from), %eax
.elseif \code == RET_S8
	movsbq	(\from), %rax
.elseif \code == RET_U16
	movzwl	(\from), %eax
.elseif \code == RET_S16
	movswq	(\from), %rax
.elseif \code == RET_U32
	movl	(\from), %eax
.elseif \code == RET_S32
	movslq	(\from), %rax
.elseif \code == RET_I64 || \code == RET_MEMORY
	movq	(\from), %rax
.elseif \code == RET_FLOAT
	movss	(\from), %xmm0
.elseif \code == RET_DOUBLE
	movsd	(\from), %xmm0
.elseif \code == RET_GPR_GPR
	movq	(\from), %rax
	movq	8(\from), %rdx
.elseif \code == RET_SSE_SSE
	movsd	(\from), %xmm0
	movsd	8(\from), %xmm1
.elseif \code == RET_GPR_SSE
	movq	(\from), %rax
	movsd	8(\from), %xmm0
.elseif \code == RET_SSE_GPR
	movsd	(\from), %xmm0
	movq	8(\from), %rax
.elseif \code == RET_X87
	fldt	(\from)
.elseif \code == RET_X87_X87
	fldt	16(\from)
	fldt	(\from)
.elseif \code == RET_VECTOR16
	movups	(\from), %xmm0
.elseif \code == RET_VECTOR32
	vmovups	(\from), %ymm0
.elseif \code == RET_VECTOR64
	vmovups	(\from), %zmm0
.elseif \code != RET_VOID
	.error	"no such result"
.endif
.endm

#define ALL_RESULTS 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19
#if RET_COUNT != 20
#error "update ALL_RESULTS"
#endif

/* The pieces that store the first COUNT results to TO, each followed by the macro
   RETURN; and those that load all from FROM.  */
.macro STORE_RESULTS pieces, count, to, return
	.irp	code, ALL_RESULTS
.if \code < \count
	PIECE	\pieces, \code
	STORE_RESULT \code, \to
	\return
.endif
	.endr
.endm

.macro LOAD_RESULTS pieces, from, return
	.irp	code, ALL_RESULTS
	PIECE	\pieces, \code
	LOAD_RESULT \code, \from
	\return
	.endr
.endm

#endif
