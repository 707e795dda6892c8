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

        +-----------------------------------------------------+
   256  | stack arguments                                     |
        +-----------------------------------------------------+
    s0  | a0 to a7                                            |
   176  | s0, ra: the frame record                            |
   112  | fa0 to fa7                                          |
   104  | for ffi_collect_types                               |
    80  | function, data, flags                               |
     0  | 80 bytes for the result                             |
        +-----------------------------------------------------+
        | values whose pieces are not next to each other, and |
    sp  | pointers to the arguments, if C does not make them  |
        +-----------------------------------------------------+  */

#define RESULT 0
#define FUNCTION_AT 80
#define DATA 88
#define FLAGS 96
#define REGS 112
#define WORDS (REGS + FPRS_BYTES + 16)
#define FRAME (WORDS + GPRS_BYTES)

.if COLLECT_END != 104 - WORDS
	.error	"another place"
.endif

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
	lw	t6, CIF_FLAGS(a0)
	andi	t2, t6, FLAG_TYPES
	bnez	t2, .Ltypes_\name
	addi	a5, sp, RESULT
	call	ffi_closure_inner
	mv	t6, a0			/* flags */
.Lreturn_\name:
	addi	t4, sp, RESULT
	SWITCH	.Lload_\name

.macro RETURN_\name
	LEAVE	FRAME, GPRS_BYTES
.endm

	LOAD_RESULTS .Lload_\name, RETURN_\name, t4

.Ltypes_\name:
	.cfi_def_cfa s0, GPRS_BYTES
	lwu	t0, CIF_NARGS(a0)
	sd	a1, FUNCTION_AT(sp)
	sd	a2, DATA(sp)
	sd	t6, FLAGS(sp)
	addi	t4, sp, -JOINED_BYTES
	slli	t0, t0, 3
	addi	t0, t0, 15
	andi	t0, t0, -16
	sub	sp, t4, t0
	mv	a7, sp
	call	ffi_collect_types
	ld	t1, FUNCTION_AT - WORDS(s0)
	ld	a3, DATA - WORDS(s0)
	ld	t2, FLAGS - WORDS(s0)
	mv	a2, sp
	addi	a1, s0, RESULT - WORDS
	andi	t2, t2, RET_MASK
	addi	t2, t2, -RET_MEMORY
	bnez	t2, 1f
	ld	t2, 0(s0)		/* where the caller wants the result */
	sd	t2, 0(a1)
	mv	a1, t2
1:	bnez	t6, 3f
	jalr	t1
2:	addi	sp, s0, -WORDS
	.cfi_def_cfa sp, FRAME
	ld	t6, FLAGS(sp)
	j	.Lreturn_\name
	.cfi_def_cfa s0, GPRS_BYTES
3:	mv	a4, t1
	call	ffi_handle_aligned
	j	2b
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
