/* SPDX-License-Identifier: MIT */
/* What each result is, for assembly.  */

#ifndef FFI_RESULTS_H
#define FFI_RESULTS_H

#include "flags.h"

#define CASE_SHIFT 4 /* four instructions */
#define CASE_FILL 0
#include "asm/result.h"

/* Go on at the case of TABLE for the number in REG.  */
.macro SWITCH table, reg
	add	pc, pc, \reg, lsl #CASE_SHIFT
	nop				/* pc is here when it is read */
\table:
.endm

/* From the result registers to the memory that TO points to.  */
.macro STORE_RESULT code, to
.if \code == RET_U8
	and	r0, r0, #0xff
	str	r0, [\to]
.elseif \code == RET_S8
	lsl	r0, r0, #24
	asr	r0, r0, #24
	str	r0, [\to]
.elseif \code == RET_U16
	lsl	r0, r0, #16
	lsr	r0, r0, #16
	str	r0, [\to]
.elseif \code == RET_S16
	lsl	r0, r0, #16
	asr	r0, r0, #16
	str	r0, [\to]
.elseif \code == RET_I32
	str	r0, [\to]
.elseif \code == RET_I64
	stm	\to, {r0, r1}
.elseif \code == RET_FLOAT
	vstmia	\to, {s0}
.elseif \code == RET_FLOAT_2
	vstmia	\to, {s0-s1}
.elseif \code == RET_FLOAT_3
	vstmia	\to, {s0-s2}
.elseif \code == RET_FLOAT_4
	vstmia	\to, {s0-s3}
.elseif \code == RET_DOUBLE
	vstmia	\to, {d0}
.elseif \code == RET_DOUBLE_2
	vstmia	\to, {d0-d1}
.elseif \code == RET_DOUBLE_3
	vstmia	\to, {d0-d2}
.elseif \code == RET_DOUBLE_4
	vstmia	\to, {d0-d3}
.elseif \code != RET_VOID && \code != RET_MEMORY	/* stored by the function */
	.error	"no such result"
.endif
.endm

/* From sp + OFFSET to the result registers.  The address of a result in memory came in r0,
   which is saved at sp + MEMORY.
     clobbers: ip  */
.macro LOAD_RESULT code, offset, memory
.if \code == RET_U8
	ldrb	r0, [sp, #\offset]
.elseif \code == RET_S8
	ldrsb	r0, [sp, #\offset]
.elseif \code == RET_U16
	ldrh	r0, [sp, #\offset]
.elseif \code == RET_S16
	ldrsh	r0, [sp, #\offset]
.elseif \code == RET_I32
	ldr	r0, [sp, #\offset]
.elseif \code == RET_I64
	ldr	r0, [sp, #\offset]
	ldr	r1, [sp, #\offset + 4]
.elseif \code == RET_MEMORY
	ldr	r0, [sp, #\memory]
.elseif \code == RET_FLOAT
	vldr	s0, [sp, #\offset]
.elseif \code == RET_FLOAT_2
	vldr	s0, [sp, #\offset]
	vldr	s1, [sp, #\offset + 4]
.elseif \code == RET_FLOAT_3
	add	ip, sp, #\offset
	vldmia	ip, {s0-s2}
.elseif \code == RET_FLOAT_4
	add	ip, sp, #\offset
	vldmia	ip, {s0-s3}
.elseif \code == RET_DOUBLE
	vldr	d0, [sp, #\offset]
.elseif \code == RET_DOUBLE_2
	vldr	d0, [sp, #\offset]
	vldr	d1, [sp, #\offset + 8]
.elseif \code == RET_DOUBLE_3
	add	ip, sp, #\offset
	vldmia	ip, {d0-d2}
.elseif \code == RET_DOUBLE_4
	add	ip, sp, #\offset
	vldmia	ip, {d0-d3}
.elseif \code != RET_VOID
	.error	"no such result"
.endif
.endm

#endif
