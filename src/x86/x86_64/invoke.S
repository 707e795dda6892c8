/* SPDX-License-Identifier: MIT */
/* Calls on x86-64, for any signature.  */

#include "asm.h"
#include "internal.h"
#include "probe.h"
#include "results_asm.h"

/* void ffi_invoke_narrow (cif, fn, rvalue, avalue, chain), and the same for
   ffi_invoke_wide and ffi_invoke_win64

   in:       rdi = cif, rsi = fn, rdx = rvalue, rcx = avalue, r8 = chain
   out:      *rvalue
   clobbers: what a C function may
   stack, from rbp down:
	rbp +  8	return address
	rbp		caller's rbp
	rbp -  8	fn
	rbp - 16	rvalue
	rbp - 24	chain
	rbp - 32	flags
	...		struct regs: GPR_BYTES + SSES * stride
	rsp		stack arguments, cif->bytes, aligned as the flags say or more
   The marshal function sets the last two.  */

#define FN	-8(%rbp)
#define RVALUE	-16(%rbp)
#define CHAIN	-24(%rbp)
#define FLAGS	-32(%rbp)
#define UNPROBED_ALIGN 128
#if UNPROBED_ALIGN != FLAG_OVERALIGNED_FROM / 2
#error "what is not probed is aligned enough"
#endif
#define REGS(stride) (-32 - GPR_BYTES - SSES * (stride))

/* Set up the frame and have the arguments stored.  */
.macro PROLOGUE name, regs, marshal=ffi_marshal
	pushq	%rbp
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset rbp, 0
	movq	%rsp, %rbp
	.cfi_def_cfa_register rbp
	leaq	\regs(%rsp), %rsp
	movl	CIF_FLAGS(%rdi), %eax
	movl	CIF_BYTES(%rdi), %r10d
	testl	$FLAG_FAST, %eax	/* then that is something else */
	movl	$FAST_STACK, %r11d
	cmovnz	%r11d, %r10d
	movq	%rsi, FN
	movq	%rdx, RVALUE
	movq	%r8, CHAIN
	movl	%eax, FLAGS
	movq	%rdx, %r8		/* rvalue */
	movq	%rcx, %rsi		/* avalue */
	testl	$FLAG_OVERALIGNED, %eax
	jnz	.Lprobe_\name
	cmpl	$FFI_UNPROBED, %r10d
	ja	.Lprobe_\name
	subq	%r10, %rsp
	andq	$-UNPROBED_ALIGN, %rsp
.Lmarshal_\name:
	leaq	\regs(%rbp), %rdx	/* struct regs */
	movq	%rsp, %rcx		/* stack arguments */
	call	\marshal
.endm

/* Make room for more arguments than a page has, or more alignment than most have:
     in: eax = flags, r10 = bytes, rdi = cif  */
.macro LARGE_FRAME name
.Lprobe_\name:
	movl	%eax, %ecx
	shrl	$FLAG_ALIGN_SHIFT, %ecx
	andl	$FLAG_ALIGN_MASK, %ecx
	movq	$-1, %rax
	shlq	%cl, %rax		/* alignment mask */
	movq	%rdi, %r9		/* cif */
	movq	%r10, %rdi
	subq	%rax, %rdi		/* with what aligning takes */
	call	ffi_probe_stack
	movq	%r9, %rdi
	subq	%r10, %rsp
	andq	%rax, %rsp
	jmp	.Lmarshal_\name
.endm

/* Load the integer registers, call, and store the result.  The vector registers
   are loaded.  */
.macro INVOKE regs
	movl	FLAGS, %eax
	shrl	$FLAG_SSE_SHIFT, %eax
	andl	$15, %eax		/* vector registers, for variadics */
	movq	\regs(%rbp), %rdi
	movq	\regs + 8(%rbp), %rsi
	movq	\regs + 16(%rbp), %rdx
	movq	\regs + 24(%rbp), %rcx
	movq	\regs + 32(%rbp), %r8
	movq	\regs + 40(%rbp), %r9
	movq	CHAIN, %r10
	call	*FN
	jmp	.Lstore_result
.endm

FUNCTION ffi_invoke_narrow
	PROLOGUE	ffi_invoke_narrow, REGS (NARROW_STRIDE)
	testl	$15 << FLAG_SSE_SHIFT, FLAGS
	jz	1f
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7
	movsd	REGS (NARROW_STRIDE) + GPR_BYTES + \n * NARROW_STRIDE(%rbp), %xmm\n
	.endr
1:	INVOKE	REGS (NARROW_STRIDE)
	LARGE_FRAME ffi_invoke_narrow
ENDFUNCTION ffi_invoke_narrow

FUNCTION ffi_invoke_wide
	PROLOGUE	ffi_invoke_wide, REGS (WIDE_STRIDE)
	movl	FLAGS, %eax
	andl	$FLAG_WIDE_MASK, %eax
	cmpl	$2 << FLAG_WIDE_SHIFT, %eax
	je	2f
	ja	3f
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7
	movdqu	REGS (WIDE_STRIDE) + GPR_BYTES + \n * WIDE_STRIDE(%rbp), %xmm\n
	.endr
	jmp	4f
2:	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7
	vmovdqu	REGS (WIDE_STRIDE) + GPR_BYTES + \n * WIDE_STRIDE(%rbp), %ymm\n
	.endr
	jmp	4f
3:	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7
	vmovdqu64 REGS (WIDE_STRIDE) + GPR_BYTES + \n * WIDE_STRIDE(%rbp), %zmm\n
	.endr
4:	INVOKE	REGS (WIDE_STRIDE)
	LARGE_FRAME ffi_invoke_wide
ENDFUNCTION ffi_invoke_wide

/* By the Microsoft convention the first four words of the stack arguments travel in
   registers too: in integer or vector registers as the types say, which does not
   matter if both are loaded.  */
FUNCTION ffi_invoke_win64
	PROLOGUE	ffi_invoke_win64, -32, ffi_marshal_win64
	movq	(%rsp), %rcx
	movq	8(%rsp), %rdx
	movq	16(%rsp), %r8
	movq	24(%rsp), %r9
	movsd	(%rsp), %xmm0
	movsd	8(%rsp), %xmm1
	movsd	16(%rsp), %xmm2
	movsd	24(%rsp), %xmm3
	movq	CHAIN, %r10
	call	*FN
	jmp	.Lstore_result
	LARGE_FRAME ffi_invoke_win64
ENDFUNCTION ffi_invoke_win64

/* Where all continue after the call: store the result as its code says.  A
   fragment, with the frame of either.
     in: rbp = frame, result registers  */
	.balign	16
	.type	.Lstore_result, @function
	.cfi_startproc
	.cfi_def_cfa rbp, 16
	.cfi_offset rbp, -16
.Lstore_result:
	movl	FLAGS, %ecx
	movq	RVALUE, %rsi
	andl	$RET_MASK, %ecx
	DISPATCH .Lstore_pieces

.macro RETURN_FROM_CALL
	leave
	.cfi_def_cfa rsp, 8
	.cfi_restore rbp
	ret
	.cfi_def_cfa rbp, 16
	.cfi_offset rbp, -16
.endm

	STORE_RESULTS .Lstore_pieces, RET_COUNT, %rsi, RETURN_FROM_CALL
	.cfi_endproc

	END_OF_FILE
