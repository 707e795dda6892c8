/* SPDX-License-Identifier: GPL-2.0 */
	.text
	.globl	entry_pair, entry_data, entry_push, probe, probe_target
	.type	probe, %function
	.balign	4096	/* a page of its own, to be guarded */
entry_pair:
	bti	c
	ldr	x0, [x17]
	ret
entry_data:
	bti	c
	mov	x0, x17
	ret
entry_push:
	bti	c
	ldr	x17, [sp], #16
	ldr	x0, [x17]
	ret

	.balign	4096
probe:
	bti	c
	stp	x29, x30, [sp, #-96]!
	stp	x19, x20, [sp, #16]
	stp	x21, x22, [sp, #32]
	stp	x23, x24, [sp, #48]
	stp	x25, x26, [sp, #64]
	stp	x27, x28, [sp, #80]
	adrp	x2, places
	str	x1, [x2, :lo12:places]
	mov	x3, sp
	adrp	x2, probe_sp
	str	x3, [x2, :lo12:probe_sp]
	mov	x30, x0
	mov	x0, x1
	ldp	x2, x3, [x0, #16]
	ldp	x4, x5, [x0, #32]
	ldp	x6, x7, [x0, #48]
	ldp	x8, x9, [x0, #64]
	ldp	x10, x11, [x0, #80]
	ldp	x12, x13, [x0, #96]
	ldp	x14, x15, [x0, #112]
	ldp	x16, x17, [x0, #128]
	ldp	x18, x19, [x0, #144]
	ldp	x20, x21, [x0, #160]
	ldp	x22, x23, [x0, #176]
	ldp	x24, x25, [x0, #192]
	ldp	x26, x27, [x0, #208]
	ldp	x28, x29, [x0, #224]
	ldp	x0, x1, [x0]
	br	x30

probe_target:
	bti	jc
	stp	x0, x1, [sp, #-16]!
	adrp	x0, places
	ldr	x0, [x0, :lo12:places]
	stp	x2, x3, [x0, #16]
	stp	x4, x5, [x0, #32]
	stp	x6, x7, [x0, #48]
	stp	x8, x9, [x0, #64]
	stp	x10, x11, [x0, #80]
	stp	x12, x13, [x0, #96]
	stp	x14, x15, [x0, #112]
	stp	x16, x17, [x0, #128]
	stp	x18, x19, [x0, #144]
	stp	x20, x21, [x0, #160]
	stp	x22, x23, [x0, #176]
	stp	x24, x25, [x0, #192]
	stp	x26, x27, [x0, #208]
	stp	x28, x29, [x0, #224]
	str	x30, [x0, #240]
	ldp	x2, x3, [sp], #16
	stp	x2, x3, [x0]
	mov	x2, sp
	adrp	x3, probe_sp_after
	str	x2, [x3, :lo12:probe_sp_after]
	ldr	x2, [sp]
	adrp	x3, probe_top
	str	x2, [x3, :lo12:probe_top]
	adrp	x3, probe_sp
	ldr	x2, [x3, :lo12:probe_sp]
	mov	sp, x2
	ldp	x19, x20, [sp, #16]
	ldp	x21, x22, [sp, #32]
	ldp	x23, x24, [sp, #48]
	ldp	x25, x26, [sp, #64]
	ldp	x27, x28, [sp, #80]
	ldp	x29, x30, [sp], #96
	ret

	.globl	probe_sp, probe_sp_after, probe_top
	.local	places
	.comm	places, 8, 8
	.comm	probe_sp, 8, 8
	.comm	probe_sp_after, 8, 8
	.comm	probe_top, 8, 8
	.section .note.GNU-stack, "", %progbits
