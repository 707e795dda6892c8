/* SPDX-License-Identifier: MIT */
/* What asm/function.h wants to know about 32-bit Arm.  The assembly is A32; handlers and
   callers may be either.  What VFP instructions there are run only when FFI_VFP is
   asked for, so they are allowed whatever the C objects are built for.  */

#ifndef FFI_MACROS_H
#define FFI_MACROS_H

	.syntax	unified
	.arm
	.fpu	vfp

/* The CFI is for debuggers.  Unwinders read .ARM.exidx, whose regions describe one state
   of the stack each, and look up the address before the one they come from, as if all
   came from calls.  For signals at any instruction code is divided into regions: each
   begins with the instruction that makes its state, and holds what is before a label that
   is jumped to in that state.  */
	.cfi_sections .debug_frame

#define UNWIND_START .fnstart
#define UNWIND_END .fnend
#define UNWIND_LEAD nop

/* The next instruction makes another state, by default that of a first instruction.  From
   outside in: PAD bytes, the registers SAVED, LOCAL bytes, and the frame pointer if FP.  */
.macro UNWIND_STATE pad=0, saved, local=0, fp
	.fnend
	.fnstart
.if \pad
	.pad	#\pad
.endif
.ifnb \saved
	.save	{\saved}
.endif
.if \local
	.pad	#\local
.endif
.ifnb \fp
	.setfp	\fp, sp
.endif
.endm

#define LANDING_PAD
#define JUMP_PAD
#define PROPERTY_NOTE

/* ip = pair becomes the closure, r0 is scratch.

   A thread that prepares a closure stores the code last, with release order.  One
   that called too early, with nothing else between the two threads, may have got
   the new code; then it must see what was stored before it.  No processor orders a
   load after an earlier one because of a jump, but each does because of an address,
   and two loads of one word see its values in their order.  So the code is loaded
   again, and the address of the data depends on it.  */
.macro LOAD_CLOSURE
	ldr	r0, [ip, #4]
	eor	r0, r0, r0		/* 0, when the code is there */
	ldr	ip, [ip, r0]
.endm

#endif
