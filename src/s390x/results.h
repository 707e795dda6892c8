/* SPDX-License-Identifier: MIT */
/* Storing the result of a call, and loading that of a handler: one piece of code
   per RET code, all of one size.  For assembly.  */

#ifndef FFI_RESULTS_H
#define FFI_RESULTS_H

#define PIECE_SHIFT 5

/* Go on at the piece of TABLE for the code in CODE, of which the upper half is 0.
     clobbers: r1, CODE  */
.macro DISPATCH table, code
	larl	%r1, \table
	sllg	\code, \code, PIECE_SHIFT
	b	0(\code, %r1)
	.balign	1 << PIECE_SHIFT
\table:
.endm

/* The piece of TABLE for CODE; the assembler refuses to go back to it, should the one
   before have become too long.  */
.macro PIECE table, code
	.org	\table + (\code << PIECE_SHIFT)
.endm

/* Store a result at (AT), then RETURN.  */
.macro STORE_RESULTS table, return, at
	PIECE	\table, RET_VOID
	\return
	STORE_INTEGER \table, RET_U8, llgcr, \return, \at
	STORE_INTEGER \table, RET_S8, lgbr, \return, \at
	STORE_INTEGER \table, RET_U16, llghr, \return, \at
	STORE_INTEGER \table, RET_S16, lghr, \return, \at
	STORE_INTEGER \table, RET_U32, llgfr, \return, \at
	STORE_INTEGER \table, RET_S32, lgfr, \return, \at
	PIECE	\table, RET_I64
	stg	%r2, 0(\at)
	\return
	PIECE	\table, RET_MEMORY	/* stored by the function */
	\return
	PIECE	\table, RET_FLOAT
	ste	%f0, 0(\at)
	\return
	PIECE	\table, RET_DOUBLE
	std	%f0, 0(\at)
	\return
#if VECTOR_ABI
	PIECE	\table, RET_VECTOR
	vst	%v24, 0(\at)
	\return
#endif
.endm

.macro STORE_INTEGER table, code, widen, return, at
	PIECE	\table, \code
	\widen	%r2, %r2
	stg	%r2, 0(\at)
	\return
.endm

/* The reverse: load a result from RESULT(r15), an integer from the end of the word that it
   fills.  */
.macro LOAD_RESULTS table, result, return
	PIECE	\table, RET_VOID
	\return
	LOAD_INTEGER \table, RET_U8, llgc, \result + 7, \return
	LOAD_INTEGER \table, RET_S8, lgb, \result + 7, \return
	LOAD_INTEGER \table, RET_U16, llgh, \result + 6, \return
	LOAD_INTEGER \table, RET_S16, lgh, \result + 6, \return
	LOAD_INTEGER \table, RET_U32, llgf, \result + 4, \return
	LOAD_INTEGER \table, RET_S32, lgf, \result + 4, \return
	LOAD_INTEGER \table, RET_I64, lg, \result, \return
	LOAD_INTEGER \table, RET_MEMORY, lg, \result, \return	/* where it is */
	PIECE	\table, RET_FLOAT
	le	%f0, \result(%r15)
	\return
	PIECE	\table, RET_DOUBLE
	ld	%f0, \result(%r15)
	\return
#if VECTOR_ABI
	PIECE	\table, RET_VECTOR
	vl	%v24, \result(%r15)
	\return
#endif
.endm

.macro LOAD_INTEGER table, code, load, from, return
	PIECE	\table, \code
	\load	%r2, \from(%r15)
	\return
.endm

#endif
