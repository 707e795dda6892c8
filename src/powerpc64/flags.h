/* SPDX-License-Identifier: MIT */
/* What the C and the assembly of the 64-bit PowerPC port agree on.  */

#ifndef FFI_FLAGS_H
#define FFI_FLAGS_H

#include "argument_classes.h"
#include "families_in_order.h"

/* --- cif->flags ------------------------------------------------------------- */

/*  31 - 16   13     12    11     10     9    8     7     6        5 - 0
   +--------+------+-----+------+------+----+-----+-----+--------+-----+
   | COUNT  |WORDS |SRET |TYPES |STACK |VRS |FPRS |FAST |PARTIAL | RET |
   +--------+------+-----+------+------+----+-----+-----+--------+-----+
   The lowest bits are a RET code, the others are named FLAG_ ...  */

/* Bits 0 to 5: how the result travels, and how a scalar is widened.  PAIR_U8 to PAIR_S32
   are complex numbers of integers, each part widened in a register.  Results in up to
   eight FPRs, of 4 bytes each, which an FPR has as a double, or 8, or in vector registers
   have adjacent codes.  R (code, whether specialised closure entries return it).  */
#define RET_MASK 63
#define RET_CODES                                                                        \
  R (VOID, 1)                                                                            \
  R (U8, 1)                                                                              \
  R (S8, 1)                                                                              \
  R (U16, 1)                                                                             \
  R (S16, 1)                                                                             \
  R (U32, 1)                                                                             \
  R (S32, 1)                                                                             \
  R (I64, 1)                                                                             \
  R (GPR_GPR, 1)                                                                         \
  R (MEMORY, 1)                                                                          \
  R (PAIR_U8, 0)                                                                         \
  R (PAIR_S8, 0)                                                                         \
  R (PAIR_U16, 0)                                                                        \
  R (PAIR_S16, 0)                                                                        \
  R (PAIR_U32, 0)                                                                        \
  R (PAIR_S32, 0)                                                                        \
  R (FLOAT, 1)                                                                           \
  R (FLOAT_2, 1)                                                                         \
  R (FLOAT_3, 0)                                                                         \
  R (FLOAT_4, 0)                                                                         \
  R (FLOAT_5, 0)                                                                         \
  R (FLOAT_6, 0)                                                                         \
  R (FLOAT_7, 0)                                                                         \
  R (FLOAT_8, 0)                                                                         \
  R (DOUBLE, 1)                                                                          \
  R (DOUBLE_2, 1)                                                                        \
  R (DOUBLE_3, 0)                                                                        \
  R (DOUBLE_4, 0)                                                                        \
  R (DOUBLE_5, 0)                                                                        \
  R (DOUBLE_6, 0)                                                                        \
  R (DOUBLE_7, 0)                                                                        \
  R (DOUBLE_8, 0)                                                                        \
  R (VECTOR, 0)                                                                          \
  R (VECTOR_2, 0)                                                                        \
  R (VECTOR_3, 0)                                                                        \
  R (VECTOR_4, 0)                                                                        \
  R (VECTOR_5, 0)                                                                        \
  R (VECTOR_6, 0)                                                                        \
  R (VECTOR_7, 0)                                                                        \
  R (VECTOR_8, 0)

/* The result is smaller than the registers that carry it.  */
#define FLAG_PARTIAL (1 << 6)
/* ffi_call needs no more than flags and bytes.  Then bytes is not the size of the
   parameter save area, which is the smallest, but the arguments' classes, the first in
   the lowest four bits, 0 after the last.  */
#define FLAG_FAST (1 << 7)
/* An argument is in an FPR; in a vector register; in memory.  These and FLAG_TYPES are
   one field of the condition register.  */
#define FLAG_FPRS_BIT 8
#define FLAG_VRS_BIT 9
#define FLAG_STACK_BIT 10
#define FLAG_FPRS (1 << FLAG_FPRS_BIT)
#define FLAG_VRS (1 << FLAG_VRS_BIT)
#define FLAG_STACK (1 << FLAG_STACK_BIT)
/* ffi_invoke_types can load the arguments, and ffi_collect_types find them.  Unless there
   is FLAG_WORDS, a bit for each of the first 16 structs, from bit 16 up the first one,
   says whether it is in FPRs; others are not.  */
#define FLAG_TYPES_BIT 11
#define FLAG_TYPES (1 << FLAG_TYPES_BIT)
#define FLAG_HOMOGENEOUS_SHIFT 16
/* The first argument is the address of the result.  */
#define FLAG_SRET_BIT 12
#define FLAG_SRET (1 << FLAG_SRET_BIT)
/* All arguments are 64-bit integers; bits 16 and up count them.  */
#define FLAG_WORDS (1 << 13)
#define FAST_FPRS 8

/* Argument classes beside those of argument_classes.h, with what they load.  */
#define CLASS_F64_F64 11 /* two doublewords */
#define CLASS_F32_F32 12 /* one doubleword, two FPRs: a struct */
#define CLASS_C32 13     /* two of each: a complex number */

/* --- Register areas --------------------------------------------------------- */

/* Registers of arguments: r3 to r10, f1 to f13, v2 to v13.  In memory those of a call are
   FPRS_BYTES of FPRs and vector registers, and for closures integer registers behind
   them. The first vector register has the number that an FPR would have there.  */
#define GPRS 8
#define FPRS 13
#define VRS 12
#define FPR_SIZE 8
#define VR_SIZE 16
#define FIRST_VR 14
#define FPRS_BYTES (FIRST_VR * FPR_SIZE + VRS * VR_SIZE)

/* Families of specialised entry code: integer registers and FPRs saved, argument pointers
   made, and whether those go by the closure's map or to one register after the other.  */
#define FAST_FAMILIES                                                                    \
  FAMILIES_IN_ORDER                                                                      \
  F (2, 0, 1, 1)                                                                         \
  F (0, 2, 2, 1)                                                                         \
  F (4, 4, 4, 1)                                                                         \
  F (8, 8, 8, 1)                                                                         \
  F (8, 13, 16, 1)

/* Frame of such an entry, in bytes: the words of LINKAGE, 16 for the result, pointers,
   registers.  Those of the map count in units of 4 bytes.  */
#define FAST_RESULT 32
#define FAST_POINTERS 48
#define FAST_UNIT 4
/* Where memory arguments are in the caller's frame.  */
#define SAVE_AREA_END 96

#ifndef LIBFFI_ASM
#include "loc.h"
#include "port.h"
#include "ret_codes.h"
#endif

#endif
