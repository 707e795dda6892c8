/* SPDX-License-Identifier: MIT */
/* One piece of code per RET code, four instructions each.  For assembly.  */

#ifndef FFI_RESULTS_ASM_H
#define FFI_RESULTS_ASM_H

#define PIECE_SIZE 16

/* Go on at the piece of TABLE, which follows, for the code in REG.  */
.macro DISPATCH table, reg
	add	pc, pc, \reg, lsl #4
	nop				/* pc is here when it is read */
\table:
.endm

/* The piece of TABLE for CODE; the assembler refuses to go back to it, should the one
   before have become too long.  */
.macro PIECE table, code
	.org	\table + PIECE_SIZE * (\code)
.endm

/* Store a result at RVALUE, each followed by the macro RETURN, which is one
   instruction.  */
.macro STORE_RESULTS table, rvalue, return
	PIECE	\table, RET_VOID
	\return
	PIECE	\table, RET_U8
	and	r0, r0, #0xff
	str	r0, [\rvalue]
	\return
	PIECE	\table, RET_S8
	lsl	r0, r0, #24
	asr	r0, r0, #24
	str	r0, [\rvalue]
	\return
	PIECE	\table, RET_U16
	lsl	r0, r0, #16
	lsr	r0, r0, #16
	str	r0, [\rvalue]
	\return
	PIECE	\table, RET_S16
	lsl	r0, r0, #16
	asr	r0, r0, #16
	str	r0, [\rvalue]
	\return
	PIECE	\table, RET_I32
	str	r0, [\rvalue]
	\return
	PIECE	\table, RET_I64
	stm	\rvalue, {r0, r1}
	\return
	PIECE	\table, RET_MEMORY	/* stored by the function */
	\return
	PIECE	\table, RET_FLOAT
	vstmia	\rvalue, {s0}
	\return
	PIECE	\table, RET_FLOAT + 1
	vstmia	\rvalue, {s0-s1}
	\return
	PIECE	\table, RET_FLOAT + 2
	vstmia	\rvalue, {s0-s2}
	\return
	PIECE	\table, RET_FLOAT + 3
	vstmia	\rvalue, {s0-s3}
	\return
	PIECE	\table, RET_DOUBLE
	vstmia	\rvalue, {d0}
	\return
	PIECE	\table, RET_DOUBLE + 1
	vstmia	\rvalue, {d0-d1}
	\return
	PIECE	\table, RET_DOUBLE + 2
	vstmia	\rvalue, {d0-d2}
	\return
	PIECE	\table, RET_DOUBLE + 3
	vstmia	\rvalue, {d0-d3}
	\return
.endm

#endif
