/* SPDX-License-Identifier: MIT */
/* The x86-64 machine, for C and assembly: what machine.h asks of a CPU.  */

#ifndef HARNESS_X86_64_H
#define HARNESS_X86_64_H

/* Offsets in struct machine_state.  */
#define STATE_GPR 0
#define STATE_VECTOR 128
#define STATE_MASK 2176
#define STATE_FLAGS 2240
#define STATE_MXCSR 2248
#define STATE_X87_CONTROL 2252
#define STATE_X87_TAGS 2254
#define STATE_ST 2256
#define STATE_SIZE 2304

#define MACHINE_STACK_WORDS 256
#define MACHINE_RED_ZONE_WORDS 16

#ifndef MACHINE_ASM
#include <stdint.h>

#define MACHINE_STATE "harness/x86_64_state.h"
#define MACHINE_PLACES "harness/x86_64_places.h"
#define MACHINE_X87
/* The alignment of stack arguments, and how many vector registers have arguments.  */
#define IMAGE_MORE                                                                       \
  size_t align;                                                                          \
  unsigned chars;
/* The stack pointer at a function's first instruction, which is so many bytes below stack
   arguments, and their alignment.  */
#define MACHINE_SP_NAME "rsp"
#define MACHINE_LINKAGE 8
#define MACHINE_STACK_ALIGN 16

enum gpr
{
  RAX,
  RCX,
  RDX,
  RBX,
  RSP,
  RBP,
  RSI,
  RDI,
  R8,
  R9,
  R10,
  R11,
  R12,
  R13,
  R14,
  R15,
  GPRS
};

enum
{
  SP = RSP,
  CHAIN = R10,
  VECTORS = 32
};

struct machine_state
{
  uint64_t gpr[GPRS];
  unsigned char vector[VECTORS][64];
  uint64_t mask[8]; /* k0 to k7, 16 bits each */
  uint64_t flags;
  uint32_t mxcsr;
  uint16_t x87_control, x87_tags;
  unsigned char st[2][16]; /* st(0) and st(1), if there */
} __attribute__ ((aligned (64)));

_Static_assert(offsetof (struct machine_state, gpr) == STATE_GPR, "assembly");
_Static_assert(offsetof (struct machine_state, vector) == STATE_VECTOR, "assembly");
_Static_assert(offsetof (struct machine_state, mask) == STATE_MASK, "assembly");
_Static_assert(offsetof (struct machine_state, flags) == STATE_FLAGS, "assembly");
_Static_assert(offsetof (struct machine_state, mxcsr) == STATE_MXCSR, "assembly");
_Static_assert(offsetof (struct machine_state, x87_control) == STATE_X87_CONTROL,
               "assembly");
_Static_assert(offsetof (struct machine_state, x87_tags) == STATE_X87_TAGS, "assembly");
_Static_assert(offsetof (struct machine_state, st) == STATE_ST, "assembly");
_Static_assert(sizeof (struct machine_state) == STATE_SIZE, "assembly");

/* Bytes of the widest vector registers there are: 16, 32 or 64.  */
extern unsigned machine_vector_bytes;
/* Values that machine_call takes from the x87 stack, and that the callee puts there.  */
extern unsigned machine_x87_results, machine_x87_given;

/* What a convention leaves undefined and what it preserves.  */
struct machine_abi
{
  const char *name;
  ffi_abi abi;
  void (*callee) (void);
  unsigned preserved;         /* general registers, one bit each */
  unsigned preserved_vectors; /* their low 16 bytes */
};
#endif

#endif
