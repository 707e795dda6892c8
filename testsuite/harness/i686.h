/* SPDX-License-Identifier: MIT */
/* The i386 machine, for C and assembly: what machine.h asks of a CPU.  */

#ifndef HARNESS_I686_H
#define HARNESS_I686_H

/* Offsets in struct machine_state.  */
#define STATE_GPR 0
#define STATE_VECTOR 32
#define STATE_FLAGS 160
#define STATE_MXCSR 164
#define STATE_X87_CONTROL 168
#define STATE_X87_TAGS 170
#define STATE_ST 176
#define STATE_SIZE 208

#define MACHINE_STACK_WORDS 256
/* Overwritten below a function's frame when it returns.  */
#define MACHINE_DEAD_WORDS 16

#ifndef MACHINE_ASM
#include <stdint.h>

#define MACHINE_STATE "harness/i686_state.h"
#define MACHINE_PLACES "harness/i686_places.h"
#define MACHINE_X87
/* The word with the address of a result in memory.  */
#define IMAGE_MORE unsigned hidden;
/* The stack pointer at a function's first instruction, which is so many bytes below stack
   arguments, and their alignment.  */
#define MACHINE_SP_NAME "esp"
#define MACHINE_LINKAGE 4
#define MACHINE_STACK_ALIGN 16

/* As instructions number them.  */
enum gpr
{
  EAX,
  ECX,
  EDX,
  EBX,
  ESP,
  EBP,
  ESI,
  EDI,
  GPRS
};

enum
{
  SP = ESP,
  VECTORS = 8
};

struct machine_state
{
  uint32_t gpr[GPRS];
  unsigned char vector[VECTORS][16];
  uint32_t flags;
  uint32_t mxcsr;
  uint16_t x87_control, x87_tags;
  uint32_t padding;
  unsigned char st[2][16]; /* st(0) and st(1), if there */
} __attribute__ ((aligned (16)));

_Static_assert(offsetof (struct machine_state, gpr) == STATE_GPR, "assembly");
_Static_assert(offsetof (struct machine_state, vector) == STATE_VECTOR, "assembly");
_Static_assert(offsetof (struct machine_state, flags) == STATE_FLAGS, "assembly");
_Static_assert(offsetof (struct machine_state, mxcsr) == STATE_MXCSR, "assembly");
_Static_assert(offsetof (struct machine_state, x87_control) == STATE_X87_CONTROL,
               "assembly");
_Static_assert(offsetof (struct machine_state, x87_tags) == STATE_X87_TAGS, "assembly");
_Static_assert(offsetof (struct machine_state, st) == STATE_ST, "assembly");
_Static_assert(sizeof (struct machine_state) == STATE_SIZE, "assembly");

/* Values that machine_call takes from the x87 stack, and that the callee puts there.  */
extern unsigned machine_x87_results, machine_x87_given;
/* Where the callee finds the address of a result in memory: in what it has seen.  */
extern const uint32_t *machine_hidden;
/* Bytes of its arguments that the callee removes.  */
extern size_t machine_popped;

/* A convention.  */
struct machine_abi
{
  const char *name;
  ffi_abi abi;
  void (*callee) (void);
  unsigned preserved;        /* general registers, one bit each */
  signed char registers[4];  /* for arguments, -1 after the last */
  signed char chain;         /* register of the static chain, or -1 */
  unsigned char borland;     /* the first argument is pushed first, and the result's
                                address last; structs larger than a word by address */
  unsigned char pops;        /* the callee removes its arguments */
  unsigned char pops_hidden; /* or the result's address */
  unsigned char small;       /* sizes of structs returned in registers, a bit each */
  signed char variadic;      /* whether a variadic function removes the result's
                                address; -1: there are none */
};
#endif

#endif
