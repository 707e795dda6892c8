/* SPDX-License-Identifier: MIT */
/* Specialised entry code: signatures whose arguments each lie in adjacent words, so
   that a pointer, which the closure's map gives, is all that a handler needs of them.

   One entry per family and kind of result, so that no branch depends on the
   signature.  A family says how many argument pointers are made and how many bytes of
   arguments are removed; ffi_arch_closure_entry knows which fits.

   in:       eax = pair, the rest as a trampoline leaves it
   out:      result registers; the family's arguments are removed
   clobbers: what a C function may
   stack, in words from ebp up:
	0	caller's ebp
	1	eax, edx, ecx at the call
	4	return address
	5	stack arguments
   and from esp up:
	0	cif, result, argument pointers, user_data: for the handler
	4	result, three words
	8	pointers to the arguments  */

#include "asm.h"
#include "internal32.h"

#define RESULT	16(%esp)
#define HIDDEN	20(%ebp)

	.text
	.balign	64
	.type	ffi_fast_entries32, @function
ffi_fast_entries32:
	.cfi_startproc

/* While the frame is made: esp = result, above which lie 16 bytes.  */
.macro ARGUMENT n, args, map
.if \n < \args
.if \map == 0
	movzbl	CLOSURE_MAP + \n(%eax), %ecx
	leal	(%ebp, %ecx, 4), %ecx
.else
	leal	4 * (\map >> (8 * \n) & 255)(%ebp), %ecx
.endif
	movl	%ecx, 16 + 4 * \n(%esp)
.endif
.endm

.macro LOAD_RESULT code
.if \code == RET32_U8 || \code == RET32_BYTE
	movzbl	RESULT, %eax
.elseif \code == RET32_S8
	movsbl	RESULT, %eax
.elseif \code == RET32_U16 || \code == RET32_HALF
	movzwl	RESULT, %eax
.elseif \code == RET32_S16
	movswl	RESULT, %eax
.elseif \code == RET32_I32
	movl	RESULT, %eax
.elseif \code == RET32_I64
	movl	RESULT, %eax
	movl	4 + RESULT, %edx
.elseif \code == RET32_FLOAT
	flds	RESULT
.elseif \code == RET32_DOUBLE
	fldl	RESULT
.elseif \code == RET32_LONGDOUBLE
	fldt	RESULT
.elseif \code == RET32_MEMORY
	movl	HIDDEN, %eax
.endif
.endm

.macro FAST_ENTRY code, args, pop, map
	.balign	16
	.pushsection .rodata
	.long	.Lentry\@ - ffi_fast_table32
	.popsection
.Lentry\@:
	.cfi_def_cfa_offset 16
	LANDING_PAD
	pushl	%ebp
	.cfi_def_cfa_offset 20
	.cfi_offset ebp, -20
	movl	%esp, %ebp
	.cfi_def_cfa_register ebp
	movl	(%eax), %eax		/* closure */
	subl	$16 + 4 * \args, %esp
	andl	$-16, %esp
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7
	ARGUMENT \n, \args, \map
	.endr
.if \code == RET32_MEMORY
	movl	HIDDEN, %edx		/* result: the caller's memory */
.else
	movl	%esp, %edx		/* result */
.endif
	leal	16(%esp), %ecx		/* argument pointers */
	pushl	CLOSURE_DATA(%eax)
	pushl	%ecx
	pushl	%edx
	pushl	CLOSURE_CIF(%eax)
	call	*CLOSURE_FUN(%eax)
	LOAD_RESULT \code
	leave
	.cfi_def_cfa esp, 16
	.cfi_restore ebp
	addl	$12, %esp
	.cfi_def_cfa_offset 4
.if \pop == 0
	ret
.else
	ret	$\pop
.endif
.endm

/* All results of a family, in the order of the RET32 codes.  */
.macro FAMILY args, pop, map
	.irp	code, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
	FAST_ENTRY \code, \args, \pop, \map
	.endr
.endm

	.pushsection .rodata
	.balign	4
	.globl	ffi_fast_table32
	.hidden	ffi_fast_table32
	.type	ffi_fast_table32, @object
ffi_fast_table32:
	.popsection

/* FAST_FAMILIES32 (C preprocessor) lists args, pop, map.  */
#define F(args, pop, map) FAMILY args, pop, map;
	FAST_FAMILIES32
#undef F

	.cfi_endproc
	.size	ffi_fast_entries32, . - ffi_fast_entries32

	END_OF_FILE
