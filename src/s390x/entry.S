/* SPDX-License-Identifier: MIT */
/* Entry code of closures by the s390x ELF ABI.  */

#include "asm/function.h"
#include "flags.h"
#include "results.h"

/* General entries: any signature, any number of arguments.

   in:       r0 = pair; or closure; or Go closure; argument registers, stack arguments
   out:      result register
   clobbers: what a C function may
   stack, with what each part starts at:

           +-------------------------------------------------------------+
           | stack arguments                                             |
    FRAME  | the caller's SAVE_AREA, with r2 to r15, f0, f2, f4, f6      |
           +-------------------------------------------------------------+
      184  | if vectors are in registers: copies of the FPRs, v24 to v31 |
   RESULT  | 16 bytes for the result                                     |
    SIXTH  | the address of RESULT, an argument of ffi_closure_inner     |
      r15  | SAVE_AREA for ffi_closure_inner                             |
           +-------------------------------------------------------------+

   If C does not find the arguments, SIXTH is where the closure is, r11 is where r15 was, and
   below are pointers to the arguments and a SAVE_AREA.  */

#define SIXTH SAVE_AREA
#define RESULT (SIXTH + 8)
#if VECTOR_ABI
#define REGS (RESULT + 16)
#define FRAME (REGS + FPRS_BYTES)
#else
#define FRAME (RESULT + 16)
#define REGS (FRAME + SAVED_FPRS)
#endif

/* General entry.  KIND selects what points to cif, function and data: the pair of a
   closure, a closure in memory of the caller's, or a Go closure.  */
.macro GENERAL name, kind
FUNCTION \name
	SAVE_GPRS 2
	MAKE_FRAME FRAME
	std	%f0, REGS(%r15)
	std	%f2, REGS + 8(%r15)
	std	%f4, REGS + 16(%r15)
	std	%f6, REGS + 24(%r15)
.ifc \kind, pair
	LOAD_CLOSURE
.else
	lgr	%r1, %r0
.endif
.ifc \kind, go
	lmg	%r2, %r3, GO_CIF(%r1)
	lgr	%r4, %r1
.else
	lmg	%r2, %r4, CLOSURE_CIF(%r1)	/* cif, function, data */
.endif
	la	%r5, REGS(%r15)		/* registers */
	llgf	%r0, CIF_FLAGS(%r2)
	tmll	%r0, FLAG_TYPES
	jnz	.Ltypes_\name
#if VECTOR_ABI
	vst	%v24, REGS + 32(%r15)
	vst	%v26, REGS + 48(%r15)
	vst	%v28, REGS + 64(%r15)
	vst	%v30, REGS + 80(%r15)
	vst	%v25, REGS + 96(%r15)
	vst	%v27, REGS + 112(%r15)
	vst	%v29, REGS + 128(%r15)
	vst	%v31, REGS + 144(%r15)
#endif
	la	%r1, RESULT(%r15)
	stg	%r1, SIXTH(%r15)
	la	%r6, FRAME + SAVE_AREA(%r15)	/* stack arguments */
	brasl	%r14, ffi_closure_inner
	lgr	%r3, %r2		/* RET code */
.Lreturn_\name:
	DISPATCH .Lload_\name, %r3

.macro RETURN_\name
	LEAVE	FRAME
.endm

	LOAD_RESULTS .Lload_\name, RESULT, RETURN_\name

.Ltypes_\name:
	stg	%r1, SIXTH(%r15)
	lgr	%r11, %r15
	.cfi_def_cfa_register %r11
	risbg	%r13, %r0, 60, 128 + 63, 0	/* RET code */
	la	%r3, FRAME(%r15)
	brasl	%r14, ffi_collect_types
	lg	%r1, SIXTH(%r11)
.ifc \kind, go
	lgr	%r5, %r1
	lmg	%r2, %r3, GO_CIF(%r1)
	lgr	%r1, %r3
.else
	lmg	%r2, %r4, CLOSURE_CIF(%r1)
	lgr	%r5, %r4
	lgr	%r1, %r3
.endif
	la	%r3, RESULT(%r11)
	clgijne	%r13, RET_MEMORY, 1f
	lg	%r3, FRAME + SAVED_GPR (2)(%r11)
	stg	%r3, RESULT(%r11)
1:	la	%r4, SAVE_AREA(%r15)
	basr	%r14, %r1
	lgr	%r15, %r11
	.cfi_def_cfa_register %r15
	lgr	%r3, %r13
	j	.Lreturn_\name
ENDFUNCTION \name
.endm

	GENERAL	ffi_entry_general, pair
	GENERAL	ffi_entry_dynamic, closure
	GENERAL	ffi_entry_go, go

/* What a slot without a prepared closure leads to.
     in: r0 = pair  */
.macro TRAP name, report
FUNCTION \name
	SAVE_GPRS 14
	MAKE_FRAME SAVE_AREA
	lgr	%r2, %r0
	brasl	%r14, \report
	.short	0			/* no instruction */
ENDFUNCTION \name
.endm

	TRAP	ffi_entry_freed, ffi_die_freed
	TRAP	ffi_entry_unprepared, ffi_die_unprepared

	END_OF_FILE
