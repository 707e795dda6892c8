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
   in struct regs, in words.  */
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
/* struct regs without the stack.  */
#define REGS_BYTES (VFP_BYTES + GPRS * 4)

/* struct call.  */
#define CALL_FLAGS 0
#define CALL_FN 4
#define CALL_CHAIN 8
#define CALL_RVALUE 12

/* The frame of a closure's entry from the result on: r4 and lr are between it and
   struct regs.  */
#define RESULT_BYTES 32
#define FRAME_REGS 40

/* --- Public structures ------------------------------------------------------ */

#define CIF_BYTES 16 /* and the flags behind it */
#define CIF_CLASSES 24
#define CIF_MAP 32
#define CLOSURE_CIF 12 /* and function, and user_data behind it */
#define GO_CIF 4       /* and the function behind it */

#ifndef LIBFFI_ASM
#include "ffi_common.h"

_Static_assert(offsetof (ffi_cif, bytes) == CIF_BYTES, "assembly");
_Static_assert(offsetof (ffi_cif, flags) == CIF_BYTES + 4, "assembly");
_Static_assert(offsetof (ffi_cif, vfp_used) == CIF_CLASSES, "assembly");
_Static_assert(offsetof (ffi_cif, vfp_args) == CIF_MAP, "assembly");
_Static_assert(offsetof (ffi_closure, cif) == CLOSURE_CIF, "assembly");
_Static_assert(offsetof (ffi_closure, fun) == CLOSURE_CIF + 4, "assembly");
_Static_assert(offsetof (ffi_closure, user_data) == CLOSURE_CIF + 8, "assembly");
_Static_assert(offsetof (ffi_go_closure, cif) == GO_CIF, "assembly");
_Static_assert(offsetof (ffi_go_closure, fun) == GO_CIF + 4, "assembly");

/* The registers of one call, and behind them its stack arguments: the words that do
   not fit into registers lie where a fifth register would.  */
struct regs
{
  uint32_t vfp[VFPS];
  char words[];
};

struct call
{
  unsigned flags; /* this and what follows is loaded at once */
  void (*fn) (void);
  void *chain;  /* for the static chain register */
  void *rvalue; /* has room for whole registers */
};
_Static_assert(offsetof (struct call, flags) == CALL_FLAGS, "assembly");
_Static_assert(offsetof (struct call, fn) == CALL_FN, "assembly");
_Static_assert(offsetof (struct call, chain) == CALL_CHAIN, "assembly");
_Static_assert(offsetof (struct call, rvalue) == CALL_RVALUE, "assembly");

/* What a closure's entry saves.  */
struct frame
{
  _Alignas(8) char result[RESULT_BYTES];
  uint32_t saved[2];
  struct regs regs;
};
_Static_assert(offsetof (struct frame, regs) == FRAME_REGS, "assembly");

/* How a value travels.  */
enum kind
{
  IN_NOTHING, /* an empty struct */
  IN_WORDS,   /* integer registers, or stack */
  IN_VFP,     /* VFP registers */
  IN_MEMORY   /* where the caller says: results only */
};

struct place
{
  enum kind kind;
  unsigned count; /* of words or of members */
  unsigned size;  /* of each member: 4 or 8 */
};

/* The place of a result of TYPE, which has been checked; VFP: by that variant.  */
struct place ffi_result_place (const ffi_type *type, bool vfp);

/* Walks over arguments in order, giving each its place.  */
struct walk
{
  unsigned gprs;     /* used so far */
  unsigned vfp_free; /* a bit for each single register; 0 in the base variant */
  size_t stack;      /* bytes used so far */
  bool vfp;
};

void ffi_walk_start (struct walk *w, unsigned flags);

/* The place of the next argument: *AT gets the first single register if IN_VFP, else
   the offset in regs.words.  */
struct place ffi_next_place (struct walk *w, const ffi_type *type, size_t *at);

/* Store the arguments of a call: called by the assembly.  */
void ffi_marshal (const ffi_cif *cif, void **avalue, struct regs *regs,
                  const struct call *call);

/* Make the call: marshal, call and store the result.  BYTES of stack arguments.  */
void ffi_invoke (const ffi_cif *cif, void **avalue, const struct call *call,
                 size_t bytes);

/* ffi_call for every cif that is not FLAG_FAST.  */
void ffi_call_general (ffi_cif *cif, void (*fn) (void), void *rvalue, void **avalue);

/* Entry code by family and RET code: offsets from the table itself, 0 where there
   is none.  */
extern const int32_t ffi_fast_table[][FAST_RESULTS]
    __attribute__ ((visibility ("hidden")));

/* Collect the arguments of a closure call and call its handler.  Called by the entry
   code.  Returns a RET code: where to load the result from the frame.  */
unsigned ffi_closure_inner (ffi_cif *cif, ffi_handler fun, void *user_data,
                            struct frame *frame);
#endif

#endif
