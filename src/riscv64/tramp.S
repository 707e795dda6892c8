/* SPDX-License-Identifier: MIT */
/* Trampoline tables for riscv64.

   A trampoline
     in:       nothing
     out:      t1 = address of its slot, the pair { data, code }; t3 = code
     clobbers: t1, t3, the designated register
     stack:    untouched
   and continues at the pair's code.  Its instructions keep their size.  */

#include "asm/function.h"
#include "target.h"

	.option	norvc

.macro TRAMPOLINE slot
	LANDING_PAD
1:	auipc	t1, %pcrel_hi(\slot)
	addi	t1, t1, %pcrel_lo(1b)
	ld	t3, 8(t1)
	jr	t3
.endm

#include "asm/tramp.h"

	END_OF_FILE
