/* SPDX-License-Identifier: MIT */
/* What the C and the assembly of the s390x port agree on.  */

#ifndef FFI_FLAGS_H
#define FFI_FLAGS_H

/* --- cif->flags ------------------------------------------------------------- */

/*  31 - 16     8      7     6     5         4        3 - 0
   +----------+------+-----+-----+---------+--------+-----+
   | NAMED or |TYPES |FAST |FPRS |VARIADIC |PARTIAL | RET |
   | STRUCTS  |      |     |     |         |        |     |
   +----------+------+-----+-----+---------+--------+-----+
   The lowest bits are a RET code, the others are named FLAG_ ...  */

/* Bits 0 to 3: how the result travels, and how a scalar is widened.  */
#define RET_MASK 15
#define RET_VOID 0
#define RET_U8 1
#define RET_S8 2
#define RET_U16 3
#define RET_S16 4
#define RET_U32 5
#define RET_S32 6
#define RET_I64 7
#define RET_MEMORY 8
#define RET_FLOAT 9
#define RET_DOUBLE 10
#define RET_VECTOR 11
#define RET_COUNT (11 + VECTOR_ABI)

/* The result is smaller than the register that carries it.  */
#define FLAG_PARTIAL (1 << 4)
/* Bits 16 and up count the arguments that are named.  */
#define FLAG_VARIADIC (1 << 5)
#define FLAG_NAMED_SHIFT 16
/* An argument is in an FPR.  */
#define FLAG_FPRS (1 << 6)
/* ffi_call needs no more than flags and bytes.  Then bytes is not the size of the stack
   arguments, which are FAST_STACK bytes at most, but the arguments' classes, the first in
   the highest four bits, CLASS_END after the last; the highest four bits of flags are
   that, too.  */
#define FLAG_FAST (1 << 7)
#define FAST_ARGS 8
#define FAST_STACK (8 * FAST_ARGS)

/* ffi_invoke_types can load the arguments, and ffi_collect_types find them.  Unless
   there is FLAG_VARIADIC, a bit for each of the first 16 structs of 4 or 8 bytes, from
   bit 16 up the first one, says whether they are passed in FPRs.  */
#define FLAG_TYPES (1 << 8)
#define FLAG_STRUCTS_SHIFT 16
/* In what ffi_classify returns.  */
#define CLASS_BY_ADDRESS (1 << 24)
#define CLASS_IN_FPR 2

/* Argument classes: how a value is loaded.  One of an integer is in the next integer
   register, or word of the stack.  CLASS_SRET is no argument: the result's address is. */
#define CLASS_END 0
#define CLASS_U8 1
#define CLASS_S8 2
#define CLASS_U16 3
#define CLASS_S16 4
#define CLASS_U32 5
#define CLASS_S32 6
#define CLASS_I64 7
#define CLASS_SRET 8
#define CLASS_F32 9
#define CLASS_F64 10

/* --- Frames -----------------------------------------------------------------

   A frame begins, at r15, with SAVE_AREA bytes that the function it calls may use:
        0	back chain: the r15 of the frame before, for those who walk frames
        16	r2 to r15, each at 8 times its number
        128	f0, f2, f4, f6
        160	stack arguments
   The CFA is r15 + 160 at a function's first instruction.  */
#define SAVE_AREA 160
#define SAVED_GPR(n) (8 * (n))
#define SAVED_FPRS 128

/* --- Register areas --------------------------------------------------------- */

/* Whether vectors travel in vector registers.  The compiler's flags say it, for the
   library as for programs.  */
#ifdef __VX__
#define VECTOR_ABI 1
#else
#define VECTOR_ABI 0
#endif

#define GPRS 5 /* r2 to r6 */
#define FPRS 4 /* f0, f2, f4, f6 */
#define VRS 8  /* v24, v26, v28, v30, v25, v27, v29, v31 */

/* The FPRs of one call, 8 bytes each, and behind them its vector registers, two each.  */
#define FPRS_BYTES (8 * FPRS + 16 * VRS * VECTOR_ABI)
/* In a call its integer registers follow.  */
#define REGS_BYTES (FPRS_BYTES + 8 * GPRS)

/* Families of specialised entry code: whether FPRs are saved; how many argument pointers
   are made, by the closure's map; and whether that may say where the address of a value
   is.  */
#define FAST_FAMILIES                                                                    \
  F (0, 0, 0)                                                                            \
  F (0, 1, 0)                                                                            \
  F (0, 2, 0)                                                                            \
  F (0, 3, 0)                                                                            \
  F (0, 4, 0)                                                                            \
  F (0, 6, 0)                                                                            \
  F (0, 8, 0)                                                                            \
  F (1, 1, 0)                                                                            \
  F (1, 2, 0)                                                                            \
  F (1, 3, 0)                                                                            \
  F (1, 4, 0)                                                                            \
  F (1, 6, 0)                                                                            \
  F (1, 8, 0)                                                                            \
  F (1, 2, 1)                                                                            \
  F (1, 4, 1)                                                                            \
  F (1, 8, 1)                                                                            \
  F (1, 16, 1)
/* In the map: this is added to where an address is.  No value starts there in its word.
 */
#define MAP_ADDRESS 1
#define FAST_RESULTS (RET_DOUBLE + 1)

#ifndef LIBFFI_ASM
#include "loc.h"
#include "port.h"

_Static_assert(LOC_BY_ADDRESS == (LOC_CLASS (LOC_GPR, 1, 0) | CLASS_BY_ADDRESS)
                   && (LOC_GPR & CLASS_IN_FPR) == 0 && LOC_FPR == CLASS_IN_FPR,
               "assembly");

/* Entry code by family and RET code: offsets from the table itself.  */
extern const int32_t ffi_fast_table[][FAST_RESULTS]
    __attribute__ ((visibility ("hidden")));
#endif

#endif
