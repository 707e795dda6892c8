/* SPDX-License-Identifier: MIT */
/* The static code that libffi_nested's trampolines enter: load the static chain, and
   continue at the nested function, with all else as the caller left it.  */

#include "asm/function.h"

/* in:	r10 = pair, whose data is { function, chain }
   out:	r10 = chain; at the function
   clobbers: r11  */
FUNCTION ffi_nested_enter
	movq	(%r10), %r11
	movq	8(%r11), %r10
	jmp	*(%r11)
ENDFUNCTION ffi_nested_enter

END_OF_FILE
