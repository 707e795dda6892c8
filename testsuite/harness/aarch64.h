/* SPDX-License-Identifier: MIT */
/* The AArch64 machine, for C and assembly: what machine.h asks of a CPU.  */

#ifndef HARNESS_AARCH64_H
#define HARNESS_AARCH64_H

/* Offsets in struct machine_state.  */
#define STATE_GPR 0
#define STATE_VECTOR 256
#define STATE_FLAGS 768
#define STATE_FPCR 776
#define STATE_SIZE 784

#define MACHINE_STACK_WORDS 256
/* Overwritten below a function's frame when it returns.  */
#define MACHINE_DEAD_WORDS 16

#ifndef MACHINE_ASM
#include <stdint.h>

#define MACHINE_STATE "harness/aarch64_state.h"
#define MACHINE_PLACES "harness/aapcs_places.h"
/* The stack pointer at a function's first instruction, which is so many bytes below stack
   arguments, and their alignment.  */
#define MACHINE_SP_NAME "sp"
#define MACHINE_LINKAGE 0
#define MACHINE_STACK_ALIGN 16

enum
{
  FIRST_GPR = 0,
  RESULT_ADDRESS = 8,
  CHAIN = 18, /* of GCC's */
  SP = 31,
  GPRS = 32,
  ARGUMENT_GPRS = 8,
  FIRST_STACK_WORD = ARGUMENT_GPRS,
  VECTORS = 32,
  ARGUMENT_VECTORS = 8,
  VECTOR_SIZE = 16,
  ARITHMETIC_FLAGS = 0xf << 28,
  ROUNDING = 3 << 22
};

struct machine_state
{
  uint64_t gpr[GPRS]; /* x0 to x30, sp */
  unsigned char vector[VECTORS][VECTOR_SIZE];
  uint64_t flags;
  uint64_t fpcr;
} __attribute__ ((aligned (16)));

_Static_assert(offsetof (struct machine_state, gpr) == STATE_GPR, "assembly");
_Static_assert(offsetof (struct machine_state, vector) == STATE_VECTOR, "assembly");
_Static_assert(offsetof (struct machine_state, flags) == STATE_FLAGS, "assembly");
_Static_assert(offsetof (struct machine_state, fpcr) == STATE_FPCR, "assembly");
_Static_assert(sizeof (struct machine_state) == STATE_SIZE, "assembly");

/* What a convention preserves.  */
struct machine_abi
{
  const char *name;
  ffi_abi abi;
  void (*callee) (void);
  int variadic_in_gprs; /* all arguments of a variadic function go there */
};
#endif

#endif
