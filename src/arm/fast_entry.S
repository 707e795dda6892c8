/* SPDX-License-Identifier: MIT */
/* Specialised entry code: signatures whose arguments lie where they were saved, so that
   a pointer is all that a handler needs of them; the cif tells where.

   One entry per family and kind of result, so that no branch depends on the
   signature.  A family says whether VFP registers are saved and how many argument
   pointers are made; ffi_port_closure_entry knows which families fit.

   in:       ip = pair, argument registers, stack arguments
   out:      result registers
   clobbers: what a C function may
   stack, from sp up:
	0		lr
	8		pointers to the arguments, an even number
	RESULT		16 bytes for the result
	REGS		registers: REGS_BYTES, then stack arguments  */

#include "asm.h"
#include "internal.h"

	.text
	.balign	64
	.type	ffi_fast_entries, %function
ffi_fast_entries:
	UNWIND_START
	UNWIND_LEAD

#define POINTERS 8

/* Of the family being made.  */
	.set	.Lresult, 0
	.set	.Lregs, 0

/* to = the address of argument N; r0 = cif, r3 = registers.  */
.macro ADDRESS to, n
	ldrb	\to, [r0, #CIF_MAP + \n]
	add	\to, r3, \to, lsl #2
.endm

/* The pointers from the last one down, by twos: r2 ends at the first.  */
.macro POINTERS_TO args
.if \args & 1
	ADDRESS	r1, \args - 1
	str	r1, [sp, #POINTERS + 4 * (\args - 1)]
.endif
	add	r2, sp, #POINTERS + 4 * (\args & -2)
	.irp	n, 6, 4, 2, 0
.if \n + 2 <= \args
	ADDRESS	r1, \n
	ADDRESS	lr, \n + 1
	stmdb	r2!, {r1, lr}
.endif
	.endr
.endm

.macro LOAD_RESULT code
.if \code == RET_U8
	ldrb	r0, [sp, #.Lresult]
.elseif \code == RET_S8
	ldrsb	r0, [sp, #.Lresult]
.elseif \code == RET_U16
	ldrh	r0, [sp, #.Lresult]
.elseif \code == RET_S16
	ldrsh	r0, [sp, #.Lresult]
.elseif \code == RET_I32
	ldr	r0, [sp, #.Lresult]
.elseif \code == RET_I64
	ldr	r0, [sp, #.Lresult]
	ldr	r1, [sp, #.Lresult + 4]
.elseif \code == RET_MEMORY		/* its address, which came in r0 */
	ldr	r0, [sp, #.Lregs + VFP_BYTES]
.elseif \code == RET_FLOAT
	vldr	s0, [sp, #.Lresult]
.elseif \code == RET_FLOAT + 1
	vldr	s0, [sp, #.Lresult]
	vldr	s1, [sp, #.Lresult + 4]
.elseif \code == RET_DOUBLE
	vldr	d0, [sp, #.Lresult]
.elseif \code == RET_DOUBLE + 1
	vldr	d0, [sp, #.Lresult]
	vldr	d1, [sp, #.Lresult + 8]
.endif
.endm

.macro FAST_ENTRY code, vfp, args
	.balign	8
	.pushsection .rodata
	.long	.Lentry\@ - ffi_fast_table
	.popsection
.Lentry\@:
	.cfi_startproc
	UNWIND_STATE GPRS * 4
	push	{r0-r3}
	.cfi_def_cfa_offset GPRS * 4
	LOAD_CLOSURE
.if \vfp
	UNWIND_STATE REGS_BYTES
	vpush	{d0-d7}
	.cfi_def_cfa_offset REGS_BYTES
	UNWIND_STATE .Lregs + REGS_BYTES - 4, lr
	str	lr, [sp, #-.Lregs]!
.else
	UNWIND_STATE .Lregs + REGS_BYTES - 4, lr
	str	lr, [sp, #-.Lregs - VFP_BYTES]!
.endif
	.cfi_def_cfa_offset .Lregs + REGS_BYTES
	.cfi_offset lr, -.Lregs - REGS_BYTES
	ldr	r0, [ip, #CLOSURE_CIF]
.if \args > 0
	add	r3, sp, #.Lregs		/* registers */
.endif
	POINTERS_TO \args
.if \code == RET_MEMORY
	ldr	r1, [sp, #.Lregs + VFP_BYTES]
.else
	add	r1, sp, #.Lresult	/* result */
.endif
	ldr	r3, [ip, #CLOSURE_CIF + 8]	/* user_data */
	ldr	ip, [ip, #CLOSURE_CIF + 4]	/* function */
	blx	ip
	LOAD_RESULT \code
	UNWIND_STATE
	ldr	pc, [sp], #.Lregs + REGS_BYTES
	.cfi_endproc
.endm

/* All results of a family, in the order of the RET codes.  Results without an entry
   here have a zero in the table.  */
.macro FAMILY vfp, args
	.set	.Lresult, POINTERS + ((4 * \args + 7) & -8)
	.set	.Lregs, .Lresult + 16
	.irp	code, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13
.if \code == RET_FLOAT + 2 || \code == RET_FLOAT + 3
	.pushsection .rodata
	.long	0
	.popsection
.else
	FAST_ENTRY \code, \vfp, \args
.endif
	.endr
.endm

	.pushsection .rodata
	.balign	4
	.globl	ffi_fast_table
	.hidden	ffi_fast_table
	.type	ffi_fast_table, %object
ffi_fast_table:
	.popsection

/* FAST_FAMILIES (C preprocessor) lists vfp, args.  */
#define F(vfp, args) FAMILY vfp, args;
	FAST_FAMILIES
#undef F

	UNWIND_END
	.size	ffi_fast_entries, . - ffi_fast_entries

	END_OF_FILE
