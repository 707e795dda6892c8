/* SPDX-License-Identifier: MIT */
/* What asm/function.h wants to know about x86.  */

#ifndef FFI_MACROS_H
#define FFI_MACROS_H

/* A branch may land here from anywhere.  It is a no-op without CET, so it is
   always there.  Jumps through a table of our own need none: like the compilers'
   they are "notrack".  */
#ifdef __x86_64__
#define LANDING_PAD endbr64
#else
#define LANDING_PAD endbr32
#endif

#define JUMP_PAD

/* CFI is all that unwinders read.  */
#define UNWIND_START
#define UNWIND_END

.macro PROPERTY_NOTE
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
