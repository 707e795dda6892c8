/* SPDX-License-Identifier: MIT */
/* What each result is, for assembly.  */

#ifndef FFI_RESULTS_H
#define FFI_RESULTS_H

#include "flags.h"

#define CASE_SHIFT 5 /* a landing pad at the start leaves enough */
#define CASE_FILL 0
#include "asm/result.h"

/* Go on at the case of TABLE for the number in w9, of which the upper half is 0.
     clobbers: x9, x10  */
.macro SWITCH table
	adr	x10, \table
	add	x10, x10, x9, lsl #CASE_SHIFT
	br	x10
	JUMP_TABLE \table
.endm

/* COUNT vector registers, of which REG is the kind and SIZE the bytes.  */
.macro STORE_FPRS count, reg, size, to
.if \count == 1
	str	\reg\()0, [\to]
.else
	stp	\reg\()0, \reg\()1, [\to]
.endif
.if \count == 3
	str	\reg\()2, [\to, #2 * \size]
.elseif \count == 4
	stp	\reg\()2, \reg\()3, [\to, #2 * \size]
.endif
.endm

.macro LOAD_FPRS count, reg, size, from, offset
.if \count == 1
	ldr	\reg\()0, [\from, #\offset]
.else
	ldp	\reg\()0, \reg\()1, [\from, #\offset]
.endif
.if \count == 3
	ldr	\reg\()2, [\from, #\offset + 2 * \size]
.elseif \count == 4
	ldp	\reg\()2, \reg\()3, [\from, #\offset + 2 * \size]
.endif
.endm

/* Likewise with 2 bytes of each: one instruction, LOAD ld or st, does it.  */
.macro MOVE_FLOAT16S load, count, at
.if \count == 1
	\load\()1	{v0.h}[0], [\at]
.elseif \count == 2
	\load\()2	{v0.h, v1.h}[0], [\at]
.elseif \count == 3
	\load\()3	{v0.h, v1.h, v2.h}[0], [\at]
.else
	\load\()4	{v0.h, v1.h, v2.h, v3.h}[0], [\at]
.endif
.endm

/* From the result registers to the memory that TO points to.  */
.macro STORE_RESULT code, to
.if \code == RET_U8
	and	x0, x0, #0xff
	str	x0, [\to]
.elseif \code == RET_S8
	sxtb	x0, w0
	str	x0, [\to]
.elseif \code == RET_U16
	and	x0, x0, #0xffff
	str	x0, [\to]
.elseif \code == RET_S16
	sxth	x0, w0
	str	x0, [\to]
.elseif \code == RET_U32
	mov	w0, w0
	str	x0, [\to]
.elseif \code == RET_S32
	sxtw	x0, w0
	str	x0, [\to]
.elseif \code == RET_I64
	str	x0, [\to]
.elseif \code == RET_GPR_GPR
	stp	x0, x1, [\to]
.elseif \code >= RET_FLOAT && \code <= RET_FLOAT_4
	STORE_FPRS (\code-RET_FLOAT+1), s, 4, \to
.elseif \code >= RET_DOUBLE && \code <= RET_DOUBLE_4
	STORE_FPRS (\code-RET_DOUBLE+1), d, 8, \to
.elseif \code >= RET_QUAD && \code <= RET_QUAD_4
	STORE_FPRS (\code-RET_QUAD+1), q, 16, \to
.elseif \code >= RET_FLOAT16 && \code <= RET_FLOAT16_4
	MOVE_FLOAT16S st, (\code-RET_FLOAT16+1), \to
.elseif \code != RET_VOID && \code != RET_MEMORY	/* stored by the function */
	.error	"no such result"
.endif
.endm

/* From the memory that FROM points to, OFFSET bytes on, to the result registers.  */
.macro LOAD_RESULT code, from, offset=0
.if \code == RET_U8
	ldrb	w0, [\from, #\offset + LOW_PART (8, 1)]
.elseif \code == RET_S8
	ldrsb	x0, [\from, #\offset + LOW_PART (8, 1)]
.elseif \code == RET_U16
	ldrh	w0, [\from, #\offset + LOW_PART (8, 2)]
.elseif \code == RET_S16
	ldrsh	x0, [\from, #\offset + LOW_PART (8, 2)]
.elseif \code == RET_U32
	ldr	w0, [\from, #\offset + LOW_PART (8, 4)]
.elseif \code == RET_S32
	ldrsw	x0, [\from, #\offset + LOW_PART (8, 4)]
.elseif \code == RET_I64
	ldr	x0, [\from, #\offset]
.elseif \code == RET_GPR_GPR
	ldp	x0, x1, [\from, #\offset]
.elseif \code >= RET_FLOAT && \code <= RET_FLOAT_4
	LOAD_FPRS (\code-RET_FLOAT+1), s, 4, \from, \offset
.elseif \code >= RET_DOUBLE && \code <= RET_DOUBLE_4
	LOAD_FPRS (\code-RET_DOUBLE+1), d, 8, \from, \offset
.elseif \code >= RET_QUAD && \code <= RET_QUAD_4
	LOAD_FPRS (\code-RET_QUAD+1), q, 16, \from, \offset
.elseif \code >= RET_FLOAT16 && \code <= RET_FLOAT16_4 && \offset == 0
	MOVE_FLOAT16S ld, (\code-RET_FLOAT16+1), \from
.elseif \code != RET_VOID && \code != RET_MEMORY	/* stored by the handler */
	.error	"no such result"
.endif
.endm

#endif
