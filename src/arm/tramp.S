/* SPDX-License-Identifier: MIT */
/* Trampoline tables for 32-bit Arm.

   A trampoline
     in:       nothing
     out:      ip = address of its slot, the pair { data, code }
     clobbers: ip, the designated register
     stack:    untouched
   and continues at the pair's code.  */

#include "asm.h"
#include "tramp_layout.h"

.macro TRAMPOLINE slot
	ldr	ip, 2f
1:	add	ip, pc, ip
	ldr	pc, [ip, #4]
2:	.word	\slot - (1b + 8)
.endm

#include "tramp_asm.h"

	END_OF_FILE
