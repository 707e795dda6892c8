/* SPDX-License-Identifier: MIT */
/* What asm/function.h wants to know about 64-bit PowerPC.

   Registers are plain numbers, as the processor's manuals have them; the mnemonic says of
   which sort.  As the base of an address r0 stands for 0.  */

#ifndef FFI_MACROS_H
#define FFI_MACROS_H

	.abiversion 2
	.machine power8

/* The words at the bottom of every frame: the back chain, and what callees, or the frame's
   owner, save there.  */
#define LINKAGE 32
#define SAVED_CR 8
#define SAVED_LR 16
#define SAVED_TOC 24

/* For a function that needs the TOC pointer: its global entry point, where r12 is its own
   address.  Functions of the same module enter behind it, with the TOC pointer in r2.  */
.macro GLOBAL_ENTRY name
	addis	2, 12, .TOC. - \name@ha
	addi	2, 2, .TOC. - \name@l
	.localentry \name, . - \name
.endm

/* There are no landing pads.  */
#define LANDING_PAD
#define JUMP_PAD
#define UNWIND_START
#define UNWIND_END
#define PROPERTY_NOTE

/* With a SIZE-byte frame.  The return address is in the caller's.  */
.macro ENTER size
	mflr	0
	std	0, SAVED_LR(1)
	.cfi_offset lr, SAVED_LR
	stdu	1, -(\size)(1)
	.cfi_def_cfa_offset \size
.endm

/* Return; code that follows still has the frame.  */
.macro LEAVE size
	.cfi_remember_state
	addi	1, 1, \size
	.cfi_def_cfa_offset 0
	ld	0, SAVED_LR(1)
	mtlr	0
	.cfi_restore lr
	blr
	.cfi_restore_state
.endm

/* After LEAVE, if another function follows under the same CFI.  */
.macro LEFT
	.cfi_def_cfa_offset 0
	.cfi_restore lr
.endm

/* Call the function whose address is in REG.  Unwinders take the load behind a call as the
   sign that r2 was saved, so nothing may come between.  */
.macro CALL_POINTER reg
	std	2, SAVED_TOC(1)
.ifnc \reg, 12
	mr	12, \reg
.endif
	mtctr	12
	bctrl
	ld	2, SAVED_TOC(1)
.endm

/* Entry code starts with r11 = pair and r12 = the pair's code, its own address: r11
   becomes the closure.

   A thread that prepares a closure stores the code last, with release order.  One
   that called too early, with nothing else between the two threads, may have got
   the new code; then it must see what was stored before it.  The processor does not
   order a load after an earlier one because of a branch, but it does because of an
   address, so that of the data depends on the code.
     clobbers: r0  */
.macro LOAD_CLOSURE
	xor	0, 12, 12		/* 0, when the code is there */
	ldx	11, 11, 0
.endm

#endif
