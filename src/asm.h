/* SPDX-License-Identifier: MIT */
/* How functions are written in assembly: FUNCTION ... ENDFUNCTION emit all that
   a function must have, so that none can lack it.  Included by .S files only.  */

#ifndef FFI_ASM_H
#define FFI_ASM_H

#define LIBFFI_ASM

/* A branch may land here from anywhere.  It is a no-op without CET, so it is
   always there.  Jumps through a table of our own need none: like the compilers'
   they are "notrack".  */
#ifdef __x86_64__
#define LANDING_PAD endbr64
#else
#define LANDING_PAD endbr32
#endif

/* An exported function that starts with a landing pad, aligned to ALIGNMENT; CFA is
   the distance from the stack pointer to the CFA, if not as after a call.  */
.macro PUBLIC_FUNCTION name, alignment=16, cfa
	.text
	.balign	\alignment
	.globl	\name
	.type	\name, @function
\name:
	.cfi_startproc
.ifnb \cfa
	.cfi_def_cfa_offset \cfa
.endif
	LANDING_PAD
.endm

/* The same, hidden.  */
.macro FUNCTION name, alignment=16, cfa
	.hidden	\name
	PUBLIC_FUNCTION \name, \alignment, \cfa
.endm

.macro ENDFUNCTION name
	.cfi_endproc
	.size	\name, . - \name
.endm

/* At the end of every file: the stack is not executable, and the object is fit
   for what the C objects of this build are fit for.  */
.macro END_OF_FILE
	.section .note.GNU-stack, "", @progbits
#if defined __CET__ && __CET__ != 0
	.section .note.gnu.property, "a"
	.balign	__SIZEOF_POINTER__
	.long	4, 2f - 1f, 5		/* sizes of name and data, type */
	.asciz	"GNU"
1:	.long	0xc0000002, 4, __CET__ & 3	/* IBT and SHSTK */
	.balign	__SIZEOF_POINTER__
2:
#endif
.endm

#endif
