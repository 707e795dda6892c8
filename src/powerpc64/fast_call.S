/* SPDX-License-Identifier: MIT */
/* ffi_call, and the calls whose arguments are up to eight scalars or pairs, all in
   registers.  The types are not touched: cif->flags and cif->bytes say all.  */

#include "asm/function.h"
#include "results.h"

/* void ffi_call (cif, fn, rvalue, avalue)

   in:       r3 = cif, r4 = fn, r5 = rvalue, r6 = avalue
   out:      *rvalue
   clobbers: what a C function may
   stack, from r1 up:
	0	the words of LINKAGE
	32	the parameter save area, where r3 to r10 are loaded from
	96	FPRs
	160	rvalue, flags  */

#define SAVED_GPRS LINKAGE
#define SAVED_FPRS (SAVED_GPRS + 8 * GPRS)
#define SAVED_RVALUE (SAVED_FPRS + FPR_SIZE * FAST_FPRS)
#define SAVED_FLAGS (SAVED_RVALUE + 8)
#define FRAME (SAVED_FLAGS + 8)
#define LOAD_SHIFT 5

PUBLIC_FUNCTION ffi_call, 64
	GLOBAL_ENTRY ffi_call
	lwz	9, CIF_FLAGS(3)
	andi.	0, 9, FLAG_FAST
	beq	.Lgeneral
.Lby_flags:
	cmpdi	5, 0
	beq	.Lunwanted
.Lwanted:
	ENTER	FRAME
	std	5, SAVED_RVALUE(1)
	stw	9, SAVED_FLAGS(1)
	andi.	0, 9, FLAG_WORDS
	mr	12, 4			/* fn */
	bne	.Lwords

	/* Load each argument by its class into the area of its registers:
	   r10 = classes of those to come, four bits each, r6 = the rest of avalue,
	   r7, r8 = before the next integer register and FPR, r11 = the cases.  */
	lwz	10, CIF_BYTES(3)
	addi	7, 1, SAVED_GPRS - 8
	addi	8, 1, SAVED_FPRS - FPR_SIZE
	andi.	0, 9, FLAG_SRET
	addis	11, 2, .Lload_table@toc@ha
	addi	11, 11, .Lload_table@toc@l
	beq	.Lnext
	stdu	5, 8(7)
	cmpwi	10, 0
	beq	.Lload_registers
.Lnext:
	rlwinm	9, 10, LOAD_SHIFT, 31 - LOAD_SHIFT - 3, 31 - LOAD_SHIFT
	add	9, 9, 11
	mtctr	9
	ld	9, 0(6)			/* where the value is */
	addi	6, 6, 8
	srwi	10, 10, 4
	bctr

/* The case of CLASS; the assembler refuses to go back to it.  */
.macro LOAD_CASE class
	.org	.Lload_table + (\class << LOAD_SHIFT)
.endm

.macro NEXT
	cmpwi	10, 0
	bne	.Lnext
	b	.Lload_registers
.endm

/* Load an integer and store it as the next register.  */
.macro INTEGER class, load
	LOAD_CASE \class
	\load	0, 0(9)
	stdu	0, 8(7)
	NEXT
.endm

/* One or two FPRs, which take WORDS doublewords of the parameter save area.  */
.macro FLOATING class, load, words, second
	LOAD_CASE \class
	\load	0, 0(9)
	stfdu	0, FPR_SIZE(8)
.ifnb \second
	\load	0, \second(9)
	stfdu	0, FPR_SIZE(8)
.endif
	addi	7, 7, 8 * \words
	NEXT
.endm

	.balign	1 << LOAD_SHIFT
.Lload_table:
	INTEGER	CLASS_U8, lbz
	LOAD_CASE CLASS_S8
	lbz	0, 0(9)
	extsb	0, 0
	stdu	0, 8(7)
	NEXT
	INTEGER	CLASS_U16, lhz
	INTEGER	CLASS_S16, lha
	INTEGER	CLASS_U32, lwz
	INTEGER	CLASS_S32, lwa
	INTEGER	CLASS_I64, ld
	FLOATING CLASS_F32, lfs, 1
	FLOATING CLASS_F64, lfd, 1
	LOAD_CASE CLASS_GPR_GPR
	ld	0, 0(9)
	stdu	0, 8(7)
	ld	0, 8(9)
	stdu	0, 8(7)
	NEXT
	FLOATING CLASS_F64_F64, lfd, 2, 8
	FLOATING CLASS_F32_F32, lfs, 1, 4
	FLOATING CLASS_C32, lfs, 2, 4

.Lload_registers:
	lwz	9, SAVED_FLAGS(1)
	andi.	0, 9, FLAG_FPRS
	beq	1f
	.irp	n, 1, 2, 3, 4, 5, 6, 7, 8
	lfd	\n, SAVED_FPRS + FPR_SIZE * (\n - 1)(1)
	.endr
1:	.irp	n, 3, 4, 5, 6, 7, 8, 9, 10
	ld	\n, SAVED_GPRS + 8 * (\n - 3)(1)
	.endr
.Lcall:	CALL_POINTER 12
	/* Store the result as its code says.  */
	ld	8, SAVED_RVALUE(1)
	lwz	9, SAVED_FLAGS(1)
	SWITCH	.Lstore_table

.macro RETURN
	LEAVE	FRAME
.endm

	STORE_RESULTS .Lstore_table, RETURN, 8

	/* Only 64-bit integers: a ladder, which loads as many as there are, the last one
	   first.  */
.Lwords:
	addis	10, 2, .Lladder_end@toc@ha
	addi	10, 10, .Lladder_end@toc@l
	srwi	9, 9, FLAG_COUNT_SHIFT
	sldi	9, 9, 3
	subf	10, 9, 10
	mtctr	10
	mr	11, 6			/* avalue */
	bctr
	.irp	n, 10, 9, 8, 7, 6, 5, 4, 3
	ld	\n, 8 * (\n - 3)(11)
	ld	\n, 0(\n)
	.endr
.Lladder_end:
	b	.Lcall

	LEFT
.Lunwanted:
	andi.	0, 9, FLAG_SRET
	bne	.Lgeneral
	addi	5, 1, SAVED_GPRS - FRAME	/* there is room, after the call */
	b	.Lwanted
.Lgeneral:
	andi.	0, 9, FLAG_TYPES
	beq	1f
	cmpdi	5, 0
	bne	ffi_invoke_types
1:	b	ffi_call_general
ENDFUNCTION ffi_call

/* void ffi_call_plan_invoke (plan, fn, rvalue, avalue)

   A plan begins with its cif.  ffi_call does without C what the cif says all of, and what
   can be loaded by the types; the rest are moves.  */
PUBLIC_FUNCTION ffi_call_plan_invoke, 64
	GLOBAL_ENTRY ffi_call_plan_invoke
	lwz	9, CIF_FLAGS(3)
	andi.	0, 9, FLAG_FAST
	bne	.Lby_flags
	andi.	0, 9, FLAG_TYPES
	beq	1f
	cmpdi	5, 0
	bne	ffi_invoke_types
1:	b	ffi_call_plan_general
ENDFUNCTION ffi_call_plan_invoke

	END_OF_FILE
