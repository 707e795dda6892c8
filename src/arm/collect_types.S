/* SPDX-License-Identifier: MIT */
/* The arguments of a closure, without C: pointing at them by their types, if FLAG_TYPES is
   set, as invoke_types.S loads them.  */

#include "asm/function.h"
#include "flags.h"
#include "asm/ret_symbols.h"
#include "vfp.h"

/* ffi_collect_types, called by general entries

   in:       r0 = cif, ip = cif->flags, r3 = saved registers, which stack arguments
	     follow; sp = room for pointers
   out:      the pointers
   clobbers: ip, lr

     r2 = the saved VFP registers
     r4 = the rest of the types, r6 = their end, r5 = the next pointer
     r7, r8 = the next integer register and stack argument
     r9 = a bit for each VFP register that is not free, and all above; or 0: none is used
     r10 = what the cif tells of structs to come
     fp = the pieces, by type code
     lr = the end of the integer registers
     r0, r3, ip = scratch; at a piece: r1 = type  */

#define PIECE_SHIFT 6
#define SAVED "r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, r10, fp, ip, lr"
#define SAVED_BYTES 56

/* Go on at the piece of the next argument.  */
.macro NEXT
	cmp	r4, r6
	popeq	{r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, r10, fp, ip, pc}
	ldr	r1, [r4], #4
	ldrh	ip, [r1, #TYPE_TYPE]
	add	pc, fp, ip, lsl #PIECE_SHIFT
.endm

.macro PIECE code
	.org	.Lpieces + (\code << PIECE_SHIFT)
.endm

.macro INTEGER code
	PIECE	\code
	cmp	r7, lr
	bhs	.Lword_on_stack
	str	r7, [r5], #4
	add	r7, r7, #4
	NEXT
.endm

.macro TWO_WORDS code
	PIECE	\code
	cmp	r7, lr
	bhs	.Ltwo_on_stack
	b	.Ltwo_words
.endm

FUNCTION ffi_collect_types
	UNWIND_STATE 0, SAVED
	push	{r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, r10, fp, ip, lr}
	.cfi_def_cfa_offset SAVED_BYTES
	.cfi_offset r4, -40
	.cfi_offset r5, -36
	.cfi_offset r6, -32
	.cfi_offset r7, -28
	.cfi_offset r8, -24
	.cfi_offset r9, -20
	.cfi_offset r10, -16
	.cfi_offset fp, -12
	.cfi_offset lr, -4
	ldr	r6, [r0, #CIF_NARGS]
	ldr	r4, [r0, #CIF_ARG_TYPES]
	ldr	r10, [r0, #CIF_KNOWN]
	add	r5, sp, #SAVED_BYTES
	add	lr, r3, #REGS_BYTES
	add	r7, r3, #VFP_BYTES
	add	r6, r4, r6, lsl #2
	mov	r2, r3
	mov	r8, lr
	mov	r9, #0
	tst	ip, #FLAG_VFP
	mvnne	r9, #0
	lslne	r9, r9, #VFPS
	and	ip, ip, #RET_MASK
	cmp	ip, #RET_MEMORY
	addeq	r7, r7, #4		/* the result's address is the first */
	adr	fp, .Lpieces
	NEXT
	.balign	1 << PIECE_SHIFT
.Lpieces:
	INTEGER	FFI_TYPE_INT
	PIECE	FFI_TYPE_FLOAT
	cmp	r9, #0
	bne	.Lfloat
	b	.Lword
	PIECE	FFI_TYPE_DOUBLE
	cmp	r9, #0
	bne	.Ldouble
	b	.Ltwo_words
	INTEGER	FFI_TYPE_UINT8
	INTEGER	FFI_TYPE_SINT8
	INTEGER	FFI_TYPE_UINT16
	INTEGER	FFI_TYPE_SINT16
	INTEGER	FFI_TYPE_UINT32
	INTEGER	FFI_TYPE_SINT32
	TWO_WORDS FFI_TYPE_UINT64
	TWO_WORDS FFI_TYPE_SINT64
	PIECE	FFI_TYPE_STRUCT
	ldr	r0, [r1, #TYPE_SIZE]
	b	.Lstruct
	INTEGER	FFI_TYPE_POINTER
	PIECE	FFI_TYPE_COMPLEX
	COMPLEX_SINGLES

.Ltwo_words:
	ALIGN_8	r7
	cmp	r7, lr
	bhs	.Ltwo_on_stack
	str	r7, [r5], #4
	add	r7, r7, #8
	NEXT
.Ltwo_on_stack:
	ALIGN_8	r8
	str	r8, [r5], #4
	add	r8, r8, #8
	NEXT

.Lword:
	cmp	r7, lr
	bhs	.Lword_on_stack
	str	r7, [r5], #4
	add	r7, r7, #4
	NEXT
.Lword_on_stack:
	str	r8, [r5], #4
	add	r8, r8, #4
	NEXT

	/* The lowest single register that is free.  */
.Lfloat:
	mvns	ip, r9
	beq	.Lword_on_stack
	TAKE_SINGLE
	add	r3, r2, r3, lsl #2
	str	r3, [r5], #4
	NEXT

	/* The lowest double one.  */
.Ldouble:
	TAKE_DOUBLE .Ltwo_on_stack
	add	r3, r2, r3, lsl #2
	str	r3, [r5], #4
	NEXT

	TAKE_MEMBERS r2
	str	ip, [r5], #4
	NEXT

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
	cmp	ip, lr
	bls	3f
	cmp	r8, lr
	movne	r7, lr
	bne	.Lstruct_on_stack
	mov	r8, ip
	mov	ip, lr
3:	str	r7, [r5], #4
	mov	r7, ip
	NEXT
.Lstruct_on_stack:
	ldrh	r3, [r1, #TYPE_ALIGNMENT]
	cmp	r3, #8
	ALIGN_8	r8, hs
	str	r8, [r5], #4
	add	r8, r8, #3
	add	r8, r8, r0
	bic	r8, r8, #3
	NEXT

	/* A look at the members of the struct r1.  */
.Llook:
	push	{r0, r1, r2, r3}
	.cfi_adjust_cfa_offset 16
	UNWIND_STATE 0, SAVED, 16
	mov	r0, r1
	bl	ffi_vfp_singles
	mov	ip, r0
	UNWIND_STATE 0, SAVED
	pop	{r0, r1, r2, r3}
	.cfi_adjust_cfa_offset -16
	mov	r10, #1
	add	lr, r2, #REGS_BYTES
	movs	r3, ip
	bne	.Lmembers
	b	.Lwords
ENDFUNCTION ffi_collect_types

	END_OF_FILE
