/* SPDX-License-Identifier: MIT */
/* ffi_call, and the calls whose arguments are up to eight scalars or pairs of words,
   all in registers.  The types are not touched: cif->flags and cif->bytes say
   all.  */

#include "asm/function.h"
#include "results.h"

/* Have the flags t6 say that there is no result, unless that is in memory: then go to
   MEMORY.  */
.macro NO_RESULT memory
	andi	t2, t6, RET_MASK
	addi	t2, t2, -RET_MEMORY
	beqz	t2, \memory
	andi	t6, t6, ~(RET_MASK | FLAG_PARTIAL)
.if RET_VOID
	.error	"not 0"
.endif
.endm

/* void ffi_call (cif, fn, rvalue, avalue)

   in:       a0 = cif, a1 = fn, a2 = rvalue, a3 = avalue
   out:      *rvalue
   clobbers: what a C function may
   stack, from sp up:
	0	rvalue, flags
	16	integer registers
	80	FPRs
	144	s0, ra  */

#define FRAME 160
#define SAVED_GPRS 16
#define SAVED_FPRS (SAVED_GPRS + GPRS_BYTES)

PUBLIC_FUNCTION ffi_call, 64
	lw	t6, CIF_FLAGS(a0)
	lwu	t0, CIF_BYTES(a0)	/* classes */
	andi	t2, t6, FLAG_FAST
	beqz	t2, .Lgeneral
.Lby_flags:
	beqz	a2, .Lunwanted
.Lwanted:
	ENTER	FRAME
	mv	t1, a1			/* fn */
	sd	a2, 0(sp)
	sd	t6, 8(sp)
	andi	t2, t6, FLAG_WORDS
	bnez	t2, .Lwords

	/* Load each argument by its class into the area of its registers:
	   t0 = classes of those to come, four bits each, a3 = the rest of avalue,
	   a4, a5 = the next integer register and FPR, a6 = the cases.  */
	addi	a4, sp, SAVED_GPRS
	addi	a5, sp, SAVED_FPRS
	lla	a6, .Lload_table
.Lnext:
	andi	t2, t0, 15
	ld	t3, 0(a3)		/* where the value is */
	slli	t2, t2, CASE_SHIFT
	add	t2, t2, a6
	addi	a3, a3, 8
	srli	t0, t0, 4
	jr	t2

/* LOAD, and go on.  */
.macro INTEGER class, load
	CASE	.Lload_table, \class
	\load	t3, 0(t3)
	addi	a4, a4, 8
	sd	t3, -8(a4)
	bnez	t0, .Lnext
	j	.Lload_registers
.endm

.macro FLOATING class, load, count=1, size
	CASE	.Lload_table, \class
	\load	ft0, 0(t3)
	addi	a5, a5, 8 * \count
	fsd	ft0, -8 * \count(a5)
.if \count > 1
	\load	ft1, \size(t3)
	fsd	ft1, -8(a5)
.endif
	bnez	t0, .Lnext
	j	.Lload_registers
.endm

	JUMP_TABLE .Lload_table
	INTEGER	CLASS_U8, lbu
	INTEGER	CLASS_S8, lb
	INTEGER	CLASS_U16, lhu
	INTEGER	CLASS_S16, lh
	INTEGER	CLASS_U32, lw
	INTEGER	CLASS_S32, lw
	INTEGER	CLASS_I64, ld
	FLOATING CLASS_F32, flw
	FLOATING CLASS_F64, fld
	CASE	.Lload_table, CLASS_GPR_GPR
	ld	t4, 0(t3)
	ld	t5, 8(t3)
	addi	a4, a4, 16
	sd	t4, -16(a4)
	sd	t5, -8(a4)
	bnez	t0, .Lnext
	j	.Lload_registers
	FLOATING CLASS_F32_F32, flw, 2, 4
	FLOATING CLASS_F64_F64, fld, 2, 8

	.balign	4
.Lload_registers:
	andi	t2, t6, FLAG_FPRS
	beqz	t2, 1f
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7
	fld	fa\n, SAVED_FPRS + 8 * \n(sp)
	.endr
1:
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7
	ld	a\n, SAVED_GPRS + 8 * \n(sp)
	.endr
.Lcall:	jalr	t1
	/* Store the result as its code says.  */
	ld	t4, 0(sp)		/* rvalue */
	ld	t6, 8(sp)		/* flags */
	SWITCH	.Lstore_table

.macro RETURN
	LEAVE	FRAME
.endm

	STORE_RESULTS .Lstore_table, RETURN, t4

	/* Only 64-bit integers: a ladder, which loads as many as there are, the last one
	   first.  */
.Lwords:
	srliw	t0, t6, FLAG_COUNT_SHIFT
	andi	t0, t0, 15		/* above is where a second piece starts */
	slli	t0, t0, RUNG_SHIFT
	lla	t2, .Lladder_end
	sub	t2, t2, t0
	mv	t3, a3			/* avalue */
	jr	t2

	.balign	1 << RUNG_SHIFT
	.option	push
	.option	norvc			/* rungs of one size */
	.irp	n, 7, 6, 5, 4, 3, 2, 1, 0
	ld	a\n, 8 * \n(t3)
	ld	a\n, 0(a\n)
	.endr
.Lladder_end:
	.option	pop
	j	.Lcall

	LEFT
.Lunwanted:
	addi	a2, sp, -FRAME + SAVED_GPRS	/* there is room, after the call */
	j	.Lwanted
.Lgeneral:
	andi	t2, t6, FLAG_TYPES
	beqz	t2, 2f
	beqz	a2, 3f
1:	tail	ffi_invoke_types
2:	tail	ffi_call_general
3:	NO_RESULT 2b
	j	1b
ENDFUNCTION ffi_call

/* void ffi_call_plan_invoke (plan, fn, rvalue, avalue)

   A plan begins with its cif.  Where the cif says all, so does ffi_call; elsewhere the
   moves are faster than a look at the types.  */
PUBLIC_FUNCTION ffi_call_plan_invoke
	lw	t6, CIF_FLAGS(a0)
	lwu	t0, CIF_BYTES(a0)
	andi	t2, t6, FLAG_FAST
	bnez	t2, .Lby_flags
	andi	t2, t6, FLAG_TYPES
	beqz	t2, 2f
	beqz	a2, 3f
1:	tail	ffi_invoke_moves
2:	tail	ffi_call_plan_general
3:	NO_RESULT 2b
	j	1b
ENDFUNCTION ffi_call_plan_invoke

	END_OF_FILE
