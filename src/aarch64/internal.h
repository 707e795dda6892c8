/* SPDX-License-Identifier: MIT */
/* What the C and the assembly of the AArch64 port agree on.  */

#ifndef FFI_INTERNAL_H
#define FFI_INTERNAL_H

/* --- cif->flags ------------------------------------------------------------- */

/* Bits 0 to 4: how the result travels, and how a scalar is widened.  Results in
   vector registers: the code for one plus the number of further ones.  */
#define RET_MASK 31
#define RET_VOID 0
#define RET_U8 1
#define RET_S8 2
#define RET_U16 3
#define RET_S16 4
#define RET_U32 5
#define RET_S32 6
#define RET_I64 7
#define RET_GPR_GPR 8
#define RET_MEMORY 9
#define RET_FLOAT 10  /* 4 bytes in each of up to 4 registers */
#define RET_DOUBLE 14 /* 8 bytes */
#define RET_QUAD 18   /* 16 bytes */
#define RET_COUNT 22

/* The result is smaller than the registers that carry it.  */
#define FLAG_PARTIAL (1 << 5)
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
#define FLAG_COUNT_SHIFT 16
#define FAST_ARGS 8

/* Argument classes.  */
#define CLASS_U8 1
#define CLASS_S8 2
#define CLASS_U16 3
#define CLASS_S16 4
#define CLASS_U32 5
#define CLASS_S32 6
#define CLASS_I64 7
#define CLASS_F32 8
#define CLASS_F64 9
#define CLASS_GPR_GPR 10
#define CLASS_F64_F64 11

/* --- Tables of code --------------------------------------------------------- */

/* Pieces that store or load a result, by RET code, are of one size; a landing pad at the
   start leaves enough.  */
#define PIECE_SIZE 32

/* Where the steps are in struct ffi_call_plan.  */
#define PLAN_STEPS 32
/* The size of those that load an argument: by class from 1 on, and number of the first
   register; and of the rungs of a ladder, which load one word each.  Landing pads double
   both.  */
#if defined __ARM_FEATURE_BTI_DEFAULT && __ARM_FEATURE_BTI_DEFAULT
#define PLAN_STEP_SIZE 32
#define RUNG_SHIFT 4
#else
#define PLAN_STEP_SIZE 16
#define RUNG_SHIFT 3
#endif

/* --- Register areas --------------------------------------------------------- */

#define GPRS 8
#define FPRS 8
#define FPR_SIZE 16
/* The FPRs of one call, then its integer registers; its stack arguments follow.  */
#define REGS_BYTES (FPRS * FPR_SIZE + GPRS * 8)

#ifdef LIBFFI_ASM
/* Where the low BYTES bytes of a register of SIZE bytes are when that is in memory.  */
#ifdef __AARCH64EB__
#define LOW_PART(size, bytes) ((size) - (bytes))
#else
#define LOW_PART(size, bytes) 0
#endif
#endif

/* Families of specialised entry code: integer and vector registers saved, argument
   pointers made, and whether those go by the closure's map or to one register
   after the other.  */
#define FAST_FAMILIES                                                                    \
  F (0, 0, 0, 0)                                                                         \
  F (1, 0, 1, 0)                                                                         \
  F (2, 0, 2, 0)                                                                         \
  F (3, 0, 3, 0)                                                                         \
  F (4, 0, 4, 0)                                                                         \
  F (6, 0, 6, 0)                                                                         \
  F (8, 0, 8, 0)                                                                         \
  F (0, 1, 1, 0)                                                                         \
  F (0, 2, 2, 0)                                                                         \
  F (0, 4, 4, 0)                                                                         \
  F (0, 8, 8, 0)                                                                         \
  F (2, 0, 1, 1)                                                                         \
  F (0, 2, 1, 1)                                                                         \
  F (4, 4, 4, 1)                                                                         \
  F (8, 8, 8, 1)
#define FAST_RESULTS 16

/* Frame of such an entry, in bytes: the record of x29 and x30, two words for the
   result, pointers, registers; its size is a multiple of 16.  */
#define FAST_RESULT 16
#define FAST_POINTERS 32

#ifndef LIBFFI_ASM
#include "loc.h"
#include "port.h"

_Static_assert(offsetof (struct ffi_call_plan, steps) == PLAN_STEPS, "assembly");

/* Make CALL: have its arguments stored by ffi_marshal, load the registers, call, and
   store the result.  */
void ffi_invoke (const struct ffi_call *call);

/* The code of plans: what loads arguments; the end of the ladder, whose last rungs load
   as many words; the call and storing the result, by RET code.  */
extern const char ffi_plan_steps[] __attribute__ ((visibility ("hidden")));
extern const char ffi_plan_ladder_end[] __attribute__ ((visibility ("hidden")));
extern const char ffi_plan_calls[] __attribute__ ((visibility ("hidden")));

/* Entry code by family and RET code: offsets from the table itself, 0 where there
   is none.  */
extern const int32_t ffi_fast_table[][FAST_RESULTS]
    __attribute__ ((visibility ("hidden")));
#endif

#endif
