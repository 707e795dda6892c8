/* SPDX-License-Identifier: MIT */
/* Probing the stack on i386.  */

#include "asm/function.h"
#include "asm/probe.h"
#include "x86/probe.h"

/* void ffi_probe_stack (bytes)

   in:       on the stack
   out:      nothing
   clobbers: ecx, flags
   stack:    the frame record of the caller, and what was probed  */
FUNCTION ffi_probe_stack
	movl	4(%esp), %ecx		/* bytes */
	PROBE	l, 4, ecx, esp, ebp
ENDFUNCTION ffi_probe_stack

	END_OF_FILE
