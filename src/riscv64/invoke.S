/* SPDX-License-Identifier: MIT */
/* Calls by LP64D.  */

#include "asm/function.h"
#include "asm/probe.h"
#include "results.h"

/* void ffi_invoke (call)

   in:       a0 = struct ffi_call
   out:      *call->rvalue
   clobbers: what a C function may
   stack, with what each part starts at:

            +---------------------------------------------------------+
    s0 - 8  | ra                                                      |
   s0 - 16  | s0: with ra the frame record                            |
   s0 - 24  | s1, whose register has call                             |
   s0 - 32  | unused                                                  |
       ...  | copies of what is passed by address                     |
       ...  | stack arguments; together call->bytes, a multiple of 16 |
       ...  | a0 to a7, set by ffi_marshal                            |
        sp  | fa0 to fa7, set by ffi_marshal                          |
            +---------------------------------------------------------+  */

#define FRAME 32

/* Return, when the stack pointer is back.  */
.macro RETURN
	LEAVE	FRAME
.endm

FUNCTION ffi_invoke
	ENTER	FRAME
	.cfi_def_cfa s0, 0
	sd	s1, -24(s0)
	.cfi_offset s1, -24
	mv	s1, a0			/* call */
	ld	a0, CALL_BYTES(s1)
	li	t0, FFI_UNPROBED
	bgtu	a0, t0, .Lprobe
.Lprobed:
	sub	a2, sp, a0		/* stack arguments */
	addi	a1, a2, -(GPRS_BYTES + FPRS_BYTES)
	mv	sp, a1			/* registers */
	mv	a0, s1
	call	ffi_marshal
	ld	t1, CALL_FN(s1)
	ld	CHAIN, CALL_CHAIN(s1)
	LOAD_FPRS
	LOAD_GPRS
	jalr	t1
	lw	t6, CALL_FLAGS(s1)
	ld	t4, CALL_RVALUE(s1)
	addi	sp, s0, -FRAME
	.cfi_def_cfa sp, FRAME
	.cfi_remember_state
	ld	s1, FRAME - 24(sp)
	.cfi_restore s1
	SWITCH	.Lstore_table

	STORE_RESULTS .Lstore_table, RETURN, t4

	/* More arguments than a page has.  */
	.cfi_restore_state
	.cfi_def_cfa s0, 0
.Lprobe:
	call	ffi_probe_stack
	ld	a0, CALL_BYTES(s1)
	j	.Lprobed
ENDFUNCTION ffi_invoke

	END_OF_FILE
