/* SPDX-License-Identifier: MIT */
/* What each result is, for assembly.  */

#ifndef FFI_RESULTS_H
#define FFI_RESULTS_H

#include "flags.h"

#define CASE_SHIFT 5
#define CASE_FILL 0
#include "asm/result.h"

/* Go on at the case of TABLE for the result that t6, the cif's flags, tells of.
     clobbers: t0, t2  */
.macro SWITCH table
	andi	t0, t6, RET_MASK
	lla	t2, \table
	slli	t0, t0, CASE_SHIFT
	add	t2, t2, t0
	jr	t2
	JUMP_TABLE \table
.endm

/* Move a result of two pieces, of which the second is in the memory at BASE where t6 says.
   An integer in front is moved as 8 bytes, and before the FPR that some of them belong
   to.
     clobbers: t5  */
.macro TWO_PIECES first, first_reg, second, second_reg, base
	srliw	t5, t6, SECOND_SHIFT
	add	t5, t5, \base
	\first	\first_reg, 0(\base)
	\second	\second_reg, 0(t5)
.endm

.macro PIECES code, base, word, long, single, double
.if \code == RET_F_F
	TWO_PIECES \single, fa0, \single, fa1, \base
.elseif \code == RET_D_F
	TWO_PIECES \double, fa0, \single, fa1, \base
.elseif \code == RET_F_D
	TWO_PIECES \single, fa0, \double, fa1, \base
.elseif \code == RET_D_D
	TWO_PIECES \double, fa0, \double, fa1, \base
.elseif \code == RET_F_W
	TWO_PIECES \single, fa0, \word, a0, \base
.elseif \code == RET_D_W
	TWO_PIECES \double, fa0, \word, a0, \base
.elseif \code == RET_F_L
	TWO_PIECES \single, fa0, \long, a0, \base
.elseif \code == RET_D_L
	TWO_PIECES \double, fa0, \long, a0, \base
.elseif \code == RET_L_F
	TWO_PIECES \long, a0, \single, fa0, \base
.elseif \code == RET_L_D
	TWO_PIECES \long, a0, \double, fa0, \base
.else
	.error	"no such result"
.endif
.endm

/* From the result registers to the memory that TO points to.  */
.macro STORE_RESULT code, to
.if \code == RET_U8
	andi	a0, a0, 255
	sd	a0, 0(\to)
.elseif \code == RET_S8
	slli	a0, a0, 56
	srai	a0, a0, 56
	sd	a0, 0(\to)
.elseif \code == RET_U16
	slli	a0, a0, 48
	srli	a0, a0, 48
	sd	a0, 0(\to)
.elseif \code == RET_S16
	slli	a0, a0, 48
	srai	a0, a0, 48
	sd	a0, 0(\to)
.elseif \code == RET_U32
	slli	a0, a0, 32
	srli	a0, a0, 32
	sd	a0, 0(\to)
.elseif \code == RET_S32
	sext.w	a0, a0
	sd	a0, 0(\to)
.elseif \code == RET_I64
	sd	a0, 0(\to)
.elseif \code == RET_GPR_GPR
	sd	a0, 0(\to)
	sd	a1, 8(\to)
.elseif \code == RET_FLOAT
	fsw	fa0, 0(\to)
.elseif \code == RET_DOUBLE
	fsd	fa0, 0(\to)
.elseif \code == RET_FLOAT_FLOAT
	fsw	fa0, 0(\to)
	fsw	fa1, 4(\to)
.elseif \code == RET_DOUBLE_DOUBLE
	fsd	fa0, 0(\to)
	fsd	fa1, 8(\to)
.elseif \code != RET_VOID && \code != RET_MEMORY	/* stored by the function */
	PIECES	\code, \to, sw, sd, fsw, fsd
.endif
.endm

/* From the memory that FROM points to, OFFSET bytes on, which is 0 for two pieces, to the
   result registers.  An unsigned int is widened by sign, as the convention has it.  */
.macro LOAD_RESULT code, from, offset=0
.if \code == RET_U8
	lbu	a0, \offset(\from)
.elseif \code == RET_S8
	lb	a0, \offset(\from)
.elseif \code == RET_U16
	lhu	a0, \offset(\from)
.elseif \code == RET_S16
	lh	a0, \offset(\from)
.elseif \code == RET_U32 || \code == RET_S32
	lw	a0, \offset(\from)
.elseif \code == RET_I64 || \code == RET_MEMORY	/* or where the handler stored it */
	ld	a0, \offset(\from)
.elseif \code == RET_GPR_GPR
	ld	a0, \offset(\from)
	ld	a1, \offset + 8(\from)
.elseif \code == RET_FLOAT
	flw	fa0, \offset(\from)
.elseif \code == RET_DOUBLE
	fld	fa0, \offset(\from)
.elseif \code == RET_FLOAT_FLOAT
	flw	fa0, \offset(\from)
	flw	fa1, \offset + 4(\from)
.elseif \code == RET_DOUBLE_DOUBLE
	fld	fa0, \offset(\from)
	fld	fa1, \offset + 8(\from)
.elseif \code != RET_VOID
	PIECES	\code, \from, lw, ld, flw, fld
.endif
.endm

#endif
