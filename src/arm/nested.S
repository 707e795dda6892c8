/* SPDX-License-Identifier: MIT */
/* The static code that libffi_nested's trampolines enter: load the static chain, and
   continue at the nested function, with all else as the caller left it.  */

#include "asm/function.h"

/* in:	ip = pair, whose data is { function, chain }
   out:	ip = chain; at the function, which may be Thumb code
   clobbers: nothing  */
FUNCTION ffi_nested_enter
	ldr	ip, [ip]
	UNWIND_STATE pad=8
	push	{r0, r1}
	.cfi_adjust_cfa_offset 8
	ldr	r0, [ip]
	str	r0, [sp, #4]
	ldr	ip, [ip, #4]
	pop	{r0, pc}		/* to the function */
ENDFUNCTION ffi_nested_enter

END_OF_FILE
