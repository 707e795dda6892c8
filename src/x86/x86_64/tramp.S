/* SPDX-License-Identifier: MIT */
/* Trampoline tables for x86-64.

   A trampoline
     in:       nothing
     out:      r10 = address of its slot, the pair { data, code }
     clobbers: r10, the designated register
     stack:    untouched
   and continues at the pair's code.  */

#include "asm/function.h"
#include "target.h"

.macro TRAMPOLINE slot
	LANDING_PAD
	leaq	\slot(%rip), %r10
	jmp	*8(%r10)
.endm

/* What the kernel writes for a slot that is a page of 4 KiB behind.  */
.macro TRAMPFD_TRAMPOLINE
1:	endbr64
	leaq	1b + 4096(%rip), %r10
	jmp	*8(%r10)
	.balign	TRAMPFD_PITCH, 0xcc
.endm

#include "asm/tramp.h"

	END_OF_FILE
