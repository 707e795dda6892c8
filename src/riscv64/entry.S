/* SPDX-License-Identifier: MIT */
/* Entry code of closures by LP64D.  */

#include "asm/function.h"
#include "results.h"

/* General entries: any signature, any number of arguments.

   in:       t1 = pair, t3 = its code; or t1 = closure + 4; or CHAIN = Go closure;
	     argument registers, stack arguments
   out:      result registers
   clobbers: what a C function may
   stack, with what each part starts at:

        +--------------------------+
   224  | stack arguments          |
        +--------------------------+
   160  | a0 to a7                 |
   144  | s0, ra: the frame record |
    80  | fa0 to fa7               |
    sp  | 80 bytes for the result  |
        +--------------------------+  */

#define RESULT 0
#define REGS 80
#define WORDS (REGS + FPRS_BYTES + 16)
#define FRAME (WORDS + GPRS_BYTES)

/* General entry.  KIND selects what points to cif, function and data: the pair of a
   closure, a closure in memory of the caller's, or a Go closure.  */
.macro GENERAL name, kind
FUNCTION \name
	ENTER	FRAME, GPRS_BYTES
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7
	fsd	fa\n, REGS + 8 * \n(sp)
	sd	a\n, WORDS + 8 * \n(sp)
	.endr
.ifc \kind, go
	ld	a0, GO_CIF(CHAIN)
	ld	a1, GO_FUN(CHAIN)
	mv	a2, CHAIN
.else
.ifc \kind, pair
	LOAD_CLOSURE
.else
	addi	t1, t1, -4
.endif
	ld	a0, CLOSURE_CIF(t1)
	ld	a1, CLOSURE_FUN(t1)
	ld	a2, CLOSURE_DATA(t1)
.endif
	addi	a3, sp, REGS		/* FPRs */
	addi	a4, sp, FRAME		/* stack arguments */
	addi	a5, sp, RESULT
	call	ffi_closure_inner
	mv	t6, a0			/* flags */
	addi	t4, sp, RESULT
	SWITCH	.Lload_\name

.macro RETURN_\name
	LEAVE	FRAME, GPRS_BYTES
.endm

	LOAD_RESULTS .Lload_\name, RETURN_\name, t4
ENDFUNCTION \name
.endm

	GENERAL	ffi_entry_general, pair
	GENERAL	ffi_entry_dynamic, closure
	GENERAL	ffi_entry_go, go

/* What a slot without a prepared closure leads to.
     in: t1 = pair  */
.macro TRAP name, report
FUNCTION \name
	ENTER	16
	mv	a0, t1
	call	\report
	unimp
ENDFUNCTION \name
.endm

	TRAP	ffi_entry_freed, ffi_die_freed
	TRAP	ffi_entry_unprepared, ffi_die_unprepared

	END_OF_FILE
