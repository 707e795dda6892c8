/* SPDX-License-Identifier: MIT */
/* What asm/function.h wants to know about AArch64.  */

#ifndef FFI_MACROS_H
#define FFI_MACROS_H

/* Calls, and jumps through x16 or x17, may land here.  Like all that follows it is a
   no-op on processors that do not know it.  */
#define LANDING_PAD hint #34 /* bti c */

/* Where a jump through a table of our own lands.  */
#if defined __ARM_FEATURE_BTI_DEFAULT && __ARM_FEATURE_BTI_DEFAULT
#define JUMP_PAD hint #36 /* bti j */
#define PROPERTY_BTI 1
#else
#define JUMP_PAD
#define PROPERTY_BTI 0
#endif

/* Sign the return address, before the stack pointer moves, and check it, when the
   stack pointer is back; with the key that the C objects use.  */
#if defined __ARM_FEATURE_PAC_DEFAULT && __ARM_FEATURE_PAC_DEFAULT
#define PROPERTY_PAC 2
.macro SIGN_RETURN
#if __ARM_FEATURE_PAC_DEFAULT & 2
	.cfi_b_key_frame
	hint	#27			/* pacibsp */
#else
	hint	#25			/* paciasp */
#endif
	.cfi_negate_ra_state
.endm
.macro CHECK_RETURN
#if __ARM_FEATURE_PAC_DEFAULT & 2
	hint	#31			/* autibsp */
#else
	hint	#29			/* autiasp */
#endif
	.cfi_negate_ra_state
.endm
#else
#define PROPERTY_PAC 0
#define SIGN_RETURN
#define CHECK_RETURN
#endif

#if defined __ARM_FEATURE_GCS_DEFAULT && __ARM_FEATURE_GCS_DEFAULT
#define PROPERTY_GCS 4
#else
#define PROPERTY_GCS 0
#endif

/* After LEAVE, if another function follows under the same CFI.  */
.macro LEFT
	.cfi_def_cfa_offset 0
	.cfi_restore x29
	.cfi_restore x30
#if PROPERTY_PAC
	.cfi_negate_ra_state
#endif
.endm

/* CFI is all that unwinders read.  */
#define UNWIND_START
#define UNWIND_END

/* With a SIZE-byte frame whose record of x29 and x30 is at its bottom.  */
.macro ENTER size
	SIGN_RETURN
	stp	x29, x30, [sp, #-(\size)]!
	.cfi_def_cfa_offset \size
	.cfi_offset x29, -(\size)
	.cfi_offset x30, -(\size) + 8
	mov	x29, sp
.endm

/* Return; code that follows still has the frame.  */
.macro LEAVE size
	.cfi_remember_state
	ldp	x29, x30, [sp], #(\size)
	.cfi_def_cfa_offset 0
	.cfi_restore x29
	.cfi_restore x30
	CHECK_RETURN
	ret
	.cfi_restore_state
.endm

/* Entry code starts with x17 = pair and x16 = the pair's code: x17 becomes the
   closure.

   A thread that prepares a closure stores the code last, with release order.  One
   that called too early, with nothing else between the two threads, may have got
   the new code; then it must see what was stored before it.  No processor orders a
   load after an earlier one because of a branch, but each does because of an
   address, so that of the data depends on the code.  From there on addresses do so
   by themselves.  */
.macro LOAD_CLOSURE
	eor	x16, x16, x16		/* 0, when the code is there */
	ldr	x17, [x17, x16]
.endm

.macro PROPERTY_NOTE
#if PROPERTY_BTI | PROPERTY_PAC | PROPERTY_GCS
	.section .note.gnu.property, "a"
	.balign	8
	.long	4, 16, 5		/* sizes of name and data, type */
	.asciz	"GNU"
	.long	0xc0000000, 4, PROPERTY_BTI | PROPERTY_PAC | PROPERTY_GCS, 0
#endif
.endm

#endif
