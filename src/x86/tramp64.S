/* SPDX-License-Identifier: MIT */
/* Trampoline tables for x86-64.

   A trampoline
     in:       nothing
     out:      r10 = address of its slot, the pair { data, code }
     clobbers: r10, the designated register
     stack:    untouched
   and continues at the pair's code.  */

#include "asm.h"
#include "tramp_layout.h"

.macro TRAMPOLINE slot
	LANDING_PAD
	leaq	\slot(%rip), %r10
	jmp	*8(%r10)
.endm

#include "tramp_asm.h"

/* What the kernel writes, for slots from address 0 on.  */
	.section .rodata
	.balign	8
	.globl	ffi_trampfd_code
	.hidden	ffi_trampfd_code
	.type	ffi_trampfd_code, %object
ffi_trampfd_code:
	endbr64
	movabsq	$0, %r10
	jmp	*8(%r10)
	.balign	TRAMPFD_PITCH, 0xcc
	.size	ffi_trampfd_code, . - ffi_trampfd_code

	END_OF_FILE
