/* SPDX-License-Identifier: MIT */
/* The little-endian 64-bit PowerPC machine, for C and assembly: what machine.h asks of a
   CPU.  */

#ifndef HARNESS_POWERPC64_H
#define HARNESS_POWERPC64_H

/* Offsets in struct machine_state.  */
#define STATE_GPR 0
#define STATE_FPR 256
#define STATE_VR 512
#define STATE_LR 1024
#define STATE_CTR 1032
#define STATE_CR 1040
#define STATE_XER 1048
#define STATE_FPSCR 1056
#define STATE_VRSAVE 1064
#define STATE_BACK_CHAIN 1072
#define STATE_TOC_SAVE 1080
#define STATE_ENTRY 1088
#define STATE_SIZE 1104

/* The start of every frame, below stack arguments.  */
#define LINKAGE 32
#define BACK_CHAIN 0
#define CR_SAVE 8
#define LR_SAVE 16
#define TOC_SAVE 24

#define MACHINE_STACK_WORDS 256
/* Overwritten below a function's frame when it returns: more than the red zone.  */
#define MACHINE_DEAD_WORDS 40

#ifndef MACHINE_ASM
#include <stdint.h>

#define MACHINE_STATE "harness/powerpc64_state.h"
#define MACHINE_PLACES "harness/powerpc64_places.h"
/* The stack pointer at a function's first instruction, which is so many bytes below stack
   arguments, and their alignment.  */
#define MACHINE_SP_NAME "r1"
#define MACHINE_LINKAGE LINKAGE
#define MACHINE_STACK_ALIGN 16

enum
{
  SP = 1,
  FIRST_GPR = 3, /* of the arguments */
  CHAIN = 11,    /* of GCC's */
  ENTRY = 12,    /* a function's own address */
  THREAD = 13,
  FIRST_PRESERVED = 14, /* GPR and FPR */
  GPRS = 32,
  ARGUMENT_GPRS = 8,
  FIRST_STACK_WORD = 0, /* those of registers have a place there, too */
  RESULT_ADDRESS = FIRST_GPR,
  FPRS = 32,
  FIRST_FPR = 1,
  ARGUMENT_FPRS = 13,
  VRS = 32,
  FIRST_VR = 2,
  ARGUMENT_VRS = 12,
  FIRST_PRESERVED_VR = 20,
  ROUNDING = 3
};

struct machine_state
{
  uint64_t gpr[GPRS]; /* r0 is not noted, nothing travels there */
  unsigned char fpr[FPRS][8];
  unsigned char vr[VRS][16];
  uint64_t lr, ctr, cr, xer, fpscr, vrsave;
  uint64_t back_chain, toc_save; /* of the frame at r1 */
  uint64_t entry;                /* the address of the function that noted this */
} __attribute__ ((aligned (16)));

_Static_assert(offsetof (struct machine_state, gpr) == STATE_GPR, "assembly");
_Static_assert(offsetof (struct machine_state, fpr) == STATE_FPR, "assembly");
_Static_assert(offsetof (struct machine_state, vr) == STATE_VR, "assembly");
_Static_assert(offsetof (struct machine_state, lr) == STATE_LR, "assembly");
_Static_assert(offsetof (struct machine_state, ctr) == STATE_CTR, "assembly");
_Static_assert(offsetof (struct machine_state, cr) == STATE_CR, "assembly");
_Static_assert(offsetof (struct machine_state, xer) == STATE_XER, "assembly");
_Static_assert(offsetof (struct machine_state, fpscr) == STATE_FPSCR, "assembly");
_Static_assert(offsetof (struct machine_state, vrsave) == STATE_VRSAVE, "assembly");
_Static_assert(offsetof (struct machine_state, back_chain) == STATE_BACK_CHAIN,
               "assembly");
_Static_assert(offsetof (struct machine_state, toc_save) == STATE_TOC_SAVE, "assembly");
_Static_assert(offsetof (struct machine_state, entry) == STATE_ENTRY, "assembly");
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
