/* SPDX-License-Identifier: MIT */
/* ffi_call, and the calls with up to eight arguments of one, two or four words.  The
   types are not touched: the cif tells where each argument goes.  */

#include "asm/function.h"
#include "flags.h"
#include "results.h"

/* void ffi_call (cif, fn, rvalue, avalue)

   in:       r0 = cif, r1 = fn, r2 = rvalue, r3 = avalue
   out:      *rvalue
   clobbers: what a C function may
   stack, from fp up:
	0	r4 to r7, fp, lr
   from fp down:
	...	stack arguments, cif->bytes
	-	registers: REGS_BYTES

   While arguments are loaded: r0 = the rest of the map, r3 = the rest of avalue,
   r7 = classes of those to come, four bits each, ip = the code by class; r4 = rvalue,
   r5 = flags, lr = fn; r1, r2, r6 = scratch.  */

#define PIECE_SHIFT 5

.macro NEXT
	and	r6, r7, #15
	lsr	r7, r7, #4
	add	pc, ip, r6, lsl #PIECE_SHIFT
.endm

.macro PIECE class
	.org	.Lpieces + (\class << PIECE_SHIFT)
.endm

/* r1 = where the value is, r2 = in which word it goes.  */
.macro ARGUMENT
	ldrb	r2, [r0], #1
	ldr	r1, [r3], #4
.endm

.macro LOAD class, load
	PIECE	\class
	ARGUMENT
	\load	r1, [r1]
	str	r1, [sp, r2, lsl #2]
	NEXT
.endm

PUBLIC_FUNCTION ffi_call
	ldr	ip, [r0, #CIF_BYTES + 4]	/* flags */
	tst	ip, #FLAG_FAST
	beq	.Lgeneral
	.globl	ffi_call_by_flags	/* which are in ip */
	.hidden	ffi_call_by_flags
ffi_call_by_flags:
	cmp	r2, #0
	beq	.Lunwanted
.Lwanted:
	UNWIND_STATE 0, "r4, r5, r6, r7, fp, lr"
	push	{r4, r5, r6, r7, fp, lr}
	.cfi_def_cfa_offset 24
	.cfi_offset r4, -24
	.cfi_offset r5, -20
	.cfi_offset r6, -16
	.cfi_offset r7, -12
	.cfi_offset fp, -8
	.cfi_offset lr, -4
	UNWIND_STATE 0, "r4, r5, r6, r7, fp, lr", 0, fp
	mov	fp, sp
	.cfi_def_cfa_register fp
	mov	r5, ip
	ldr	ip, [r0, #CIF_BYTES]
	mov	r4, r2
	mov	lr, r1
	ldr	r7, [r0, #CIF_CLASSES]
	sub	sp, sp, ip
	sub	sp, sp, #REGS_BYTES
	add	r0, r0, #CIF_MAP
	adr	ip, .Lpieces
	str	r2, [sp, #VFP_BYTES]	/* the first argument, if it is the result's address */
	NEXT
	.balign	4
.Lpieces:				/* all eight are loaded */
	tst	r5, #FLAG_VFP_ARGUMENTS
	beq	.Lloaded
	b	.Lload_vfp
	LOAD	CLASS_U8, ldrb
	LOAD	CLASS_S8, ldrsb
	LOAD	CLASS_U16, ldrh
	LOAD	CLASS_S16, ldrsh
	LOAD	CLASS_WORD, ldr
	PIECE	CLASS_2_WORDS
	ARGUMENT
	ldm	r1, {r1, r6}
	add	r2, sp, r2, lsl #2
	stm	r2, {r1, r6}
	NEXT
	PIECE	CLASS_4_WORDS
	ARGUMENT
	add	r2, sp, r2, lsl #2
	b	.Lfour_words
	PIECE	CLASS_END
	b	.Lloaded
	PIECE	CLASS_END_VFP
.Lload_vfp:
	vldmia	sp, {d0-d7}
.Lloaded:
	add	sp, sp, #VFP_BYTES
	pop	{r0-r3}
	and	r6, r5, #RET_MASK
	blx	lr
	mov	sp, fp
	SWITCH	.Lstore_table, r6

.macro RETURN
	pop	{r4, r5, r6, r7, fp, pc}
.endm

	STORE_RESULTS .Lstore_table, RETURN, r4

.Lfour_words:
	ldm	r1!, {r6, ip}
	stm	r2!, {r6, ip}
	ldm	r1, {r6, ip}
	stm	r2, {r6, ip}
	adr	ip, .Lpieces
	NEXT

	/* A result that nobody wants is as good as none, unless it is in memory.  */
	UNWIND_STATE
	UNWIND_LEAD
	.cfi_def_cfa sp, 0
	.irp	reg, r4, r5, r6, r7, fp, lr
	.cfi_restore \reg
	.endr
.Lunwanted:
	and	r2, ip, #RET_MASK
	cmp	r2, #RET_MEMORY
	bicne	ip, ip, #RET_MASK
	bne	.Lwanted
	mov	r2, #0
.Lgeneral:
	cmp	r2, #0
	tstne	ip, #FLAG_TYPES
	bne	ffi_invoke_types
	b	ffi_call_general
ENDFUNCTION ffi_call

	END_OF_FILE
