/* SPDX-License-Identifier: MIT */
/* Trampoline tables for 64-bit PowerPC.

   A trampoline
     in:       r12 = its address, as every call through a pointer has it
     out:      r11 = address of its slot, the pair { data, code }; r12 = code
     clobbers: r11, the designated register; r12, ctr
     stack:    untouched
   and continues at the pair's code, whose global entry point finds its TOC by r12.  */

#include "asm/function.h"
#include "target.h"

.macro TRAMPOLINE slot
.Lhere\@:
	addis	11, 12, (\slot - .Lhere\@)@ha
	addi	11, 11, (\slot - .Lhere\@)@l
	ld	12, 8(11)
	mtctr	12
	bctr
.endm

#include "asm/tramp.h"

	END_OF_FILE
