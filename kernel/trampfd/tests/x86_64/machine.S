/* SPDX-License-Identifier: GPL-2.0 */
	.text
	.globl	entry_pair, entry_data, entry_push, probe, probe_target
	.type	probe, @function
entry_pair:
	endbr64
	mov	(%r10), %rax
	ret
entry_data:
	endbr64
	mov	%r10, %rax
	ret
entry_push:
	endbr64
	pop	%rax
	mov	(%rax), %rax
	ret

probe:
	push	%rbx
	push	%rbp
	push	%r12
	push	%r13
	push	%r14
	push	%r15
	mov	%rdi, to(%rip)
	mov	%rsi, places(%rip)
	mov	%rsp, probe_sp(%rip)
	mov	%rsi, %rax
	mov	8(%rax), %rbx
	mov	16(%rax), %rcx
	mov	24(%rax), %rdx
	mov	32(%rax), %rsi
	mov	40(%rax), %rdi
	mov	48(%rax), %rbp
	mov	56(%rax), %r8
	mov	64(%rax), %r9
	mov	72(%rax), %r10
	mov	80(%rax), %r11
	mov	88(%rax), %r12
	mov	96(%rax), %r13
	mov	104(%rax), %r14
	mov	112(%rax), %r15
	mov	(%rax), %rax
	jmp	*to(%rip)

probe_target:
	endbr64
	mov	%rsp, probe_sp_after(%rip)
	mov	%rax, to(%rip)
	mov	(%rsp), %rax
	mov	%rax, probe_top(%rip)
	mov	places(%rip), %rax
	mov	%rbx, 8(%rax)
	mov	%rcx, 16(%rax)
	mov	%rdx, 24(%rax)
	mov	%rsi, 32(%rax)
	mov	%rdi, 40(%rax)
	mov	%rbp, 48(%rax)
	mov	%r8, 56(%rax)
	mov	%r9, 64(%rax)
	mov	%r10, 72(%rax)
	mov	%r11, 80(%rax)
	mov	%r12, 88(%rax)
	mov	%r13, 96(%rax)
	mov	%r14, 104(%rax)
	mov	%r15, 112(%rax)
	mov	to(%rip), %rcx
	mov	%rcx, (%rax)
	mov	probe_sp(%rip), %rsp
	pop	%r15
	pop	%r14
	pop	%r13
	pop	%r12
	pop	%rbp
	pop	%rbx
	ret

	.globl	probe_sp, probe_sp_after, probe_top
	.local	to, places
	.comm	to, 8
	.comm	places, 8
	.comm	probe_sp, 8
	.comm	probe_sp_after, 8
	.comm	probe_top, 8
	.section .note.GNU-stack, "", @progbits
