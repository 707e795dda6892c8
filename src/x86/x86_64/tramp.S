/* SPDX-License-Identifier: MIT */
/* Trampoline tables for x86-64.

   A trampoline
     in:       nothing
     out:      r10 = address of its slot, the pair { data, code }
     clobbers: r10, the designated register
     stack:    untouched
   and continues at the pair's code.  */

#include "asm.h"
#include "target.h"

.macro TRAMPOLINE slot
	LANDING_PAD
	leaq	\slot(%rip), %r10
	jmp	*8(%r10)
.endm

/* What the kernel writes for a slot at address 0.  */
.macro TRAMPFD_TRAMPOLINE
	endbr64
	movabsq	$0, %r10
	jmp	*8(%r10)
	.balign	TRAMPFD_PITCH, 0xcc
.endm

#include "tramp_asm.h"

	END_OF_FILE
