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

#define LABEL(x) x: .hidden x; .globl x; .type x, %object

	.bss
	.balign	4096
LABEL (ffi_image_slots)
	.fill	IMAGE_SLOTS * SLOT_SIZE
	.size	ffi_image_slots, . - ffi_image_slots

/* COUNT trampolines from NAME on, the first of which has its slot at SLOTS.  */
.macro TRAMPOLINES name, count, slots
	.text
	.balign	TRAMP_BLOCK_ALIGN
	.globl	\name
	.hidden	\name
	.type	\name, %function
\name:
	.cfi_startproc
	UNWIND_START
	.set	.Loffset, 0
	.rept	\count
	.balign	TRAMP_PITCH
	ldr	ip, 2f
1:	add	ip, pc, ip
	ldr	pc, [ip, #4]
2:	.word	\slots + .Loffset - (1b + 8)
	.set	.Loffset, .Loffset + SLOT_SIZE
	.endr
	.balign	TRAMP_BLOCK_ALIGN
	UNWIND_END
	.cfi_endproc
	.size	\name, . - \name
.endm

	TRAMPOLINES ffi_image_text, IMAGE_SLOTS, ffi_image_slots

/* A grown table has its slots right behind the block.  */
	TRAMPOLINES ffi_grown_text, GROWN_SLOTS, .Lgrown_slots
.Lgrown_slots:

	END_OF_FILE
