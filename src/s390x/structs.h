/* SPDX-License-Identifier: MIT */
/* For assembly that goes by the types: code by type code, and what cif->flags tell of
   structs of 4 or 8 bytes: r0 has a bit for each one to come, the next one lowest, whether
   it is in an FPR.  Above the last known is a one.  */

#ifndef FFI_STRUCTS_H
#define FFI_STRUCTS_H

#include "flags.h"

/* Go on at the code for the type TYPE; r10 = .Lcodes, r1 = scratch.  */
#define CODE_SHIFT 6
.macro SWITCH_TYPE type
	llgh	%r1, TYPE_TYPE(\type)
	sllg	%r1, %r1, CODE_SHIFT
	b	0(%r1, %r10)
.endm

.macro CODE code
	.org	.Lcodes + (\code << CODE_SHIFT)
.endm

/* r0 = none is known.  No condition changes.  */
.macro UNKNOWN_STRUCTS
	lghi	%r0, 1
.endm

/* r0, which has cif->flags in its lower half, becomes what they tell.  */
.macro KNOWN_STRUCTS
#if VECTOR_ABI
	tmll	%r0, FLAG_VARIADIC
	jnz	.Lvariadic\@
#endif
	llgfr	%r0, %r0
	srlg	%r0, %r0, FLAG_STRUCTS_SHIFT
	oilh	%r0, 1
#if VECTOR_ABI
	j	.Lknown\@
.Lvariadic\@:
	UNKNOWN_STRUCTS
.Lknown\@:
#endif
.endm

/* The next such struct: go to IN_FPR if it is in an FPR, or to LOOK if that is not known.  */
.macro NEXT_STRUCT in_fpr, look
	clgije	%r0, 1, \look
	tmll	%r0, 1
	srlg	%r0, %r0, 1
	jnz	\in_fpr
.endm

#endif
