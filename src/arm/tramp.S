/* SPDX-License-Identifier: MIT */
/* Trampoline tables for 32-bit Arm.

   A trampoline
     in:       nothing
     out:      ip = address of its slot, the pair { data, code }
     clobbers: ip, the designated register
     stack:    untouched
   and continues at the pair's code.  */

#include "asm.h"
#include "target.h"

.macro TRAMPOLINE slot
	ldr	ip, 2f
1:	add	ip, pc, ip
	ldr	pc, [ip, #4]
2:	.word	\slot - (1b + 8)
.endm

/* What the kernel writes for a slot at address 0.  */
.macro TRAMPFD_TRAMPOLINE
	.arm
	ldr	ip, 1f
	ldr	pc, [ip, #4]
1:	.long	0
	.long	0xe7f000f0		/* udf #0 */
	.balign	TRAMPFD_PITCH, 0
.endm

#include "tramp_asm.h"

	END_OF_FILE
