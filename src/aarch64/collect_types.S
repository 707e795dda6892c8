/* SPDX-License-Identifier: MIT */
/* The arguments of a closure, without C: pointing at them by their types, if FLAG_TYPES is
   set, as invoke_types.S loads them.  */

#include "asm/function.h"
#include "flags.h"
#include "members.h"

/* ffi_collect_types, called by general entries

   in:       x0 = cif, w9 = cif->flags, x3 = saved q0 to q7, x4 = stack arguments, with
	     the saved x0 to x7 before them; x6 = room for pointers
   out:      the pointers; x15 = not 0: an argument has less alignment than its type
   keeps:    x0, x1, x2

     x3, x10, x4 = the next FPR, integer register and stack argument
     x6 = the next pointer, x7 = the rest of the types, x8 = their end
     w9 = what cif->flags tell of structs to come
     x11, x12 = the ends of the integer registers and of the FPRs
     x13 = the pieces, by type code
     x5, x16, x17 = scratch; at a piece: x14 = type  */

#define PIECE_SHIFT 6

/* Go on at the piece of the next argument.  */
.macro NEXT
	cmp	x7, x8
	b.eq	.Lcollected
	ldr	x14, [x7], #8
	ldrh	w16, [x14, #TYPE_TYPE]
	add	x16, x13, x16, lsl #PIECE_SHIFT
	br	x16
.endm

.macro PIECE code
	.org	.Lpieces + (\code << PIECE_SHIFT)
	JUMP_PAD
.endm

.macro SCALAR code, next, end, size
	PIECE	\code
	cmp	\next, \end
	b.eq	.Lon_stack
	str	\next, [x6], #8
	add	\next, \next, #\size
	NEXT
.endm

.macro INTEGER code
	SCALAR	\code, x10, x11, 8
.endm

/* The members of SIZE bytes in FPRs from x3 to x5, next to each other.  */
.macro JOIN size, reg
	add	x14, x3, #\size
	b	2f
1:	ldr	\reg, [x3]
	str	\reg, [x14], #\size
2:	add	x3, x3, #FPR_SIZE
	cmp	x3, x5
	b.ne	1b
	NEXT
.endm

FUNCTION ffi_collect_types, 64
	ldr	w8, [x0, #CIF_NARGS]
	ldr	x7, [x0, #CIF_ARG_TYPES]
	lsr	w9, w9, #FLAG_KNOWN_SHIFT
	mov	x11, x4
	sub	x10, x4, #GPRS * 8
	add	x8, x7, x8, lsl #3
	mov	x12, x10
	mov	x15, #0
	adr	x13, .Lpieces
	NEXT

	.balign	1 << PIECE_SHIFT
.Lpieces:
	INTEGER	FFI_TYPE_INT
	SCALAR	FFI_TYPE_FLOAT, x3, x12, FPR_SIZE
	SCALAR	FFI_TYPE_DOUBLE, x3, x12, FPR_SIZE
	PIECE	FFI_TYPE_LONGDOUBLE
	ldr	x17, [x14, #TYPE_SIZE]
	mov	w16, #MEMBERS_16
	b	.Lmembers
	INTEGER	FFI_TYPE_UINT8
	INTEGER	FFI_TYPE_SINT8
	INTEGER	FFI_TYPE_UINT16
	INTEGER	FFI_TYPE_SINT16
	INTEGER	FFI_TYPE_UINT32
	INTEGER	FFI_TYPE_SINT32
	INTEGER	FFI_TYPE_UINT64
	INTEGER	FFI_TYPE_SINT64
	PIECE	FFI_TYPE_STRUCT
	STRUCT_MEMBERS
	INTEGER	FFI_TYPE_POINTER
	PIECE	FFI_TYPE_COMPLEX
	COMPLEX_MEMBERS w5

	/* A value of x17 bytes that consists of members of 2 << w16 bytes.  */
.Lmembers:
	COMPARE_END 5, 3, 12
	b.hi	3f
	str	x3, [x6], #8
	cmp	w16, #MEMBERS_8
	b.hi	.Lmembers_16
	b.eq	.Lmembers_8
	JOIN	4, w16
.Lmembers_8:
	JOIN	8, x16
.Lmembers_16:
	mov	x3, x5
	NEXT
3:	mov	x3, x12
	ALIGN_MEMBERS 5, 4
	str	x4, [x6], #8
	add	x4, x4, #7
	add	x4, x4, x17
	and	x4, x4, #-8
	NEXT

	/* A look at the members of the struct x14 of x17 bytes.  */
.Llook:
	stp	x17, x30, [sp, #-112]!
	.cfi_adjust_cfa_offset 112
	.cfi_rel_offset x30, 8
	stp	x0, x1, [sp, #16]
	stp	x2, x3, [sp, #32]
	stp	x4, x6, [sp, #48]
	stp	x7, x8, [sp, #64]
	stp	x10, x11, [sp, #80]
	stp	x14, x15, [sp, #96]
	mov	x0, x14
	bl	ffi_members
	mov	w16, w0
	mov	w9, #1
	ldp	x0, x1, [sp, #16]
	ldp	x2, x3, [sp, #32]
	ldp	x4, x6, [sp, #48]
	ldp	x7, x8, [sp, #64]
	ldp	x10, x11, [sp, #80]
	ldp	x14, x15, [sp, #96]
	ldp	x17, x30, [sp], #112
	.cfi_adjust_cfa_offset -112
	.cfi_restore x30
	sub	x12, x11, #GPRS * 8
	adr	x13, .Lpieces
	cbnz	w16, .Lmembers
	b	.Lnot_homogeneous

	/* A struct of x17 bytes that is not homogeneous.  */
.Lother_members:
	lsr	w9, w9, #1
.Lnot_homogeneous:
	cmp	x17, #16
	b.hi	.Laddress
.Lwords:
	add	x16, x17, #7
	and	x16, x16, #-8
	add	x5, x10, x16
	cmp	x5, x11
	b.hi	5f
	str	x10, [x6], #8
	mov	x10, x5
	NEXT
5:	mov	x10, x11
	str	x4, [x6], #8
	add	x4, x4, x16
	NEXT

.Laddress:
	ldrh	w16, [x14, #TYPE_ALIGNMENT]
	cmp	x10, x11
	b.eq	6f
	ldr	x5, [x10], #8
	b	7f
6:	ldr	x5, [x4], #8
7:	str	x5, [x6], #8
	sub	w16, w16, #1
	and	x5, x5, x16
	orr	x15, x15, x5
	NEXT

	/* A register's argument when none is left.  */
.Lon_stack:
	str	x4, [x6], #8
	add	x4, x4, #8
	NEXT

.Lcollected:
	ret
ENDFUNCTION ffi_collect_types

	END_OF_FILE
