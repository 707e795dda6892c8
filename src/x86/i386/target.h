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

/* What the kernel writes instead, on one page: bytes from one trampoline to the next;
   where in it the 32-bit word is that has the distance of its slot, and what that grows
   by with a byte; the designated register.  */
#define TRAMPFD_PITCH 32
#define TRAMPFD_DISTANCE 13
#define TRAMPFD_SCALE 1
#define TRAMPFD_REGISTER TRAMPFD_SPILL
#define TRAMPFD_PAGE 4096

#define REGION_SHIFT 16
#define RESERVE_TABLES 14
/* And as many bytes of descriptors and leaves of the address map.  */
#define RESERVE_LASTING 0xc000
#define ADDRESS_BITS 32

/* In trampolines the CFA is an expression of the address modulo the pitch, so that one
   description is for all of them, the kernel's included: it is 4, and 4 more after the
   first push, and 4 more where the call leads to.  No operation is used that valgrind
   does not know.  */
#define PAD 4 /* bytes of LANDING_PAD */
#define UNWIND_TRAMPOLINES                                                               \
  .cfi_escape 0x0f, 20, /* DW_CFA_def_cfa_expression, length */                          \
      0x74, 4,          /* DW_OP_breg4 (esp): 4 */                                       \
      0x78, 0,          /* DW_OP_breg8 (eip): 0 */                                       \
      0x4f, 0x1a,       /* DW_OP_lit31, and */                                           \
      0x31 + PAD, 0x2a, /* DW_OP_lit1 + PAD, ge */                                       \
      0x32, 0x24, 0x22, /* DW_OP_lit2, shl, plus */                                      \
      0x78, 0,          /* DW_OP_breg8 (eip): 0 */                                       \
      0x4f, 0x1a,       /* DW_OP_lit31, and */                                           \
      0x36 + PAD, 0x29, /* DW_OP_lit6 + PAD, eq */                                       \
      0x32, 0x24, 0x22  /* DW_OP_lit2, shl, plus */

/* Whether there are a fast_entry.h and a valgrind_request.h.  */
#define PORT_FAST_ENTRY 1
#define PORT_LOOKS_INTO 1
#define PORT_PLAN_TYPES 1
#define PORT_VALGRIND_REQUEST 1

/* It passes _Float16 and __float128.  */
#define PORT_FLOAT16 1
#define PORT_FLOAT128 1

#ifndef LIBFFI_ASM
#include "atomic.h"

#define FFI_IN_REGISTERS __attribute__ ((regparm (3)))
#endif

#endif
