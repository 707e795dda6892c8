/* SPDX-License-Identifier: MIT */
/* What the C and the assembly of the AArch64 port agree on.  */

#ifndef FFI_FLAGS_H
#define FFI_FLAGS_H

#include "argument_classes.h"
#include "families_in_order.h"

/* --- cif->flags ------------------------------------------------------------- */

/*  31 - 11  10     9      8     7       6     5        4 - 0
   +--------+------+------+-----+-------+-----+--------+-----+
   | KNOWN  |TYPES |WORDS |FAST |NO_FPRS|FPRS |PARTIAL | RET |
   +--------+------+------+-----+-------+-----+--------+-----+
   With WORDS, bits 16 and up are COUNT in the place of KNOWN.
   The lowest bits are a RET code, the others are named FLAG_ ...  */

/* Bits 0 to 4: how the result travels, and how a scalar is widened.  Results in up to
   four vector registers, of 2, 4, 8 or 16 bytes in each, have adjacent codes.  R (code,
   whether specialised closure entries return it).  */
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
  R (MEMORY, 1)                                                                          \
  R (FLOAT, 1)                                                                           \
  R (FLOAT_2, 1)                                                                         \
  R (FLOAT_3, 0)                                                                         \
  R (FLOAT_4, 0)                                                                         \
  R (DOUBLE, 1)                                                                          \
  R (DOUBLE_2, 1)                                                                        \
  R (DOUBLE_3, 0)                                                                        \
  R (DOUBLE_4, 0)                                                                        \
  R (QUAD, 0)                                                                            \
  R (QUAD_2, 0)                                                                          \
  R (QUAD_3, 0)                                                                          \
  R (QUAD_4, 0)                                                                          \
  R (FLOAT16, 0)                                                                         \
  R (FLOAT16_2, 0)                                                                       \
  R (FLOAT16_3, 0)                                                                       \
  R (FLOAT16_4, 0)

/* The result is smaller than the registers that carry it.  */
#define FLAG_PARTIAL_BIT 5
#define FLAG_PARTIAL (1 << FLAG_PARTIAL_BIT)
/* An argument is in a vector register.  */
#define FLAG_FPRS_BIT 6
#define FLAG_FPRS (1 << FLAG_FPRS_BIT)
/* Floating point travels like integers: a variadic function of Windows.  */
#define FLAG_NO_FPRS (1 << 7)
/* ffi_call needs no more than flags and bytes.  Then bytes is not the size of the
   stack arguments, which is 0, but the arguments' classes, the first in the lowest
   four bits, 0 after the last.  */
#define FLAG_FAST_BIT 8
#define FLAG_FAST (1 << FLAG_FAST_BIT)
/* All arguments are 64-bit integers; bits 16 and up count them.  */
#define FLAG_WORDS_BIT 9
#define FLAG_WORDS (1 << FLAG_WORDS_BIT)

/* Calls and closures need no more than the flags, the size of stack arguments and the
   types; of little-endian targets.  */
#define FLAG_TYPES_BIT 10
#define FLAG_TYPES (1 << FLAG_TYPES_BIT)
/* Without FLAG_WORDS, bits 11 and up tell of structs, see ffi_struct_members.  */
#define FLAG_KNOWN_SHIFT 11
#define KNOWN_BITS 20

/* Larger structs are passed by address, whatever they consist of.  */
#define STRUCT_CLASSIFIED 64

/* Of which members a value consists that has an FPR for each: 2 << MEMBERS bytes; or of
   others.  Of those of 2 bytes cif->flags do not tell, and assembly does not know.  */
#define MEMBERS_NONE 0
#define MEMBERS_4 1
#define MEMBERS_8 2
#define MEMBERS_16 3
#define MEMBERS_2 4

/* Argument classes beside those of argument_classes.h.  */
#define CLASS_F64_F64 11

/* --- Tables of code --------------------------------------------------------- */

/* Where steps and moves are in struct ffi_call_plan, and the size of the last step.  */
#define PLAN_STEPS 32
#define PLAN_MOVES 120
#define PLAN_CALL_SIZE 32
/* The size of those that load an argument: by class from 1 on, and number of the first
   register; and of the rungs of a ladder, which load one word each; and of the pieces
   that store a pointer to a closure's argument.  Landing pads double all.  */
#if defined __ARM_FEATURE_BTI_DEFAULT && __ARM_FEATURE_BTI_DEFAULT
#define PLAN_STEP_SIZE 32
#define RUNG_SHIFT 4
#define LOCATE_SHIFT 5
#else
#define PLAN_STEP_SIZE 16
#define RUNG_SHIFT 3
#define LOCATE_SHIFT 4
#endif

/* --- Register areas --------------------------------------------------------- */

#define GPRS 8
#define FPRS 8
#define FPR_SIZE 16
/* The FPRs of one call, then its integer registers; its stack arguments follow.  */
#define REGS_BYTES (FPRS * FPR_SIZE + GPRS * 8)

/* Families of specialised entry code: integer and vector registers saved, argument
   pointers made, and whether those go by the closure's map or to one register
   after the other.  */
#define FAST_FAMILIES                                                                    \
  FAMILIES_IN_ORDER                                                                      \
  F (0, 8, 8, 0)                                                                         \
  F (2, 0, 1, 1)                                                                         \
  F (0, 2, 1, 1)                                                                         \
  F (4, 4, 4, 1)                                                                         \
  F (8, 8, 8, 1)

/* Frame of such an entry, in bytes, from sp up; its size is a multiple of 16:
        0              the record of x29 and x30
        FAST_RESULT    two words for the result
        FAST_POINTERS  pointers to arguments, integer registers, FPRs
        ...            the stack arguments  */
#define FAST_RESULT 16
#define FAST_POINTERS 32
#define FAST_RECORD 0 /* bytes of it behind the registers */

/* The map of the closure of ffi_entry_located, a byte for each argument: in words from
   the saved FPRs on, where it is; or, with LOCATED_OTHER, where its address is; or, with
   LOCATED_JOIN as well, the first of several FPRs that hold floats or, with
   LOCATED_DOUBLES, doubles.  */
#define LOCATED_BITS 6 /* of a number with LOCATED_OTHER */
#define LOCATED_OTHER_BIT 7
#define LOCATED_OTHER (1 << LOCATED_OTHER_BIT)
#define LOCATED_JOIN_BIT 6
#define LOCATED_JOIN (1 << LOCATED_JOIN_BIT)
#define LOCATED_DOUBLES_BIT 5
#define LOCATED_DOUBLES (1 << LOCATED_DOUBLES_BIT)

/* The map of that of ffi_entry_coded: a number of 64 bits, of which each argument has 4,
   the first the lowest; where it is, each following the one before of its sort.  */
#define CODED_ARGS 16
#define CODED_END 0
#define CODED_GPR 1 /* in one or two integer registers or words of the stack */
#define CODED_GPR_GPR 2
#define CODED_STACK 3
#define CODED_STACK_STACK 4
#define CODED_FPR 5 /* in one FPR, or in two of 16 bytes */
#define CODED_QUADS 6
#define CODED_GPR_ADDRESS 7 /* by address */
#define CODED_STACK_ADDRESS 8
#define CODED_FLOATS 9 /* 2, 3 or 4 in an FPR each */
#define CODED_DOUBLES 12

#ifndef LIBFFI_ASM
#include "loc.h"
#include "port.h"
#include "ret_codes.h"

_Static_assert((int) STRUCT_CLASSIFIED == FFI_MAX_CLASSIFIED, "assembly");
_Static_assert(offsetof (struct ffi_call_plan, steps) == PLAN_STEPS, "assembly");
_Static_assert(offsetof (struct ffi_call_plan, moves) == PLAN_MOVES, "assembly");

/* The code of plans: what loads arguments; the end of the ladder, whose last rungs load
   as many words; the call and storing the result, by RET code.  */
extern const char ffi_plan_steps[] __attribute__ ((visibility ("hidden")));
extern const char ffi_plan_ladder_end[] __attribute__ ((visibility ("hidden")));
extern const char ffi_plan_calls[] __attribute__ ((visibility ("hidden")));
#endif

#endif
