/* SPDX-License-Identifier: MIT */
/* Calls that take at most FFI_UNPROBED bytes on the stack, without C: by the types of
   arguments, any number of scalars, complex numbers and structs, for which FLAG_TYPES is
   set, and cif->vfp_reg_free and what follows tell what the structs consist of; or by the
   moves of a plan.  */

#include "asm/function.h"
#include "copy_words.h"
#include "flags.h"
#include "results.h"
#include "vfp.h"

/* void ffi_invoke_types (cif, fn, rvalue, avalue)
   void ffi_invoke_moves (plan, fn, rvalue, avalue)

   in:       r0 = cif or plan, r1 = fn, r2 = rvalue, not null, r3 = avalue; ip = cif->flags
   out:      *rvalue
   clobbers: what a C function may
   stack, with what each part starts at:

             +-------------------------------------------+
         fp  | r4 to r10, fp, lr                         |
    fp - 16  | size of the result, fn, rvalue, flags     |
    fp - 20  | unused                                    |
         lr  | stack arguments, cif->bytes               |
         sp  | d0 to d7, r0 to r3: REGS_BYTES            |
             +-------------------------------------------+

   While arguments are loaded:
     r4 = the rest of the types or moves, r5 = that of avalue, r6 = the end of the types
     r7, r8 = the next integer register and stack argument
     r9 = a bit for each VFP register that is not free, and all above; or 0: none is to
	  be used
     r10 = what the cif tells of structs to come
     lr = the end of the integer registers
     r0, r3, ip = scratch; at a piece: r1 = type, r2 = where the value is
   At that of a move: r0 to r3 = the move  */

#define PIECE_SHIFT 5
#define SAVED "r4, r5, r6, r7, r8, r9, r10, fp, lr"

.macro PIECES name, reg
	add	pc, pc, \reg, lsl #PIECE_SHIFT
	nop				/* pc is here when it is read */
\name:
.endm

.macro PIECE code
	.org	.Lpieces + (\code << PIECE_SHIFT)
.endm

.macro INTEGER code, load
	PIECE	\code
	\load	r0, [r2]
	cmp	r7, lr
	strlo	r0, [r7], #4
	strhs	r0, [r8], #4
	b	.Lnext
.endm

.macro TWO_WORDS code
	PIECE	\code
	ldr	r0, [r2]
	ldr	r1, [r2, #4]
	b	.Ltwo_words
.endm

.macro MOVE op
	.org	.Lmoves + (\op << PIECE_SHIFT)
.endm

/* r2 = where the argument is; ip is scratch.  */
.macro VALUE
	lsr	ip, r2, #16
	ldr	r2, [r5, ip, lsl #2]
.endm

/* ... and r3 = where in it the move starts.  */
.macro PART
	VALUE
	lsl	r3, r3, #8
	lsr	r3, r3, #24
.endm

.macro MOVE_WORD op, load
	MOVE	\op
	VALUE
	\load	ip, [r2]
	str	ip, [sp, r0]
	b	.Lnext_move
.endm

.macro RETURN
	pop	{r4, r5, r6, r7, r8, r9, r10, fp, pc}
.endm

/* Make the frame; r5 = avalue.  */
.macro START
	UNWIND_STATE 0, SAVED
	push	{r4, r5, r6, r7, r8, r9, r10, fp, lr}
	.cfi_def_cfa_offset 36
	.cfi_offset r4, -36
	.cfi_offset r5, -32
	.cfi_offset r6, -28
	.cfi_offset r7, -24
	.cfi_offset r8, -20
	.cfi_offset r9, -16
	.cfi_offset r10, -12
	.cfi_offset fp, -8
	.cfi_offset lr, -4
	UNWIND_STATE 0, SAVED, 0, fp
	mov	fp, sp
	.cfi_def_cfa_register fp
	mov	r5, r3
	mov	r4, r0
	ldr	r3, [r0, #CIF_BYTES]
	ldr	r0, [r0, #CIF_RTYPE]
	sub	sp, sp, #20
	ldr	r0, [r0, #TYPE_SIZE]
	stmib	sp, {r0, r1, r2, ip}
	sub	lr, sp, r3
	sub	sp, lr, #REGS_BYTES
.endm

FUNCTION ffi_invoke_types
	START
	ldr	r6, [r4, #CIF_NARGS]
	ldr	r10, [r4, #CIF_KNOWN]
	ldr	r4, [r4, #CIF_ARG_TYPES]
	sub	r7, lr, #GPRS * 4
	add	r6, r4, r6, lsl #2
	mov	r8, lr
	mov	r9, #0
	tst	ip, #FLAG_VFP
	mvnne	r9, #0
	lslne	r9, r9, #VFPS
	and	r0, ip, #RET_MASK
	cmp	r0, #RET_MEMORY
	streq	r2, [r7], #4		/* the address is the first argument */
.Lnext:
	cmp	r4, r6
	beq	.Lloaded
	ldr	r1, [r4], #4
	ldr	r2, [r5], #4
	ldrh	ip, [r1, #TYPE_TYPE]
	PIECES	.Lpieces, ip
	INTEGER	FFI_TYPE_INT, ldr
	PIECE	FFI_TYPE_FLOAT
	ldr	r0, [r2]
	cmp	r9, #0
	bne	.Lfloat
	b	.Lword
	PIECE	FFI_TYPE_DOUBLE
	ldr	r0, [r2]
	ldr	r1, [r2, #4]
	cmp	r9, #0
	bne	.Ldouble
	b	.Ltwo_words
	INTEGER	FFI_TYPE_UINT8, ldrb
	INTEGER	FFI_TYPE_SINT8, ldrsb
	INTEGER	FFI_TYPE_UINT16, ldrh
	INTEGER	FFI_TYPE_SINT16, ldrsh
	INTEGER	FFI_TYPE_UINT32, ldr
	INTEGER	FFI_TYPE_SINT32, ldr
	TWO_WORDS FFI_TYPE_UINT64
	TWO_WORDS FFI_TYPE_SINT64
	PIECE	FFI_TYPE_STRUCT
	ldr	r0, [r1, #TYPE_SIZE]
	b	.Lstruct
	INTEGER	FFI_TYPE_POINTER, ldr
	PIECE	FFI_TYPE_COMPLEX
	COMPLEX_SINGLES

.Ltwo_words:
	ALIGN_8	r7
	cmp	r7, lr
	stmlo	r7!, {r0, r1}
	blo	.Lnext
.Ltwo_on_stack:
	ALIGN_8	r8
	stm	r8!, {r0, r1}
	b	.Lnext

.Lword:
	cmp	r7, lr
	strlo	r0, [r7], #4
	strhs	r0, [r8], #4
	b	.Lnext

	/* The lowest single register that is free.  */
.Lfloat:
	mvns	ip, r9
	streq	r0, [r8], #4
	beq	.Lnext
	TAKE_SINGLE
	str	r0, [sp, r3, lsl #2]
	b	.Lnext

	/* The lowest double one.  */
.Ldouble:
	TAKE_DOUBLE .Ltwo_on_stack
	add	r3, sp, r3, lsl #2
	stm	r3, {r0, r1}
	b	.Lnext

	TAKE_MEMBERS sp
	lsl	r0, r0, #2
	b	.Lcopy

	/* A value of r0 bytes in words: in integer registers as long as there are some, and
	   on the stack, if it is the first one there.  */
.Lwords:
	ldrh	r3, [r1, #TYPE_ALIGNMENT]
	cmp	r3, #8
	ALIGN_8	r7, hs
	cmp	r7, lr
	bhs	.Lstruct_on_stack
	add	ip, r7, #3
	add	ip, ip, r0
	bic	ip, ip, #3
	mov	r1, r7
	cmp	ip, lr
	movls	r7, ip
	movls	ip, r1
	bls	.Lcopy
	mov	r7, lr
	cmp	r8, lr
	moveq	r8, ip
	moveq	ip, r1
	beq	.Lcopy
	cmp	r3, #8
	b	3f
.Lstruct_on_stack:
	ldrh	r3, [r1, #TYPE_ALIGNMENT]
	cmp	r3, #8
3:	ALIGN_8	r8, hs
	mov	ip, r8
	add	r8, r8, #3
	add	r8, r8, r0
	bic	r8, r8, #3

	/* Copy r0 bytes from r2 to ip.  */
.Lcopy:
	tst	r2, #3
	bne	.Lcopy_bytes
	COPY_WORDS r0, r2, ip, .Lnext
	b	.Lnext
.Lcopy_bytes:
	mov	r1, r2
	mov	r2, r0
	mov	r0, ip
	bl	memcpy
	add	lr, sp, #REGS_BYTES
	b	.Lnext

	/* A look at the members of the struct r1.  */
.Llook:
	push	{r0, r1, r2, r3}
	mov	r0, r1
	bl	ffi_vfp_singles
	mov	ip, r0
	pop	{r0, r1, r2, r3}
	mov	r10, #1
	add	lr, sp, #REGS_BYTES
	movs	r3, ip
	bne	.Lmembers
	b	.Lwords

.Lloaded:
	ldr	r4, [fp, #-4]		/* flags */
	ldr	lr, [fp, #-12]		/* fn */
	tst	r4, #FLAG_VFP_ARGUMENTS
	beq	5f
	vldmia	sp, {d0-d7}
5:	add	sp, sp, #VFP_BYTES
	pop	{r0-r3}
	blx	lr
	ldr	r2, [fp, #-8]		/* rvalue */
	tst	r4, #FLAG_PARTIAL
	bne	.Lpartial
	and	r4, r4, #RET_MASK
	mov	sp, fp
	SWITCH	.Lstore_table, r4

	STORE_RESULTS .Lstore_table, RETURN, r2

	/* A result of fewer bytes than a word; a _Float16 is in s0.  */
.Lpartial:
	ldr	r3, [fp, #-16]
	mov	sp, fp
	and	ip, r4, #RET_MASK
	cmp	ip, #RET_FLOAT
	bne	6f
	vmov	r0, s0
6:	strb	r0, [r2], #1
	lsr	r0, r0, #8
	subs	r3, r3, #1
	bne	6b
	RETURN
ENDFUNCTION ffi_invoke_types

	END_OF_FILE
