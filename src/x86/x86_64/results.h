/* SPDX-License-Identifier: MIT */
/* What each result is, for assembly.  */

#ifndef FFI_RESULTS_H
#define FFI_RESULTS_H

#include "flags.h"

#define CASE_SHIFT 4
#define CASE_FILL 0xcc /* int3 */
#include "asm/result.h"

/* Go on at the case of TABLE for the number in rcx, whose upper half is 0.
     clobbers: rcx, r8  */
.macro SWITCH table
	leaq	\table(%rip), %r8
	shll	$CASE_SHIFT, %ecx
	addq	%r8, %rcx
	notrack jmp *%rcx
	JUMP_TABLE \table
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

#endif
