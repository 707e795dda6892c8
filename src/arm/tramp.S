/* SPDX-License-Identifier: MIT */
/* Trampoline tables for 32-bit Arm.

   A trampoline
     in:       nothing
     out:      ip = address of its slot, the pair { data, code }
     clobbers: ip, the designated register
     stack:    untouched
   and continues at the pair's code.  */

#include "asm/function.h"
#include "target.h"

.macro TRAMPOLINE slot
	ldr	ip, 2f
1:	add	ip, pc, ip
	ldr	pc, [ip, #4]
2:	.word	\slot - (1b + 8)
.endm

/* What the kernel writes for a slot that is a page of 4 KiB behind.  */
.macro TRAMPFD_TRAMPOLINE
	.arm
1:	ldr	ip, 3f
2:	add	ip, pc, ip
	ldr	pc, [ip, #4]
3:	.word	1b + 4096 - (2b + 8)
.endm

#include "asm/tramp.h"

	END_OF_FILE
