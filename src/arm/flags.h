/* SPDX-License-Identifier: MIT */
/* What the C and the assembly of the 32-bit Arm port agree on.  */

#ifndef FFI_FLAGS_H
#define FFI_FLAGS_H

#include "target.h"

/* --- cif->flags ------------------------------------------------------------- */

/*  9      8     7       6              5    4        3 - 0
   +------+-----+-------+--------------+----+--------+-----+
   |TYPES |FAST |MAPPED | VFP_ARGUMENTS|VFP |PARTIAL | RET |
   +------+-----+-------+--------------+----+--------+-----+
   The lowest bits are a RET code, the others are named FLAG_ ...  */

/* Bits 0 to 3: how the result travels, and how a scalar is widened.  Results in up to
   four VFP registers, of 4 or 8 bytes in each, have adjacent codes.  R (code, whether
   specialised closure entries return it).  */
#define RET_MASK 15
#define RET_CODES                                                                        \
  R (VOID, 1)                                                                            \
  R (U8, 1)                                                                              \
  R (S8, 1)                                                                              \
  R (U16, 1)                                                                             \
  R (S16, 1)                                                                             \
  R (I32, 1)                                                                             \
  R (I64, 1)                                                                             \
  R (MEMORY, 1)                                                                          \
  R (FLOAT, 1)                                                                           \
  R (FLOAT_2, 1)                                                                         \
  R (FLOAT_3, 0)                                                                         \
  R (FLOAT_4, 0)                                                                         \
  R (DOUBLE, 1)                                                                          \
  R (DOUBLE_2, 1)                                                                        \
  R (DOUBLE_3, 0)                                                                        \
  R (DOUBLE_4, 0)

/* The result is smaller than the register that carries it.  */
#define FLAG_PARTIAL (1 << 4)
#define RET_FLOAT16 (RET_FLOAT | FLAG_PARTIAL)
/* By the VFP variant: not the base one, nor variadic.  */
#define FLAG_VFP (1 << 5)
/* An argument is in a VFP register.  */
#define FLAG_VFP_ARGUMENTS (1 << 6)

/* The arguments are at most MAPPED_ARGS, and cif->vfp_args tells of each where it starts
   in the frame, in words.  */
#define FLAG_MAPPED (1 << 7)
#define MAPPED_ARGS 16
/* They are at most FAST_ARGS, and ffi_call needs no more than that and the arguments'
   classes in cif->vfp_used, the first in the lowest four bits, CLASS_END or CLASS_END_VFP
   after the last, if they are fewer.  */
#define FLAG_FAST (1 << 8)
#define FAST_ARGS 8
/* Calls and closures need no more than the flags, the size of stack arguments and the
   types; and what cif->vfp_reg_free and vfp_nargs, as one word of KNOWN_BITS and one
   more, tell of structs, see ffi_struct_class.  */
#define FLAG_TYPES (1 << 9)
#define KNOWN_BITS 31

/* Larger structs are not passed in VFP registers, whatever they consist of.  */
#define STRUCT_CLASSIFIED FFI_LARGEST_CLASSIFIED

/* Argument classes.  */
#define CLASS_U8 1
#define CLASS_S8 2
#define CLASS_U16 3
#define CLASS_S16 4
#define CLASS_WORD 5
#define CLASS_2_WORDS 6
#define CLASS_4_WORDS 7
#define CLASS_END 8
#define CLASS_END_VFP 9 /* and some are in VFP registers */

/* Families of specialised entry code: whether VFP registers are saved, argument
   pointers made.  */
#define FAST_FAMILIES                                                                    \
  F (0, 0)                                                                               \
  F (0, 1)                                                                               \
  F (0, 2)                                                                               \
  F (0, 3)                                                                               \
  F (0, 4)                                                                               \
  F (0, 6)                                                                               \
  F (0, 8)                                                                               \
  F (0, 12)                                                                              \
  F (0, 16)                                                                              \
  F (1, 1)                                                                               \
  F (1, 2)                                                                               \
  F (1, 4)                                                                               \
  F (1, 8)                                                                               \
  F (1, 12)                                                                              \
  F (1, 16)

/* --- Register areas --------------------------------------------------------- */

#define GPRS 4
#define VFPS 16 /* single ones */
#define VFP_BYTES 64
/* The VFP registers of one call, then its integer registers; its stack arguments
   follow.  */
#define REGS_BYTES (VFP_BYTES + GPRS * 4)

/* The frame of a closure's general entry from the result on: r4 and lr are between it and
   the registers.  */
#define RESULT_BYTES 32
#define FRAME_REGS 40

/* Of struct ffi_call_plan, the address of its steps, or null; see invoke_plan.S.  */
#define PLAN_STEPS 48
#define PLAN_STEP_SIZE 16
#define PLAN_RUNGS 8
#define PLAN_TWO_SCALARS 8 /* as if it were a class */

/* More of ffi_cif.  */
#define CIF_CLASSES 24
#define CIF_KNOWN 28
#define CIF_MAP 32

#ifndef LIBFFI_ASM
#include "loc.h"
#include "port.h"
#include "ret_codes.h"

_Static_assert(offsetof (ffi_cif, vfp_used) == CIF_CLASSES, "assembly");
_Static_assert(offsetof (ffi_cif, vfp_reg_free) == CIF_KNOWN, "assembly");
_Static_assert(offsetof (ffi_cif, vfp_args) == CIF_MAP, "assembly");
_Static_assert(sizeof ((ffi_cif *) 0)->vfp_args == MAPPED_ARGS, "the map");
_Static_assert(offsetof (struct ffi_call_plan, steps) == PLAN_STEPS, "assembly");

/* Entry code by family and RET code: offsets from the table itself, 0 where there
   is none.  */
extern const int32_t ffi_fast_table[][RET_COUNT] __attribute__ ((visibility ("hidden")));
#endif

#endif
