/* SPDX-License-Identifier: GPL-2.0 */
	.option	norelax	/* gp may be anything here */
	.text
	.globl	entry_pair, entry_data, entry_push, probe, probe_target
	.type	probe, %function
	.balign	4096	/* a page of its own, to be guarded */
entry_pair:
	ld	a0, 0(t1)
	ret
entry_data:
	mv	a0, t1
	ret
entry_push:
	ld	t1, 0(sp)
	addi	sp, sp, 16
	ld	a0, 0(t1)
	ret

	.balign	4096
probe:
	addi	sp, sp, -128
	sd	ra, 0(sp)
	sd	gp, 8(sp)
	sd	tp, 16(sp)
	sd	s0, 24(sp)
	sd	s1, 32(sp)
	sd	s2, 40(sp)
	sd	s3, 48(sp)
	sd	s4, 56(sp)
	sd	s5, 64(sp)
	sd	s6, 72(sp)
	sd	s7, 80(sp)
	sd	s8, 88(sp)
	sd	s9, 96(sp)
	sd	s10, 104(sp)
	sd	s11, 112(sp)
	la	t0, places
	sd	a1, 0(t0)
	la	t0, probe_sp
	sd	sp, 0(t0)
	mv	t6, a0
	mv	a0, a1
	ld	ra, 0(a0)
	ld	gp, 16(a0)
	ld	tp, 24(a0)
	ld	t0, 32(a0)
	ld	t1, 40(a0)
	ld	t2, 48(a0)
	ld	s0, 56(a0)
	ld	s1, 64(a0)
	ld	a1, 80(a0)
	ld	a2, 88(a0)
	ld	a3, 96(a0)
	ld	a4, 104(a0)
	ld	a5, 112(a0)
	ld	a6, 120(a0)
	ld	a7, 128(a0)
	ld	s2, 136(a0)
	ld	s3, 144(a0)
	ld	s4, 152(a0)
	ld	s5, 160(a0)
	ld	s6, 168(a0)
	ld	s7, 176(a0)
	ld	s8, 184(a0)
	ld	s9, 192(a0)
	ld	s10, 200(a0)
	ld	s11, 208(a0)
	ld	t3, 216(a0)
	ld	t4, 224(a0)
	ld	t5, 232(a0)
	ld	a0, 72(a0)
	jr	t6

probe_target:
	addi	sp, sp, -16
	sd	a0, 0(sp)
	la	a0, places
	ld	a0, 0(a0)
	sd	ra, 0(a0)
	sd	gp, 16(a0)
	sd	tp, 24(a0)
	sd	t0, 32(a0)
	sd	t1, 40(a0)
	sd	t2, 48(a0)
	sd	s0, 56(a0)
	sd	s1, 64(a0)
	sd	a1, 80(a0)
	sd	a2, 88(a0)
	sd	a3, 96(a0)
	sd	a4, 104(a0)
	sd	a5, 112(a0)
	sd	a6, 120(a0)
	sd	a7, 128(a0)
	sd	s2, 136(a0)
	sd	s3, 144(a0)
	sd	s4, 152(a0)
	sd	s5, 160(a0)
	sd	s6, 168(a0)
	sd	s7, 176(a0)
	sd	s8, 184(a0)
	sd	s9, 192(a0)
	sd	s10, 200(a0)
	sd	s11, 208(a0)
	sd	t3, 216(a0)
	sd	t4, 224(a0)
	sd	t5, 232(a0)
	sd	t6, 240(a0)
	ld	t0, 0(sp)
	addi	sp, sp, 16
	sd	t0, 72(a0)
	la	t1, probe_sp_after
	sd	sp, 0(t1)
	ld	t0, 0(sp)
	la	t1, probe_top
	sd	t0, 0(t1)
	la	t1, probe_sp
	ld	sp, 0(t1)
	ld	ra, 0(sp)
	ld	gp, 8(sp)
	ld	tp, 16(sp)
	ld	s0, 24(sp)
	ld	s1, 32(sp)
	ld	s2, 40(sp)
	ld	s3, 48(sp)
	ld	s4, 56(sp)
	ld	s5, 64(sp)
	ld	s6, 72(sp)
	ld	s7, 80(sp)
	ld	s8, 88(sp)
	ld	s9, 96(sp)
	ld	s10, 104(sp)
	ld	s11, 112(sp)
	addi	sp, sp, 128
	ret

	.globl	probe_sp, probe_sp_after, probe_top
	.local	places
	.comm	places, 8, 8
	.comm	probe_sp, 8, 8
	.comm	probe_sp_after, 8, 8
	.comm	probe_top, 8, 8
	.section .note.GNU-stack, "", %progbits
