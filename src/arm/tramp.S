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

/* What the kernel writes, for slots from address 0 on.  */
	.section .rodata
	.balign	8
	.globl	ffi_trampfd_code
	.hidden	ffi_trampfd_code
	.type	ffi_trampfd_code, %object
ffi_trampfd_code:
	.arm
	ldr	ip, 1f
	ldr	pc, [ip, #4]
1:	.long	0
	.long	0xe7f000f0		/* udf #0 */
	.balign	TRAMPFD_PITCH, 0
	.size	ffi_trampfd_code, . - ffi_trampfd_code

	END_OF_FILE
