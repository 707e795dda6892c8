/* SPDX-License-Identifier: MIT */
/* Invoking a call plan.  A plan is a cif and a list of steps, each the address of code
   that loads one argument into the registers that it always loads, and goes on to the
   next; the last calls the function and stores the result.  Where all arguments are
   64-bit integers one step loads them: a ladder, entered where as many rungs follow.  */

#include "asm/function.h"
#include "flags.h"
#include "asm/probe.h"
#include "results.h"

/* void ffi_call_plan_invoke (plan, fn, rvalue, avalue)

   in:       x0 = plan, x1 = fn, x2 = rvalue, x3 = avalue
   out:      *rvalue
   clobbers: what a C function may
   stack, from sp up:
	0	x29, x30
	16	rvalue

   Between the steps:
     x8 = rvalue, the address of a result in memory
     x9 = fn
     x10 = the rest of avalue
     x11 = the rest of the steps
     x12, x16 = scratch  */

#define FRAME 32

PUBLIC_FUNCTION ffi_call_plan_invoke, 64
	ldr	x16, [x0, #PLAN_STEPS]
	cbz	x16, .Lby_moves
	cbz	x2, .Lby_cif
	ENTER	FRAME
	mov	x8, x2
	mov	x9, x1
	mov	x10, x3
	add	x11, x0, #PLAN_STEPS + 8
	str	x2, [sp, #16]
	br	x16

/* LOAD, an instruction without its address, is a step.  */
.macro STEP class, n, load:vararg
	.org	ffi_plan_steps + PLAN_STEP_SIZE * (8 * (\class - 1) + \n)
	JUMP_PAD
	ldr	x12, [x10], #8		/* where the value is */
	ldr	x16, [x11], #8
	\load, [x12]
	br	x16
.endm

.macro STEPS class, load, kind
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7
	STEP	\class, \n, \load \kind\n
	.endr
.endm

.macro PAIRS class, kind
	STEP	\class, 0, ldp \kind\()0, \kind\()1
	STEP	\class, 1, ldp \kind\()1, \kind\()2
	STEP	\class, 2, ldp \kind\()2, \kind\()3
	STEP	\class, 3, ldp \kind\()3, \kind\()4
	STEP	\class, 4, ldp \kind\()4, \kind\()5
	STEP	\class, 5, ldp \kind\()5, \kind\()6
	STEP	\class, 6, ldp \kind\()6, \kind\()7
.endm

	.balign	32
	.globl	ffi_plan_steps
	.hidden	ffi_plan_steps
ffi_plan_steps:
	STEPS	CLASS_U8, ldrb, w
	STEPS	CLASS_S8, ldrsb, x
	STEPS	CLASS_U16, ldrh, w
	STEPS	CLASS_S16, ldrsh, x
	STEPS	CLASS_U32, ldr, w
	STEPS	CLASS_S32, ldrsw, x
	STEPS	CLASS_I64, ldr, x
	STEPS	CLASS_F32, ldr, s
	STEPS	CLASS_F64, ldr, d
	PAIRS	CLASS_GPR_GPR, x
	PAIRS	CLASS_F64_F64, d

	.irp	n, 7, 6, 5, 4, 3, 2, 1, 0
	.balign	1 << RUNG_SHIFT
	JUMP_PAD
	ldr	x\n, [x10, #8 * \n]
	ldr	x\n, [x\n]
	.endr
	.balign	1 << RUNG_SHIFT
	.globl	ffi_plan_ladder_end
	.hidden	ffi_plan_ladder_end
ffi_plan_ladder_end:
	JUMP_PAD
	ldr	x16, [x11]
	br	x16

.macro CALL
	blr	x9
	ldr	x8, [sp, #16]		/* rvalue */
.endm

.macro RETURN
	LEAVE	FRAME
.endm

	.globl	ffi_plan_calls
	.hidden	ffi_plan_calls
	JUMP_TABLE ffi_plan_calls
	STORE_RESULTS ffi_plan_calls, RETURN, x8, CALL
.if CASE_SIZE != PLAN_CALL_SIZE
	.error	"another size"
.endif

	LEFT
.Lby_cif:				/* with which a plan starts */
	b	ffi_call
.Lby_moves:
.if LOW_PART (8, 4) == 0		/* how a move is read */
	ldp	w10, w9, [x0, #CIF_BYTES]
	cbz	x2, 1f
	cmp	w10, #FFI_UNPROBED
	b.hi	1f
	b	ffi_invoke_moves
.endif
1:	b	ffi_call_plan_general
ENDFUNCTION ffi_call_plan_invoke

	END_OF_FILE
