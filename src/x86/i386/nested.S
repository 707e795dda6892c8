/* SPDX-License-Identifier: MIT */
/* The static code that libffi_nested's trampolines enter: load the static chain, and
   continue at the nested function, with all else as the caller left it.  */

#include "asm/function.h"

/* in:	eax = pair, whose data is { function, chain }; (%esp) = the caller's eax, 4(%esp) =
	return address
   out:	ecx = chain; eax = the caller's; at the function
   clobbers: nothing else  */
FUNCTION ffi_nested_enter, cfa=8
	movl	(%eax), %ecx
	popl	%eax
	.cfi_adjust_cfa_offset -4
	pushl	(%ecx)
	.cfi_adjust_cfa_offset 4
	movl	4(%ecx), %ecx
	ret				/* to the function */
ENDFUNCTION ffi_nested_enter

END_OF_FILE
