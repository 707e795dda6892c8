/* SPDX-License-Identifier: MIT */
/* The assembly behind machine.h for s390x.  All state is static: one call at a time.  */

#define MACHINE_ASM
#include "s390x.h"

#include "objects.h"
.Lsaved_sp: .skip 8
.Lsaved_fpc: .skip 8
.Lfn:	.skip 8

	.text

/* MOVE (ld or std) FPRs from or to the state at BASE.  */
.macro FPRS_0_TO_7 move, base
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7
	\move	%f\n, STATE_FPR + 8 * \n(\base)
	.endr
.endm
.macro FPRS_8_TO_15 move, base, at
	.irp	n, 8, 9, 10, 11, 12, 13, 14, 15
	\move	%f\n, \at + 8 * (\n - 8)(\base)
	.endr
.endm

/* Make the flags of the state at BASE the condition code.  Changes REG.  */
.macro SET_FLAGS reg, base
	lg	\reg, STATE_FLAGS(\base)
	srlg	\reg, \reg, 28
	tmll	\reg, 3
.endm

/* Store everything to STATE.  Changes r1, in which nothing travels.  */
.macro STORE_STATE state
	larl	%r1, \state
	stmg	%r2, %r15, STATE_GPR + 16(%r1)
	stg	%r0, STATE_GPR(%r1)
	FPRS_0_TO_7 std, %r1
	FPRS_8_TO_15 std, %r1, STATE_FPR + 64
	ipm	%r0
	llgfr	%r0, %r0
	stg	%r0, STATE_FLAGS(%r1)
	stfpc	STATE_FPC + 4(%r1)
.endm

/* void machine_call (void *fn, void *stack_arguments): with the registers of machine_in,
   call FN; store the registers it left to machine_out.  */
FUNCTION machine_call
	stmg	%r6, %r15, 48(%r15)
	aghi	%r15, -64
	FPRS_8_TO_15 std, %r15, 0
	stgrl	%r15, .Lsaved_sp
	larl	%r1, .Lsaved_fpc
	stfpc	0(%r1)
	stgrl	%r2, .Lfn
	lay	%r15, -SAVE_AREA(%r3)
	larl	%r14, machine_in
	FPRS_0_TO_7 ld, %r14
	FPRS_8_TO_15 ld, %r14, STATE_FPR + 64
	lfpc	STATE_FPC + 4(%r14)
	SET_FLAGS %r1, %r14
	lmg	%r0, %r13, STATE_GPR(%r14)
	lgrl	%r1, .Lfn
	basr	%r14, %r1
	STORE_STATE machine_out
	larl	%r1, .Lsaved_fpc
	lfpc	0(%r1)
	lgrl	%r15, .Lsaved_sp
	FPRS_8_TO_15 ld, %r15, 0
	aghi	%r15, 64
	lmg	%r6, %r15, 48(%r15)
	br	%r14
ENDFUNCTION machine_call

/* Fill the words from r2 on with junk, as many as r3 says.  Changes r4.  */
.macro TRASH
	llihf	%r4, 0x7a7a7a7a
	oilf	%r4, 0x7a7a7a7a
1:	aghi	%r3, -1
	jl	2f
	stg	%r4, 0(%r2)
	la	%r2, 8(%r2)
	j	1b
2:
.endm

/* Overwrite what belongs to a callee with junk and the result, as machine_give says: its
   arguments on the stack, the rest of the area below them, what is below its frame, and
   every register that it need not preserve; then return.  r15, r14 and what is preserved
   are as at entry.  */
.macro LEAVE
	la	%r2, SAVE_AREA(%r15)
	lgrl	%r3, machine_trash_words
	TRASH
	la	%r2, 8(%r15)
	lghi	%r3, SAVE_AREA / 8 - 1
	TRASH
	lay	%r2, -8 * MACHINE_DEAD_WORDS(%r15)
	lghi	%r3, MACHINE_DEAD_WORDS
	TRASH
	larl	%r1, machine_give
	FPRS_0_TO_7 ld, %r1
	SET_FLAGS %r0, %r1
	lmg	%r0, %r5, STATE_GPR(%r1)
	br	%r14
.endm

/* A callee: all that it finds goes to machine_seen and machine_seen_stack; a result in
   memory goes to where r2 points.  */
FUNCTION machine_callee
	STORE_STATE machine_seen
	lgr	%r5, %r2
	la	%r2, SAVE_AREA(%r15)
	larl	%r3, machine_seen_stack
	lghi	%r4, MACHINE_STACK_WORDS
1:	lg	%r0, 0(%r2)
	stg	%r0, 0(%r3)
	la	%r2, 8(%r2)
	la	%r3, 8(%r3)
	brctg	%r4, 1b
	larl	%r3, machine_memory_result
	lgrl	%r4, machine_memory_bytes
1:	aghi	%r4, -1
	jl	2f
	ic	%r0, 0(%r3)
	stc	%r0, 0(%r5)
	la	%r3, 1(%r3)
	la	%r5, 1(%r5)
	j	1b
2:	LEAVE
ENDFUNCTION machine_callee

/* A handler: what it finds goes to machine_seen, then *machine_handle does the work.  */
FUNCTION machine_handler
	STORE_STATE machine_seen
	stmg	%r6, %r15, 48(%r15)
	lgr	%r0, %r15
	aghi	%r15, -SAVE_AREA
	stg	%r0, 0(%r15)
	lgrl	%r1, machine_handle
	basr	%r14, %r1
	lmg	%r6, %r15, SAVE_AREA + 48(%r15)
	LEAVE
ENDFUNCTION machine_handler

	.section .note.GNU-stack, "", %progbits
