/* SPDX-License-Identifier: MIT */
/* Probing the stack on x86-64.  */

#include "asm/function.h"
#include "asm/probe.h"
#include "x86/probe.h"

/* void ffi_probe_stack (bytes)

   in:       rdi = bytes
   out:      nothing
   clobbers: rdi, flags
   stack:    the frame record of the caller, and what was probed  */
FUNCTION ffi_probe_stack
	PROBE	q, 8, rdi, rsp, rbp
ENDFUNCTION ffi_probe_stack

	END_OF_FILE
