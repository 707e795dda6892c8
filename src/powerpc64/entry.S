/* SPDX-License-Identifier: MIT */
/* Entry code of closures by the ELFv2 ABI.  */

#include "asm/function.h"
#include "results.h"

/* General entries: any signature, any number of arguments.

   in:       r11 = pair; or r11 = closure; or r11 = Go closure; r12 = the entry's address;
	     argument registers, the caller's frame
   out:      result registers
   clobbers: what a C function may
   stack, with what each part starts at:

        +---------------------------------------------+
   560  | the caller's parameter save area            |
   528  | the caller's LINKAGE                        |
        +---------------------------------------------+
   464  | r3 to r10                                   |
   272  | v2 to v13                                   |
   264  | unused                                      |
   160  | f1 to f13                                   |
    32  | 128 bytes for the result                    |
    r1  | the words of LINKAGE, the back chain lowest |
        +---------------------------------------------+  */

#define RESULT LINKAGE
#define REGS (RESULT + 128)
#define FRAME (REGS + FPRS_BYTES + 8 * GPRS)

/* General entry.  KIND selects what points to cif, function and data: the pair of a
   closure, a closure in memory of the caller's, or a Go closure.  */
.macro GENERAL name, kind
FUNCTION \name
	GLOBAL_ENTRY \name
	ENTER	FRAME
	.irp	n, 3, 4, 5, 6, 7, 8, 9, 10
	std	\n, REGS + FPRS_BYTES + 8 * (\n - 3)(1)
	.endr
	std	3, RESULT(1)		/* where it belongs, if in memory */
.ifc \kind, go
	ld	3, GO_CIF(11)
	ld	4, GO_FUN(11)
	mr	5, 11
.else
.ifc \kind, pair
	LOAD_CLOSURE
.endif
	ld	3, CLOSURE_CIF(11)
	ld	4, CLOSURE_FUN(11)
	ld	5, CLOSURE_DATA(11)
.endif
	lwz	0, CIF_FLAGS(3)
	andi.	9, 0, FLAG_VRS
	beq	1f
	li	9, REGS + FIRST_VR * FPR_SIZE
	.irp	n, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13
	stvx	\n, 1, 9
	addi	9, 9, VR_SIZE
	.endr
1:	andi.	9, 0, FLAG_FPRS
	beq	2f
	.irp	n, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13
	stfd	\n, REGS + FPR_SIZE * (\n - 1)(1)
	.endr
2:	addi	6, 1, REGS		/* registers */
	addi	7, 1, FRAME + LINKAGE	/* the caller's parameter save area */
	addi	8, 1, RESULT
	bl	ffi_closure_inner
	mr	9, 3			/* RET code */
	SWITCH	.Lload_\name

.macro RETURN_\name
	LEAVE	FRAME
.endm

	LOAD_RESULTS .Lload_\name, RETURN_\name, 1, RESULT
ENDFUNCTION \name
.endm

	GENERAL	ffi_entry_general, pair
	GENERAL	ffi_entry_dynamic, closure
	GENERAL	ffi_entry_go, go

/* What a slot without a prepared closure leads to.
     in: r11 = pair, r12 = the entry's address  */
.macro REFUSE name, report
FUNCTION \name
	GLOBAL_ENTRY \name
	ENTER	LINKAGE
	mr	3, 11
	bl	\report
	trap
ENDFUNCTION \name
.endm

	REFUSE	ffi_entry_freed, ffi_die_freed
	REFUSE	ffi_entry_unprepared, ffi_die_unprepared

	END_OF_FILE
