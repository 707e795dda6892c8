/* SPDX-License-Identifier: MIT */
/* The trampoline tables of every architecture: the image table's trampolines and slots,
   and the text that grown tables are copies of.  Included by its tramp.S, which
   defines the macro TRAMPOLINE before: one trampoline, whose slot is at SLOT.  */

#ifndef FFI_ASM_TRAMP_H
#define FFI_ASM_TRAMP_H

	.bss
	.balign	4096
	.hidden	ffi_image_slots
	.globl	ffi_image_slots
	.type	ffi_image_slots, %object
ffi_image_slots:
	.fill	IMAGE_SLOTS * SLOT_SIZE
	.size	ffi_image_slots, . - ffi_image_slots

/* COUNT trampolines from NAME on, the first of which has its slot at SLOTS.  They have
   an output section of their own, so that no padding comes before them.  */
.macro TRAMPOLINES name, count, slots
	.section .trampolines, "ax", %progbits
	.balign	TRAMP_BLOCK_ALIGN
	.globl	\name
	.hidden	\name
	.type	\name, %function
\name:
	.cfi_startproc
	UNWIND_START
	UNWIND_TRAMPOLINES
	.set	.Loffset, 0
	.rept	\count
	.balign	TRAMP_PITCH
	TRAMPOLINE \slots + .Loffset
	.set	.Loffset, .Loffset + SLOT_SIZE
	.endr
	.balign	TRAMP_BLOCK_ALIGN
	UNWIND_END
	.cfi_endproc
	.size	\name, . - \name
.endm

/* A grown table has its slots right behind the block.  */
	TRAMPOLINES ffi_grown_text, GROWN_SLOTS, .Lgrown_slots
.Lgrown_slots:

/* Behind a block, so that unwinders find for the first trampoline, too, what they find
   for all if they look up the address before.  */
	TRAMPOLINES ffi_image_text, IMAGE_SLOTS, ffi_image_slots

#ifndef WITHOUT_TRAMPFD
	.section .rodata
	.balign	8
	.globl	ffi_trampfd_code
	.hidden	ffi_trampfd_code
	.type	ffi_trampfd_code, %object
ffi_trampfd_code:
	TRAMPFD_TRAMPOLINE
	.size	ffi_trampfd_code, . - ffi_trampfd_code
#endif

/* For tools that look at a process from outside: a note with the distances from its
   words to what they name.  src/trampoline/tables.h says what these are.  They stand behind the
   name's end, in what counts as the name: a note of type 1 (NT_VERSION) may be of any
   owner if it has no descriptor, and eu-elflint knows other types of GNU's only.  */
	.section .note.libffi, "a", %note
	.balign	4
	.long	2f - 1f, 0, 1
1:	.asciz	"libffi"
	.balign	4
	.long	ffi_image_text - .
	.long	ffi_grown_text - .
	.long	ffi_image_tables - .
	.long	ffi_first_chunk - .
	.long	ffi_chunks - .
	.long	ffi_taken - .
	.long	ffi_table_layout - .
	.long	0
2:

#endif
