/* SPDX-License-Identifier: MIT */
/* What the C and the assembly of the 32-bit Arm port agree on.  */

#ifndef FFI_INTERNAL_H
#define FFI_INTERNAL_H

/* --- cif->flags ------------------------------------------------------------- */

/* Bits 0 to 3: how the result travels, and how a scalar is widened.  Results in VFP
   registers: the code for one plus the number of further ones.  */
#define RET_MASK 15
#define RET_VOID 0
#define RET_U8 1
#define RET_S8 2
#define RET_U16 3
#define RET_S16 4
#define RET_I32 5
#define RET_I64 6
#define RET_MEMORY 7
#define RET_FLOAT 8   /* 4 bytes in each of up to 4 registers */
#define RET_DOUBLE 12 /* 8 bytes */

/* The result is smaller than the register that carries it.  */
#define FLAG_PARTIAL (1 << 4)
/* By the VFP variant: not the base one, nor variadic.  */
#define FLAG_VFP (1 << 5)
/* An argument is in a VFP register.  */
#define FLAG_VFP_ARGUMENTS (1 << 6)

/* The arguments are at most FAST_ARGS, and cif->vfp_args tells of each where it starts
   in the frame, in words.  */
#define FLAG_MAPPED (1 << 7)
/* And ffi_call needs no more than that and the arguments' classes in cif->vfp_used, the
   first in the lowest four bits, 0 after the last.  */
#define FLAG_FAST (1 << 8)
#define FAST_ARGS 8

/* Argument classes.  */
#define CLASS_U8 1
#define CLASS_S8 2
#define CLASS_U16 3
#define CLASS_S16 4
#define CLASS_WORD 5
#define CLASS_2_WORDS 6
#define CLASS_4_WORDS 7

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
  F (1, 1)                                                                               \
  F (1, 2)                                                                               \
  F (1, 4)                                                                               \
  F (1, 8)
#define FAST_RESULTS 14

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

/* More of ffi_cif.  */
#define CIF_CLASSES 24
#define CIF_MAP 32

#ifndef LIBFFI_ASM
#include "loc.h"
#include "port.h"

_Static_assert(offsetof (ffi_cif, vfp_used) == CIF_CLASSES, "assembly");
_Static_assert(offsetof (ffi_cif, vfp_args) == CIF_MAP, "assembly");

/* Make CALL: have its arguments stored by ffi_marshal, load the registers, call, and
   store the result.  */
void ffi_invoke (const struct ffi_call *call);

/* Entry code by family and RET code: offsets from the table itself, 0 where there
   is none.  */
extern const int32_t ffi_fast_table[][FAST_RESULTS]
    __attribute__ ((visibility ("hidden")));
#endif

#endif
