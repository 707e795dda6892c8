/* SPDX-License-Identifier: MIT */
/* The assembly behind machine.h for 32-bit Arm.  All state is static: one call at a
   time.  It is position-independent, as test programs may be.  */

#define MACHINE_ASM
#include "arm.h"

	.syntax	unified
	.arch	armv5t
	.fpu	vfpv2
	.arm

#include "objects.h"
	OBJECT	machine_has_vfp, 4
.Lsaved: .skip 8			/* sp, fpscr */

	.text

/* REG becomes the address of OBJECT.  */
.macro ADDRESS reg, object
	ldr	\reg, .Lword\@
.Lpc\@:	add	\reg, pc, \reg
	b	.Lnext\@
.Lword\@: .word	\object - (.Lpc\@ + 8)
.Lnext\@:
.endm

/* The Z flag tells that there is no VFP.  Changes REG.  */
.macro TEST_VFP reg
	ADDRESS	\reg, machine_has_vfp
	ldr	\reg, [\reg]
	cmp	\reg, #0
.endm

/* Store everything to STATE, writing no more than one word below the stack.  Changes
   what a callee may change.  */
.macro STORE_STATE state
	str	ip, [sp, #-4]
	ADDRESS	ip, \state
	stmia	ip, {r0-r11}
	str	sp, [ip, #4 * 13]
	str	lr, [ip, #4 * 14]
	ldr	r0, [sp, #-4]
	str	r0, [ip, #4 * 12]
	mrs	r0, cpsr
	str	r0, [ip, #STATE_FLAGS]
	TEST_VFP r0
	beq	.Lno_vfp\@
	add	r0, ip, #STATE_VECTOR
	vstmia	r0, {d0-d15}
	vmrs	r0, fpscr
	str	r0, [ip, #STATE_FPSCR]
.Lno_vfp\@:
.endm

/* void machine_call (void *fn, void *stack_pointer): with the registers of
   machine_in, call FN; store the registers it left to machine_out.  */
FUNCTION machine_call
	push	{r4-r11, lr}
	sub	sp, sp, #4
	TEST_VFP ip
	beq	1f
	vpush	{d8-d15}
	vmrs	r3, fpscr
1:	ADDRESS	r2, .Lsaved
	str	sp, [r2]
	str	r3, [r2, #4]
	mov	sp, r1
	str	r0, [sp, #-4]		/* no register is left to call by */
	ADDRESS	r2, machine_in
	TEST_VFP ip
	beq	1f
	add	r0, r2, #STATE_VECTOR
	vldmia	r0, {d0-d15}
	ldr	r0, [r2, #STATE_FPSCR]
	vmsr	fpscr, r0
1:	ldr	r0, [r2, #STATE_FLAGS]
	msr	cpsr_f, r0
	mov	ip, r2
	ldmia	ip, {r0-r11}
	ldr	ip, [ip, #4 * 12]
	adr	lr, .Lback
	ldr	pc, [sp, #-4]
.Lback:
	STORE_STATE machine_out
	ADDRESS	r2, .Lsaved
	ldr	sp, [r2]
	TEST_VFP ip
	beq	1f
	ldr	r3, [r2, #4]
	vmsr	fpscr, r3
	vpop	{d8-d15}
1:	add	sp, sp, #4
	pop	{r4-r11, lr}
	bx	lr
ENDFUNCTION machine_call

/* Fill the words from r0 on with junk, as many as r1 says.  */
.macro TRASH
	mvn	r2, #0x85
1:	subs	r1, r1, #1
	strge	r2, [r0], #4
	bgt	1b
.endm

/* Overwrite what belongs to a callee with junk and the result, as machine_give says:
   its arguments on the stack, what is below it, and every register that it need not
   preserve; then return.  */
.macro LEAVE
	mov	r0, sp
	ADDRESS	r1, machine_trash_words
	ldr	r1, [r1]
	TRASH
	sub	r0, sp, #4 * MACHINE_DEAD_WORDS
	mov	r1, #MACHINE_DEAD_WORDS
	TRASH
	ADDRESS	ip, machine_seen
	ldr	lr, [ip, #4 * 14]
	ADDRESS	ip, machine_give
	TEST_VFP r0
	beq	.Lno_vfp\@
	add	r0, ip, #STATE_VECTOR
	vldmia	r0, {d0-d7}
.Lno_vfp\@:
	ldr	r0, [ip, #STATE_FLAGS]
	msr	cpsr_f, r0
	ldmia	ip, {r0-r3}
	ldr	ip, [ip, #4 * 12]
	bx	lr
.endm

/* A callee: all that it finds goes to machine_seen and machine_seen_stack; a result
   in memory goes to where r0 pointed.  */
FUNCTION machine_callee
	STORE_STATE machine_seen
	ldr	r3, [ip]		/* the first argument */
	mov	r0, sp
	ADDRESS	r1, machine_seen_stack
	mov	r2, #MACHINE_STACK_WORDS
1:	ldr	ip, [r0], #4
	str	ip, [r1], #4
	subs	r2, r2, #1
	bne	1b
	ADDRESS	r1, machine_memory_result
	ADDRESS	r2, machine_memory_bytes
	ldr	r2, [r2]
1:	subs	r2, r2, #1
	ldrbge	ip, [r1], #1
	strbge	ip, [r3], #1
	bgt	1b
	LEAVE
ENDFUNCTION machine_callee

/* A handler: what it finds goes to machine_seen, then *machine_handle does the
   work.  */
FUNCTION machine_handler
	STORE_STATE machine_seen
	ldmia	ip, {r0-r3}
	ADDRESS	ip, machine_handle
	ldr	ip, [ip]
	push	{r4, lr}
	blx	ip
	pop	{r4, lr}
	LEAVE
ENDFUNCTION machine_handler

	.section .note.GNU-stack, "", %progbits
