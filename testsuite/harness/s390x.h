/* SPDX-License-Identifier: MIT */
/* The s390x machine, for C and assembly: what machine.h asks of a CPU.  Without vector
   registers.  */

#ifndef HARNESS_S390X_H
#define HARNESS_S390X_H

/* Offsets in struct machine_state.  */
#define STATE_GPR 0
#define STATE_FPR 128
#define STATE_FLAGS 256
#define STATE_FPC 264
#define STATE_SIZE 272

/* What a caller has for its callee at the start of its frame, below stack arguments.  */
#define SAVE_AREA 160

#define MACHINE_STACK_WORDS 256
/* Overwritten below a function's frame when it returns.  */
#define MACHINE_DEAD_WORDS 16

#ifndef MACHINE_ASM
#include <stdint.h>

#define MACHINE_STATE "harness/s390x_state.h"
#define MACHINE_PLACES "harness/s390x_places.h"
/* The stack pointer at a function's first instruction, which is so many bytes below stack
   arguments, and their alignment.  */
#define MACHINE_SP_NAME "r15"
#define MACHINE_LINKAGE SAVE_AREA
#define MACHINE_STACK_ALIGN 8

enum
{
  CHAIN = 0,     /* of GCC's */
  FN = 1,        /* scratch: what is called */
  FIRST_GPR = 2, /* of the arguments */
  RETURN = 14,
  SP = 15,
  GPRS = 16,
  ARGUMENT_GPRS = 5,
  FIRST_STACK_WORD = ARGUMENT_GPRS,
  RESULT_ADDRESS = FIRST_GPR,
  FPRS = 16,
  ARGUMENT_FPRS = 4, /* f0, f2, f4, f6 */
  CONDITION_CODE = 3 << 28,
  ROUNDING = 7
};

struct machine_state
{
  uint64_t gpr[GPRS];
  unsigned char fpr[FPRS][8];
  uint64_t flags;
  uint64_t fpc;
} __attribute__ ((aligned (8)));

_Static_assert(offsetof (struct machine_state, gpr) == STATE_GPR, "assembly");
_Static_assert(offsetof (struct machine_state, fpr) == STATE_FPR, "assembly");
_Static_assert(offsetof (struct machine_state, flags) == STATE_FLAGS, "assembly");
_Static_assert(offsetof (struct machine_state, fpc) == STATE_FPC, "assembly");
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
