/* SPDX-License-Identifier: MIT */
/* The static code that libffi_nested's trampolines enter: load the static chain, and
   continue at the nested function, with all else as the caller left it.  */

#include "asm/function.h"

/* in:	x17 = pair, whose data is { function, chain }
   out:	x18 = chain; at the function
   clobbers: x16, x17  */
FUNCTION ffi_nested_enter
	ldr	x17, [x17]
	ldp	x16, x18, [x17]
	br	x16
ENDFUNCTION ffi_nested_enter

END_OF_FILE
