/* SPDX-License-Identifier: MIT */
/* The arguments of a closure, without C: pointing at them by their types, if FLAG_TYPES is
   set, as invoke_types.S loads them.  */

#include "asm/function.h"
#include "flags.h"
#include "structs.h"

/* ffi_collect_types, called by general entries

   in:       r2 = cif, r0 = cif->flags, r3 = the caller's frame, with its registers saved;
	     r5 = saved FPRs; r11 = r15
   out:      r15 moved down; above SAVE_AREA the pointers
   keeps:    r11, r13

     r0 = which of the next structs of 4 or 8 bytes are in FPRs, see structs.h
     r4, r5, r9 = the next integer register, FPR and stack argument
     r8, r12 = the ends of the registers
     r6 = the rest of the types, r2 = their end
     r7 = the next pointer
     r10 = .Lcodes
     r1 = scratch; at the code for an argument: r3 = type, scratch  */

/* Go on at the code for the next argument.  */
.macro NEXT
	clgrje	%r6, %r2, .Lcollected
	lg	%r3, 0(%r6)
	la	%r6, 8(%r6)
	SWITCH_TYPE %r3
.endm

/* An integer of SIZE bytes is at the end of its word.  */
.macro INTEGER code, size, label
	CODE	\code
.ifnb \label
\label:
.endif
.if \size == 8
	clgrjhe	%r4, %r8, .Lon_stack_\size
	stg	%r4, 0(%r7)
.else
	clgrjhe	%r4, %r8, .Lon_stack_\size
	la	%r1, LOW_PART (8, \size)(%r4)
	stg	%r1, 0(%r7)
.endif
	la	%r4, 8(%r4)
	la	%r7, 8(%r7)
	NEXT
.endm

/* On the stack, where a float is at the end of its word, too.  */
.macro ON_STACK size
.Lon_stack_\size:
	la	%r1, LOW_PART (8, \size)(%r9)
	stg	%r1, 0(%r7)
	la	%r9, 8(%r9)
	la	%r7, 8(%r7)
	NEXT
.endm

.macro FLOATING code, size
	CODE	\code
.Lfloating_\size:
	clgrjhe	%r5, %r12, .Lon_stack_\size
	stg	%r5, 0(%r7)
	la	%r5, 8(%r5)
	la	%r7, 8(%r7)
	NEXT
.endm

.macro BY_ADDRESS code
	CODE	\code
	j	.Laddress
.endm

FUNCTION ffi_collect_types
	.cfi_def_cfa %r11, SAVE_AREA
	llgf	%r1, CIF_NARGS(%r2)
	lg	%r6, CIF_ARG_TYPES(%r2)
	sllg	%r1, %r1, 3
	la	%r2, 0(%r1, %r6)
	la	%r7, SAVE_AREA(%r1)
	lcgr	%r7, %r7
	la	%r7, 0(%r7, %r15)
	lg	%r1, 0(%r15)		/* the back chain */
	lgr	%r15, %r7
	stg	%r1, 0(%r15)
	la	%r7, SAVE_AREA(%r15)
	la	%r4, SAVED_GPR (2)(%r3)
	la	%r8, 8 * GPRS(%r4)
	la	%r9, SAVE_AREA(%r3)
	la	%r12, 8 * FPRS(%r5)
	larl	%r10, .Lcodes
	clgijne	%r13, RET_MEMORY, 1f
	la	%r4, 8(%r4)
1:	KNOWN_STRUCTS
	NEXT

	.balign	1 << CODE_SHIFT
.Lcodes:
	CODE	FFI_TYPE_VOID
	stg	%r9, 0(%r7)
	la	%r7, 8(%r7)
	NEXT
	INTEGER	FFI_TYPE_INT, 4
	FLOATING FFI_TYPE_FLOAT, 4
	FLOATING FFI_TYPE_DOUBLE, 8
	BY_ADDRESS FFI_TYPE_LONGDOUBLE
	INTEGER	FFI_TYPE_UINT8, 1, .Linteger_1
	INTEGER	FFI_TYPE_SINT8, 1
	INTEGER	FFI_TYPE_UINT16, 2, .Linteger_2
	INTEGER	FFI_TYPE_SINT16, 2
	INTEGER	FFI_TYPE_UINT32, 4, .Linteger_4
	INTEGER	FFI_TYPE_SINT32, 4
	INTEGER	FFI_TYPE_UINT64, 8, .Linteger_8
	INTEGER	FFI_TYPE_SINT64, 8
	CODE	FFI_TYPE_STRUCT
	lg	%r1, TYPE_SIZE(%r3)
	clgije	%r1, 8, .Lhalf_or_whole
	clgije	%r1, 4, .Lhalf_or_whole
	clgije	%r1, 2, .Linteger_2
	clgije	%r1, 1, .Linteger_1
	j	.Laddress
	INTEGER	FFI_TYPE_POINTER, 8
	BY_ADDRESS FFI_TYPE_COMPLEX
	BY_ADDRESS FFI_TYPE_UINT128
	BY_ADDRESS FFI_TYPE_SINT128
	BY_ADDRESS FFI_TYPE_VECTOR

.Laddress:
	clgrjhe	%r4, %r8, 2f
	mvc	0(8, %r7), 0(%r4)
	la	%r4, 8(%r4)
	la	%r7, 8(%r7)
	NEXT
2:	mvc	0(8, %r7), 0(%r9)
	la	%r9, 8(%r9)
	la	%r7, 8(%r7)
	NEXT

	ON_STACK 1
	ON_STACK 2
	ON_STACK 4
	ON_STACK 8

.Lhalf_or_whole:
	NEXT_STRUCT .Lin_fpr, .Llook
.Lin_word:
	clgije	%r1, 8, .Linteger_8
	j	.Linteger_4
.Lin_fpr:
	clgije	%r1, 4, .Lfloating_4
	j	.Lfloating_8

	/* A look at the members of the struct r3 of r1 bytes.  */
.Llook:
	stmg	%r2, %r5, SAVED_GPR (2)(%r11)
	stg	%r14, SAVED_GPR (14)(%r11)
	.cfi_offset %r14, SAVED_GPR (14) - SAVE_AREA
	lgr	%r2, %r3
	brasl	%r14, ffi_classify
	tmll	%r2, CLASS_IN_FPR
	lmg	%r2, %r5, SAVED_GPR (2)(%r11)
	lg	%r14, SAVED_GPR (14)(%r11)
	.cfi_restore %r14
	lg	%r1, TYPE_SIZE(%r3)
	UNKNOWN_STRUCTS
	jnz	.Lin_fpr
	j	.Lin_word

.Lcollected:
	br	%r14
ENDFUNCTION ffi_collect_types

	END_OF_FILE
