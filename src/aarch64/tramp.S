/* SPDX-License-Identifier: MIT */
/* Trampoline tables for AArch64.

   A trampoline
     in:       nothing
     out:      x17 = address of its slot, the pair { data, code }; x16 = code
     clobbers: x16, x17, the designated register
     stack:    untouched
   and continues at the pair's code.  */

#include "asm/function.h"
#include "target.h"

.macro TRAMPOLINE slot
	LANDING_PAD
	adrp	x17, \slot
	add	x17, x17, :lo12:\slot
	ldr	x16, [x17, #8]
	br	x16
.endm

/* What the kernel writes for a slot that is a page of 4 KiB behind.  */
.macro TRAMPFD_TRAMPOLINE
1:	hint	#34			/* bti c */
	adr	x17, 1b + 4096
	ldr	x16, [x17, #8]
	br	x16
.endm

#include "asm/tramp.h"

	END_OF_FILE
