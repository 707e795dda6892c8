/* SPDX-License-Identifier: MIT */
/* The assembly behind machine.h for riscv64.  All state is static: one call at a
   time.  */

#define MACHINE_ASM
#include "riscv64.h"

	/* The linker would address objects by gp, which a function may have changed.  */
	.option	norelax

#define LANDING .word 0x17 /* lpad 0 */
#include "objects.h"
.Lsaved_sp: .skip 8

	.text

#define GPR(n) STATE_GPR + 8 * (n)
#define FPR(n) STATE_FPR + 8 * (n)

/* MOVE (ld or sd, fld or fsd) registers from or to the state at BASE, which is t0.  */
.macro MOVE_GPRS move, base, numbers:vararg
	.irp	n, \numbers
	\move	x\n, GPR (\n)(\base)
	.endr
.endm
.macro MOVE_FPRS move, base, numbers:vararg
	.irp	n, \numbers
	\move	f\n, FPR (\n)(\base)
	.endr
.endm

/* Those that a function may change, but for ra and t0; those that it preserves, but for
   the pointers sp, gp and tp.  */
#define SCRATCH_GPRS 6, 7, 10, 11, 12, 13, 14, 15, 16, 17, 28, 29, 30, 31
#define SAVED_GPRS 8, 9, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27
#define SCRATCH_FPRS 0, 1, 2, 3, 4, 5, 6, 7, 10, 11, 12, 13, 14, 15, 16, 17, 28, 29, 30, 31
#define SAVED_FPRS 8, 9, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27

/* Store everything to STATE.  Changes t0, in which nothing travels, and t1.  */
.macro STORE_STATE state
	lla	t0, \state
	MOVE_GPRS sd, t0, 1, 2, 3, 4, SCRATCH_GPRS, SAVED_GPRS
	MOVE_FPRS fsd, t0, SCRATCH_FPRS, SAVED_FPRS
	frcsr	t1
	sd	t1, STATE_FCSR(t0)
.endm

/* void machine_call (void *fn, void *stack_pointer): with the registers of machine_in,
   call FN; store the registers it left to machine_out.  gp and tp stay what they are, in
   machine_in, too.  */
FUNCTION machine_call
	addi	sp, sp, -(STATE_SIZE + 8)
	mv	t0, sp
	MOVE_GPRS sd, t0, 1, SAVED_GPRS
	MOVE_FPRS fsd, t0, SAVED_FPRS
	frcsr	t1
	sd	t1, STATE_FCSR(t0)
	lla	t1, .Lsaved_sp
	sd	sp, 0(t1)
	mv	sp, a1
	lla	t0, machine_in
	MOVE_GPRS sd, t0, 3, 4
	sd	a0, GPR (5)(t0)
	ld	t1, STATE_FCSR(t0)
	fscsr	t1
	MOVE_FPRS fld, t0, SCRATCH_FPRS, SAVED_FPRS
	MOVE_GPRS ld, t0, SCRATCH_GPRS, SAVED_GPRS
	ld	t0, GPR (5)(t0)			/* fn */
	jalr	t0
	STORE_STATE machine_out
	lla	t0, machine_in
	MOVE_GPRS ld, t0, 3, 4
	lla	t1, .Lsaved_sp
	ld	t0, 0(t1)
	mv	sp, t0
	ld	t1, STATE_FCSR(t0)
	fscsr	t1
	MOVE_FPRS fld, t0, SAVED_FPRS
	MOVE_GPRS ld, t0, 1, SAVED_GPRS
	addi	sp, sp, STATE_SIZE + 8
	ret
ENDFUNCTION machine_call

/* Fill the words from t0 on with junk, as many as t1 says.  Changes t2.  */
.macro TRASH
	li	t2, 0x7a7a7a7a7a7a7a7a
1:	beqz	t1, 2f
	sd	t2, 0(t0)
	addi	t0, t0, 8
	addi	t1, t1, -1
	j	1b
2:
.endm

/* Overwrite what belongs to a callee with junk and the result, as machine_give says: its
   arguments on the stack, what is below its frame, and every register that it need not
   preserve; then return.  sp, ra and what is preserved are as at entry.  */
.macro LEAVE
	mv	t0, sp
	lla	t1, machine_trash_words
	ld	t1, 0(t1)
	TRASH
	addi	t0, sp, -8 * MACHINE_DEAD_WORDS
	li	t1, MACHINE_DEAD_WORDS
	TRASH
	lla	t0, machine_give
	MOVE_FPRS fld, t0, SCRATCH_FPRS
	MOVE_GPRS ld, t0, SCRATCH_GPRS
	ld	t0, GPR (5)(t0)
	ret
.endm

/* A callee: all that it finds goes to machine_seen and machine_seen_stack; a result in
   memory goes to where a0 points.  */
FUNCTION machine_callee
	STORE_STATE machine_seen
	mv	t0, sp
	lla	t1, machine_seen_stack
	li	t2, MACHINE_STACK_WORDS
1:	ld	t3, 0(t0)
	sd	t3, 0(t1)
	addi	t0, t0, 8
	addi	t1, t1, 8
	addi	t2, t2, -1
	bnez	t2, 1b
	lla	t0, machine_memory_result
	lla	t1, machine_memory_bytes
	ld	t1, 0(t1)
1:	beqz	t1, 2f
	lbu	t2, 0(t0)
	sb	t2, 0(a0)
	addi	t0, t0, 1
	addi	a0, a0, 1
	addi	t1, t1, -1
	j	1b
2:	LEAVE
ENDFUNCTION machine_callee

/* A handler: what it finds goes to machine_seen, then *machine_handle does the work.  */
FUNCTION machine_handler
	STORE_STATE machine_seen
	addi	sp, sp, -16
	sd	ra, 8(sp)
	lla	t1, machine_handle
	ld	t1, 0(t1)
	jalr	t1
	ld	ra, 8(sp)
	addi	sp, sp, 16
	LEAVE
ENDFUNCTION machine_handler

	.section .note.GNU-stack, "", %progbits
