/* SPDX-License-Identifier: MIT */
/* Specialised entry code: signatures whose arguments each lie in adjacent words,
   so that a pointer is all that a handler needs of them.

   One entry per family and kind of result, so that no branch depends on the signature
   but for the less common results.  A family says how many registers are saved and how
   many argument pointers are made; ffi_port_closure_entry knows which families fit.

   in:       r10 = pair, argument registers, stack arguments
   out:      result registers
   clobbers: what a C function may
   stack, with the words of each part:

           +--------------------------------------------------------+
           | stack arguments                                        |
           +--------------------------------------------------------+
        1  | return address                                         |
        1  | caller's rbp: the frame record                         |
   0 or 2  | for KIND_ANY and families with a map: RET code, unused |
     sses  | vector registers, the low 8 bytes                      |
   0 or 4  | for a family with joins: the joined arguments          |
     gprs  | integer registers                                      |
     args  | pointers to the arguments                              |
   2 or 4  | result                                                 |
           +--------------------------------------------------------+  <- rsp  */

#include "asm/function.h"
#include "asm/offset_table.h"
#include "flags.h"
#include "frame.h"
#include "results.h"

	.text
	.balign	64
	.globl	ffi_fast_entries
	.hidden	ffi_fast_entries
	.type	ffi_fast_entries, @function
ffi_fast_entries:
	.cfi_startproc

	int3				/* no entry has the offset 0 */

/* The frame of the family being made, in bytes.  */
	.set	.Largs, 0		/* first pointer */
	.set	.Lregs, 0		/* first saved register */
	.set	.Ljoined, 0		/* first joined argument */
	.set	.Lsses, 0		/* first vector register */
	.set	.Lframe, 0

.macro SAVE_GPR n, reg, gprs
.if \n < \gprs
	movq	%\reg, .Lregs + 8 * \n(%rsp)
.endif
.endm

.macro SAVE_SSE n, gprs, sses
.if \n < \sses
	movsd	%xmm\n, .Lsses + 8 * \n(%rsp)
.endif
.endm

/* Pointer to argument N: where the map says; or the N-th saved register, and when
   there is none more, a word of the stack arguments.  */
.macro ARGUMENT n, args, registers, mapped
.if \n < \args
.if \mapped
	movzbl	CLOSURE_MAP + \n(%r10), %eax
	leaq	(%rsp, %rax, 8), %rax
.elseif \n < \registers
	leaq	.Lregs + 8 * \n(%rsp), %rax
.else
	leaq	.Lframe + 16 + 8 * (\n - \registers)(%rsp), %rax
.endif
	movq	%rax, .Largs + 8 * \n(%rsp)
.endif
.endm

/* Word N of the joined arguments, from where the map says behind ARGS pointers.  */
.macro JOINED_WORD n, args
	movzbl	CLOSURE_MAP + \args + \n(%r10), %eax
	movq	(%rsp, %rax, 8), %rax
	movq	%rax, .Ljoined + 8 * \n(%rsp)
.endm

.macro LOAD_RESULT_OF kind
.if \kind == KIND_FLOAT
	movss	(%rsp), %xmm0
.elseif \kind != KIND_DOUBLE
	movq	(%rsp), %rax
.endif
.if \kind == KIND_DOUBLE || \kind == KIND_PAIR
	movsd	(%rsp), %xmm0
.endif
.if \kind == KIND_PAIR
	movsd	8(%rsp), %xmm1
	movq	8(%rsp), %rdx
.endif
.endm

/* Of a result in memory, where the caller says, the handler gets that address, and it is
   in place of the result: as ffi_entry_load_result expects it.  */
.macro FAST_ENTRY kind, gprs, sses, args, mapped
	/* An even number of words, as have the return address and rbp.  */
	.set	.Lframe, .Lsses + 8 * \sses
.if .Lframe % 16 != 0
	.error	"a family takes an even number of words"
.endif
.if \kind == KIND_ANY || \mapped
	.set	.Lframe, .Lframe + 16
.endif
	.balign	16
	TABLE_OFFSET .Lentry\@-ffi_fast_entries, 2
.Lentry\@:
	LANDING_PAD
	movq	(%r10), %r10		/* closure */
	ENTER_FRAME .Lframe
	SAVE_GPR 0, rdi, \gprs
	SAVE_GPR 1, rsi, \gprs
	SAVE_GPR 2, rdx, \gprs
	SAVE_GPR 3, rcx, \gprs
	SAVE_GPR 4, r8, \gprs
	SAVE_GPR 5, r9, \gprs
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7
	SAVE_SSE \n, \gprs, \sses
	.endr
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	ARGUMENT \n, \args, \gprs + \sses, \mapped
	.endr
.if \mapped == 2
	.irp	n, 0, 1, 2, 3
	JOINED_WORD \n, \args
	.endr
.if JOINS != 2 || \args != JOINED_ARGS
	.error	"the map has two words of each join"
.endif
.endif
	movq	%rsp, %rsi		/* result */
.if \kind == KIND_ANY
	movq	%rdi, %rdx
	movq	%rdi, (%rsp)
	movq	CLOSURE_CIF(%r10), %rdi
	movl	CIF_FLAGS(%rdi), %eax
	andl	$RET_MASK, %eax
	movl	%eax, -8(%rbp)
	cmpl	$RET_MEMORY, %eax
	cmove	%rdx, %rsi
.else
	movq	CLOSURE_CIF(%r10), %rdi
.endif
	leaq	.Largs(%rsp), %rdx	/* argument pointers */
	movq	CLOSURE_DATA(%r10), %rcx
	call	*CLOSURE_FUN(%r10)
.if \kind == KIND_ANY
	movl	-8(%rbp), %eax
	movq	%rsp, %r9		/* result */
	jmp	ffi_entry_load_result
	OUT_OF_FRAME .Lframe
.else
	LOAD_RESULT_OF \kind
	LEAVE_FRAME .Lframe
	ret
.endif
.endm

/* The kinds of results of a family, in order.  Large ones have one for all results; others
   with a map one for all but the most common.  */
.macro FAMILY gprs, sses, args, mapped
	.set	.Largs, 8 * RESULT_WORDS (\mapped)
	.set	.Lregs, .Largs + 8 * \args
	.set	.Ljoined, .Lregs + 8 * \gprs
	.set	.Lsses, .Ljoined
.if \mapped == 2
	.set	.Lsses, .Ljoined + 8 * 2 * JOINS
.endif
.if \args > FAST_WORDS
	TABLE_OFFSET 0, 2
	TABLE_OFFSET 0, 2
	TABLE_OFFSET 0, 2
.else
	FAST_ENTRY KIND_WORD, \gprs, \sses, \args, \mapped
	FAST_ENTRY KIND_DOUBLE, \gprs, \sses, \args, \mapped
	FAST_ENTRY KIND_FLOAT, \gprs, \sses, \args, \mapped
.endif
.if \mapped
	TABLE_OFFSET 0, 2
.else
	FAST_ENTRY KIND_PAIR, \gprs, \sses, \args, \mapped
.endif
	FAST_ENTRY KIND_ANY, \gprs, \sses, \args, \mapped
.endm
.if KIND_WORD != 0 || KIND_DOUBLE != 1 || KIND_FLOAT != 2 || KIND_PAIR != 3 || KIND_ANY != 4
	.error	"FAMILY goes by this order"
.endif

	OFFSET_TABLE ffi_fast_table, 2

/* FAST_FAMILIES (C preprocessor) lists gprs, sses, args, mapped.  */
#define F(gprs, sses, args, mapped) FAMILY gprs, sses, args, mapped;
	FAST_FAMILIES
#undef F

	.cfi_endproc
	.size	ffi_fast_entries, . - ffi_fast_entries

	END_OF_FILE
