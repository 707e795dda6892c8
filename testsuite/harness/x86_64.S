/* SPDX-License-Identifier: MIT */
/* The assembly behind machine.h for x86-64.  All state is static: one call at a
   time.  */

#define MACHINE_ASM
#include "x86_64.h"

#define LANDING endbr64
#include "objects.h"
	OBJECT	machine_vector_bytes, 4
	OBJECT	machine_x87_results, 4
	OBJECT	machine_x87_given, 4
.Lsaved_mxcsr: .skip 4
.Lsaved_rsp: .skip 8
.Ltarget: .skip 8
.Lscratch: .skip 8
.Lenvironment: .skip 28
.Lsaved_x87: .skip 2

	.text

#define GPR(state, n) state + STATE_GPR + 8 * n(%rip)
#define VECTOR(state, n) state + STATE_VECTOR + 64 * n(%rip)

/* MOVE each vector register of the kinds listed, from or to STATE.  */
.macro STORE_VECTORS state
	cmpl	$32, machine_vector_bytes(%rip)
	je	32f
	ja	64f
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	movups	%xmm\n, VECTOR (\state, \n)
	.endr
	jmp	16f
32:	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	vmovups	%ymm\n, VECTOR (\state, \n)
	.endr
	jmp	16f
64:	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	vmovups	%zmm\n, VECTOR (\state, \n)
	.endr
	.irp	n, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
	vmovups	%zmm\n, VECTOR (\state, \n)
	.endr
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7
	kmovw	%k\n, \state + STATE_MASK + 8 * \n(%rip)
	.endr
16:
.endm

.macro LOAD_LOW_VECTORS state, move, register, win64
	.irp	n, 0, 1, 2, 3, 4, 5
	\move	VECTOR (\state, \n), %\register\n
	.endr
.if !\win64
	.irp	n, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	\move	VECTOR (\state, \n), %\register\n
	.endr
.endif
.endm

/* WIN64: not xmm6 to xmm15.  */
.macro LOAD_VECTORS state, win64
	cmpl	$32, machine_vector_bytes(%rip)
	je	32f
	ja	64f
	LOAD_LOW_VECTORS \state, movups, xmm, \win64
	jmp	16f
32:	LOAD_LOW_VECTORS \state, vmovups, ymm, \win64
	jmp	16f
64:	LOAD_LOW_VECTORS \state, vmovups, zmm, \win64
	.irp	n, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
	vmovups	VECTOR (\state, \n), %zmm\n
	.endr
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7
	kmovw	\state + STATE_MASK + 8 * \n(%rip), %k\n
	.endr
16:
.endm

/* Store everything to STATE, changing no register but the flags, and one word below
   the stack.  */
.macro STORE_STATE state
	movq	%rax, GPR (\state, 0)
	movq	%rcx, GPR (\state, 1)
	movq	%rdx, GPR (\state, 2)
	movq	%rbx, GPR (\state, 3)
	movq	%rsp, GPR (\state, 4)
	movq	%rbp, GPR (\state, 5)
	movq	%rsi, GPR (\state, 6)
	movq	%rdi, GPR (\state, 7)
	.irp	n, 8, 9, 10, 11, 12, 13, 14, 15
	movq	%r\n, GPR (\state, \n)
	.endr
	pushfq
	popq	\state + STATE_FLAGS(%rip)
	stmxcsr	\state + STATE_MXCSR(%rip)
	fnstenv	.Lenvironment(%rip)
	fldenv	.Lenvironment(%rip)
	movq	%rax, .Lscratch(%rip)
	movw	.Lenvironment(%rip), %ax
	movw	%ax, \state + STATE_X87_CONTROL(%rip)
	movw	.Lenvironment + 8(%rip), %ax
	movw	%ax, \state + STATE_X87_TAGS(%rip)
	movq	.Lscratch(%rip), %rax
	STORE_VECTORS \state
.endm

/* void machine_call (void *fn, void *stack_pointer): with the registers of
   machine_in, call FN; store the registers it left to machine_out.  */
FUNCTION machine_call
	pushq	%rbx
	pushq	%rbp
	pushq	%r12
	pushq	%r13
	pushq	%r14
	pushq	%r15
	movq	%rsp, .Lsaved_rsp(%rip)
	stmxcsr	.Lsaved_mxcsr(%rip)
	fnstcw	.Lsaved_x87(%rip)
	movq	%rdi, .Ltarget(%rip)
	movq	%rsi, %rsp
	ldmxcsr	machine_in + STATE_MXCSR(%rip)
	fninit
	fldcw	machine_in + STATE_X87_CONTROL(%rip)
	LOAD_VECTORS machine_in, 0
	movq	GPR (machine_in, 0), %rax
	movq	GPR (machine_in, 1), %rcx
	movq	GPR (machine_in, 2), %rdx
	movq	GPR (machine_in, 3), %rbx
	movq	GPR (machine_in, 5), %rbp
	movq	GPR (machine_in, 6), %rsi
	movq	GPR (machine_in, 7), %rdi
	.irp	n, 8, 9, 10, 11, 12, 13, 14, 15
	movq	GPR (machine_in, \n), %r\n
	.endr
	pushq	machine_in + STATE_FLAGS(%rip)
	popfq
	call	*.Ltarget(%rip)
	STORE_STATE machine_out
	movq	.Lsaved_rsp(%rip), %rsp
	cld
	cmpl	$0, machine_x87_results(%rip)
	je	1f
	fstpt	machine_out + STATE_ST(%rip)
	cmpl	$1, machine_x87_results(%rip)
	je	1f
	fstpt	machine_out + STATE_ST + 16(%rip)
1:	fninit
	fldcw	.Lsaved_x87(%rip)
	ldmxcsr	.Lsaved_mxcsr(%rip)
	cmpl	$16, machine_vector_bytes(%rip)
	je	1f
	vzeroupper
1:	popq	%r15
	popq	%r14
	popq	%r13
	popq	%r12
	popq	%rbp
	popq	%rbx
	ret
ENDFUNCTION machine_call

/* Overwrite what belongs to a callee with junk and the result, as machine_give says:
   its arguments on the stack, the red zone below it, and every register that it need
   not preserve; then return.  */
.macro LEAVE win64
	leaq	8(%rsp), %rdi
	movq	machine_trash_words(%rip), %rcx
	movq	$0x7a7a7a7a7a7a7a7a, %rax
	cld
	rep stosq
.if \win64
	movq	GPR (machine_seen, 6), %rsi
	movq	GPR (machine_seen, 7), %rdi
.else
	leaq	-8 * MACHINE_RED_ZONE_WORDS(%rsp), %rdi
	movl	$MACHINE_RED_ZONE_WORDS, %ecx
	rep stosq
.endif
	cmpl	$1, machine_x87_given(%rip)
	jb	2f
	je	1f
	fldt	machine_give + STATE_ST + 16(%rip)
1:	fldt	machine_give + STATE_ST(%rip)
2:	LOAD_VECTORS machine_give, \win64
	movq	GPR (machine_give, 0), %rax
	movq	GPR (machine_give, 1), %rcx
	movq	GPR (machine_give, 2), %rdx
.if !\win64
	movq	GPR (machine_give, 6), %rsi
	movq	GPR (machine_give, 7), %rdi
.endif
	.irp	n, 8, 9, 10, 11
	movq	GPR (machine_give, \n), %r\n
	.endr
	pushq	machine_give + STATE_FLAGS(%rip)
	popfq
	ret
.endm

/* A callee: all that it finds goes to machine_seen and machine_seen_stack; a result
   in memory goes to where register HIDDEN points.  */
.macro CALLEE name, hidden, win64
FUNCTION \name
	STORE_STATE machine_seen
	cld
	leaq	8(%rsp), %rsi
	leaq	machine_seen_stack(%rip), %rdi
	movl	$MACHINE_STACK_WORDS, %ecx
	rep movsq
	movq	GPR (machine_seen, \hidden), %rdi
	leaq	machine_memory_result(%rip), %rsi
	movq	machine_memory_bytes(%rip), %rcx
	rep movsb
	LEAVE	\win64
ENDFUNCTION \name
.endm

	CALLEE	machine_callee_sysv, 7, 0
	CALLEE	machine_callee_win64, 1, 1

/* A handler, which is a C function whatever the closure is: what it finds goes to
   machine_seen, then *machine_handle does the work.  */
FUNCTION machine_handler
	STORE_STATE machine_seen
	subq	$8, %rsp
	call	*machine_handle(%rip)
	addq	$8, %rsp
	LEAVE	0
ENDFUNCTION machine_handler

	.section .note.GNU-stack, "", @progbits
#if defined __CET__ && __CET__ != 0
	.section .note.gnu.property, "a"
	.balign	8
	.long	4, 16, 5
	.asciz	"GNU"
	.long	0xc0000002, 4, __CET__ & 3, 0
#endif
