/* SPDX-License-Identifier: MIT */
/* Storing the result of a call, and loading that of a handler: one piece of code
   per RET code, all of one size.  For assembly.  */

#ifndef FFI_RESULTS_ASM_H
#define FFI_RESULTS_ASM_H

/* Go on at the piece of TABLE for the code in w9, of which the upper half is 0.
     clobbers: x9, x10  */
.macro DISPATCH table
	adr	x10, \table
	add	x10, x10, x9, lsl #5
	br	x10
	.balign	PIECE_SIZE
\table:
.endm

/* The piece of TABLE for CODE, with the macro BEGIN, if any, at its start; the assembler
   refuses to go back to it, should the one before have become too long.  */
.macro PIECE table, code, begin
	.org	\table + PIECE_SIZE * (\code)
	JUMP_PAD
	\begin
.endm

/* Store a result at (x8), between the macros BEGIN, if any, and RETURN.  */
.macro STORE_RESULTS table, return, begin
	PIECE	\table, RET_VOID, \begin
	\return
	PIECE	\table, RET_U8, \begin
	and	x0, x0, #0xff
	str	x0, [x8]
	\return
	PIECE	\table, RET_S8, \begin
	sxtb	x0, w0
	str	x0, [x8]
	\return
	PIECE	\table, RET_U16, \begin
	and	x0, x0, #0xffff
	str	x0, [x8]
	\return
	PIECE	\table, RET_S16, \begin
	sxth	x0, w0
	str	x0, [x8]
	\return
	PIECE	\table, RET_U32, \begin
	mov	w0, w0
	str	x0, [x8]
	\return
	PIECE	\table, RET_S32, \begin
	sxtw	x0, w0
	str	x0, [x8]
	\return
	PIECE	\table, RET_I64, \begin
	str	x0, [x8]
	\return
	PIECE	\table, RET_GPR_GPR, \begin
	stp	x0, x1, [x8]
	\return
	PIECE	\table, RET_MEMORY, \begin	/* stored by the function */
	\return
	STORE_FPRS \table, RET_FLOAT, s, 4, \return, \begin
	STORE_FPRS \table, RET_DOUBLE, d, 8, \return, \begin
	STORE_FPRS \table, RET_QUAD, q, 16, \return, \begin
.endm

.macro STORE_FPRS table, code, reg, size, return, begin
	PIECE	\table, \code, \begin
	str	\reg\()0, [x8]
	\return
	PIECE	\table, \code + 1, \begin
	stp	\reg\()0, \reg\()1, [x8]
	\return
	PIECE	\table, \code + 2, \begin
	stp	\reg\()0, \reg\()1, [x8]
	str	\reg\()2, [x8, #2 * \size]
	\return
	PIECE	\table, \code + 3, \begin
	stp	\reg\()0, \reg\()1, [x8]
	stp	\reg\()2, \reg\()3, [x8, #2 * \size]
	\return
.endm

/* The reverse: load a result from (x8).  */
.macro LOAD_RESULTS table, return
	PIECE	\table, RET_VOID
	\return
	PIECE	\table, RET_U8
	ldrb	w0, [x8, #LOW_PART (8, 1)]
	\return
	PIECE	\table, RET_S8
	ldrsb	x0, [x8, #LOW_PART (8, 1)]
	\return
	PIECE	\table, RET_U16
	ldrh	w0, [x8, #LOW_PART (8, 2)]
	\return
	PIECE	\table, RET_S16
	ldrsh	x0, [x8, #LOW_PART (8, 2)]
	\return
	PIECE	\table, RET_U32
	ldr	w0, [x8, #LOW_PART (8, 4)]
	\return
	PIECE	\table, RET_S32
	ldrsw	x0, [x8, #LOW_PART (8, 4)]
	\return
	PIECE	\table, RET_I64
	ldr	x0, [x8]
	\return
	PIECE	\table, RET_GPR_GPR
	ldp	x0, x1, [x8]
	\return
	PIECE	\table, RET_MEMORY	/* stored by the handler */
	\return
	LOAD_FPRS \table, RET_FLOAT, s, 4, \return
	LOAD_FPRS \table, RET_DOUBLE, d, 8, \return
	LOAD_FPRS \table, RET_QUAD, q, 16, \return
.endm

.macro LOAD_FPRS table, code, reg, size, return
	PIECE	\table, \code
	ldr	\reg\()0, [x8]
	\return
	PIECE	\table, \code + 1
	ldp	\reg\()0, \reg\()1, [x8]
	\return
	PIECE	\table, \code + 2
	ldp	\reg\()0, \reg\()1, [x8]
	ldr	\reg\()2, [x8, #2 * \size]
	\return
	PIECE	\table, \code + 3
	ldp	\reg\()0, \reg\()1, [x8]
	ldp	\reg\()2, \reg\()3, [x8, #2 * \size]
	\return
.endm

#endif
