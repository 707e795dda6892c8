/* SPDX-License-Identifier: MIT */
/* Geometry of i386 trampoline tables, for C and assembly.  */

#ifndef FFI_TARGET_H
#define FFI_TARGET_H

/* Equal, so that every trampoline is the same distance from its slot.  */
#define TRAMP_PITCH 32
#define SLOT_SIZE 32

/* Four tables.  */
#define IMAGE_SLOTS 4096
#define EACH_IMAGE_TABLE(table) table (0), table (1), table (2), table (3)
#define GROWN_SLOTS 1024

#define TRAMP_BLOCK_ALIGN 4096

/* What the kernel writes instead: bytes from one trampoline to the next, and where in
   it the address of the slot is.  A table is one page.  */
#define TRAMPFD_PITCH 16
#define TRAMPFD_ADDRESSES 5, 11
#define TRAMPFD_REGISTER TRAMPFD_PUSH
#define TRAMPFD_PAGE 4096

/* Its trampolines push that address.  Entry code for them begins so many bytes before
   that for ours, with what makes the stack and eax as ours leave them.  */
#define PUSHED_ENTRY 16

#define REGION_SHIFT 16
#define RESERVE_TABLES 14
/* And as many bytes of descriptors and leaves of the address map.  */
#define RESERVE_LASTING 0xc000
#define ADDRESS_BITS 32

/* Where in its region the kernel's page lies, beyond all trampolines of ours.  */
#define TRAMPFD_OFFSET 0x8000

/* In trampolines the CFA is an expression of the address modulo the pitch, so that one
   description is for all of them: it is 4, and 4 more after the first push, and 4 more
   where the call leads to.  No operation is used that valgrind does not know.  */
#define PAD 4 /* bytes of LANDING_PAD */
#define UNWIND_TRAMPOLINES                                                                \
	.cfi_escape 0x0f, 20,	/* DW_CFA_def_cfa_expression, length */                    \
	  0x74, 4,		/* DW_OP_breg4 (esp): 4 */                                 \
	  0x78, 0,		/* DW_OP_breg8 (eip): 0 */                                 \
	  0x4f, 0x1a,		/* DW_OP_lit31, and */                                     \
	  0x31 + PAD, 0x2a,	/* DW_OP_lit1 + PAD, ge */                                 \
	  0x32, 0x24, 0x22,	/* DW_OP_lit2, shl, plus */                                \
	  0x78, 0,		/* DW_OP_breg8 (eip): 0 */                                 \
	  0x4f, 0x1a,		/* DW_OP_lit31, and */                                     \
	  0x36 + PAD, 0x29,	/* DW_OP_lit6 + PAD, eq */                                 \
	  0x32, 0x24, 0x22	/* DW_OP_lit2, shl, plus */

/* The same in grown tables, whose region's half says whose trampolines they are: in the
   kernel's it is 4 more after their push.  */
#define IN_HALF 0x78, 0, 0x31, 0x3f, 0x24, 0x1a, 0x30 /* eip and 1 << 15; lit0 */
#define UNWIND_GROWN                                                                      \
	.cfi_escape 0x0f, 56,	/* DW_CFA_def_cfa_expression, length */                    \
	  0x74, 4,		/* DW_OP_breg4 (esp): 4 */                                 \
	  0x78, 0,		/* DW_OP_breg8 (eip): 0 */                                 \
	  0x4f, 0x1a,		/* DW_OP_lit31, and */                                     \
	  0x31 + PAD, 0x2a,	/* DW_OP_lit1 + PAD, ge */                                 \
	  IN_HALF, 0x29, 0x1a,	/* eq, and */                                              \
	  0x32, 0x24, 0x22,	/* DW_OP_lit2, shl, plus */                                \
	  0x78, 0,		/* DW_OP_breg8 (eip): 0 */                                 \
	  0x4f, 0x1a,		/* DW_OP_lit31, and */                                     \
	  0x36 + PAD, 0x29,	/* DW_OP_lit6 + PAD, eq */                                 \
	  IN_HALF, 0x29, 0x1a,	/* eq, and */                                              \
	  0x32, 0x24, 0x22,	/* DW_OP_lit2, shl, plus */                                \
	  0x78, 0,		/* DW_OP_breg8 (eip): 0 */                                 \
	  0x3f, 0x1a,		/* DW_OP_lit15, and */                                     \
	  0x35 + PAD, 0x2a,	/* DW_OP_lit5 + PAD, ge */                                 \
	  IN_HALF, 0x2e, 0x1a,	/* ne, and */                                              \
	  0x32, 0x24, 0x22	/* DW_OP_lit2, shl, plus */

/* Is there a quick_entry.h?  And a valgrind_request.h?  */
#define PORT_QUICK_ENTRY 1
#define PORT_VALGRIND_REQUEST 1

#ifdef LIBFFI_ASM
/* In front of entry code.  An xchg with memory would lock the bus.
     in:  the slot's address at esp, eax as the caller left it  */
.macro ENTER_PUSHED
	LANDING_PAD
	pushl	%eax
	.cfi_adjust_cfa_offset 4
	movl	4(%esp), %eax
	popl	(%esp)
	.cfi_adjust_cfa_offset -4
	.balign	PUSHED_ENTRY
.endm
#else
#include "atomic.h"

#define FFI_IN_REGISTERS __attribute__ ((regparm (3)))
#endif

#endif
