/* SPDX-License-Identifier: MIT */
/* The frame of ffi_invoke and ffi_invoke_types, for assembly.  With what each part starts
   at:

              +-------------------------------------------------------------+
   r31 + 336  | r30, whose register has call or cif, and r31                |
    r31 + 32  | f1 to f13, v2 to v13: FPRS_BYTES                            |
         r31  | the words of LINKAGE                                        |
              +-------------------------------------------------------------+
         ...  | copies of what is passed by address                         |
         ...  | parameter save area; together a multiple of 16              |
          r1  | the words of LINKAGE, the back chain lowest                 |
              +-------------------------------------------------------------+  */

#ifndef FFI_INVOKE_H
#define FFI_INVOKE_H

#include "flags.h"

#define INVOKE_REGS LINKAGE
#define INVOKE_R30 (INVOKE_REGS + FPRS_BYTES)
#define INVOKE_R31 (INVOKE_R30 + 8)
#define INVOKE_FRAME (INVOKE_R31 + 8)

/* Make what is from r31 up; r30 = r3.  */
.macro ENTER_INVOKE
	ENTER	INVOKE_FRAME
	std	31, INVOKE_R31(1)
	.cfi_offset r31, -INVOKE_FRAME + INVOKE_R31
	std	30, INVOKE_R30(1)
	.cfi_offset r30, -INVOKE_FRAME + INVOKE_R30
	mr	31, 1
	.cfi_def_cfa_register r31
	mr	30, 3
.endm

/* Return, when the stack pointer is back.  */
.macro RETURN
	.cfi_remember_state
	ld	30, INVOKE_R30(1)
	.cfi_restore r30
	ld	31, INVOKE_R31(1)
	.cfi_restore r31
	LEAVE	INVOKE_FRAME
	.cfi_restore_state
.endm

#endif
