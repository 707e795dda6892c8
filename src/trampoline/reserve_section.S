/* SPDX-License-Identifier: MIT */
/* The addresses that reserve.ld reserves for grown tables: what unwinders are told of them
   holds in each trampoline of a copy of ffi_grown_text.  Nothing but that script refers to
   this file, so that no program with libffi.a in it gets it: programs have no reserve.

   The section is allocated since debuggers look for names in such only; what `size' adds
   to the library's text for it is neither in the file nor in memory.  Some unwinders look
   up the address before the one that they come from, so the page in front is described,
   too.  */

#include "asm/function.h"
#include "target.h"

#define TABLE_SIZE (GROWN_SLOTS * (TRAMP_PITCH + SLOT_SIZE))

	.section .ffi_tables_head, "a", %progbits
	.balign	4096
ffi_tables_head:
	.cfi_startproc
	UNWIND_START
	UNWIND_TRAMPOLINES
	.skip	4096
	UNWIND_END
	.cfi_endproc
	.size	ffi_tables_head, . - ffi_tables_head

	.section .ffi_tables, "a", %nobits
	.balign	4096
	.hidden	ffi_grown_tables
	.globl	ffi_grown_tables
	.hidden	ffi_reserve_end
	.globl	ffi_reserve_end
ffi_grown_tables:
	.cfi_startproc
	UNWIND_START
	UNWIND_TRAMPOLINES
	/* Each table lies within one region, wherever the reserve begins.  */
	.skip	(TABLE_SIZE - 4096) + ((RESERVE_TABLES - 1) << REGION_SHIFT) + TABLE_SIZE
	UNWIND_END
	.cfi_endproc
	.size	ffi_grown_tables, . - ffi_grown_tables

	/* For what must not be unmapped beside other threads, and yet go with the library.  */
	.hidden	ffi_lasting
	.globl	ffi_lasting
ffi_lasting:
#if RESERVE_LASTING != 0
	.skip	RESERVE_LASTING
#endif
ffi_reserve_end:

	END_OF_FILE
