/* SPDX-License-Identifier: MIT */
/* Trampoline tables for AArch64.

   A trampoline
     in:       nothing
     out:      x17 = address of its slot, the pair { data, code }; x16 = code
     clobbers: x16, x17, the designated register
     stack:    untouched
   and continues at the pair's code.  */

#include "asm.h"
#include "tramp_layout.h"

.macro TRAMPOLINE slot
	LANDING_PAD
	adrp	x17, \slot
	add	x17, x17, :lo12:\slot
	ldr	x16, [x17, #8]
	br	x16
.endm

#include "tramp_asm.h"

/* What the kernel writes, for slots from address 0 on.  */
	.section .rodata
	.balign	8
	.globl	ffi_trampfd_code
	.hidden	ffi_trampfd_code
	.type	ffi_trampfd_code, %object
ffi_trampfd_code:
	hint	#34			/* bti c */
	ldr	x17, 1f
	ldr	x16, [x17, #8]
	br	x16
1:	.quad	0
	.balign	TRAMPFD_PITCH, 0
	.size	ffi_trampfd_code, . - ffi_trampfd_code

	END_OF_FILE
