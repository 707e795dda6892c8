/* SPDX-License-Identifier: MIT */
/* The assembly behind machine.h for AArch64.  All state is static: one call at a
   time.  */

#define MACHINE_ASM
#include "aarch64.h"

#define LANDING hint #34 /* bti c */
#include "objects.h"
.Lsaved_sp: .skip 8
.Lsaved_fpcr: .skip 8

	.text

#define GPR(n) STATE_GPR + 8 * (n)
#define VECTOR(n) STATE_VECTOR + 16 * (n)

.macro ADDRESS reg, object
	adrp	\reg, \object
	add	\reg, \reg, :lo12:\object
.endm

/* MOVE (ldp or stp) two registers of a kind after the other, at BASE.  */
.macro GPR_PAIR move, base, n, m
	\move	x\n, x\m, [\base, #GPR (\n)]
.endm
.macro VECTOR_PAIRS move, base, pairs:vararg
	.irp	pair, \pairs
	VECTOR_PAIR \move, \base, \pair
	.endr
.endm
.macro VECTOR_PAIR move, base, pair
.ifc \pair, 0
	\move	q0, q1, [\base, #VECTOR (0)]
	\move	q2, q3, [\base, #VECTOR (2)]
	\move	q4, q5, [\base, #VECTOR (4)]
	\move	q6, q7, [\base, #VECTOR (6)]
.endif
.ifc \pair, 8
	\move	q8, q9, [\base, #VECTOR (8)]
	\move	q10, q11, [\base, #VECTOR (10)]
	\move	q12, q13, [\base, #VECTOR (12)]
	\move	q14, q15, [\base, #VECTOR (14)]
.endif
.ifc \pair, 16
	\move	q16, q17, [\base, #VECTOR (16)]
	\move	q18, q19, [\base, #VECTOR (18)]
	\move	q20, q21, [\base, #VECTOR (20)]
	\move	q22, q23, [\base, #VECTOR (22)]
	\move	q24, q25, [\base, #VECTOR (24)]
	\move	q26, q27, [\base, #VECTOR (26)]
	\move	q28, q29, [\base, #VECTOR (28)]
	\move	q30, q31, [\base, #VECTOR (30)]
.endif
.endm
.macro LOW_GPRS move, base
	GPR_PAIR \move, \base, 0, 1
	GPR_PAIR \move, \base, 2, 3
	GPR_PAIR \move, \base, 4, 5
	GPR_PAIR \move, \base, 6, 7
	GPR_PAIR \move, \base, 8, 9
	GPR_PAIR \move, \base, 10, 11
	GPR_PAIR \move, \base, 12, 13
	GPR_PAIR \move, \base, 14, 15
.endm
.macro HIGH_GPRS move, base
	GPR_PAIR \move, \base, 18, 19
	GPR_PAIR \move, \base, 20, 21
	GPR_PAIR \move, \base, 22, 23
	GPR_PAIR \move, \base, 24, 25
	GPR_PAIR \move, \base, 26, 27
	GPR_PAIR \move, \base, 28, 29
.endm

/* Store everything to STATE.  Changes x16 and x17, in which nothing travels.  */
.macro STORE_STATE state
	ADDRESS	x16, \state
	LOW_GPRS stp, x16
	HIGH_GPRS stp, x16
	mov	x17, sp
	stp	x30, x17, [x16, #GPR (30)]
	VECTOR_PAIRS stp, x16, 0, 8, 16
	mrs	x17, nzcv
	str	x17, [x16, #STATE_FLAGS]
	mrs	x17, fpcr
	str	x17, [x16, #STATE_FPCR]
.endm

/* void machine_call (void *fn, void *stack_pointer): with the registers of
   machine_in, call FN; store the registers it left to machine_out.  */
FUNCTION machine_call
	stp	x29, x30, [sp, #-160]!
	stp	x19, x20, [sp, #16]
	stp	x21, x22, [sp, #32]
	stp	x23, x24, [sp, #48]
	stp	x25, x26, [sp, #64]
	stp	x27, x28, [sp, #80]
	stp	d8, d9, [sp, #96]
	stp	d10, d11, [sp, #112]
	stp	d12, d13, [sp, #128]
	stp	d14, d15, [sp, #144]
	ADDRESS	x9, .Lsaved_sp
	mov	x10, sp
	mrs	x11, fpcr
	stp	x10, x11, [x9]
	mov	x16, x0
	mov	sp, x1
	ADDRESS	x17, machine_in
	VECTOR_PAIRS ldp, x17, 0, 8, 16
	ldr	x9, [x17, #STATE_FPCR]
	msr	fpcr, x9
	ldr	x9, [x17, #STATE_FLAGS]
	msr	nzcv, x9
	LOW_GPRS ldp, x17
	HIGH_GPRS ldp, x17
	ldr	x17, [x17, #GPR (17)]
	blr	x16
	STORE_STATE machine_out
	ADDRESS	x9, .Lsaved_sp
	ldp	x10, x11, [x9]
	mov	sp, x10
	msr	fpcr, x11
	ldp	x19, x20, [sp, #16]
	ldp	x21, x22, [sp, #32]
	ldp	x23, x24, [sp, #48]
	ldp	x25, x26, [sp, #64]
	ldp	x27, x28, [sp, #80]
	ldp	d8, d9, [sp, #96]
	ldp	d10, d11, [sp, #112]
	ldp	d12, d13, [sp, #128]
	ldp	d14, d15, [sp, #144]
	ldp	x29, x30, [sp], #160
	ret
ENDFUNCTION machine_call

/* Load the low half of REG from x9 and add x10 to that.  */
.macro LOW_HALF reg
	ld1	{\reg\().d}[0], [x9], x10
.endm

/* Fill the words from x9 on with junk, as many as x10 says.  */
.macro TRASH
	ldr	x11, =0x7a7a7a7a7a7a7a7a
1:	cbz	x10, 2f
	str	x11, [x9], #8
	sub	x10, x10, #1
	b	1b
2:
.endm

/* Overwrite what belongs to a callee with junk and the result, as machine_give says:
   its arguments on the stack, what is below it, and every register that it need not
   preserve; then return.  */
.macro LEAVE
	mov	x9, sp
	ADDRESS	x10, machine_trash_words
	ldr	x10, [x10]
	TRASH
	sub	x9, sp, #8 * MACHINE_DEAD_WORDS
	mov	x10, #MACHINE_DEAD_WORDS
	TRASH
	ADDRESS	x16, machine_give
	ADDRESS	x17, machine_seen
	VECTOR_PAIRS ldp, x16, 0, 8, 16
	/* Of these the low half is preserved.  */
	add	x9, x17, #VECTOR (8)
	mov	x10, #16
	.irp	reg, v8, v9, v10, v11, v12, v13, v14, v15
	LOW_HALF \reg
	.endr
	ldr	x9, [x16, #STATE_FLAGS]
	msr	nzcv, x9
	LOW_GPRS ldp, x16
	ldr	x18, [x16, #GPR (18)]
	ldr	x30, [x17, #GPR (30)]
	ldp	x16, x17, [x16, #GPR (16)]
	ret
.endm

/* A callee: all that it finds goes to machine_seen and machine_seen_stack; a result
   in memory goes to where x8 points.  */
FUNCTION machine_callee
	STORE_STATE machine_seen
	mov	x9, sp
	ADDRESS	x10, machine_seen_stack
	mov	x11, #MACHINE_STACK_WORDS
1:	ldr	x12, [x9], #8
	str	x12, [x10], #8
	subs	x11, x11, #1
	b.ne	1b
	ADDRESS	x10, machine_memory_result
	ADDRESS	x11, machine_memory_bytes
	ldr	x11, [x11]
1:	cbz	x11, 2f
	ldrb	w12, [x10], #1
	strb	w12, [x8], #1
	sub	x11, x11, #1
	b	1b
2:	LEAVE
ENDFUNCTION machine_callee

/* A handler: what it finds goes to machine_seen, then *machine_handle does the
   work.  */
FUNCTION machine_handler
	STORE_STATE machine_seen
	stp	x29, x30, [sp, #-16]!
	ADDRESS	x16, machine_handle
	ldr	x16, [x16]
	blr	x16
	ldp	x29, x30, [sp], #16
	LEAVE
ENDFUNCTION machine_handler

	.section .note.GNU-stack, "", %progbits
