/* SPDX-License-Identifier: MIT */
/* What the C and the assembly of the riscv64 port agree on.  */

#ifndef FFI_FLAGS_H
#define FFI_FLAGS_H

#include "argument_classes.h"
#include "families_in_order.h"

/* --- cif->flags ------------------------------------------------------------- */

/*  31 - 24  23 - 16  10     9      8     6     5        4 - 0
   +--------+-------+------+------+-----+-----+--------+-----+
   | SECOND | COUNT |TYPES |WORDS |FAST |FPRS |PARTIAL | RET |
   +--------+-------+------+------+-----+-----+--------+-----+
   The lowest bits are a RET code, the others are named FLAG_ ...  */

/* Bits 0 to 4: how the result travels, and how a scalar is widened.  FLOAT_FLOAT and
   DOUBLE_DOUBLE are one behind the other.  From F_F on the result has two pieces, of
   which the second starts where bits 24 to 31 say: a float or double, in an FPR; a word
   of 4 bytes or a long of 8, in a0.  R (code, whether specialised closure entries return
   it: 2, if they have a map and save integer registers).  */
#define RET_MASK 31
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
  R (MEMORY, 2)                                                                          \
  R (FLOAT, 1)                                                                           \
  R (DOUBLE, 1)                                                                          \
  R (FLOAT_FLOAT, 1)                                                                     \
  R (DOUBLE_DOUBLE, 1)                                                                   \
  R (F_F, 0)                                                                             \
  R (D_F, 0)                                                                             \
  R (F_D, 0)                                                                             \
  R (D_D, 0)                                                                             \
  R (F_W, 0)                                                                             \
  R (D_W, 0)                                                                             \
  R (F_L, 0)                                                                             \
  R (D_L, 0)                                                                             \
  R (L_F, 0)                                                                             \
  R (L_D, 0)
/* From the code of two floats, and that of a float and a word, to others; L_D follows
   L_F.  */
#define FIRST_DOUBLE 1
#define SECOND_DOUBLE 2
#define SECOND_LONG 2
#define SECOND_SHIFT 24

/* The result is smaller than the registers that carry it.  */
#define FLAG_PARTIAL (1 << 5)
/* An argument is in an FPR.  */
#define FLAG_FPRS_BIT 6
#define FLAG_FPRS (1 << FLAG_FPRS_BIT)
/* ffi_call needs no more than flags and bytes.  Then bytes is not the size of the
   stack arguments, which is 0, but the arguments' classes, the first in the lowest
   four bits, 0 after the last.  */
#define FLAG_FAST_BIT 8
#define FLAG_FAST (1 << FLAG_FAST_BIT)
/* All arguments are 64-bit integers; bits 16 to 23 count them.  */
#define FLAG_WORDS_BIT 9
#define FLAG_WORDS (1 << FLAG_WORDS_BIT)
/* Calls and closures need no more than the flags, the size of stack arguments, the types
   and what is known of structs.  */
#define FLAG_TYPES_BIT 10
#define FLAG_TYPES (1 << FLAG_TYPES_BIT)

/* --- cif->riscv_unused ------------------------------------------------------ */

/* What is known of structs of up to STRUCT_WORDS bytes, for one after the other, as long
   as there is room: a 0 for PIECES_WORDS, otherwise a 1 and four bits; and a 1 behind the
   last.  */
#define STRUCT_WORDS 16
#define KNOWN_BITS 31
#define CIF_NFIXED 32
#define CIF_KNOWN 36

/* As what a struct is passed if registers are left: a float, a double, two, or one and an
   integer, of 4 bytes if both are within 8 bytes (W), otherwise of 8 (L).  All begin at
   0, 4 or 8 and fill the struct but for padding; there are others.  */
#define PIECES_WORDS 0
#define PIECES_F 1
#define PIECES_D 2
#define PIECES_F_F 3
#define PIECES_F_D 4
#define PIECES_D_F 5
#define PIECES_D_D 6
#define PIECES_F_W 7
#define PIECES_F_L 8
#define PIECES_D_L 9
#define PIECES_W_F 10
#define PIECES_L_F 11
#define PIECES_L_D 12
#define PIECES_OTHER 13
/* Of larger structs; of what is passed nowhere; not found without a check of the type. */
#define PIECES_ADDRESS 14
#define PIECES_NONE 15
#define PIECES_UNTOLD 16

/* --- Arguments -------------------------------------------------------------- */

/* Argument classes beside those of argument_classes.h.  */
#define CLASS_F32_F32 11
#define CLASS_F64_F64 12

/* --- Tables of code --------------------------------------------------------- */

/* Where moves are in struct ffi_call_plan.  */
#define PLAN_MOVES 128

/* Moves beside those of offsets.h: a float to an FPR, from the start of the argument or
   not; the first 8 bytes; two floats at the start, the second by the move behind this one
   if C makes them.  */
#define MOVE_FLOAT 15
#define MOVE_LATER_FLOAT 16
#define MOVE_FIRST_8 17
#define MOVE_FLOATS 18

/* Rungs of a ladder load one word each.  */
#define RUNG_SHIFT 3

/* --- Register areas --------------------------------------------------------- */

#define GPRS 8
#define FPRS 8
#define GPRS_BYTES (GPRS * 8)
#define FPRS_BYTES (FPRS * 8)

/* For ffi_collect_types, from s0 up in the frame of a general entry: the end of the
   types; and room for values whose pieces are not next to each other, of which each has
   an FPR.  */
#define COLLECT_END (-88)
#define JOINED_BYTES (FPRS * 16)

/* Families of specialised entry code: integer registers and FPRs saved, argument
   pointers made, and whether those go to one register after the other, 0, or by the
   closure's map, 1.  One argument needs a map only behind the address of a result in
   memory, so that such a family, 2, has no other results.  */
#define FAST_FAMILIES                                                                    \
  FAMILIES_IN_ORDER                                                                      \
  F (0, 8, 8, 0)                                                                         \
  F (2, 0, 1, 2)                                                                         \
  F (4, 4, 4, 1)                                                                         \
  F (8, 8, 8, 1)

/* Frame of such an entry, in bytes, from sp up; its size is a multiple of 16:
        FAST_RESULT    two words for the result
        FAST_POINTERS  pointers to arguments, integer registers, FPRs
        ...            FAST_RECORD: the record of s0 and ra
        ...            the stack arguments  */
#define FAST_RESULT 0
#define FAST_POINTERS 16
#define FAST_RECORD 16

#ifndef LIBFFI_ASM
#include "loc.h"
#include "port.h"
#include "ret_codes.h"

_Static_assert(offsetof (ffi_cif, riscv_nfixedargs) == CIF_NFIXED, "assembly");
_Static_assert(offsetof (struct ffi_call_plan, moves) == PLAN_MOVES, "assembly");
_Static_assert(offsetof (ffi_cif, riscv_unused) == CIF_KNOWN, "assembly");
#endif

#endif
