/* SPDX-License-Identifier: MIT */
/* Calls on x86-64, for any signature.  */

#include "asm/function.h"
#include "asm/offset_table.h"
#include "flags.h"
#include "load_by_class.h"
#include "asm/probe.h"
#include "results.h"

/* void ffi_invoke_narrow (call), and the same for ffi_invoke_wide and ffi_invoke_win64

   in:       rdi = struct ffi_call
   out:      *call->rvalue
   clobbers: what a C function may
   stack, with what each part starts at:

             +------------------------------------------------------------+
    rbp + 8  | return address                                             |
        rbp  | caller's rbp: the frame record                             |
    rbp - 8  | call                                                       |
   rbp - 16  | unused                                                     |
        ...  | integer registers, then vector registers; none for Win64   |
        ...  | copies of what is passed by address                        |
        rsp  | stack arguments, aligned as the flags say or more          |
             +------------------------------------------------------------+

   ffi_marshal fills the last three; call->bytes is the size of the last two.  */

#define CALL	-8(%rbp)
#define UNPROBED_ALIGN 128
#if UNPROBED_ALIGN != FLAG_OVERALIGNED_FROM / 2
#error "what is not probed is aligned enough"
#endif
#define REGS(stride) (-16 - GPR_BYTES - SSES * (stride))

/* Set up the frame and have the arguments stored; r11 = call.  */
.macro PROLOGUE name, regs, marshal=ffi_marshal
	pushq	%rbp
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset rbp, 0
	movq	%rsp, %rbp
	.cfi_def_cfa_register rbp
	leaq	\regs(%rsp), %rsp
	movq	CALL_BYTES(%rdi), %r10
	movq	%rdi, CALL
	testl	$FLAG_OVERALIGNED, CALL_FLAGS(%rdi)
	jnz	.Lprobe_\name
	cmpq	$FFI_UNPROBED, %r10
	ja	.Lprobe_\name
	subq	%r10, %rsp
	andq	$-UNPROBED_ALIGN, %rsp
.Lmarshal_\name:
	leaq	\regs(%rbp), %rsi	/* registers */
	movq	%rsp, %rdx		/* stack arguments */
	call	\marshal
	movq	CALL, %r11
.endm

/* Make room for more arguments than a page has, or more alignment than most have:
     in: r10 = bytes, rdi = call  */
.macro LARGE_FRAME name
.Lprobe_\name:
	movl	CALL_FLAGS(%rdi), %ecx
	shrl	$FLAG_ALIGN_SHIFT, %ecx
	andl	$FLAG_ALIGN_MASK, %ecx
	movq	$-1, %rax
	shlq	%cl, %rax		/* alignment mask */
	movq	%r10, %rdi
	subq	%rax, %rdi		/* with what aligning takes */
	call	ffi_probe_stack
	movq	CALL, %rdi
	subq	%r10, %rsp
	andq	%rax, %rsp
	jmp	.Lmarshal_\name
.endm

/* Load the integer registers, call, and store the result.  The vector registers
   are loaded.
     in: r11 = call  */
.macro INVOKE regs
	movl	CALL_FLAGS(%r11), %eax
	shrl	$FLAG_SSE_SHIFT, %eax
	andl	$15, %eax		/* vector registers, for variadics */
	movq	\regs(%rbp), %rdi
	movq	\regs + 8(%rbp), %rsi
	movq	\regs + 16(%rbp), %rdx
	movq	\regs + 24(%rbp), %rcx
	movq	\regs + 32(%rbp), %r8
	movq	\regs + 40(%rbp), %r9
	movq	CALL_CHAIN(%r11), %r10
	call	*CALL_FN(%r11)
	jmp	.Lstore_result
.endm

FUNCTION ffi_invoke_narrow
	PROLOGUE	ffi_invoke_narrow, REGS (NARROW_STRIDE)
	testl	$15 << FLAG_SSE_SHIFT, CALL_FLAGS(%r11)
	jz	1f
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7
	movsd	REGS (NARROW_STRIDE) + GPR_BYTES + \n * NARROW_STRIDE(%rbp), %xmm\n
	.endr
1:	INVOKE	REGS (NARROW_STRIDE)
	LARGE_FRAME ffi_invoke_narrow
ENDFUNCTION ffi_invoke_narrow

FUNCTION ffi_invoke_wide
	PROLOGUE	ffi_invoke_wide, REGS (WIDE_STRIDE)
	movl	CALL_FLAGS(%r11), %eax
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
	PROLOGUE	ffi_invoke_win64, -16, ffi_marshal_1
	movq	(%rsp), %rcx
	movq	8(%rsp), %rdx
	movq	16(%rsp), %r8
	movq	24(%rsp), %r9
	movsd	(%rsp), %xmm0
	movsd	8(%rsp), %xmm1
	movsd	16(%rsp), %xmm2
	movsd	24(%rsp), %xmm3
	movq	CALL_CHAIN(%r11), %r10
	call	*CALL_FN(%r11)
	jmp	.Lstore_result
	LARGE_FRAME ffi_invoke_win64
ENDFUNCTION ffi_invoke_win64

/* void ffi_call_win64_few (cif, fn, rvalue, avalue)
   ffi_call by the Microsoft convention for up to WIN_FEW arguments that have classes, see
   FLAG_WIN_CLASSES.

   in:       rdi = cif, rsi = fn, rdx = rvalue, rcx = avalue
   out:      *rvalue
   clobbers: what a C function may
   stack, from rsp up:
	0		the arguments' words: room for four registers, then the others
	FEW_CALL	a struct ffi_call, of which only what .Lstore_result reads is set
	FEW_FRAME - 8	its address
	FEW_FRAME	caller's rbp
	+ 8		return address

   A ladder, as in invoke_plan.S: it is entered where as many rungs follow as there are
   arguments.
     eax = classes, the first in the highest bits
     r11 = avalue  */
#define FEW_CALL (8 * WIN_FEW)
#define FEW_FRAME (FEW_CALL + CALL_BYTES + 16)

.macro WIN_RUNG n, reg
	TABLE_OFFSET .Lrung_\n-ffi_call_win64_few, 2
.Lrung_\n:
	movq	8 * \n(%r11), %\reg
	LOAD_BY_CLASS win64, \n, \reg
.endm

	OFFSET_TABLE ffi_win64_rungs, 2
FUNCTION ffi_call_win64_few
	pushq	%rbp
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset rbp, 0
	movq	%rsp, %rbp
	.cfi_def_cfa_register rbp
	subq	$FEW_FRAME, %rsp
	movl	CIF_FLAGS(%rdi), %eax
	leaq	FEW_CALL(%rsp), %r10
	movq	%rcx, %r11
	movl	$WIN_FEW, %ecx
	subl	CIF_NARGS(%rdi), %ecx
	movl	%eax, CALL_FLAGS(%r10)
	movq	%rdx, CALL_RVALUE(%r10)
	movq	%r10, CALL
	movl	CIF_BYTES(%rdi), %eax
	leaq	ffi_win64_rungs(%rip), %r8
	movswq	(%r8, %rcx, 2), %rcx
	leaq	ffi_call_win64_few(%rip), %r8
	addq	%r8, %rcx
	notrack jmp *%rcx
	.irp	n, 7, 6, 5, 4
	WIN_RUNG \n, r10
	movq	%r10, 8 * \n(%rsp)
	.endr
	WIN_RUNG 3, r9
	WIN_RUNG 2, r8
	WIN_RUNG 1, rdx
	WIN_RUNG 0, rcx
	TABLE_OFFSET .Lno_rung-ffi_call_win64_few, 2
.Lno_rung:
	/* Floats are in vector registers, too; in which others are does not matter.  */
	movq	%rcx, %xmm0
	movq	%rdx, %xmm1
	movq	%r8, %xmm2
	movq	%r9, %xmm3
	call	*%rsi
	jmp	.Lstore_result
	.irp	n, 7, 6, 5, 4
	LOAD_INT win64, \n, r10, r10d
	.endr
	LOAD_INT win64, 3, r9, r9d
	LOAD_INT win64, 2, r8, r8d
	LOAD_INT win64, 1, rdx, edx
	LOAD_INT win64, 0, rcx, ecx
ENDFUNCTION ffi_call_win64_few
.if FEW_FRAME % 16 != 0 || WIN_FEW != FAST_WORDS
	.error	"the stack is aligned, and classes are where WORD_CLASS_BIT says"
.endif

/* Where all continue after the call: store the result as its code says.  A
   fragment, with the frame of either.
     in: rbp = frame, result registers  */
	.balign	16
	.type	.Lstore_result, @function
	.cfi_startproc
	.cfi_def_cfa rbp, 16
	.cfi_offset rbp, -16
.Lstore_result:
	movq	CALL, %rsi
	movl	CALL_FLAGS(%rsi), %ecx
	movq	CALL_RVALUE(%rsi), %rsi
	andl	$RET_MASK, %ecx
	SWITCH	.Lstore_cases

.macro RETURN_FROM_CALL
	leave
	.cfi_def_cfa rsp, 8
	.cfi_restore rbp
	ret
	.cfi_def_cfa rbp, 16
	.cfi_offset rbp, -16
.endm

	STORE_RESULTS .Lstore_cases, RETURN_FROM_CALL, %rsi
	.cfi_endproc

	END_OF_FILE
