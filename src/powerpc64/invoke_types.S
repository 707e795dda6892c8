/* SPDX-License-Identifier: MIT */
/* Calls of any number of arguments, at most FFI_UNPROBED bytes of them, in doublewords, FPRs,
   or both because there are not enough FPRs: FLAG_TYPES says so.  Arguments are loaded by
   their types, without C.  */

#include "asm/function.h"
#include "invoke.h"
#include "results.h"

/* void ffi_invoke_types (cif, fn, rvalue, avalue)

   in:       r3 = cif, r4 = fn, r5 = rvalue, not null, r6 = avalue; r9 = flags
   out:      *rvalue
   clobbers: what a C function may
   stack:    as of ffi_invoke, which goes on after the call; rvalue in the place of the
	     first vector register

   While arguments are loaded:
     r0 = scratch; at a piece: r3 = type, r11 = where the value is, both scratch
     r4 = the last doubleword of the parameter save area that has been filled
     r5 = the last FPR
     r6 = where avalue has the last argument, r7 = where the types have it, r8 = their end
     r9 = which of the structs to come are homogeneous, the next one lowest
     r10 = the pieces, by type code
     r12 = fn, r30 = cif  */

#define RVALUE (INVOKE_REGS + FIRST_VR * FPR_SIZE)
#define LAST_FPR (INVOKE_REGS + FPR_SIZE * (FPRS - 1))
#define LOAD_SHIFT 6

/* Go on at the piece of the next argument.  */
.macro NEXT
	cmpld	7, 8
	beq	.Lloaded
	ldu	3, 8(7)
	ldu	11, 8(6)
	lhz	0, TYPE_TYPE(3)
	sldi	0, 0, LOAD_SHIFT
	add	0, 0, 10
	mtctr	0
	bctr
.endm

.macro CODE code
	.org	.Lpieces + (\code << LOAD_SHIFT)
.endm

.macro INTEGER code, load
	CODE	\code
.Lload_\load:
	\load	0, 0(11)
	stdu	0, 8(4)
	NEXT
.endm

/* If all FPRs are used, a floating-point number is loaded as an integer.  */
.macro FLOATING code, load, integer
	CODE	\code
.Lload_\load:
	addi	0, 31, LAST_FPR
	cmpld	5, 0
	beq	.Lload_\integer
	\load	0, 0(11)
	stfdu	0, FPR_SIZE(5)
	addi	4, 4, 8
	NEXT
.endm

/* For what wants r3 bytes of FPRs: go to SPLIT, with r0 = what is left of them, if that is
   less.  */
.macro SPLIT split
	addi	0, 31, LAST_FPR
	subf	0, 5, 0
	cmpld	3, 0
	bgt	\split
.endm

/* As many FPRs by LOAD, SIZE bytes each, as ctr says.  */
.macro FPR_LOOP load, size
1:	\load	0, 0(11)
	stfdu	0, FPR_SIZE(5)
	addi	11, 11, \size
	bdnz	1b
.endm

/* The bytes from r11 up, the lower three bits of r3 say how many, to r4 up.  Changes r3
   and r11.  */
.macro TAIL
	mtocrf	1, 3
	mr	3, 4
	bf	29, 1f
	lwz	0, 0(11)
	stw	0, 0(3)
	addi	11, 11, 4
	addi	3, 3, 4
1:	bf	30, 2f
	lhz	0, 0(11)
	sth	0, 0(3)
	addi	11, 11, 2
	addi	3, 3, 2
2:	bf	31, 3f
	lbz	0, 0(11)
	stb	0, 0(3)
3:
.endm

FUNCTION ffi_invoke_types
	ENTER_INVOKE			/* r30 = cif */
	std	5, RVALUE(31)
	lwz	11, CIF_BYTES(3)
	lwz	8, CIF_NARGS(3)
	ld	7, CIF_ARG_TYPES(3)
	ld	0, 0(1)			/* the back chain */
	addi	11, 11, LINKAGE
	neg	11, 11
	stdux	0, 1, 11
	mr	12, 4
	sldi	8, 8, 3
	addi	7, 7, -8
	add	8, 8, 7
	addi	6, 6, -8
	andi.	0, 9, FLAG_SRET
	addis	10, 2, .Lpieces@toc@ha
	addi	10, 10, .Lpieces@toc@l
	srwi	9, 9, FLAG_HOMOGENEOUS_SHIFT
	addi	4, 1, LINKAGE - 8
	beq	1f
	stdu	5, 8(4)
1:	addi	5, 31, INVOKE_REGS - FPR_SIZE
.Lnext:
	NEXT

	.balign	1 << LOAD_SHIFT
.Lpieces:
	CODE	FFI_TYPE_VOID
	NEXT
	CODE	FFI_TYPE_INT
	b	.Lload_lwa
	FLOATING FFI_TYPE_FLOAT, lfs, lwz
	FLOATING FFI_TYPE_DOUBLE, lfd, ld
	CODE	FFI_TYPE_LONGDOUBLE
#if FFI_TYPE_LONGDOUBLE != FFI_TYPE_DOUBLE
	b	.Ldoubles
#endif
	INTEGER	FFI_TYPE_UINT8, lbz
	CODE	FFI_TYPE_SINT8
	lbz	0, 0(11)
	extsb	0, 0
	stdu	0, 8(4)
	NEXT
	INTEGER	FFI_TYPE_UINT16, lhz
	INTEGER	FFI_TYPE_SINT16, lha
	INTEGER	FFI_TYPE_UINT32, lwz
	INTEGER	FFI_TYPE_SINT32, lwa
	INTEGER	FFI_TYPE_UINT64, ld
	CODE	FFI_TYPE_SINT64
	b	.Lload_ld
	CODE	FFI_TYPE_STRUCT
	andi.	0, 9, 1
	srwi	9, 9, 1
	bne	.Lhomogeneous
	b	.Lstruct
	CODE	FFI_TYPE_POINTER
	b	.Lload_ld
	CODE	FFI_TYPE_COMPLEX
	lhz	0, TYPE_ALIGNMENT(3)
	cmplwi	0, 4
	bne	.Ldoubles

	/* Two floats, also in doublewords of their own, which count only if an FPR lacks.  */
	lwz	0, 0(11)
	std	0, 8(4)
	lwz	0, 4(11)
	stdu	0, 16(4)
	addi	0, 31, LAST_FPR
	cmpld	5, 0
	beq	.Lnext
	lfs	0, 0(11)
	stfdu	0, FPR_SIZE(5)
	cmpld	5, 0
	beq	.Lnext
	lfs	0, 4(11)
	stfdu	0, FPR_SIZE(5)
	b	.Lnext

	/* A homogeneous struct: floats if it is aligned to 4, else doubles.  */
.Lhomogeneous:
	lhz	0, TYPE_ALIGNMENT(3)
	cmplwi	0, 4
	bne	.Ldoubles
	ld	3, TYPE_SIZE(3)
	sldi	3, 3, 1
	SPLIT	.Lsplit_floats
	srdi	0, 3, 3
	mtctr	0
	srdi	3, 3, 1
	addi	3, 3, 7
	rldicr	3, 3, 0, 60
	add	4, 4, 3
	FPR_LOOP lfs, 4
	NEXT
.Ldoubles:
	ld	3, TYPE_SIZE(3)
	SPLIT	.Lsplit_doubles
	add	4, 4, 3
	srdi	3, 3, 3
	mtctr	3
	FPR_LOOP lfd, 8
	NEXT

	/* As many members as FPRs are left for, and all of them in doublewords.  */
.Lsplit_floats:
	srdi.	0, 0, 3
	beq	.Ldoublewords_of_type
	mtctr	0
	FPR_LOOP lfs, 4
	b	.Ldoublewords_of_type
.Lsplit_doubles:
	srdi.	0, 0, 3
	beq	.Ldoublewords_of_type
	mtctr	0
	FPR_LOOP lfd, 8
.Ldoublewords_of_type:
	ld	3, 0(7)
	ld	11, 0(6)
	b	.Ldoublewords

	/* Doublewords, the last one perhaps in part.  The first is an even one if the struct is
	   aligned to 16; r4 is one before.  */
.Lstruct:
	lhz	0, TYPE_ALIGNMENT(3)
	cmplwi	0, 16
	bge	.Leven
.Ldoublewords:
	ld	3, TYPE_SIZE(3)
	srdi.	0, 3, 3
	mtctr	0
	addi	11, 11, -8
	beq	5f
4:	ldu	0, 8(11)
	stdu	0, 8(4)
	bdnz	4b
5:	andi.	0, 3, 7
	beq	.Lnext
	addi	11, 11, 8
	addi	4, 4, 8
	TAIL
	NEXT

.Leven:
	andi.	0, 4, 8
	bne	.Ldoublewords
	addi	4, 4, 8
	b	.Ldoublewords

.Lloaded:
	lwz	9, CIF_FLAGS(30)
	andi.	0, 9, FLAG_FPRS
	beq	6f
	.irp	n, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13
	lfd	\n, INVOKE_REGS + FPR_SIZE * (\n - 1)(31)
	.endr
6:	.irp	n, 3, 4, 5, 6, 7, 8, 9, 10
	ld	\n, LINKAGE + 8 * (\n - 3)(1)
	.endr
	CALL_POINTER 12
	lwz	9, CIF_FLAGS(30)
	ld	8, RVALUE(31)
	andi.	0, 9, FLAG_PARTIAL
	beq	ffi_invoke_result

	/* One or two registers, the last one in part.  */
	ld	11, CIF_RTYPE(30)
	ld	0, TYPE_SIZE(11)
	cmpldi	0, 8
	mr	11, 3
	blt	7f
	std	3, 0(8)
	addi	8, 8, 8
	mr	11, 4
7:	std	11, INVOKE_REGS(31)
	mr	3, 0
	mr	4, 8
	addi	11, 31, INVOKE_REGS
	TAIL
	li	9, RET_VOID
	b	ffi_invoke_result
ENDFUNCTION ffi_invoke_types

	END_OF_FILE
