/* SPDX-License-Identifier: MIT */
/* Specialised entry code: signatures whose arguments each lie in adjacent words,
   so that a pointer is all that a handler needs of them.

   One entry per family and kind of result, so that no branch depends on the signature
   but for the less common results.  A family says how many registers are saved and how
   many argument pointers are made; ffi_port_closure_entry knows which families fit.

   in:       r10 = pair, argument registers, stack arguments
   out:      result registers
   clobbers: what a C function may
   stack, in words from rsp up:
	0			result, two words
	2			pointers to the arguments
	2 + args		integer registers
	2 + args + gprs		vector registers, the low 8 bytes
	+ sses			cif->flags, for KIND_ANY
	+ 1			return address
	+ 1			stack arguments  */

#include "asm.h"
#include "internal.h"
#include "results_asm.h"

	.text
	.balign	64
	.globl	ffi_fast_entries
	.hidden	ffi_fast_entries
	.type	ffi_fast_entries, @function
ffi_fast_entries:
	.cfi_startproc

/* The frame of the family being made, in bytes.  */
	.set	.Lregs, 0		/* first saved register */
	.set	.Lframe, 0

.macro SAVE_GPR n, reg, gprs
.if \n < \gprs
	movq	%\reg, .Lregs + 8 * \n(%rsp)
.endif
.endm

.macro SAVE_SSE n, gprs, sses
.if \n < \sses
	movsd	%xmm\n, .Lregs + 8 * (\gprs + \n)(%rsp)
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
	leaq	.Lframe + 8 + 8 * (\n - \registers)(%rsp), %rax
.endif
	movq	%rax, 16 + 8 * \n(%rsp)
.endif
.endm

.macro LOAD_RESULT_OF kind
.if \kind != KIND_DOUBLE
	movq	(%rsp), %rax
.endif
.if \kind == KIND_DOUBLE || \kind == KIND_PAIR
	movsd	(%rsp), %xmm0
.endif
.if \kind == KIND_PAIR
	movsd	8(%rsp), %xmm1
.endif
.if \kind == KIND_PAIR || \kind == KIND_ANY
	movq	8(%rsp), %rdx
.endif
.if \kind == KIND_ANY
	movss	(%rsp), %xmm0
	movq	.Lregs(%rsp), %r9
	movl	.Lframe - 8(%rsp), %ecx
.endif
.endm

.macro FAST_ENTRY kind, gprs, sses, args, mapped
	.balign	16
	TABLE_WORD .Lentry\@-ffi_fast_entries
.Lentry\@:
	LANDING_PAD
	movq	(%r10), %r10		/* closure */
	subq	$.Lframe, %rsp
	.cfi_def_cfa_offset .Lframe + 8
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
	movq	%rsp, %rsi		/* result */
.if \kind == KIND_ANY
	movq	%rdi, %rdx
	movq	CLOSURE_CIF(%r10), %rdi
	movl	CIF_FLAGS(%rdi), %eax
	movl	%eax, .Lframe - 8(%rsp)
	andl	$RET_MASK, %eax
	cmpl	$RET_MEMORY, %eax
	cmove	%rdx, %rsi		/* the caller's memory */
.else
	movq	CLOSURE_CIF(%r10), %rdi
.endif
	leaq	16(%rsp), %rdx		/* argument pointers */
	movq	CLOSURE_DATA(%r10), %rcx
	call	*CLOSURE_FUN(%r10)
	LOAD_RESULT_OF \kind
	addq	$.Lframe, %rsp
	.cfi_def_cfa_offset 8
.if \kind == KIND_ANY
	jmp	.Lany
.else
	ret
.endif
.endm

/* A word of the table.  */
.macro TABLE_WORD offset
	.pushsection .rodata
	.short	\offset
	.popsection
.endm

/* The kinds of results of a family, in order.  Those with a map have one for all but
   the most common, or for all if the family is large; the others have none for these.  */
.macro FAMILY gprs, sses, args, mapped
	.set	.Lregs, 16 + 8 * \args
	/* An odd number of words, as the return address makes it even.  */
	.set	.Lframe, 8 * (2 + \args + \gprs + \sses + 1)
.if .Lframe % 16 != 8
	.error	"a family takes an even number of words"
.endif
.if \args > FAST_WORDS
	TABLE_WORD 0
	TABLE_WORD 0
.else
	FAST_ENTRY KIND_WORD, \gprs, \sses, \args, \mapped
	FAST_ENTRY KIND_DOUBLE, \gprs, \sses, \args, \mapped
.endif
.if \mapped
	TABLE_WORD 0
	FAST_ENTRY KIND_ANY, \gprs, \sses, \args, \mapped
.else
	FAST_ENTRY KIND_PAIR, \gprs, \sses, \args, \mapped
	TABLE_WORD 0
.endif
.endm
.if KIND_WORD != 0 || KIND_DOUBLE != 1 || KIND_PAIR != 2 || KIND_ANY != 3
	.error	"FAMILY goes by this order"
.endif

	.pushsection .rodata
	.balign	2
	.globl	ffi_fast_table
	.hidden	ffi_fast_table
	.type	ffi_fast_table, @object
ffi_fast_table:
	.popsection

/* Where the entries of any result continue, the frame gone.
     in: rax, rdx = first two words of the result; xmm0 = its first four bytes; r9 = the
	 first integer register; ecx = flags of the cif  */
	.balign	16
.Lany:	andl	$RET_MASK, %ecx
	DISPATCH .Lany_pieces
	.irp	code, ALL_RESULTS
.if \code < FAST_RESULTS
	PIECE	.Lany_pieces, \code
.if \code == RET_U8
	movzbl	%al, %eax
.elseif \code == RET_S8
	movsbq	%al, %rax
.elseif \code == RET_U16
	movzwl	%ax, %eax
.elseif \code == RET_S16
	movswq	%ax, %rax
.elseif \code == RET_DOUBLE
	movq	%rax, %xmm0
.elseif \code == RET_SSE_SSE
	movq	%rax, %xmm0
	movq	%rdx, %xmm1
.elseif \code == RET_GPR_SSE
	movq	%rdx, %xmm0
.elseif \code == RET_SSE_GPR
	movq	%rax, %xmm0
	movq	%rdx, %rax
.elseif \code == RET_MEMORY
	movq	%r9, %rax
.endif
	ret
.endif
	.endr

/* FAST_FAMILIES (C preprocessor) lists gprs, sses, args, mapped.  */
#define F(gprs, sses, args, mapped) FAMILY gprs, sses, args, mapped;
	FAST_FAMILIES
#undef F

	.cfi_endproc
	.size	ffi_fast_entries, . - ffi_fast_entries

	END_OF_FILE
