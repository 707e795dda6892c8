/* SPDX-License-Identifier: MIT */
/* For invoke_types.S and collect_types.S: what their pieces for structs and complex numbers
   have in common.

   x14 = type, w9 = what the cif tells of structs to come; sets x17 = size, w16 = of which
   members a value consists, and goes on at .Lmembers, .Lother_members, .Llook, .Laddress
   or .Lwords.  */

#ifndef FFI_MEMBERS_H
#define FFI_MEMBERS_H

.macro STRUCT_MEMBERS
	ldr	x17, [x14, #TYPE_SIZE]
	cmp	x17, #STRUCT_CLASSIFIED
	b.hi	.Laddress
	tbz	w9, #0, .Lother_members
	ubfx	w16, w9, #1, #2
	cbz	w16, .Llook		/* no more is told */
	lsr	w9, w9, #3
	b	.Lmembers
.endm

/* It falls out at .Lmembers.  */
.macro COMPLEX_MEMBERS scratch
	ldr	x16, [x14, #TYPE_ELEMENTS]
	ldr	x17, [x14, #TYPE_SIZE]
	ldr	x16, [x16]
	ldrh	w16, [x16, #TYPE_TYPE]
	sub	\scratch, w16, #FFI_TYPE_FLOAT
	sub	w16, w16, #FFI_TYPE_FLOAT - MEMBERS_4
	cmp	\scratch, #FFI_TYPE_LONGDOUBLE - FFI_TYPE_FLOAT
	b.hi	.Lwords
.if FFI_TYPE_DOUBLE - FFI_TYPE_FLOAT != MEMBERS_8 - MEMBERS_4 || \
    FFI_TYPE_LONGDOUBLE - FFI_TYPE_FLOAT != MEMBERS_16 - MEMBERS_4
	.error	"type codes in the order of MEMBERS"
.endif
.endm

/* Compare where the FPRs for a value end that has the next ones from FIRST on, which
   SCRATCH becomes, with END.  */
.macro COMPARE_END scratch, first, end
	mov	w\scratch, #MEMBERS_16
	sub	w\scratch, w\scratch, w16
	lsl	x\scratch, x17, x\scratch	/* bytes of FPRs */
	add	x\scratch, x\first, x\scratch
	cmp	x\scratch, x\end
.endm

/* Align the register STACK for members of 16 bytes.  */
.macro ALIGN_MEMBERS scratch, stack
	cmp	w16, #MEMBERS_16
	b.ne	9f
	ldrh	w\scratch, [x14, #TYPE_ALIGNMENT]
	sub	w\scratch, w\scratch, #1
	cmp	w\scratch, #15		/* not if packed; 0 is a scalar's own */
	b.lo	9f
	add	x\stack, x\stack, #15
	and	x\stack, x\stack, #-16
9:
.endm

#endif
