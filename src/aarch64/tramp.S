/* SPDX-License-Identifier: MIT */
/* Trampoline tables for AArch64.

   A trampoline
     in:       nothing
     out:      x17 = address of its slot, the pair { data, code }; x16 = code
     clobbers: x16, x17, the designated register
     stack:    untouched
   and continues at the pair's code.  */

#include "asm.h"
#include "target.h"

.macro TRAMPOLINE slot
	LANDING_PAD
	adrp	x17, \slot
	add	x17, x17, :lo12:\slot
	ldr	x16, [x17, #8]
	br	x16
.endm

/* What the kernel writes for a slot at address 0.  */
.macro TRAMPFD_TRAMPOLINE
	hint	#34			/* bti c */
	ldr	x17, 1f
	ldr	x16, [x17, #8]
	br	x16
1:	.quad	0
	.balign	TRAMPFD_PITCH, 0
.endm

#include "tramp_asm.h"

	END_OF_FILE
