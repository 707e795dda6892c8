/* SPDX-License-Identifier: MIT */
/* What each result is, for assembly: compared with, as the most common are few.  */

#ifndef FFI_RESULTS_H
#define FFI_RESULTS_H

#include "flags.h"
#include "asm/ret_symbols.h"

/* The comparisons go by this order.  */
.set	.Lexpected, 0
	.irp	code, RET_VOID, RET_U8, RET_S8, RET_U16, RET_S16, RET_I32, RET_I64, RET_FLOAT, RET_DOUBLE, RET_LONGDOUBLE, RET_BYTE, RET_HALF, RET_MEMORY, RET_FLOAT16
.if \code != .Lexpected
	.error	"another order of RET_CODES"
.endif
	.set	.Lexpected, .Lexpected + 1
	.endr
.if RET_COUNT != .Lexpected
	.error	"another number of RET_CODES"
.endif

/* Store the result as CODE, a RET code in a register or memory, says; each way ends
   with the macro RETURN.
     in: ecx = rvalue, which may be null, result registers  */
.macro STORE_RESULT code, return
	testl	%ecx, %ecx
	jz	.Lunwanted\@
	cmpl	$RET_I32, \code
	jb	.Lnarrow\@
	jne	.Lnot_i32\@
	movl	%eax, (%ecx)
	\return

.Lnot_i32\@:
	cmpl	$RET_FLOAT, \code
	jae	.Lx87\@
	movl	%eax, (%ecx)
	movl	%edx, 4(%ecx)
	\return

	/* Integers to be widened.  */
.Lnarrow\@:
	cmpl	$RET_S8, \code
	ja	3f
	je	2f
	cmpl	$RET_VOID, \code
	je	.Lvoid\@
	movzbl	%al, %eax
	jmp	.Lwidened\@
2:	movsbl	%al, %eax
	jmp	.Lwidened\@
3:	cmpl	$RET_U16, \code
	je	4f
	cwtl
	jmp	.Lwidened\@
4:	movzwl	%ax, %eax
.Lwidened\@:
	movl	%eax, (%ecx)
.Lvoid\@:
	\return

.Lx87\@:
	cmpl	$RET_DOUBLE, \code
	jne	1f
	fstpl	(%ecx)
	\return
1:	jb	2f
	cmpl	$RET_LONGDOUBLE, \code
	jne	3f
	fstpt	(%ecx)
	\return
2:	fstps	(%ecx)
	\return
3:	cmpl	$RET_HALF, \code	/* structs that are not widened */
	je	4f
	ja	5f
	movb	%al, (%ecx)
	\return
5:	cmpl	$RET_MEMORY, \code	/* stored by the function */
	je	.Lvoid\@
	movd	%xmm0, %eax
4:	movw	%ax, (%ecx)
	\return

.Lunwanted\@:
	cmpl	$RET_FLOAT, \code
	jb	.Lvoid\@
	cmpl	$RET_LONGDOUBLE, \code
	ja	.Lvoid\@
	fstp	%st(0)
	\return
.endm

#endif
