/* SPDX-License-Identifier: MIT */
/* The riscv64 machine, for C and assembly: what machine.h asks of a CPU.  Without vector
   registers, in which nothing is passed.  */

#ifndef HARNESS_RISCV64_H
#define HARNESS_RISCV64_H

/* Offsets in struct machine_state.  */
#define STATE_GPR 0
#define STATE_FPR 256
#define STATE_FCSR 512
#define STATE_SIZE 520

#define MACHINE_STACK_WORDS 256
/* Overwritten below a function's frame when it returns.  */
#define MACHINE_DEAD_WORDS 16

#ifndef MACHINE_ASM
#include <stdint.h>

#define MACHINE_STATE "harness/riscv64_state.h"
#define MACHINE_PLACES "harness/riscv64_places.h"
/* The stack pointer at a function's first instruction, which is so many bytes below stack
   arguments, and their alignment.  */
#define MACHINE_SP_NAME "sp"
#define MACHINE_LINKAGE 0
#define MACHINE_STACK_ALIGN 16

enum
{
  SP = 2,
/* The static chain of GCC's; with landing pads, t2 has their label.  */
#ifdef __riscv_landing_pad
  CHAIN = 28,
#else
  CHAIN = 7,
#endif
  FIRST_GPR = 10, /* a0 */
  GPRS = 32,
  ARGUMENT_GPRS = 8,
  FIRST_STACK_WORD = ARGUMENT_GPRS,
  RESULT_ADDRESS = FIRST_GPR,
  FA0 = 10,
  FPRS = 32,
  ARGUMENT_FPRS = 8,
  ROUNDING = 7 << 5,
  TO_ZERO = 1 << 5,
  FLOATING_FLAGS = 31
};

struct machine_state
{
  uint64_t gpr[GPRS]; /* x0, which is constant, to x31 */
  unsigned char fpr[FPRS][8];
  uint64_t fcsr;
} __attribute__ ((aligned (8)));

_Static_assert(offsetof (struct machine_state, gpr) == STATE_GPR, "assembly");
_Static_assert(offsetof (struct machine_state, fpr) == STATE_FPR, "assembly");
_Static_assert(offsetof (struct machine_state, fcsr) == STATE_FCSR, "assembly");
_Static_assert(sizeof (struct machine_state) == STATE_SIZE, "assembly");

/* What a convention preserves.  */
struct machine_abi
{
  const char *name;
  ffi_abi abi;
  void (*callee) (void);
};
#endif

#endif
