/* SPDX-License-Identifier: GPL-2.0 */
	.text
	.globl	entry_pair, entry_data, entry_push, entry_spill, probe, probe_target
	.type	probe, @function
entry_pair:
	endbr32
	mov	(%eax), %eax
	ret
entry_data:
	endbr32
	ret
entry_push:
	endbr32
	pop	%eax
	mov	(%eax), %eax
	ret
entry_spill:
	endbr32
	mov	(%eax), %eax
	lea	4(%esp), %esp
	ret

probe:
	mov	4(%esp), %ecx
	mov	8(%esp), %eax
	push	%ebx
	push	%ebp
	push	%esi
	push	%edi
	mov	%ecx, to
	mov	%eax, places
	mov	%esp, probe_sp
	mov	4(%eax), %ebx
	mov	8(%eax), %ecx
	mov	12(%eax), %edx
	mov	16(%eax), %esi
	mov	20(%eax), %edi
	mov	24(%eax), %ebp
	mov	(%eax), %eax
	jmp	*to

probe_target:
	endbr32
	mov	%esp, probe_sp_after
	mov	%eax, to
	mov	(%esp), %eax
	mov	%eax, probe_top
	mov	places, %eax
	mov	%ebx, 4(%eax)
	mov	%ecx, 8(%eax)
	mov	%edx, 12(%eax)
	mov	%esi, 16(%eax)
	mov	%edi, 20(%eax)
	mov	%ebp, 24(%eax)
	mov	to, %ecx
	mov	%ecx, (%eax)
	mov	probe_sp, %esp
	pop	%edi
	pop	%esi
	pop	%ebp
	pop	%ebx
	ret

	.globl	probe_sp, probe_sp_after, probe_top
	.local	to, places
	.comm	to, 4
	.comm	places, 4
	.comm	probe_sp, 4
	.comm	probe_sp_after, 4
	.comm	probe_top, 4
	.section .note.GNU-stack, "", @progbits
