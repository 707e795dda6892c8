/* SPDX-License-Identifier: MIT */
/* What asm/function.h wants to know about riscv64.

   Landing pads (Zicfilp) are there if the compiler makes them, too.  A jump through ra or
   t0 counts as a return, and one through t2 needs no pad: so the library's code
   jumps within itself through t2, to anything else through t1 or t3.  */

#ifndef FFI_MACROS_H
#define FFI_MACROS_H

#include "flags.h"

/* The linker would make code shorter, and with it what is of one size here.  */
	.option	norelax

/* The static chain; where there are landing pads, t2 has their label.  */
#ifdef __riscv_landing_pad
#define CHAIN t3
#else
#define CHAIN t2
#endif

/* lpad 0, which other processors take for a no-op; not all assemblers know it.  */
#ifdef __riscv_landing_pad
#define LANDING_PAD .balign 4; .word 0x17
#define PROPERTY_PADS 1
#else
#define LANDING_PAD
#define PROPERTY_PADS 0
#endif

/* Jumps through t2 need none.  */
#define JUMP_PAD

/* Return addresses are never changed here, as a shadow stack (Zicfiss) wants it.  */
#ifdef __riscv_shadow_stack
#define PROPERTY_SHADOW 2
#else
#define PROPERTY_SHADOW 0
#endif

/* CFI is all that unwinders read.  */
#define UNWIND_START
#define UNWIND_END

/* With a SIZE-byte frame.  Its record of s0 and ra is at the top, below ABOVE bytes that
   lie beside the stack arguments; s0 points behind it, where debuggers and profilers
   expect that.  */
.macro ENTER size, above=0
	addi	sp, sp, -(\size)
	.cfi_def_cfa_offset \size
	sd	ra, (\size) - (\above) - 8(sp)
	sd	s0, (\size) - (\above) - 16(sp)
	.cfi_offset ra, -(\above) - 8
	.cfi_offset s0, -(\above) - 16
	addi	s0, sp, (\size) - (\above)
.endm

/* Return; code that follows still has the frame.  */
.macro LEAVE size, above=0
	.cfi_remember_state
	ld	ra, (\size) - (\above) - 8(sp)
	ld	s0, (\size) - (\above) - 16(sp)
	.cfi_restore ra
	.cfi_restore s0
	addi	sp, sp, \size
	.cfi_def_cfa_offset 0
	ret
	.cfi_restore_state
.endm

/* After LEAVE, if another function follows under the same CFI.  */
.macro LEFT
	.cfi_def_cfa_offset 0
	.cfi_restore ra
	.cfi_restore s0
.endm

/* Entry code starts with t1 = pair and t3 = the pair's code: t1 becomes the closure.

   A thread that prepares a closure stores the code last, with release order.  One that
   called too early, with nothing else between the two threads, may have got the new code;
   then it must see what was stored before it.  A branch orders no load after an earlier
   one, but an address does: that of the data depends on the code.  From there on addresses
   do so by themselves.  */
.macro LOAD_CLOSURE
	xor	t3, t3, t3		/* 0, when the code is there */
	add	t1, t1, t3
	ld	t1, 0(t1)
.endm

.macro PROPERTY_NOTE
#if PROPERTY_PADS | PROPERTY_SHADOW
	.section .note.gnu.property, "a"
	.balign	8
	.long	4, 16, 5		/* sizes of name and data, type */
	.asciz	"GNU"
	.long	0xc0000000, 4, PROPERTY_PADS | PROPERTY_SHADOW, 0
#endif
.endm

/* Load the registers of arguments, from sp on, FPRs first; with the integer registers, which
   come last, both leave the stack.  */
.macro LOAD_FPRS
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7
	fld	fa\n, 8 * \n(sp)
	.endr
.endm

.macro LOAD_GPRS
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7
	ld	a\n, FPRS_BYTES + 8 * \n(sp)
	.endr
	addi	sp, sp, GPRS_BYTES + FPRS_BYTES
.endm

#endif
