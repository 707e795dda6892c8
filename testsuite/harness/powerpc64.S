/* SPDX-License-Identifier: MIT */
/* The assembly behind machine.h for 64-bit PowerPC, ELFv2.  All state is static: one call
   at a time.  Addresses are found by the program counter, so r2 and r12 may be any.  */

#define MACHINE_ASM
#include "powerpc64.h"

	.abiversion 2
	.machine power8

#include "objects.h"
.Lsaved_sp: .skip 8

	.text

/* REG becomes the address of OBJECT.  Changes lr.  */
.macro ADDRESS reg, object
	bcl	20, 31, .Lhere\@
.Lhere\@:
	mflr	\reg
	addis	\reg, \reg, (\object - .Lhere\@)@ha
	addi	\reg, \reg, (\object - .Lhere\@)@l
.endm

/* MOVE registers of 8 bytes, of which number 0 would be AT bytes from BASE.  */
.macro WORDS move, at, base, registers:vararg
	.irp	n, \registers
	\move	\n, \at + 8 * \n(\base)
	.endr
.endm

/* MOVE vector registers, of which number 0 would be AT bytes from BASE.  Changes INDEX.  */
.macro VECTORS move, at, base, index, registers:vararg
	.irp	n, \registers
	li	\index, \at + 16 * \n
	\move	\n, \base, \index
	.endr
.endm

#define TO_11 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
#define TO_13 TO_11, 12, 13
#define FROM_14 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
#define TO_19 TO_13, 14, 15, 16, 17, 18, 19
#define FROM_20 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31

/* Store everything to STATE, for the function at ENTRY.  Changes r0 and ctr, in which
   nothing travels, and r11, r12 and lr.  */
.macro STORE_STATE state, entry
	mtctr	12
	mflr	0
	ADDRESS	12, \state
	std	0, STATE_LR(12)
	WORDS	std, STATE_GPR, 12, 1, TO_11, 13, FROM_14
	mfctr	0
	std	0, STATE_GPR + 8 * 12(12)
	mfcr	0
	std	0, STATE_CR(12)
	mfspr	0, 256			/* vrsave */
	std	0, STATE_VRSAVE(12)
	WORDS	stfd, STATE_FPR, 12, 0, 1, TO_13, FROM_14
	mffs	0
	stfd	0, STATE_FPSCR(12)
	VECTORS	stvx, STATE_VR, 12, 11, 0, 1, TO_19, FROM_20
	ld	0, BACK_CHAIN(1)
	std	0, STATE_BACK_CHAIN(12)
	ld	0, TOC_SAVE(1)
	std	0, STATE_TOC_SAVE(12)
	ADDRESS	11, \entry
	std	11, STATE_ENTRY(12)
.endm

/* Store the words above the caller's linkage.  Changes r0, r7, r8, lr and ctr.  */
.macro STORE_STACK
	addi	7, 1, LINKAGE - 8
	ADDRESS	8, machine_seen_stack - 8
	li	0, MACHINE_STACK_WORDS
	mtctr	0
1:	ldu	0, 8(7)
	stdu	0, 8(8)
	bdnz	1b
.endm

/* Stack of machine_call, from r1 up: linkage, then these.  */
#define SAVED_GPR LINKAGE		/* from r14 */
#define SAVED_FPR (SAVED_GPR + 18 * 8)	/* from f14 */
#define SAVED_FPSCR (SAVED_FPR + 18 * 8)
#define SAVED_VRSAVE (SAVED_FPSCR + 8)
#define SAVED_VR (SAVED_VRSAVE + 8)	/* from v20 */
#define FRAME (SAVED_VR + 12 * 16)

/* void machine_call (void *fn, void *stack_arguments): with the registers of machine_in,
   call FN as through a pointer; store the registers it left to machine_out.  Not from
   machine_in are r0, r1, r12, the address of FN, r13, the thread pointer, and lr.  */
FUNCTION machine_call
	mflr	0
	std	0, LR_SAVE(1)
	mfcr	0
	stw	0, CR_SAVE(1)
	stdu	1, -FRAME(1)
	std	2, TOC_SAVE(1)
	WORDS	std, SAVED_GPR - 8 * 14, 1, FROM_14
	WORDS	stfd, SAVED_FPR - 8 * 14, 1, FROM_14
	VECTORS	stvx, SAVED_VR - 16 * 20, 1, 11, FROM_20
	mffs	0
	stfd	0, SAVED_FPSCR(1)
	mfspr	0, 256
	std	0, SAVED_VRSAVE(1)
	ADDRESS	11, .Lsaved_sp
	std	1, 0(11)
	ADDRESS	12, machine_in
	std	1, STATE_BACK_CHAIN(12)
	addi	4, 4, -LINKAGE
	std	1, BACK_CHAIN(4)
	ld	0, STATE_TOC_SAVE(12)
	std	0, TOC_SAVE(4)
	mr	1, 4
	mtlr	3			/* FN */
	lfd	0, STATE_FPSCR(12)
	mtfsf	255, 0
	ld	0, STATE_VRSAVE(12)
	mtspr	256, 0
	ld	0, STATE_CTR(12)
	mtctr	0
	ld	0, STATE_XER(12)
	mtxer	0
	ld	0, STATE_CR(12)
	mtcr	0
	WORDS	lfd, STATE_FPR, 12, 0, 1, TO_13, FROM_14
	VECTORS	lvx, STATE_VR, 12, 11, 0, 1, TO_19, FROM_20
	WORDS	ld, STATE_GPR, 12, 0, TO_11, FROM_14
	mflr	12
	blrl
	.globl	machine_return
	.hidden	machine_return
machine_return:
	STORE_STATE machine_out, machine_call
	ADDRESS	11, machine_in
	ld	13, STATE_GPR + 8 * 13(11)
	ADDRESS	11, .Lsaved_sp
	ld	1, 0(11)
	ld	2, TOC_SAVE(1)
	lfd	0, SAVED_FPSCR(1)
	mtfsf	255, 0
	ld	0, SAVED_VRSAVE(1)
	mtspr	256, 0
	WORDS	ld, SAVED_GPR - 8 * 14, 1, FROM_14
	WORDS	lfd, SAVED_FPR - 8 * 14, 1, FROM_14
	VECTORS	lvx, SAVED_VR - 16 * 20, 1, 11, FROM_20
	addi	1, 1, FRAME
	lwz	0, CR_SAVE(1)
	mtcr	0
	ld	0, LR_SAVE(1)
	mtlr	0
	blr
ENDFUNCTION machine_call

/* Fill the words from r3 on with r4, as many as r5 says.  Changes ctr and cr0.  */
.macro TRASH
	cmpdi	5, 0
	beq	2f
	mtctr	5
	addi	3, 3, -8
1:	stdu	4, 8(3)
	bdnz	1b
2:
.endm

/* Overwrite what belongs to a callee with junk and the result, as machine_give says: the
   words of the caller's linkage that are the callee's, arguments on the stack, what is
   below the frame, and every register that it need not preserve; then return.  r1 and what
   is preserved are as at entry.  */
.macro LEAVE
	lis	4, 0x7a7a
	ori	4, 4, 0x7a7a
	rldimi	4, 4, 32, 0
	stw	4, CR_SAVE(1)
	std	4, LR_SAVE(1)
	addi	3, 1, LINKAGE
	ADDRESS	5, machine_trash_words
	ld	5, 0(5)
	TRASH
	addi	3, 1, -8 * MACHINE_DEAD_WORDS
	li	5, MACHINE_DEAD_WORDS
	TRASH
	ADDRESS	11, machine_seen
	ADDRESS	12, machine_give
	ld	0, STATE_LR(11)
	mtlr	0
	WORDS	lfd, STATE_FPR, 12, 0, 1, TO_13
	/* Of these vector-scalar registers only the FPR is preserved.  */
	.irp	n, FROM_14
	xxpermdi \n, \n, 0, 0
	.endr
	VECTORS	lvx, STATE_VR, 12, 11, 0, 1, TO_19
	ld	0, STATE_CTR(12)
	mtctr	0
	ld	0, STATE_XER(12)
	mtxer	0
	ld	0, STATE_CR(12)
	mtcrf	0xc7, 0			/* all but cr2, cr3 and cr4 */
	WORDS	ld, STATE_GPR, 12, 0, TO_11, 12
	blr
.endm

/* A callee: all that it finds goes to machine_seen and machine_seen_stack; a result in
   memory goes to where r3 points.  */
FUNCTION machine_callee
	STORE_STATE machine_seen, machine_callee
	STORE_STACK
	addi	7, 3, -1
	ADDRESS	8, machine_memory_result - 1
	ADDRESS	5, machine_memory_bytes
	ld	5, 0(5)
	cmpdi	5, 0
	beq	2f
	mtctr	5
1:	lbzu	0, 1(8)
	stbu	0, 1(7)
	bdnz	1b
2:	LEAVE
ENDFUNCTION machine_callee

/* A handler: what it finds goes to machine_seen and machine_seen_stack, then
   *machine_handle does the work.  */
FUNCTION machine_handler
	STORE_STATE machine_seen, machine_handler
	ld	0, STATE_LR(12)
	std	0, LR_SAVE(1)
	STORE_STACK
	stdu	1, -LINKAGE(1)
	ADDRESS	12, machine_handle
	ld	12, 0(12)
	mtctr	12
	bctrl
	addi	1, 1, LINKAGE
	LEAVE
ENDFUNCTION machine_handler

	.section .note.GNU-stack, "", %progbits
