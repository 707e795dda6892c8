/* SPDX-License-Identifier: MIT */
/* The 32-bit Arm machine, for C and assembly: what machine.h asks of a CPU.  */

#ifndef HARNESS_ARM_H
#define HARNESS_ARM_H

/* Offsets in struct machine_state.  */
#define STATE_GPR 0
#define STATE_VECTOR 64
#define STATE_FLAGS 192
#define STATE_FPSCR 196
#define STATE_SIZE 200

#define MACHINE_STACK_WORDS 256
/* Overwritten below a function's frame when it returns.  */
#define MACHINE_DEAD_WORDS 16

#ifndef MACHINE_ASM
#include <stdint.h>

#define MACHINE_STATE "harness/arm_state.h"
#define MACHINE_PLACES "harness/aapcs_places.h"
/* The stack pointer at a function's first instruction, which is so many bytes below stack
   arguments, and their alignment.  */
#define MACHINE_SP_NAME "sp"
#define MACHINE_LINKAGE 0
#define MACHINE_STACK_ALIGN 8

enum
{
  FIRST_GPR = 0,
  RESULT_ADDRESS = 0,
  CHAIN = 12, /* of GCC's: ip */
  SP = 13,
  GPRS = 15,
  ARGUMENT_GPRS = 4,
  FIRST_STACK_WORD = ARGUMENT_GPRS,
  VECTORS = 32, /* single registers; two of them are a double one */
  ARGUMENT_VECTORS = 16,
  VECTOR_SIZE = 4,
  ARITHMETIC_FLAGS = 0xf << 28,
  ROUNDING = 3 << 22
};

struct machine_state
{
  uint32_t gpr[GPRS], unused; /* r0 to r12, sp, lr */
  unsigned char vector[VECTORS][VECTOR_SIZE];
  uint32_t flags;
  uint32_t fpscr;
} __attribute__ ((aligned (8)));

_Static_assert(offsetof (struct machine_state, gpr) == STATE_GPR, "assembly");
_Static_assert(offsetof (struct machine_state, vector) == STATE_VECTOR, "assembly");
_Static_assert(offsetof (struct machine_state, flags) == STATE_FLAGS, "assembly");
_Static_assert(offsetof (struct machine_state, fpscr) == STATE_FPSCR, "assembly");
_Static_assert(sizeof (struct machine_state) == STATE_SIZE, "assembly");

/* Whether there are VFP registers.  */
extern unsigned machine_has_vfp;

struct machine_abi
{
  const char *name;
  ffi_abi abi;
  void (*callee) (void);
};
#endif

#endif
