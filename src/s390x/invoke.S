/* SPDX-License-Identifier: MIT */
/* Calls by the s390x ELF ABI.  */

#include "asm/function.h"
#include "asm/probe.h"
#include "flags.h"
#include "results.h"

/* void ffi_invoke (call)

   in:       r2 = struct ffi_call
   out:      *call->rvalue
   clobbers: what a C function may
   stack, with what each part starts at:

        +---------------------------------------------------------+
   r11  | the caller's frame, with r6 to r15                      |
        +---------------------------------------------------------+
   ...  | registers: REGS_BYTES, set by ffi_marshal               |
   ...  | padding to a multiple of 16                             |
   ...  | copies of what is passed by address                     |
   ...  | stack arguments; together call->bytes, a multiple of 16 |
   r15  | SAVE_AREA for the function                              |
        +---------------------------------------------------------+

   r10 = call, r11 = the caller's r15, r9 = stack arguments  */

.macro RETURN
	LEAVE	0, 6, %r11
.endm

FUNCTION ffi_invoke
	SAVE_GPRS 6
	lgr	%r11, %r15
	.cfi_def_cfa_register %r11
	lgr	%r10, %r2
	lg	%r2, CALL_BYTES(%r10)
	clgfi	%r2, FFI_UNPROBED
	jh	.Lprobe
.Lprobed:
	lay	%r9, -REGS_BYTES(%r11)
	sgr	%r9, %r2
	nill	%r9, 0xfff0
	lay	%r15, -SAVE_AREA(%r9)
	stg	%r11, 0(%r15)
	lgr	%r2, %r10
	lay	%r3, -REGS_BYTES(%r11)	/* registers */
	lgr	%r4, %r9		/* stack arguments */
	brasl	%r14, ffi_marshal
	lay	%r9, -REGS_BYTES(%r11)
	ld	%f0, 0(%r9)
	ld	%f2, 8(%r9)
	ld	%f4, 16(%r9)
	ld	%f6, 24(%r9)
#if VECTOR_ABI
	vl	%v24, 32(%r9)
	vl	%v26, 48(%r9)
	vl	%v28, 64(%r9)
	vl	%v30, 80(%r9)
	vl	%v25, 96(%r9)
	vl	%v27, 112(%r9)
	vl	%v29, 128(%r9)
	vl	%v31, 144(%r9)
#endif
	lg	%r1, CALL_FN(%r10)
	lg	%r0, CALL_CHAIN(%r10)
	lmg	%r2, %r6, FPRS_BYTES(%r9)
	basr	%r14, %r1
	lg	%r3, CALL_RVALUE(%r10)
	lg	%r4, CALL_FLAGS(%r10)
	nill	%r4, RET_MASK
	llghr	%r4, %r4
	DISPATCH .Lstore_table, %r4

	STORE_RESULTS .Lstore_table, RETURN, %r3

	/* More arguments than a page has.  */
.Lprobe:
	brasl	%r14, ffi_probe_stack
	lg	%r2, CALL_BYTES(%r10)
	j	.Lprobed
ENDFUNCTION ffi_invoke

	END_OF_FILE
