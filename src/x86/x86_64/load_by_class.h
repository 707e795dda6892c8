/* SPDX-License-Identifier: MIT */
/* For ladders whose words have one class or another: I64, S32 or U32, or a float's or a
   double's where these travel in words, too.

   eax = the classes, the first in the highest bits: see WORD_CLASS_BIT.  */

#ifndef FFI_LOAD_BY_CLASS_H
#define FFI_LOAD_BY_CLASS_H

/* Word N of LADDER, which REG points to, to REG.  What has 32 bits is loaded beside the
   ladder, where LOAD_INT stands.  */
.macro LOAD_BY_CLASS ladder, n, reg
	testl	$WORD_CLASS_BIT (CLASS_LONG, \n), %eax
	jz	.Lint_\ladder\()_\n
	movq	(%\reg), %\reg
.Lloaded_\ladder\()_\n:
.endm

.macro LOAD_INT ladder, n, reg, reg32
.Lint_\ladder\()_\n:
	testl	$WORD_CLASS_BIT (CLASS_U32, \n), %eax
	jnz	1f
	movslq	(%\reg), %\reg
	jmp	.Lloaded_\ladder\()_\n
1:	movl	(%\reg), %\reg32
	jmp	.Lloaded_\ladder\()_\n
.endm

#endif
