/* SPDX-License-Identifier: MIT */
/* General entry code of closures on x86-64, and of slots that hold none.  */

#include "asm/function.h"
#include "asm/probe.h"
#include "flags.h"
#include "results.h"

/* General entries: any signature, any number of arguments.

   in:       r10 = pair (or Go closure), argument registers, stack arguments
   out:      result registers
   clobbers: what a C function may
   stack, with what each part starts at:

               +------------------------------------------------------------+
     rbp + 16  | stack arguments                                            |
               +------------------------------------------------------------+
      rbp + 8  | return address                                             |
          rbp  | caller's rbp: the frame record                             |
          ...  | padding, if the stride is wide                             |
   rsp + REGS  | GPR_BYTES of integer registers, then SSES vector registers |
          rsp  | 64 bytes for the result                                    |
               +------------------------------------------------------------+

   The handler gets pointers to vectors where they were saved, and to the result:
   if the stride is wide, these and rsp are aligned to it.  */

#define REGS(stride) (64 + (stride) / WIDE_STRIDE * (WIDE_STRIDE - GPR_BYTES))
#define FRAME(stride) (REGS (stride) + GPR_BYTES + SSES * (stride))

.macro SAVE_VECTORS move, register, stride
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7
	\move	%\register\n, REGS (\stride) + GPR_BYTES + \n * \stride(%rsp)
	.endr
.endm

/* Each entry exists for closures and Go closures.  What the handler gets of either, so
   that the same code goes on:
     r10 + CLOSURE_CIF, r10 + CLOSURE_FUN = places of cif and handler
     r11 = user data, which for a Go closure is its address  */
.macro CLOSURE_PARTS
	movq	(%r10), %r10
	movq	CLOSURE_DATA(%r10), %r11
.endm

/* The entry NAME_go, before NAME.  */
.macro GO_ENTRY name
FUNCTION \name\()_go
	movq	%r10, %r11
	subq	$CLOSURE_CIF - GO_CIF, %r10
	jmp	.Lparts_\name
ENDFUNCTION \name\()_go
.endm
.if CLOSURE_CIF - GO_CIF != CLOSURE_FUN - GO_FUN
	.error	"cif and handler are equally far apart"
.endif

/* An entry that saves vector registers with MOVE.  */
.macro GENERAL name, move, register, stride
	GO_ENTRY \name
FUNCTION \name
	CLOSURE_PARTS
.Lparts_\name:
	pushq	%rbp
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset rbp, 0
	movq	%rsp, %rbp
	.cfi_def_cfa_register rbp
	subq	$FRAME (\stride), %rsp
.if \stride == WIDE_STRIDE
	andq	$-WIDE_STRIDE, %rsp
.endif
	movq	%rdi, REGS (\stride)(%rsp)
	movq	%rsi, REGS (\stride) + 8(%rsp)
	movq	%rdx, REGS (\stride) + 16(%rsp)
	movq	%rcx, REGS (\stride) + 24(%rsp)
	movq	%r8, REGS (\stride) + 32(%rsp)
	movq	%r9, REGS (\stride) + 40(%rsp)
	SAVE_VECTORS \move, \register, \stride
	movq	CLOSURE_CIF(%r10), %rdi
	movq	CLOSURE_FUN(%r10), %rsi
	movq	%r11, %rdx		/* user data */
	leaq	REGS (\stride)(%rsp), %rcx	/* registers */
	leaq	16(%rbp), %r8		/* stack arguments */
	movq	%rsp, %r9		/* result */
	call	ffi_closure_inner
	movq	%rsp, %r9		/* result */
	jmp	ffi_entry_load_result
ENDFUNCTION \name
.endm

	GENERAL	ffi_entry_narrow, movsd, xmm, NARROW_STRIDE
	GENERAL	ffi_entry_xmm, movups, xmm, WIDE_STRIDE
	GENERAL	ffi_entry_ymm, vmovups, ymm, WIDE_STRIDE
	GENERAL	ffi_entry_zmm, vmovups, zmm, WIDE_STRIDE

/* Where all entries continue after the handler: load the result as its code says.  A
   fragment, with their frame, that leaves alone what the Microsoft convention preserves.
     in: rbp = frame, r9 = result, eax = RET code  */
	.balign	16
	.globl	ffi_entry_load_result
	.hidden	ffi_entry_load_result
	.type	ffi_entry_load_result, @function
	.cfi_startproc
	.cfi_def_cfa rbp, 16
	.cfi_offset rbp, -16
ffi_entry_load_result:
	movl	%eax, %ecx
	SWITCH	.Lload_cases

.macro EPILOGUE
	leave
	.cfi_remember_state
	.cfi_def_cfa rsp, 8
	.cfi_restore rbp
	ret
	.cfi_restore_state
.endm

	LOAD_RESULTS .Lload_cases, EPILOGUE, %r9
	.cfi_endproc

/* Entries by the Microsoft convention, which preserves more than our C code does.

   in:       r10 = pair (or Go closure), rcx, rdx, r8, r9, xmm0 to xmm3
   out:      rax, xmm0 or st(0)
   clobbers: what a function of that convention may
   stack, from rbp:
	rbp + 16	the arguments' words: room for four registers, then those
			on the stack
	rbp +  8	return address
	rbp		caller's rbp
	rbp - 16	rsi, rdi
	rbp - 176	xmm15 to xmm6
	rbp - 192	result
	rbp - 208	ffi_entry_win64_words: the cif's flags
	rsp		xmm0 to xmm3, the low 8 bytes; ffi_entry_win64_words: pointers
			to the arguments  */

#define WIN_RESULT -192(%rbp)
#define WIN_FLAGS -208(%rbp)
#define WIN_GENERAL_FRAME (208 + 8 * WIN_GPRS)
#define WIN_WORDS_FRAME (208 + 8 * WIN_FEW)
#define WIN_XMM(n) (16 * (5 - (n)) - 16)

.macro ENTER_WIN64 frame
	pushq	%rbp
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset rbp, 0
	movq	%rsp, %rbp
	.cfi_def_cfa_register rbp
	movq	%rcx, 16(%rbp)
	movq	%rdx, 24(%rbp)
	movq	%r8, 32(%rbp)
	movq	%r9, 40(%rbp)
	subq	$\frame, %rsp
	movq	%rdi, -8(%rbp)
	.cfi_offset rdi, -8 - 16
	movq	%rsi, -16(%rbp)
	.cfi_offset rsi, -16 - 16
	.irp	n, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	movaps	%xmm\n, WIN_XMM (\n)(%rbp)
	.cfi_offset xmm\n, WIN_XMM (\n) - 16
	.endr
.endm

/* Go on with the result, whose RET code is in eax.  */
.macro LEAVE_WIN64
	leaq	WIN_RESULT, %r9
	.irp	n, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	movaps	WIN_XMM (\n)(%rbp), %xmm\n
	.cfi_restore xmm\n
	.endr
	movq	-8(%rbp), %rdi
	.cfi_restore rdi
	movq	-16(%rbp), %rsi
	.cfi_restore rsi
	jmp	ffi_entry_load_result
.endm

	GO_ENTRY ffi_entry_win64
FUNCTION ffi_entry_win64
	CLOSURE_PARTS
.Lparts_ffi_entry_win64:
	ENTER_WIN64 WIN_GENERAL_FRAME
	.irp	n, 0, 1, 2, 3
	movsd	%xmm\n, 8 * \n(%rsp)
	.endr
	movq	CLOSURE_CIF(%r10), %rdi
	movq	CLOSURE_FUN(%r10), %rsi
	movq	%r11, %rdx		/* user data */
	movq	%rsp, %rcx		/* floats */
	leaq	16(%rbp), %r8		/* words */
	leaq	WIN_RESULT, %r9
	call	ffi_closure_inner_1
	LEAVE_WIN64
ENDFUNCTION ffi_entry_win64

/* The entry where each argument is its word, or where that points to; see
   FLAG_WIN_WORDS.  */
FUNCTION ffi_entry_win64_words
	movq	(%r10), %r10		/* closure */
	ENTER_WIN64 WIN_WORDS_FRAME
	movq	CLOSURE_CIF(%r10), %rdi
	movl	CIF_FLAGS(%rdi), %eax
	movl	%eax, WIN_FLAGS
	testl	$FLAG_WIN_VECTORS, %eax
	jz	1f
	.irp	n, 0, 1, 2, 3
	testl	$1 << (FLAG_WIN_VECTORS_SHIFT + \n), %eax
	jz	2f
	movsd	%xmm\n, 16 + 8 * \n(%rbp)
2:
	.endr
1:	leaq	16(%rbp), %r8		/* the first argument's word */
	leaq	WIN_RESULT, %rsi
	movl	%eax, %ecx
	andl	$RET_MASK, %ecx
	cmpl	$RET_MEMORY, %ecx
	jne	3f
	movq	(%r8), %rcx		/* the caller's room for it, whose address is the result */
	addq	$8, %r8
	movq	%rcx, (%rsi)
	movq	%rcx, %rsi
3:	movl	CIF_NARGS(%rdi), %ecx
	cmpl	$WIN_FEW, %ecx
	ja	.Lmore_words
	movq	%rsp, %rdx		/* argument pointers */
	.irp	n, 0, 1, 2, 3
	leaq	8 * \n(%r8), %r9
	movq	%r9, 8 * \n(%rdx)
	.endr
	cmpl	$4, %ecx
	jbe	4f
	.irp	n, 4, 5, 6, 7
	leaq	8 * \n(%r8), %r9
	movq	%r9, 8 * \n(%rdx)
	.endr
4:	shrl	$FLAG_WIN_POINTERS_SHIFT, %eax
	jz	.Lhandle_words
5:	bsfl	%eax, %ecx		/* an argument by address */
	btrl	%ecx, %eax
	movq	(%r8, %rcx, 8), %r9
	movq	%r9, (%rdx, %rcx, 8)
	testl	%eax, %eax
	jnz	5b
.Lhandle_words:
	movq	CLOSURE_DATA(%r10), %rcx
	call	*CLOSURE_FUN(%r10)
	movl	WIN_FLAGS, %eax
	andl	$RET_MASK, %eax
	LEAVE_WIN64
	.cfi_offset rdi, -8 - 16
	.cfi_offset rsi, -16 - 16
	.irp	n, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	.cfi_offset xmm\n, WIN_XMM (\n) - 16
	.endr

	/* Up to WIN_MANY arguments: room for their pointers, of which the last is made
	   first.  */
.Lmore_words:
	leal	1(%rcx), %edx
	andl	$-2, %edx
	shll	$3, %edx
	subq	%rdx, %rsp
	leaq	(%r8, %rcx, 8), %r9
	movq	%rsp, %rdx
6:	subq	$8, %r9
	movq	%r9, -8(%rdx, %rcx, 8)
	subl	$1, %ecx
	jnz	6b
	jmp	4b
ENDFUNCTION ffi_entry_win64_words
.if WIN_FEW != 8 || 8 * WIN_MANY > FFI_UNPROBED
	.error	"ffi_entry_win64_words points to so many"
.endif

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
