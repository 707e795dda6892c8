/* SPDX-License-Identifier: MIT */
/* Trampoline tables for i386.

   There is no register that every convention leaves free: FFI_REGISTER passes
   arguments in eax, edx and ecx, and the others belong to the caller.  So eax is saved
   first, for the entry code to find on the stack.  There is no PC-relative addressing
   either; a call of the next instruction, which processors do not take for one that
   returns, gives the address.  Entry code saves edx and ecx if they carry anything:
   stores are what bounds the speed of a closure call.

   A trampoline
     in:       nothing
     out:      eax = address of its slot, the pair { data, code }
     clobbers: nothing: no register that is not saved, no flag
     stack, from esp up:
	0	eax as the caller left it
	4	return address
   and continues at the pair's code.  */

#include "asm/function.h"
#include "target.h"

.macro TRAMPOLINE slot
	LANDING_PAD
	pushl	%eax
	call	1f
1:	popl	%eax
	leal	\slot - 1b(%eax), %eax
	jmp	*4(%eax)
.endm

/* What the kernel writes for a slot that is a page of 4 KiB behind.  */
.macro TRAMPFD_TRAMPOLINE
1:	endbr32
	pushl	%eax
	call	2f
2:	popl	%eax
	.byte	0x8d, 0x80		/* leal, with a whole word */
	.long	1b + 4096 - 2b
	jmp	*4(%eax)
	.balign	TRAMPFD_PITCH, 0xcc
.endm

#include "asm/tramp.h"

	END_OF_FILE
