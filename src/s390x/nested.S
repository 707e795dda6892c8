/* SPDX-License-Identifier: MIT */
/* The static code that libffi_nested's trampolines enter: load the static chain, and
   continue at the nested function, with all else as the caller left it.  */

#include "asm/function.h"

/* in:	r0 = pair, whose data is { function, chain }
   out:	r0 = chain; at the function
   clobbers: r1  */
FUNCTION ffi_nested_enter
	lgr	%r1, %r0
	lg	%r1, 0(%r1)
	lg	%r0, 8(%r1)
	lg	%r1, 0(%r1)
	br	%r1
ENDFUNCTION ffi_nested_enter

END_OF_FILE
