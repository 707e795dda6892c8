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
	.set	.Loffset, 0
	.rept	\count
	.balign	TRAMP_PITCH
	LANDING_PAD
	adrp	x17, \slots + .Loffset
	add	x17, x17, :lo12:\slots + .Loffset
	ldr	x16, [x17, #8]
	br	x16
	.set	.Loffset, .Loffset + SLOT_SIZE
	.endr
	.balign	TRAMP_BLOCK_ALIGN
	.cfi_endproc
	.size	\name, . - \name
.endm

	TRAMPOLINES ffi_image_text, IMAGE_SLOTS, ffi_image_slots

/* A grown table has its slots right behind the block.  */
	TRAMPOLINES ffi_grown_text, GROWN_SLOTS, .Lgrown_slots
.Lgrown_slots:

	END_OF_FILE
