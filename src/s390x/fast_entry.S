/* SPDX-License-Identifier: MIT */
/* Specialised entry code: signatures whose arguments lie where they were saved, in the
   caller's frame, so that a pointer is all that a handler needs of them.

   One entry per family and kind of result, so that no branch depends on the signature.  A
   family says whether FPRs are saved, how many argument pointers are made, and whether
   arguments may be passed by address; the closure's map says where each argument is.
   ffi_port_closure_entry knows which families fit.

   in:       r0 = pair, argument registers, stack arguments
   out:      result register
   clobbers: what a C function may
   stack, with what each part starts at:

             +--------------------------------------------------------+
             | stack arguments                                        |
    .Lframe  | the caller's SAVE_AREA, with r2 to r15, f0, f2, f4, f6 |
             +--------------------------------------------------------+
   POINTERS  | pointers to the arguments                              |
     RESULT  | 8 bytes for the result                                 |
        r15  | SAVE_AREA for the handler                              |
             +--------------------------------------------------------+  */

#include "asm/function.h"
#include "flags.h"

#define RESULT SAVE_AREA
#define POINTERS (RESULT + 8)

	.text
	.balign	64
	.type	ffi_fast_entries, %function
ffi_fast_entries:
	.cfi_startproc

/* The frame of the family being made, in bytes.  */
	.set	.Lframe, 0

.macro LOAD_RESULT code
.if \code == RET_U8
	llgc	%r2, RESULT + 7(%r15)
.elseif \code == RET_S8
	lgb	%r2, RESULT + 7(%r15)
.elseif \code == RET_U16
	llgh	%r2, RESULT + 6(%r15)
.elseif \code == RET_S16
	lgh	%r2, RESULT + 6(%r15)
.elseif \code == RET_U32
	llgf	%r2, RESULT + 4(%r15)
.elseif \code == RET_S32
	lgf	%r2, RESULT + 4(%r15)
.elseif \code == RET_I64
	lg	%r2, RESULT(%r15)
.elseif \code == RET_MEMORY		/* its address, which came in r2 */
	lg	%r2, .Lframe + SAVED_GPR (2)(%r15)
.elseif \code == RET_FLOAT
	le	%f0, RESULT(%r15)
.elseif \code == RET_DOUBLE
	ld	%f0, RESULT(%r15)
.endif
.endm

/* Store a pointer to argument N.  */
.macro POINTER n, addresses
	llgc	%r2, CLOSURE_MAP + \n(%r1)
.if \addresses
	tmll	%r2, 3
	la	%r2, .Lframe(%r2, %r15)
	jnl	.Lvalue\@		/* unless the lower bit alone is set: MAP_ADDRESS */
	lg	%r2, -MAP_ADDRESS(%r2)
.Lvalue\@:
.else
	la	%r2, .Lframe(%r2, %r15)
.endif
	stg	%r2, POINTERS + 8 * \n(%r15)
.endm

.macro FAST_ENTRY code, fprs, args, addresses
	.balign	8
	.pushsection .rodata
	.long	.Lentry\@ - ffi_fast_table
	.popsection
.Lentry\@:
	SAVE_GPRS 2
.if \fprs
	std	%f0, SAVED_FPRS(%r15)
	std	%f2, SAVED_FPRS + 8(%r15)
	std	%f4, SAVED_FPRS + 16(%r15)
	std	%f6, SAVED_FPRS + 24(%r15)
.endif
	MAKE_FRAME .Lframe
	LOAD_CLOSURE
.if \code == RET_MEMORY
	lgr	%r3, %r2		/* result: the caller's memory */
.else
	la	%r3, RESULT(%r15)
.endif
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
.if \n < \args
	POINTER	\n, \addresses
.endif
	.endr
	la	%r4, POINTERS(%r15)
	lg	%r2, CLOSURE_CIF(%r1)
	lg	%r5, CLOSURE_DATA(%r1)
	lg	%r1, CLOSURE_FUN(%r1)
	basr	%r14, %r1
	LOAD_RESULT \code
	LEAVE	.Lframe
	.cfi_def_cfa %r15, SAVE_AREA
	.irp	n, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	.cfi_restore %r\n
	.endr
.endm

/* All results of a family, in the order of the RET codes.  */
.macro FAMILY fprs, args, addresses
	.set	.Lframe, POINTERS + 8 * \args
	.irp	code, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
	FAST_ENTRY \code, \fprs, \args, \addresses
	.endr
.endm

	.pushsection .rodata
	.balign	4
	.globl	ffi_fast_table
	.hidden	ffi_fast_table
	.type	ffi_fast_table, %object
ffi_fast_table:
	.popsection

/* FAST_FAMILIES (C preprocessor) lists fprs, args, addresses.  */
#define F(fprs, args, addresses) FAMILY fprs, args, addresses;
	FAST_FAMILIES
#undef F

	.cfi_endproc
	.size	ffi_fast_entries, . - ffi_fast_entries

	END_OF_FILE
