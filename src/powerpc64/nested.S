/* SPDX-License-Identifier: MIT */
/* The static code that libffi_nested's trampolines enter: load the static chain, and
   continue at the nested function, with all else as the caller left it.  */

#include "asm/function.h"

/* in:	r11 = pair, whose data is { function, chain }
   out:	r11 = chain; r12 = the function, which finds its TOC by it; at the function
   clobbers: ctr  */
FUNCTION ffi_nested_enter
	ld	12, 0(11)
	ld	11, 8(12)
	ld	12, 0(12)
	mtctr	12
	bctr
ENDFUNCTION ffi_nested_enter

END_OF_FILE
