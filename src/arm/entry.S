/* SPDX-License-Identifier: MIT */
/* Entry code of closures by the Procedure Call Standard for the Arm Architecture.  */

#include "asm/function.h"
#include "flags.h"
#include "results.h"

/* General entries: any signature, any number of arguments.

   in:       ip = pair, or closure, or Go closure; argument registers, stack arguments
   out:      result registers
   clobbers: what a C function may
   stack, with what each part starts at:

        +----------------------------+
   120  | stack arguments            |
        +----------------------------+
   104  | r0 to r3                   |
    40  | d0 to d7, or room for them |
    32  | r4, lr                     |
    sp  | 32 bytes for the result    |
        +----------------------------+  */

/* General entry, which saves the VFP registers if VFP.  KIND selects what points to cif,
   function and data: the pair of a closure, a closure in memory of the caller's, or a Go
   closure.  */
.macro GENERAL name, kind, vfp
FUNCTION \name
	UNWIND_STATE GPRS * 4
	push	{r0-r3}
	.cfi_adjust_cfa_offset GPRS * 4
	UNWIND_STATE REGS_BYTES
.if \vfp
	vpush	{d0-d7}
.else
	sub	sp, sp, #VFP_BYTES
.endif
	.cfi_adjust_cfa_offset VFP_BYTES
	UNWIND_STATE REGS_BYTES, "r4, lr"
	push	{r4, lr}
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset r4, 0
	.cfi_rel_offset lr, 4
	UNWIND_STATE REGS_BYTES, "r4, lr", RESULT_BYTES
	sub	sp, sp, #RESULT_BYTES
	.cfi_adjust_cfa_offset RESULT_BYTES
.ifc \kind, go
	ldr	r0, [ip, #GO_CIF]
	ldr	r1, [ip, #GO_CIF + 4]
	mov	r2, ip
.else
.ifc \kind, pair
	LOAD_CLOSURE
.endif
	ldr	r0, [ip, #CLOSURE_CIF]
	ldr	r1, [ip, #CLOSURE_CIF + 4]
	ldr	r2, [ip, #CLOSURE_CIF + 8]
.endif
	add	r3, sp, #FRAME_REGS	/* registers */
	add	ip, sp, #FRAME_REGS + REGS_BYTES	/* stack arguments */
	ldr	r4, [r0, #CIF_FLAGS]
	tst	r4, #FLAG_MAPPED | FLAG_TYPES
	bne	.Lwithout_c_\name
	mov	lr, sp			/* result */
	UNWIND_STATE REGS_BYTES, "r4, lr", RESULT_BYTES + 8
	push	{ip, lr}
	.cfi_adjust_cfa_offset 8
	bl	ffi_closure_inner
	UNWIND_STATE REGS_BYTES, "r4, lr", RESULT_BYTES
	add	sp, sp, #8
	.cfi_adjust_cfa_offset -8
.Lcalled_\name:
	SWITCH	.Lload_\name, r0
.macro RETURN_\name
	b	.Lreturn_\name
.endm
	LOAD_RESULTS .Lload_\name, RETURN_\name, 0, FRAME_REGS + VFP_BYTES
.Lreturn_\name:
	.cfi_remember_state
	UNWIND_STATE REGS_BYTES, "r4, lr"
	add	sp, sp, #RESULT_BYTES
	.cfi_adjust_cfa_offset -RESULT_BYTES
	UNWIND_STATE REGS_BYTES
	pop	{r4, lr}
	.cfi_adjust_cfa_offset -8
	.cfi_restore r4
	.cfi_restore lr
	UNWIND_STATE
	add	sp, sp, #REGS_BYTES
	.cfi_adjust_cfa_offset -REGS_BYTES
	bx	lr

	/* Without C, but for the handler: r4 = sp; below it are cif->flags and, from the next
	   sp up, the pointers to the arguments.  */
	UNWIND_STATE REGS_BYTES, "r4, lr", RESULT_BYTES
	UNWIND_LEAD
	.cfi_restore_state
.Lwithout_c_\name:
	mov	ip, r4
	UNWIND_STATE REGS_BYTES, "r4, lr", RESULT_BYTES, r4
	mov	r4, sp
	.cfi_def_cfa_register r4
	ldr	lr, [r0, #CIF_NARGS]
	add	lr, lr, #2
	lsl	lr, lr, #2
	bic	lr, lr, #7
	sub	sp, sp, lr
	str	ip, [r4, #-4]
	tst	ip, #FLAG_MAPPED
	beq	1f
	ldr	lr, [r0, #CIF_NARGS]
	add	r0, r0, #CIF_MAP
	subs	lr, lr, #1
	blt	3f
2:	ldrb	ip, [r0, lr]
	add	ip, r3, ip, lsl #2
	str	ip, [sp, lr, lsl #2]
	subs	lr, lr, #1
	bge	2b
3:	sub	r0, r0, #CIF_MAP
	b	4f
1:	bl	ffi_collect_types
4:	ldr	lr, [r4, #-4]
	mov	ip, r1			/* function */
	mov	r3, r2			/* user_data */
	mov	r2, sp
	and	lr, lr, #RET_MASK
	cmp	lr, #RET_MEMORY
	movne	r1, r4			/* result */
	ldreq	r1, [r4, #FRAME_REGS + VFP_BYTES]
	blx	ip
	ldr	r0, [r4, #-4]
	mov	sp, r4
	.cfi_def_cfa_register sp
	and	r0, r0, #RET_MASK
	b	.Lcalled_\name
ENDFUNCTION \name
.endm

	GENERAL	ffi_entry_general, pair, 0
	GENERAL	ffi_entry_general_vfp, pair, 1
	GENERAL	ffi_entry_dynamic, closure, 0
	GENERAL	ffi_entry_dynamic_vfp, closure, 1
	GENERAL	ffi_entry_go, go, 0
	GENERAL	ffi_entry_go_vfp, go, 1

/* What a slot without a prepared closure leads to.
     in: ip = pair  */
.macro TRAP name, report
FUNCTION \name
	UNWIND_STATE 0, "r4, lr"
	push	{r4, lr}
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset r4, 0
	.cfi_rel_offset lr, 4
	mov	r0, ip
	bl	\report
	udf	#0
ENDFUNCTION \name
.endm

	TRAP	ffi_entry_freed, ffi_die_freed
	TRAP	ffi_entry_unprepared, ffi_die_unprepared

	END_OF_FILE
