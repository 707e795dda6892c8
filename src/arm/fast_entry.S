/* SPDX-License-Identifier: MIT */
/* Specialised entry code: signatures whose arguments lie where they were saved, so that
   a pointer is all that a handler needs of them; the cif tells where.

   One entry per family and kind of result, so that no branch depends on the
   signature.  A family says whether VFP registers are saved and how many argument
   pointers are made; ffi_port_closure_entry knows which families fit.

   in:       ip = pair, argument registers, stack arguments
   out:      result registers
   clobbers: what a C function may
   stack, with what each part starts at:

             +-------------------------------------------+
             | stack arguments                           |
             +-------------------------------------------+
     .Lregs  | registers: REGS_BYTES                     |
   .Lresult  | 16 bytes for the result                   |
          8  | pointers to the arguments, an even number |
          4  | unused                                    |
         sp  | lr                                        |
             +-------------------------------------------+  */

#include "asm/function.h"
#include "asm/offset_table.h"
#include "results.h"

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
	.irp	n, 14, 12, 10, 8, 6, 4, 2, 0
.if \n + 2 <= \args
	ADDRESS	r1, \n
	ADDRESS	lr, \n + 1
	stmdb	r2!, {r1, lr}
.endif
	.endr
.endm

.macro FAST_ENTRY code, vfp, args
	.balign	8
	TABLE_OFFSET .Lentry\@-ffi_fast_table
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
	LOAD_RESULT \code, .Lresult, .Lregs + VFP_BYTES
	UNWIND_STATE
	ldr	pc, [sp], #.Lregs + REGS_BYTES
	.cfi_endproc
.endm

/* All results of a family, in the order of the RET codes; 0 for those without.  */
.macro MAYBE_ENTRY code, fast, vfp, args
.if \fast
	FAST_ENTRY \code, \vfp, \args
.else
	TABLE_OFFSET 0
.endif
.endm

.macro FAMILY vfp, args
	.set	.Lresult, POINTERS + ((4 * \args + 7) & -8)
	.set	.Lregs, .Lresult + 16
#define R(name, fast) MAYBE_ENTRY RET_##name, fast, \vfp, \args;
	RET_CODES
#undef R
.endm

	OFFSET_TABLE ffi_fast_table

/* FAST_FAMILIES (C preprocessor) lists vfp, args.  */
#define F(vfp, args) FAMILY vfp, args;
	FAST_FAMILIES
#undef F

	UNWIND_END
	.size	ffi_fast_entries, . - ffi_fast_entries

	END_OF_FILE
