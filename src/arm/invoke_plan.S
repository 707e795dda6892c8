/* SPDX-License-Identifier: MIT */
/* Invoking a call plan.  A plan is a cif and a list of steps, words that begin with the
   address of code.  A step loads one argument or a few, where they always are: into
   registers, or onto the stack; and goes on at the next.  The last one calls the function
   and stores the result.  */

#include "asm/function.h"
#include "copy_words.h"
#include "flags.h"
#include "results.h"

/* void ffi_call_plan_invoke (plan, fn, rvalue, avalue)

   in:       r0 = plan, r1 = fn, r2 = rvalue, r3 = avalue
   out:      *rvalue
   clobbers: what a C function may
   stack, from fp up:
	0	r4 to r9, fp, lr
   from fp down:
	...	stack arguments

   Between the steps:
     r0 to r3, d0 to d7 = arguments
     r4 = rvalue, r5 = the rest of avalue, r6 = that of the steps, r7 = fn
     r8, r9, ip, lr = scratch  */

#define SAVED "r4, r5, r6, r7, r8, r9, fp, lr"

.macro NEXT
	ldr	pc, [r6], #4
.endm

PUBLIC_FUNCTION ffi_call_plan_invoke
	ldr	ip, [r0, #PLAN_STEPS]
	cmp	r2, #0
	cmpne	ip, #0
	beq	.Lwithout_steps
	UNWIND_STATE 0, SAVED
	push	{r4, r5, r6, r7, r8, r9, fp, lr}
	.cfi_def_cfa_offset 32
	.cfi_offset r4, -32
	.cfi_offset r5, -28
	.cfi_offset r6, -24
	.cfi_offset r7, -20
	.cfi_offset r8, -16
	.cfi_offset r9, -12
	.cfi_offset fp, -8
	.cfi_offset lr, -4
	UNWIND_STATE 0, SAVED, 0, fp
	mov	fp, sp
	.cfi_def_cfa_register fp
	mov	r4, r2
	mov	r5, r3
	mov	r6, ip
	mov	r7, r1
	NEXT

.macro TABLE name
	.balign	PLAN_STEP_SIZE
	.globl	\name
	.hidden	\name
\name:
.endm

/* Step N of TABLE, whose steps have so many times PLAN_STEP_SIZE.  */
.macro STEP table, n, times=1
	.org	\table + PLAN_STEP_SIZE * \times * (\n)
.endm

/* A scalar of CLASS into each register.  */
.macro SCALARS class, load
	.irp	n, 0, 1, 2, 3
	STEP	ffi_plan_scalars, GPRS * (\class - 1) + \n
	ldr	ip, [r5], #4		/* where the value is */
	\load	r\n, [ip]
	NEXT
	.endr
.endm

	TABLE	ffi_plan_scalars
	SCALARS	CLASS_U8, ldrb
	SCALARS	CLASS_S8, ldrsb
	SCALARS	CLASS_U16, ldrh
	SCALARS	CLASS_S16, ldrsh
	SCALARS	CLASS_WORD, ldr

/* Two to four scalars of a word each into adjacent registers.  */
.macro TWO_SCALARS first, a, b
	STEP	ffi_plan_runs, GPRS * \first, 2
	ldm	r5!, {ip, lr}
	ldr	\a, [ip]
	ldr	\b, [lr]
	NEXT
.endm

.macro THREE_SCALARS first, a, b, c
	STEP	ffi_plan_runs, GPRS * \first + 1, 2
	ldm	r5!, {r8, ip, lr}
	ldr	\a, [r8]
	ldr	\b, [ip]
	ldr	\c, [lr]
	NEXT
.endm

	TABLE	ffi_plan_runs
	TWO_SCALARS 0, r0, r1
	THREE_SCALARS 0, r0, r1, r2
	STEP	ffi_plan_runs, 2, 2
	ldm	r5!, {r8, r9, ip, lr}
	ldr	r0, [r8]
	ldr	r1, [r9]
	ldr	r2, [ip]
	ldr	r3, [lr]
	NEXT
	TWO_SCALARS 1, r1, r2
	THREE_SCALARS 1, r1, r2, r3
	TWO_SCALARS 2, r2, r3

/* A value of COUNT words into registers.  */
.macro WORDS first, count, regs:vararg
	STEP	ffi_plan_words, GPRS * \first + \count - 2
	ldr	ip, [r5], #4
	ldm	ip, {\regs}
	NEXT
.endm

	TABLE	ffi_plan_words
	WORDS	0, 2, r0, r1
	WORDS	0, 3, r0, r1, r2
	WORDS	0, 4, r0, r1, r2, r3
	WORDS	1, 2, r1, r2
	WORDS	1, 3, r1, r2, r3
	WORDS	2, 2, r2, r3

/* A value that COUNT single VFP registers hold, in those from each on.  */
.macro SINGLES row, count
	.set	.Lfirst, 0
	.rept	VFPS - \count + 1
	SINGLES_FROM \row, %.Lfirst, %(.Lfirst + \count - 1)
	.set	.Lfirst, .Lfirst + 1
	.endr
.endm

.macro SINGLES_FROM row, first, last
	STEP	ffi_plan_singles, VFPS * \row + \first
	ldr	ip, [r5], #4
.if \first == \last
	vldr	s\first, [ip]
.else
	vldmia	ip, {s\first-s\last}
.endif
	NEXT
.endm

	.altmacro
	TABLE	ffi_plan_singles
	SINGLES	0, 1
	SINGLES	1, 2
	SINGLES	2, 3
	SINGLES	3, 4
	SINGLES	4, 6
	SINGLES	5, 8
	.noaltmacro

/* A scalar of CLASS onto the stack.  */
.macro STACKED class, load
	STEP	ffi_plan_stack, \class - 1, 2
	ldr	ip, [r5], #4
	ldr	lr, [r6], #4		/* how far up */
	\load	ip, [ip]
	str	ip, [sp, lr]
	NEXT
.endm

	TABLE	ffi_plan_stack
	STACKED	CLASS_U8, ldrb
	STACKED	CLASS_S8, ldrsb
	STACKED	CLASS_U16, ldrh
	STACKED	CLASS_S16, ldrsh
	STACKED	CLASS_WORD, ldr
	STEP	ffi_plan_stack, CLASS_2_WORDS - 1, 2
	ldr	ip, [r5], #4
	ldr	lr, [r6], #4
	ldm	ip, {r8, r9}
	add	lr, sp, lr
	stm	lr, {r8, r9}
	NEXT
	STEP	ffi_plan_stack, CLASS_4_WORDS - 1, 2
	ldr	ip, [r5], #4
	ldr	lr, [r6], #4
	add	lr, sp, lr
	ldm	ip!, {r8, r9}
	stm	lr!, {r8, r9}
	ldm	ip, {r8, r9}
	stm	lr, {r8, r9}
	NEXT
	STEP	ffi_plan_stack, PLAN_TWO_SCALARS - 1, 2
	ldm	r5!, {ip, lr}
	ldr	r8, [ip]
	ldr	r9, [lr]
	ldr	ip, [r6], #4
	add	ip, sp, ip
	stm	ip, {r8, r9}
	NEXT

/* A value of many words, some of which may be in integer registers, which are below the
   stack arguments for the time: the words beyond a multiple of four, then four for each
   rung of a ladder, or in a loop.  */
.macro COPY words, load, store
	STEP	ffi_plan_copy, \words, 2
	push	{r0-r3}
	ldr	ip, [r5], #4
	ldm	r6!, {r0, r1}		/* how far up; a rung */
	add	lr, sp, r0
.if \words
	\load
	\store
.endif
	bx	r1
.endm

	TABLE	ffi_plan_copy
	COPY	0
	COPY	1, "ldr r2, [ip], #4", "str r2, [lr], #4"
	COPY	2, "ldm ip!, {r2, r3}", "stm lr!, {r2, r3}"
	COPY	3, "ldm ip!, {r0, r2, r3}", "stm lr!, {r0, r2, r3}"
	TABLE	ffi_plan_loop
	ldr	r8, [r6], #4		/* how often */
1:	ldm	ip!, {r0-r3}
	stm	lr!, {r0-r3}
	subs	r8, r8, #1
	bne	1b
	pop	{r0-r3}
	NEXT
	TABLE	ffi_plan_rungs
	.rept	PLAN_RUNGS
	ldm	ip!, {r0-r3}
	stm	lr!, {r0-r3}
	.endr
	pop	{r0-r3}
	NEXT

/* Likewise a value of any size and alignment, r2 bytes from ip to r0; go on at UNALIGNED
   if that has to be done by bytes.  */
.macro BYTES unaligned
	push	{r0-r3}
	ldr	ip, [r5], #4
	ldm	r6!, {r0, r2}
	tst	ip, #3
	add	r0, sp, r0
	bne	\unaligned
	COPY_WORDS r2, ip, r0, 2f
2:	pop	{r0-r3}
	NEXT
.endm

	TABLE	ffi_plan_bytes
	BYTES	.Lunaligned
.Lunaligned:
	mov	r1, ip
	bl	memcpy
	pop	{r0-r3}
	NEXT
	/* ... while VFP registers have arguments, */
	TABLE	ffi_plan_bytes_vfp
	BYTES	.Lunaligned_vfp
.Lunaligned_vfp:
	vpush	{d0-d7}
	mov	r1, ip
	bl	memcpy
	vpop	{d0-d7}
	pop	{r0-r3}
	NEXT
	/* ... and into these.  */
	TABLE	ffi_plan_bytes_to_vfp
	push	{r0-r3}
	vpush	{d0-d7}
	ldm	r6!, {r0, r2}
	ldr	r1, [r5], #4
	add	r0, sp, r0
	bl	memcpy
	vpop	{d0-d7}
	pop	{r0-r3}
	NEXT

	/* Room for stack arguments.  */
	TABLE	ffi_plan_frame
	ldr	ip, [r6], #4
	sub	sp, sp, ip
	NEXT
	/* The result's address.  */
	TABLE	ffi_plan_sret
	mov	r0, r4
	NEXT
	/* An argument that is passed nowhere.  */
	TABLE	ffi_plan_skip
	add	r5, r5, #4
	NEXT

.macro CALL code
	STEP	ffi_plan_calls, \code, 2
	blx	r7
	mov	sp, fp
	STORE_RESULT \code, r4
	pop	{r4, r5, r6, r7, r8, r9, fp, pc}
.endm

	TABLE	ffi_plan_calls
#define R(name, ...) CALL RET_##name;
	RET_CODES
#undef R

	/* A result of fewer bytes than a word; a _Float16 is in s0.  */
	TABLE	ffi_plan_call_float16
	blx	r7
	vmov	r0, s0
	b	4f
	TABLE	ffi_plan_call_partial
	blx	r7
4:	ldr	r3, [r6]		/* how many */
	mov	sp, fp
6:	strb	r0, [r4], #1
	lsr	r0, r0, #8
	subs	r3, r3, #1
	bne	6b
	pop	{r4, r5, r6, r7, r8, r9, fp, pc}

	/* A frame that has to be probed, or a result that nobody wants: also if it is in
	   memory, which ffi_call would find the types for.  */
	UNWIND_STATE
	UNWIND_LEAD
	.cfi_def_cfa sp, 0
	.irp	reg, r4, r5, r6, r7, r8, r9, fp, lr
	.cfi_restore \reg
	.endr
.Lwithout_steps:
	ldr	ip, [r0, #CIF_FLAGS]
	cmp	r2, #0
	bne	7f
	tst	ip, #FLAG_FAST
	beq	7f
	and	ip, ip, #RET_MASK
	cmp	ip, #RET_MEMORY
	ldrne	ip, [r0, #CIF_FLAGS]
	bne	ffi_call_by_flags
7:	b	ffi_call_plan_general
ENDFUNCTION ffi_call_plan_invoke

	END_OF_FILE
