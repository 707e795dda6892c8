/* SPDX-License-Identifier: MIT */
/* Entry code of closures by the Procedure Call Standard for the Arm Architecture.  */

#include "asm.h"
#include "internal.h"
#include "results_asm.h"

/* General entries: any signature, any number of arguments.

   in:       ip = pair, or closure, or Go closure; argument registers, stack arguments
   out:      result registers
   clobbers: what a C function may
   stack, from sp up:
	0	32 bytes for the result
	32	r4, lr
	40	registers: REGS_BYTES
	120	stack arguments  */

/* An entry that saves the VFP registers if VFP; KIND says what it is that points to
   cif, function and data.  */
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
	mov	lr, sp			/* result */
	UNWIND_STATE REGS_BYTES, "r4, lr", RESULT_BYTES + 8
	push	{ip, lr}
	.cfi_adjust_cfa_offset 8
	bl	ffi_closure_inner
	UNWIND_STATE REGS_BYTES, "r4, lr", RESULT_BYTES
	add	sp, sp, #8
	.cfi_adjust_cfa_offset -8
	DISPATCH .Lload_\name, r0

	PIECE	.Lload_\name, RET_VOID
	b	.Lreturn_\name
	PIECE	.Lload_\name, RET_U8
	ldrb	r0, [sp]
	b	.Lreturn_\name
	PIECE	.Lload_\name, RET_S8
	ldrsb	r0, [sp]
	b	.Lreturn_\name
	PIECE	.Lload_\name, RET_U16
	ldrh	r0, [sp]
	b	.Lreturn_\name
	PIECE	.Lload_\name, RET_S16
	ldrsh	r0, [sp]
	b	.Lreturn_\name
	PIECE	.Lload_\name, RET_I32
	ldr	r0, [sp]
	b	.Lreturn_\name
	PIECE	.Lload_\name, RET_I64
	ldm	sp, {r0, r1}
	b	.Lreturn_\name
	PIECE	.Lload_\name, RET_MEMORY	/* its address, which came in r0 */
	ldr	r0, [sp, #FRAME_REGS + VFP_BYTES]
	b	.Lreturn_\name
.if \vfp
	PIECE	.Lload_\name, RET_FLOAT
	vldmia	sp, {s0}
	b	.Lreturn_\name
	PIECE	.Lload_\name, RET_FLOAT + 1
	vldmia	sp, {s0-s1}
	b	.Lreturn_\name
	PIECE	.Lload_\name, RET_FLOAT + 2
	vldmia	sp, {s0-s2}
	b	.Lreturn_\name
	PIECE	.Lload_\name, RET_FLOAT + 3
	vldmia	sp, {s0-s3}
	b	.Lreturn_\name
	PIECE	.Lload_\name, RET_DOUBLE
	vldmia	sp, {d0}
	b	.Lreturn_\name
	PIECE	.Lload_\name, RET_DOUBLE + 1
	vldmia	sp, {d0-d1}
	b	.Lreturn_\name
	PIECE	.Lload_\name, RET_DOUBLE + 2
	vldmia	sp, {d0-d2}
	b	.Lreturn_\name
	PIECE	.Lload_\name, RET_DOUBLE + 3
	vldmia	sp, {d0-d3}
.endif
.Lreturn_\name:
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
