/* SPDX-License-Identifier: MIT */
/* Trampoline tables for s390x.

   A trampoline
     in:       nothing
     out:      r0 = address of its slot, the pair { data, code }; r1 = code
     clobbers: r0, the designated register; r1
     stack:    untouched
   and continues at the pair's code.  r0 cannot be the base of an address: entry code moves
   it first.  */

#include "asm/function.h"
#include "target.h"

.macro TRAMPOLINE slot
	larl	%r0, \slot
	lgrl	%r1, \slot + 8
	br	%r1
.endm

#include "asm/tramp.h"

	END_OF_FILE
