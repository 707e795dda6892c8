/* SPDX-License-Identifier: MIT */
/* Entry code of closures by the System V psABI for AMD64.  */

#include "asm.h"
#include "internal64.h"

/* General entries: any signature, any number of arguments.

   in:       r10 = pair (or Go closure), argument registers, stack arguments
   out:      result registers
   clobbers: what a C function may
   stack, from rbp down:
	rbp + 16	stack arguments
	rbp +  8	return address
	rbp		caller's rbp
	rsp + 64	struct regs64: GPR_BYTES + SSES * stride
	rsp		64 bytes for the result  */

#define FRAME(stride) (64 + GPR_BYTES + SSES * (stride))

.macro SAVE_VECTORS move, register, stride
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7
	\move	%\register\n, 64 + GPR_BYTES + \n * \stride(%rsp)
	.endr
.endm

/* An entry that saves vector registers with MOVE.  KIND selects where a closure
   keeps cif, function and data.  */
.macro GENERAL name, kind, move, register, stride
FUNCTION \name
	pushq	%rbp
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset rbp, 0
	movq	%rsp, %rbp
	.cfi_def_cfa_register rbp
	subq	$FRAME (\stride), %rsp
	movq	%rdi, 64(%rsp)
	movq	%rsi, 64 + 8(%rsp)
	movq	%rdx, 64 + 16(%rsp)
	movq	%rcx, 64 + 24(%rsp)
	movq	%r8, 64 + 32(%rsp)
	movq	%r9, 64 + 40(%rsp)
	SAVE_VECTORS \move, \register, \stride
.ifc \kind, go
	movq	GO_CIF(%r10), %rdi
	movq	GO_FUN(%r10), %rsi
	movq	%r10, %rdx
.else
	movq	(%r10), %r10		/* closure */
	movq	CLOSURE_CIF(%r10), %rdi
	movq	CLOSURE_FUN(%r10), %rsi
	movq	CLOSURE_DATA(%r10), %rdx
.endif
	leaq	64(%rsp), %rcx		/* registers */
	movl	$\stride, %r8d
	leaq	16(%rbp), %r9		/* stack arguments */
	pushq	%rsp			/* result, the seventh argument */
	pushq	(%rsp)			/* twice, to stay aligned */
	call	ffi_closure_inner64
	leaq	16(%rsp), %rsi		/* result */
	jmp	.Lload_result
ENDFUNCTION \name
.endm

	GENERAL	ffi_entry64_general, closure, movsd, xmm, NARROW_STRIDE
	GENERAL	ffi_entry64_xmm, closure, movups, xmm, WIDE_STRIDE
	GENERAL	ffi_entry64_ymm, closure, vmovups, ymm, WIDE_STRIDE
	GENERAL	ffi_entry64_zmm, closure, vmovups, zmm, WIDE_STRIDE
	GENERAL	ffi_entry64_go_general, go, movsd, xmm, NARROW_STRIDE
	GENERAL	ffi_entry64_go_xmm, go, movups, xmm, WIDE_STRIDE
	GENERAL	ffi_entry64_go_ymm, go, vmovups, ymm, WIDE_STRIDE
	GENERAL	ffi_entry64_go_zmm, go, vmovups, zmm, WIDE_STRIDE

/* Where they continue after the handler: load the result as its code says.  A
   fragment, with their frame.
     in: rbp = frame, rsi = result, eax = RET64 code  */
	.balign	16
	.type	.Lload_result, @function
	.cfi_startproc
	.cfi_def_cfa rbp, 16
	.cfi_offset rbp, -16
.Lload_result:
	leaq	.Lload_table(%rip), %r8
	movslq	(%r8, %rax, 4), %rcx
	addq	%r8, %rcx
	notrack jmp *%rcx

.macro LOAD code
	.pushsection .rodata
	.org	.Lload_table + 4 * \code
	.long	.Lload_\code - .Lload_table
	.popsection
	.balign	8
.Lload_\code:
.endm

.macro EPILOGUE
	leave
	.cfi_remember_state
	.cfi_def_cfa rsp, 8
	.cfi_restore rbp
	ret
	.cfi_restore_state
.endm

	.pushsection .rodata
	.balign	4
.Lload_table:
	.popsection

	LOAD	RET64_VOID
	EPILOGUE
	LOAD	RET64_U8
	movzbl	(%rsi), %eax
	EPILOGUE
	LOAD	RET64_S8
	movsbq	(%rsi), %rax
	EPILOGUE
	LOAD	RET64_U16
	movzwl	(%rsi), %eax
	EPILOGUE
	LOAD	RET64_S16
	movswq	(%rsi), %rax
	EPILOGUE
	LOAD	RET64_U32
	movl	(%rsi), %eax
	EPILOGUE
	LOAD	RET64_S32
	movslq	(%rsi), %rax
	EPILOGUE
	LOAD	RET64_I64		/* or the address of a result in memory */
	movq	(%rsi), %rax
	EPILOGUE
	LOAD	RET64_FLOAT
	movss	(%rsi), %xmm0
	EPILOGUE
	LOAD	RET64_DOUBLE
	movsd	(%rsi), %xmm0
	EPILOGUE
	LOAD	RET64_GPR_GPR
	movq	(%rsi), %rax
	movq	8(%rsi), %rdx
	EPILOGUE
	LOAD	RET64_SSE_SSE
	movsd	(%rsi), %xmm0
	movsd	8(%rsi), %xmm1
	EPILOGUE
	LOAD	RET64_GPR_SSE
	movq	(%rsi), %rax
	movsd	8(%rsi), %xmm0
	EPILOGUE
	LOAD	RET64_SSE_GPR
	movsd	(%rsi), %xmm0
	movq	8(%rsi), %rax
	EPILOGUE
	LOAD	RET64_MEMORY		/* hidden pointer: the first integer argument */
	movq	64(%rsi), %rax
	EPILOGUE
	LOAD	RET64_X87
	fldt	(%rsi)
	EPILOGUE
	LOAD	RET64_X87_X87
	fldt	16(%rsi)
	fldt	(%rsi)
	EPILOGUE
	LOAD	RET64_VECTOR16
	movups	(%rsi), %xmm0
	EPILOGUE
	LOAD	RET64_VECTOR32
	vmovups	(%rsi), %ymm0
	EPILOGUE
	LOAD	RET64_VECTOR64
	vmovups	(%rsi), %zmm0
	EPILOGUE
	.cfi_endproc

/* What a slot without a prepared closure leads to.
     in: r10 = pair  */
.macro TRAP name, report
FUNCTION \name
	pushq	%rbp
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset rbp, 0
	movq	%rsp, %rbp
	.cfi_def_cfa_register rbp
	andq	$-16, %rsp
	movq	%r10, %rdi
	call	\report
	hlt
ENDFUNCTION \name
.endm

	TRAP	ffi_entry_freed, ffi_die_freed
	TRAP	ffi_entry_unprepared, ffi_die_unprepared

	END_OF_FILE
