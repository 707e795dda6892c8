/* SPDX-License-Identifier: MIT */
/* The addresses that room.ld reserves for grown tables: what unwinders are told of them
   holds in each trampoline of a copy of the block.  Nothing but that script refers to
   this file, so that no program with libffi.a in it gets it: programs have no gap.

   The section is allocated since debuggers look for names in such only; what `size' adds
   to the library's text for it is neither in the file nor in memory.  The symbol is no
   function's since profilers would take it for one at the beginning of the file, which
   is where a segment without contents says it comes from.  */

#include "asm.h"
#include "tramp_layout.h"

	.section .ffi_tables, "a", %nobits
	.balign	4096
	.hidden	ffi_grown_tables
	.globl	ffi_grown_tables
ffi_grown_tables:
	/* In pieces: valgrind warns of a description for more than 5 MB.  */
	.rept	4
	.cfi_startproc
	UNWIND_START
	UNWIND_GROWN
	.skip	(100000 / GROWN_SLOTS + 2) << GRANULE_SHIFT >> 2
	UNWIND_END
	.cfi_endproc
	.endr
	.size	ffi_grown_tables, . - ffi_grown_tables

	END_OF_FILE
