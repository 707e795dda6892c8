/* SPDX-License-Identifier: MIT */
/* The addresses that room.ld reserves for grown tables: what unwinders are told of them
   holds in each trampoline of a copy of the block.  Nothing but that script refers to
   this file, so that no program with libffi.a in it gets it: programs have no gap.  */

#include "asm.h"
#include "tramp_layout.h"

#ifndef UNWIND_COPY
#define UNWIND_COPY
#endif

#ifdef PIC
	.section .ffi_tables, "", %nobits
	.balign	4096
	.hidden	ffi_grown_tables
	.globl	ffi_grown_tables
	.type	ffi_grown_tables, %function
ffi_grown_tables:
	.cfi_startproc
	UNWIND_START
	UNWIND_COPY
	.skip	(100000 / GROWN_SLOTS + 2) << GRANULE_SHIFT
	UNWIND_END
	.cfi_endproc
	.size	ffi_grown_tables, . - ffi_grown_tables
#endif

	END_OF_FILE
