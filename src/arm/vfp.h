/* SPDX-License-Identifier: MIT */
/* For invoke_types.S and collect_types.S: how values take VFP registers by their types.

   r9 has a bit for each single one that is taken, or lies beyond VFPS, and is 0 where
   there are none; ip and r3 are scratch.  */

#ifndef FFI_VFP_H
#define FFI_VFP_H

/* Add 4 to REG if it is no multiple of 8, on condition COND.  */
.macro ALIGN_8 reg, cond
	add\cond \reg, \reg, #4
	bic\cond \reg, \reg, #4
.endm

/* r3 = the lowest bit of ip, which is taken from now on.  */
.macro TAKE_LOWEST
	rsb	r3, ip, #0
	and	r3, r3, ip
	orr	r9, r9, r3
.endm

.macro NUMBER_OF_BIT reg
	clz	\reg, \reg
	rsb	\reg, \reg, #31
.endm

/* r3 = the lowest single register that is free, of those in ip.  */
.macro TAKE_SINGLE
	TAKE_LOWEST
	NUMBER_OF_BIT r3
.endm

/* r3 = the first half of the lowest double one.  If there is none, none is left, and it
   goes on at FULL.  */
.macro TAKE_DOUBLE full
	orr	ip, r9, r9, lsr #1
	orr	ip, ip, #0xaa
	orr	ip, ip, #0xaa00
	mvns	ip, ip
	mvneq	r9, #0
	beq	\full
	TAKE_LOWEST
	orr	r9, r9, r3, lsl #1
	NUMBER_OF_BIT r3
.endm

/* The piece of a complex number: r0 = its bytes, r3 = single registers of each part.  */
.macro COMPLEX_SINGLES
	ldr	r0, [r1, #TYPE_SIZE]
	ldr	r3, [r1, #TYPE_ELEMENTS]
	ldr	r3, [r3]
	ldrh	r3, [r3, #TYPE_TYPE]
	sub	r3, r3, #FFI_TYPE_FLOAT - 1
	cmp	r9, #0
	bne	.Lcomplex
	b	.Lwords
.endm

/* .Lstruct, .Lcomplex and .Lmembers: a struct of r0 bytes; a complex number; a value whose
   members take r3 single registers each.  The cif tells, in r10, a 0 of a struct that is
   not homogeneous; of others a 1, and whether their members have 8 bytes; and a 1 behind
   the last.  It falls out with ip = the place in the registers, which are at BASE, lr =
   what is behind them, and r0 = the size in words.  */
.macro TAKE_MEMBERS base
.Lstruct:
	cmp	r0, #STRUCT_CLASSIFIED
	bhi	.Lwords
	cmp	r9, #0
	beq	.Lwords
	lsrs	r10, r10, #1
	bcc	.Lwords
	beq	.Llook
	mov	r3, #1
	lsrs	r10, r10, #1
	adc	r3, r3, #0
	b	.Lmembers
.Lcomplex:
	sub	ip, r3, #1
	cmp	ip, #FFI_TYPE_DOUBLE - FFI_TYPE_FLOAT
	bhi	.Lwords
.Lmembers:
	mvns	ip, r9
	beq	.Lstruct_on_stack
	sub	r3, r3, #1
	rsb	lr, ip, #0
	and	ip, ip, lr
	NUMBER_OF_BIT ip
	add	ip, ip, r3		/* the first that may be free */
	bic	ip, ip, r3
	add	r3, r3, #1
	mov	lr, #1
	lsr	r0, r0, #2
	lsl	lr, lr, r0
	sub	lr, lr, #1
	lsl	lr, lr, ip
1:	tst	lr, r9
	beq	2f
	lsl	lr, lr, r3
	add	ip, ip, r3
	cmp	ip, #VFPS
	blo	1b
	mvn	r9, #0
	add	lr, \base, #REGS_BYTES
	lsl	r0, r0, #2
	b	.Lstruct_on_stack
2:	orr	r9, r9, lr
	add	ip, \base, ip, lsl #2
	add	lr, \base, #REGS_BYTES
.endm

#endif
