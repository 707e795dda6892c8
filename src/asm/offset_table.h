/* SPDX-License-Identifier: MIT */
/* Tables by which C finds code: distances in .rodata, of WORD_SIZE bytes each, written
   word by word beside the code.  They need no relocation.  */

#ifndef FFI_ASM_OFFSET_TABLE_H
#define FFI_ASM_OFFSET_TABLE_H

/* The table NAME starts here.  */
.macro OFFSET_TABLE name, word_size=4
	.pushsection .rodata
	.balign	\word_size
	.globl	\name
	.hidden	\name
	.type	\name, %object
\name:
	.popsection
.endm

/* Its next word.  */
.macro TABLE_OFFSET value, word_size=4
	.pushsection .rodata
	.\word_size\()byte \value
	.popsection
.endm

#endif
