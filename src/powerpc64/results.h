/* SPDX-License-Identifier: MIT */
/* What each result is, for assembly.  */

#ifndef FFI_RESULTS_H
#define FFI_RESULTS_H

#include "flags.h"

#define CASE_SHIFT 7 /* eight vectors are stored by 24 instructions */
#define CASE_FILL 0
#include "asm/result.h"

/* Go on at the case of TABLE for the RET code in the low bits of r9.
     in:       r2 = TOC pointer
     clobbers: r9, r10, ctr  */
.macro SWITCH table
	addis	10, 2, \table@toc@ha
	addi	10, 10, \table@toc@l
	rlwinm	9, 9, CASE_SHIFT, 31 - CASE_SHIFT - 5, 31 - CASE_SHIFT
	add	9, 9, 10
	mtctr	9
	bctr
	JUMP_TABLE \table
.endm

/* COUNT FPRs of SIZE bytes each, by INSTRUCTION.  */
.macro MOVE_FPRS count, instruction, size, at, offset=0
	.irp	n, 1, 2, 3, 4, 5, 6, 7, 8
.if \n <= \count
	\instruction	\n, \offset + \size * (\n - 1)(\at)
.endif
	.endr
.endm

/* COUNT vector registers, to memory of any alignment.  */
.macro STORE_VECTORS count, to
	.irp	n, 2, 3, 4, 5, 6, 7, 8, 9
.if \n - 1 <= \count
	xxswapd	32 + \n, 32 + \n
	li	0, 16 * (\n - 2)
	stxvd2x	32 + \n, \to, 0
.endif
	.endr
.endm

/* From memory that is aligned.  */
.macro LOAD_VECTORS count, from, offset
	.irp	n, 2, 3, 4, 5, 6, 7, 8, 9
.if \n - 1 <= \count
	li	0, \offset + 16 * (\n - 2)
	lvx	\n, \from, 0
.endif
	.endr
.endm

/* The two parts of a complex number.  */
.macro MOVE_PAIR instruction, size, at, offset=0
	\instruction	3, \offset(\at)
	\instruction	4, \offset + \size(\at)
.endm

/* From the result registers to the memory that TO points to.  */
.macro STORE_RESULT code, to
.if \code == RET_U8
	clrldi	3, 3, 56
	std	3, 0(\to)
.elseif \code == RET_S8
	extsb	3, 3
	std	3, 0(\to)
.elseif \code == RET_U16
	clrldi	3, 3, 48
	std	3, 0(\to)
.elseif \code == RET_S16
	extsh	3, 3
	std	3, 0(\to)
.elseif \code == RET_U32
	clrldi	3, 3, 32
	std	3, 0(\to)
.elseif \code == RET_S32
	extsw	3, 3
	std	3, 0(\to)
.elseif \code == RET_I64
	std	3, 0(\to)
.elseif \code == RET_GPR_GPR
	MOVE_PAIR std, 8, \to
.elseif \code == RET_PAIR_U8 || \code == RET_PAIR_S8
	MOVE_PAIR stb, 1, \to
.elseif \code == RET_PAIR_U16 || \code == RET_PAIR_S16
	MOVE_PAIR sth, 2, \to
.elseif \code == RET_PAIR_U32 || \code == RET_PAIR_S32
	MOVE_PAIR stw, 4, \to
.elseif \code >= RET_FLOAT && \code <= RET_FLOAT_8
	MOVE_FPRS (\code-RET_FLOAT+1), stfs, 4, \to
.elseif \code >= RET_DOUBLE && \code <= RET_DOUBLE_8
	MOVE_FPRS (\code-RET_DOUBLE+1), stfd, 8, \to
.elseif \code >= RET_VECTOR && \code <= RET_VECTOR_8
	STORE_VECTORS (\code-RET_VECTOR+1), \to
.elseif \code != RET_VOID && \code != RET_MEMORY	/* stored by the function */
	.error	"no such result"
.endif
.endm

/* From the memory that FROM points to, OFFSET bytes on, to the result registers.  */
.macro LOAD_RESULT code, from, offset=0
.if \code == RET_U8
	lbz	3, \offset(\from)
.elseif \code == RET_S8
	lbz	3, \offset(\from)
	extsb	3, 3
.elseif \code == RET_U16
	lhz	3, \offset(\from)
.elseif \code == RET_S16
	lha	3, \offset(\from)
.elseif \code == RET_U32
	lwz	3, \offset(\from)
.elseif \code == RET_S32
	lwa	3, \offset(\from)
.elseif \code == RET_I64 || \code == RET_MEMORY	/* its address */
	ld	3, \offset(\from)
.elseif \code == RET_GPR_GPR
	MOVE_PAIR ld, 8, \from, \offset
.elseif \code == RET_PAIR_U8
	MOVE_PAIR lbz, 1, \from, \offset
.elseif \code == RET_PAIR_S8
	MOVE_PAIR lbz, 1, \from, \offset
	extsb	3, 3
	extsb	4, 4
.elseif \code == RET_PAIR_U16
	MOVE_PAIR lhz, 2, \from, \offset
.elseif \code == RET_PAIR_S16
	MOVE_PAIR lha, 2, \from, \offset
.elseif \code == RET_PAIR_U32
	MOVE_PAIR lwz, 4, \from, \offset
.elseif \code == RET_PAIR_S32
	MOVE_PAIR lwa, 4, \from, \offset
.elseif \code >= RET_FLOAT && \code <= RET_FLOAT_8
	MOVE_FPRS (\code-RET_FLOAT+1), lfs, 4, \from, \offset
.elseif \code >= RET_DOUBLE && \code <= RET_DOUBLE_8
	MOVE_FPRS (\code-RET_DOUBLE+1), lfd, 8, \from, \offset
.elseif \code >= RET_VECTOR && \code <= RET_VECTOR_8
	LOAD_VECTORS (\code-RET_VECTOR+1), \from, \offset
.elseif \code != RET_VOID
	.error	"no such result"
.endif
.endm

#endif
