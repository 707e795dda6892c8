/* SPDX-License-Identifier: MIT */
/* For invoke_types.S and collect_types.S: what they have in common.

   Code for arguments stands in a table, by type code and behind that by PIECES_ ... of
   structs.  At such code t1 = type; t6 = what is known of structs to come, t5 = the table;
   t0, t2 = scratch.  */

#ifndef FFI_MEMBERS_H
#define FFI_MEMBERS_H

#include "flags.h"

#define PIECE_SHIFT 6
#define OF_PIECES (FFI_TYPE_SINT128 + 1)

.macro CODE code
	.org	.Lcodes + ((\code) << PIECE_SHIFT)
.endm

.macro CODE_OF_PIECES pieces
	CODE	OF_PIECES + \pieces
.endm

/* Go on at the code for the type t1.  */
.macro SWITCH_TYPE
	lhu	t2, TYPE_TYPE(t1)
	slli	t2, t2, PIECE_SHIFT
	add	t2, t2, t5
	jr	t2
.endm

/* Go on at the code for the pieces t2.  */
.macro SWITCH_PIECES
	slli	t2, t2, PIECE_SHIFT
	add	t2, t2, t5
	jr	OF_PIECES << PIECE_SHIFT(t2)
.endm

/* A struct; with t0 = size at .Laddress, .Lplain, of which a bit of t6 tells, and .Llook,
   when t6 tells no more.  */
.macro STRUCT_MEMBERS
	ld	t0, TYPE_SIZE(t1)
	li	t2, STRUCT_WORDS
	bgtu	t0, t2, .Laddress
	andi	t2, t6, 1
	beqz	t2, .Lplain
	srli	t6, t6, 1
	beqz	t6, .Llook
	andi	t2, t6, 15
	srli	t6, t6, 4
	SWITCH_PIECES
.endm

/* A complex number; with t0 = size at .Laddress and .Lwords.  */
.macro COMPLEX_MEMBERS
	ld	t2, TYPE_ELEMENTS(t1)
	ld	t0, TYPE_SIZE(t1)
	ld	t2, 0(t2)
	lhu	t2, TYPE_TYPE(t2)
	addi	t2, t2, -FFI_TYPE_FLOAT
	beqz	t2, .Lpieces_F_F
	addi	t2, t2, FFI_TYPE_FLOAT - FFI_TYPE_DOUBLE
	beqz	t2, .Lpieces_D_D
	li	t2, STRUCT_WORDS
	bleu	t0, t2, .Lwords
	j	.Laddress
.endm

/* Save or restore, by ACCESS, at BASE(sp) what a look may change, but t6.  */
.macro LOOKING access, base
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7
	\access	a\n, \base + 8 * \n(sp)
	.endr
	\access	t0, \base + 64(sp)
	\access	t1, \base + 72(sp)
	\access	t3, \base + 80(sp)
	\access	t4, \base + 88(sp)
	\access	t5, \base + 96(sp)
.endm
#define LOOK_BYTES 104

/* t2 = the pieces of the struct t1.  There is room for LOOK_BYTES at BASE(sp); ra is lost.  */
.macro LOOK base
	LOOKING	sd, \base
	mv	a0, t1
	li	a1, 1			/* it has been checked */
	call	ffi_pieces
	mv	t2, a0
	LOOKING	ld, \base
.endm

/* Go on with the struct t1 of t0 bytes, whose pieces a look has found: t2.  No more is known
   of others.  */
.macro LOOKED
	li	t6, 1
	beqz	t2, .Lwords
	SWITCH_PIECES
.endm

#endif
