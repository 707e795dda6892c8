/* SPDX-License-Identifier: GPL-2.0 */
	.syntax	unified
	.arch	armv7-a
	.arm
	.text
	.globl	entry_pair, entry_data, entry_push, probe, probe_target
	.globl	entry_pair_thumb
	.type	entry_pair, %function
	.type	entry_data, %function
	.type	entry_push, %function
	.type	probe, %function
	.type	probe_target, %function
entry_pair:
	ldr	r0, [ip]
	bx	lr
entry_data:
	mov	r0, ip
	bx	lr
entry_push:
	ldr	ip, [sp], #8
	ldr	r0, [ip]
	bx	lr

probe:
	push	{r4-r11, ip, lr}
	ldr	r2, =places
	str	r1, [r2]
	ldr	r2, =probe_sp
	str	sp, [r2]
	str	r0, [sp, #-4]
	ldr	lr, [r1, #52]
	mov	r0, r1
	ldm	r0, {r0-r12}
	ldr	pc, [sp, #-4]

probe_target:
	push	{r0, r1}
	ldr	r0, =places
	ldr	r0, [r0]
	add	r1, r0, #8
	stm	r1, {r2-r12}
	str	lr, [r0, #52]
	pop	{r2, r3}
	stm	r0, {r2, r3}
	ldr	r1, =probe_sp_after
	str	sp, [r1]
	ldr	r2, [sp]
	ldr	r1, =probe_top
	str	r2, [r1]
	ldr	r1, =probe_sp
	ldr	sp, [r1]
	pop	{r4-r11, ip, lr}
	bx	lr
	.ltorg

	.thumb
	.thumb_func
	.type	entry_pair_thumb, %function
entry_pair_thumb:
	ldr	r0, [ip]
	bx	lr

	.globl	probe_sp, probe_sp_after, probe_top
	.local	places
	.comm	places, 4, 4
	.comm	probe_sp, 4, 4
	.comm	probe_sp_after, 4, 4
	.comm	probe_top, 4, 4
	.section .note.GNU-stack, "", %progbits
