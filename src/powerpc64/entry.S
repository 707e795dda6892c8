/* SPDX-License-Identifier: MIT */
/* Entry code of closures by the ELFv2 ABI.  */

#include "asm/function.h"
#include "entry.h"
#include "results.h"

/* General entries: any signature, any number of arguments.

   in:       r11 = pair; or r11 = closure; or r11 = Go closure; r12 = the entry's address;
	     argument registers, the caller's frame
   out:      result registers
   clobbers: what a C function may
   stack:    see entry.h  */

/* Where FLAG, a name without _BIT, is in the condition register.  */
#define FLAG(name) 31 - name##_BIT
#define FLAGS_FIELD 4 /* CR5, as mtocrf has it */

/* KIND selects what r11 points to, which has cif, function and data: the pair of a closure,
   after LOAD_CLOSURE the closure; a closure in memory of the caller's; or a Go closure.  */
.macro LOAD_CIF kind, reg
.ifc \kind, go
	ld	\reg, GO_CIF(11)
.else
	ld	\reg, CLOSURE_CIF(11)
.endif
.endm

.macro LOAD_HANDLER kind, fun, data
.ifc \kind, go
	ld	\fun, GO_FUN(11)
	mr	\data, 11
.else
	ld	\fun, CLOSURE_FUN(11)
	ld	\data, CLOSURE_DATA(11)
.endif
.endm

/* A general entry.  */
.macro GENERAL name, kind
FUNCTION \name
	GLOBAL_ENTRY \name
	ENTER	ENTRY_FRAME
.ifc \kind, pair
	LOAD_CLOSURE
.endif
	LOAD_CIF \kind, 12
	lwz	0, CIF_FLAGS(12)
	mtocrf	FLAGS_FIELD, 0
	addi	12, 1, ENTRY_GPRS
	bf	FLAG (FLAG_STACK), 1f
	addi	12, 1, ENTRY_FRAME + LINKAGE
1:	.irp	n, 3, 4, 5, 6, 7, 8, 9, 10
	std	\n, 8 * (\n - 3)(12)
	.endr
	std	3, ENTRY_RESULT(1)	/* where it belongs, if in memory */
	bf	FLAG (FLAG_VRS), 2f
	li	9, ENTRY_REGS + FIRST_VR * FPR_SIZE
	.irp	n, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13
	stvx	\n, 1, 9
	addi	9, 9, VR_SIZE
	.endr
2:	bf	FLAG (FLAG_FPRS), 3f
	.irp	n, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13
	stfd	\n, ENTRY_REGS + FPR_SIZE * (\n - 1)(1)
	.endr
3:	LOAD_CIF \kind, 3
	bt	FLAG (FLAG_TYPES), .Ltypes_\name
	LOAD_HANDLER \kind, 4, 5
	addi	6, 1, ENTRY_REGS	/* registers */
	mr	7, 12			/* r3 to r10, and memory arguments */
	addi	8, 1, ENTRY_RESULT
	bl	ffi_closure_inner
	mr	9, 3			/* RET code */
.Lreturn_\name:
	SWITCH	.Lload_\name

.macro RETURN_\name
	LEAVE	ENTRY_FRAME
.endm

	LOAD_RESULTS .Lload_\name, RETURN_\name, 1, ENTRY_RESULT

.Ltypes_\name:
	.cfi_remember_state
	std	31, ENTRY_R31(1)
	.cfi_offset r31, ENTRY_R31 - ENTRY_FRAME
	mr	31, 1
	.cfi_def_cfa_register r31
	bl	ffi_collect_types
	LOAD_CIF \kind, 3
	LOAD_HANDLER \kind, 12, 6
	lwz	9, ENTRY_CODE(31)
	addi	4, 31, ENTRY_RESULT
	cmpwi	9, RET_MEMORY
	bne	4f
	ld	4, 0(4)
4:	ld	5, ENTRY_ARGS(31)
	bt	MISALIGNED, 6f
	CALL_POINTER 12
5:	mr	1, 31
	.cfi_def_cfa_register r1
	lwz	9, ENTRY_CODE(1)
	ld	31, ENTRY_R31(1)
	.cfi_restore r31
	b	.Lreturn_\name
	.cfi_restore_state
	.cfi_offset r31, ENTRY_R31 - ENTRY_FRAME
	.cfi_def_cfa_register r31
6:	mr	7, 12
	bl	ffi_handle_aligned
	b	5b
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
