/* SPDX-License-Identifier: MIT */
/* The static code that libffi_nested's trampolines enter: load the static chain, and
   continue at the nested function, with all else as the caller left it.  */

#include "asm/function.h"

/* in:	t1 = pair, whose data is { function, chain }
   out:	CHAIN = chain; at the function
   clobbers: t1  */
FUNCTION ffi_nested_enter
	ld	t1, 0(t1)
	ld	CHAIN, 8(t1)
	ld	t1, 0(t1)
	jr	t1
ENDFUNCTION ffi_nested_enter

END_OF_FILE
