/* SPDX-License-Identifier: MIT */
/* Calls on i386.  */

#include "asm/function.h"
#include "flags.h"
#include "asm/probe.h"
#include "results.h"

/* void ffi_invoke (call)

   in:       on the stack
   out:      *call->rvalue
   clobbers: what a C function may
   stack, with what each part starts at:

             +--------------------------------------------------+
    ebp + 8  | call                                             |
             +--------------------------------------------------+
    ebp + 4  | return address                                   |
        ebp  | caller's ebp: the frame record                   |
    ebp - 4  | fn, then the RET code                            |
   ebp - 16  | ecx, edx, eax, set by ffi_marshal                |
        ...  | padding, which aligns the stack arguments        |
        esp  | stack arguments, call->bytes, set by ffi_marshal |
             +--------------------------------------------------+  */

#define CALL	8(%ebp)
#define FN	-4(%ebp)
#define CODE	-4(%ebp)
#define UNPROBED_ALIGN 128
#if UNPROBED_ALIGN != FLAG_OVERALIGNED_FROM / 2
#error "what is not probed is aligned enough"
#endif
#define REGISTER(n) -16 + 4 * (n)(%ebp)

FUNCTION ffi_invoke
	pushl	%ebp
	.cfi_adjust_cfa_offset 4
	.cfi_rel_offset ebp, 0
	movl	%esp, %ebp
	.cfi_def_cfa_register ebp
	subl	$16, %esp
	movl	CALL, %edx
	movl	CALL_BYTES(%edx), %ecx
	testl	$FLAG_OVERALIGNED, CALL_FLAGS(%edx)
	jnz	.Lprobe
	cmpl	$FFI_UNPROBED, %ecx
	ja	.Lprobe
	subl	%ecx, %esp
	andl	$-UNPROBED_ALIGN, %esp
.Lmarshal:
	movl	CALL_FN(%edx), %eax
	movl	%eax, FN
	movl	%esp, %eax		/* stack arguments */
	leal	REGISTER (0), %ecx
	subl	$4, %esp
	pushl	%eax
	pushl	%ecx
	pushl	%edx
	testl	$FLAG_ONLY_STACK, CALL_FLAGS(%edx)
	jz	.Lany_convention
	call	ffi_marshal
.Lload:
	addl	$16, %esp
	movl	REGISTER (EAX), %eax
	movl	REGISTER (EDX), %edx
	movl	REGISTER (ECX), %ecx
	call	*FN			/* may remove its arguments */

	movl	CALL, %ecx
	movl	CALL_FLAGS(%ecx), %ecx
	andl	$RET_MASK, %ecx
	movl	%ecx, CODE
	movl	CALL, %ecx
	movl	CALL_RVALUE(%ecx), %ecx

.macro RETURN
	leave
	.cfi_remember_state
	.cfi_def_cfa esp, 4
	.cfi_restore ebp
	ret
	.cfi_restore_state
.endm

	STORE_RESULT CODE, RETURN

.Lany_convention:
	call	ffi_marshal_1
	jmp	.Lload

	/* More arguments than a page has, or more alignment than most have.  */
.Lprobe:
	movl	CALL_FLAGS(%edx), %ecx
	shrl	$FLAG_ALIGN_SHIFT, %ecx
	movl	$-1, %eax
	shll	%cl, %eax		/* alignment mask */
	movl	CALL_BYTES(%edx), %ecx
	subl	%eax, %ecx		/* with what aligning takes */
	pushl	%ecx
	call	ffi_probe_stack
	popl	%ecx
	movl	CALL, %edx
	subl	CALL_BYTES(%edx), %esp
	andl	%eax, %esp
	jmp	.Lmarshal
ENDFUNCTION ffi_invoke

	END_OF_FILE
