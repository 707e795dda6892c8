/* SPDX-License-Identifier: MIT */
/* Calls of any number of scalars, structs and what else is passed by address, at most
   FFI_UNPROBED bytes on the stack: FLAG_TYPES says so.  Arguments are loaded by their types,
   without C but for structs that a register might hold.  */

#include "asm/function.h"
#include "flags.h"
#include "results.h"
#include "structs.h"

/* void ffi_invoke_types (cif, fn, rvalue, avalue)

   in:       r2 = cif, r3 = fn, r4 = rvalue, not null, r5 = avalue; r0 = bytes, flags
   out:      *rvalue
   clobbers: what a C function may
   stack, from r11 up:
	0	the caller's frame, with cif, fn and rvalue at their registers' places,
		r6 to r15
   from r11 down:
	40	integer registers
	32	FPRs
	...	copies of what is passed by address
	...	stack arguments; together the cif's bytes
	SAVE_AREA	what the function may use

   While arguments are loaded:
     r0 = which of the next structs of 4 or 8 bytes are in FPRs, see structs.h
     r1, r2, r3, r14 = scratch; at the code for an argument: r2 = type, r3 = where the value is
     r4 = the end of the FPRs, where the integer registers start
     r5 = the next stack argument
     r6 = the rest of the types, r8 = their end, r7 = the rest of avalue
     r9 = the last copy
     r10 = .Lcodes
     r12 = the next integer register, r13 = the next FPR  */

#define GPRS_AT (-8 * GPRS)
#define FPRS_AT (GPRS_AT - 8 * FPRS)
.macro RETURN
	LEAVE	0, 6, %r11
.endm

/* Go on at the code for the next argument.  */
.macro NEXT
	clgrje	%r6, %r8, .Lloaded
	lg	%r2, 0(%r6)
	la	%r6, 8(%r6)
	lg	%r3, 0(%r7)
	la	%r7, 8(%r7)
	SWITCH_TYPE %r2
.endm

.macro INTEGER code, load
	CODE	\code
.Lload_\load:
	\load	%r3, 0(%r3)
	clgrjhe	%r12, %r11, .Lon_stack
	stg	%r3, 0(%r12)
	la	%r12, 8(%r12)
	NEXT
.endm

.macro FLOATING code, name, load, store
	CODE	\code
.Lload_\name:
	\load	%r3, 0(%r3)
	clgrjhe	%r13, %r4, .Lon_stack
	\store	%r3, 0(%r13)
	la	%r13, 8(%r13)
	NEXT
.endm

.macro BY_ADDRESS code
	CODE	\code
	j	.Lcopy
.endm

FUNCTION ffi_invoke_types
	SAVE_GPRS 2
	lgr	%r11, %r15
	.cfi_def_cfa_register %r11
	lay	%r13, FPRS_AT(%r11)
	lay	%r12, GPRS_AT(%r11)
	lgr	%r9, %r13
	srlg	%r14, %r0, 32		/* bytes */
	lgr	%r1, %r13
	sgr	%r1, %r14
	lay	%r15, -SAVE_AREA(%r1)
	stg	%r11, 0(%r15)
	llgf	%r8, CIF_NARGS(%r2)
	sllg	%r8, %r8, 3
	lg	%r6, CIF_ARG_TYPES(%r2)
	agr	%r8, %r6
	lgr	%r7, %r5
	lgr	%r5, %r1
	larl	%r10, .Lcodes
	risbg	%r1, %r0, 60, 128 + 63, 0	/* RET code */
	KNOWN_STRUCTS
	clgijne	%r1, RET_MEMORY, 1f
	stg	%r4, 0(%r12)
	la	%r12, 8(%r12)
1:	lay	%r4, GPRS_AT(%r11)
.Lnext:
	NEXT

	.balign	1 << CODE_SHIFT
.Lcodes:
	CODE	FFI_TYPE_VOID
	NEXT
	CODE	FFI_TYPE_INT
	j	.Lload_lgf
	FLOATING FFI_TYPE_FLOAT, float, llgf, st
	FLOATING FFI_TYPE_DOUBLE, double, lg, stg
	BY_ADDRESS FFI_TYPE_LONGDOUBLE
	INTEGER	FFI_TYPE_UINT8, llgc
	INTEGER	FFI_TYPE_SINT8, lgb
	INTEGER	FFI_TYPE_UINT16, llgh
	INTEGER	FFI_TYPE_SINT16, lgh
	INTEGER	FFI_TYPE_UINT32, llgf
	INTEGER	FFI_TYPE_SINT32, lgf
	INTEGER	FFI_TYPE_UINT64, lg
	CODE	FFI_TYPE_SINT64
	j	.Lload_lg
	CODE	FFI_TYPE_STRUCT
	lg	%r1, TYPE_SIZE(%r2)
	clgijh	%r1, 8, .Lcopy
	j	.Lstruct
	CODE	FFI_TYPE_POINTER
	j	.Lload_lg
	BY_ADDRESS FFI_TYPE_COMPLEX
	BY_ADDRESS FFI_TYPE_UINT128
	BY_ADDRESS FFI_TYPE_SINT128
	BY_ADDRESS FFI_TYPE_VECTOR

	/* Register arguments are used up.  */
.Lon_stack:
	stg	%r3, 0(%r5)
	la	%r5, 8(%r5)
	NEXT

	/* The copy starts at a multiple of 8.  */
.Lcopy:
	lg	%r1, TYPE_SIZE(%r2)
	la	%r14, 7(%r1)
	nill	%r14, 0xfff8
	sgr	%r9, %r14
	lgr	%r14, %r9
	aghi	%r1, -1
	jl	.Lcopied
2:	clgijle	%r1, 255, 3f
	mvc	0(256, %r14), 0(%r3)
	la	%r14, 256(%r14)
	la	%r3, 256(%r3)
	aghi	%r1, -256
	j	2b
3:	exrl	%r1, .Lmove
.Lcopied:
	lgr	%r3, %r9
	clgrjhe	%r12, %r11, .Lon_stack
	stg	%r3, 0(%r12)
	la	%r12, 8(%r12)
	NEXT
.Lmove:
	mvc	0(1, %r14), 0(%r3)

	/* A struct that is small enough for a register.  */
.Lstruct:
	clgije	%r1, 8, .Lhalf_or_whole
	clgije	%r1, 4, .Lhalf_or_whole
	clgije	%r1, 2, .Lload_llgh
	clgije	%r1, 1, .Lload_llgc
	j	.Lcopy
.Lhalf_or_whole:
	NEXT_STRUCT .Lin_fpr, .Llook
	clgije	%r1, 8, .Lload_lg
	j	.Lload_llgf
.Lin_fpr:
	clgije	%r1, 4, .Lload_float
	j	.Lload_double

.Llook:
	stg	%r5, SAVED_GPR (5)(%r11)
	brasl	%r14, ffi_classify
	lg	%r5, SAVED_GPR (5)(%r11)
	lay	%r4, GPRS_AT(%r11)
	lgr	%r1, %r2		/* its LOC_CLASS */
	lg	%r2, -8(%r6)
	lg	%r3, -8(%r7)
	tmll	%r1, CLASS_IN_FPR
	lg	%r1, TYPE_SIZE(%r2)
	UNKNOWN_STRUCTS
	jnz	.Lin_fpr
	clgije	%r1, 8, .Lload_lg
	j	.Lload_llgf

.Lloaded:
	lay	%r1, FPRS_AT(%r11)
	ld	%f0, 0(%r1)
	ld	%f2, 8(%r1)
	ld	%f4, 16(%r1)
	ld	%f6, 24(%r1)
	lmg	%r2, %r6, 8 * FPRS(%r1)
	lg	%r1, SAVED_GPR (3)(%r11)	/* fn */
	basr	%r14, %r1
	lg	%r3, SAVED_GPR (2)(%r11)	/* cif */
	lg	%r4, SAVED_GPR (4)(%r11)	/* rvalue */
	llgf	%r3, CIF_FLAGS(%r3)
	nilf	%r3, RET_MASK
	DISPATCH .Lstore_table, %r3

	STORE_RESULTS .Lstore_table, RETURN, %r4
ENDFUNCTION ffi_invoke_types

	END_OF_FILE
