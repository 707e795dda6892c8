/* SPDX-License-Identifier: MIT */
/* Specialised entry code: signatures whose arguments each lie in adjacent words,
   so that a pointer is all that a handler needs of them.

   One entry per family and kind of result, so that no branch depends on the
   signature but for narrow integer results.  A family says how many registers are saved and how many argument
   pointers are made; ffi_arch_closure_entry knows which families fit.

   in:       r10 = pair, argument registers, stack arguments
   out:      result registers
   clobbers: what a C function may
   stack, in words from rsp up:
	0			result, two words
	2			pointers to the arguments
	2 + args		integer registers
	2 + args + gprs		vector registers, the low 8 bytes
	+ sses + 1		return address, after one word of padding
	+ 1			stack arguments  */

#include "asm.h"
#include "internal64.h"

	.text
	.balign	64
	.type	ffi_fast_entries64, @function
ffi_fast_entries64:
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

/* A result of these codes is loaded like that of another: a word whose upper half does
   not matter, and the lowest element of a vector register.  */
#define LIKE_I64(code) (code == RET64_U32 || code == RET64_S32)
#define LIKE_DOUBLE(code) (code == RET64_FLOAT)
/* Narrower integers share an entry, which widens what it is told to.  */
#define NARROW(code) (code >= RET64_U8 && code <= RET64_S16)

.macro LOAD_RESULT code
.if \code == RET64_I64 || NARROW (\code)
	movq	(%rsp), %rax
.elseif \code == RET64_DOUBLE
	movsd	(%rsp), %xmm0
.elseif \code == RET64_GPR_GPR
	movq	(%rsp), %rax
	movq	8(%rsp), %rdx
.elseif \code == RET64_SSE_SSE
	movsd	(%rsp), %xmm0
	movsd	8(%rsp), %xmm1
.elseif \code == RET64_MEMORY
	movq	.Lregs(%rsp), %rax
.endif
.endm

/* The table's next word: LABEL, or 0.  */
.macro TABLE_WORD label
	.pushsection .rodata
.ifc \label, none
	.long	0
.else
	.long	\label - ffi_fast_table64
.endif
	.popsection
.endm

.macro FAST_ENTRY code, gprs, sses, args, mapped
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
.if \code == RET64_MEMORY
	movq	%rdi, %rsi		/* result: the caller's memory */
.else
	movq	%rsp, %rsi		/* result */
.endif
	movq	CLOSURE_CIF(%r10), %rdi
	leaq	16(%rsp), %rdx		/* argument pointers */
	movq	CLOSURE_DATA(%r10), %rcx
.if NARROW (\code)
	movl	CIF_FLAGS(%rdi), %eax
	movl	%eax, .Lframe - 8(%rsp)
.endif
	call	*CLOSURE_FUN(%r10)
	LOAD_RESULT \code
.if NARROW (\code)
	movl	.Lframe - 8(%rsp), %ecx
.endif
	addq	$.Lframe, %rsp
	.cfi_def_cfa_offset 8
.if NARROW (\code)
	jmp	.Lwiden
.else
	ret
.endif
.endm

/* All results of a family, in the order of the RET64 codes.  */
.macro FAMILY gprs, sses, args, mapped
	.set	.Lregs, 16 + 8 * \args
	/* An odd number of words, as the return address makes it even; the uppermost is
	   not used otherwise.  */
	.set	.Lframe, 8 * (2 + \args + \gprs + \sses + 1)
.if .Lframe % 16 != 8
	.error	"a family takes an even number of words"
.endif
	.irp	code, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14
.if LIKE_I64 (\code)
	TABLE_WORD .Lentry_\gprs\()_\sses\()_\args\()_7
.elseif LIKE_DOUBLE (\code)
	TABLE_WORD .Lentry_\gprs\()_\sses\()_\args\()_9
.elseif NARROW (\code) && \code != RET64_U8
	TABLE_WORD .Lentry_\gprs\()_\sses\()_\args\()_1
.elseif \code == RET64_GPR_SSE || \code == RET64_SSE_GPR || \code == RET64_MEMORY && !\mapped
	TABLE_WORD none
.else
	.balign	16
.Lentry_\gprs\()_\sses\()_\args\()_\code:
	TABLE_WORD .Lentry_\gprs\()_\sses\()_\args\()_\code
	FAST_ENTRY \code, \gprs, \sses, \args, \mapped
.endif
	.endr
.endm
.if RET64_U8 != 1 || RET64_I64 != 7 || RET64_DOUBLE != 9
	.error	"the labels' last numbers are these codes"
.endif

	.pushsection .rodata
	.balign	4
	.globl	ffi_fast_table64
	.hidden	ffi_fast_table64
	.type	ffi_fast_table64, @object
ffi_fast_table64:
	.popsection

/* Where the entries of narrow integers continue.
     in: rax = result, ecx = flags of the cif  */
	.balign	16
.Lwiden:
	andl	$RET64_MASK, %ecx
	cmpl	$RET64_S8, %ecx
	jb	1f
	je	2f
	cmpl	$RET64_U16, %ecx
	je	3f
	movswq	%ax, %rax
	ret
1:	movzbl	%al, %eax
	ret
2:	movsbq	%al, %rax
	ret
3:	movzwl	%ax, %eax
	ret

/* FAST_FAMILIES (C preprocessor) lists gprs, sses, args, mapped.  */
#define F(gprs, sses, args, mapped) FAMILY gprs, sses, args, mapped;
	FAST_FAMILIES64
#undef F

	.cfi_endproc
	.size	ffi_fast_entries64, . - ffi_fast_entries64

	END_OF_FILE
