/* SPDX-License-Identifier: MIT */
/* Code that is chosen by a number.  A jump table is code itself: the cases stand one
   behind the other, CASE_SIZE bytes each, so that their addresses are computed.

   Before it is included the port's results.h defines CASE_SHIFT, log2 of CASE_SIZE, and
   CASE_FILL, a byte for what a case leaves over.  Its macro SWITCH goes on at the case of
   a table, which follows, whose number is in a register.  */

#ifndef FFI_ASM_JUMP_TABLE_H
#define FFI_ASM_JUMP_TABLE_H

#define CASE_SIZE (1 << CASE_SHIFT)

/* The jump table NAME starts here.  */
.macro JUMP_TABLE name
	.balign	CASE_SIZE
\name:
.endm

/* The case NUMBER of TABLE; the assembler refuses to go back to it, should the one before
   have become too long.  */
.macro CASE table, number
	.org	\table + CASE_SIZE * (\number), CASE_FILL
	JUMP_PAD
.endm

#endif
