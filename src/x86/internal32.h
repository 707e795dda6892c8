/* SPDX-License-Identifier: MIT */
/* What the C and the assembly of the i386 port agree on.  */

#ifndef FFI_INTERNAL32_H
#define FFI_INTERNAL32_H

/* --- cif->flags ------------------------------------------------------------- */

/* Bits 0 to 3: how the result travels.  Integers narrower than 32 bits are widened;
   BYTE and HALF are structs, which are not.  */
#define RET32_MASK 15
#define RET32_VOID 0
#define RET32_U8 1
#define RET32_S8 2
#define RET32_U16 3
#define RET32_S16 4
#define RET32_I32 5
#define RET32_I64 6
#define RET32_FLOAT 7
#define RET32_DOUBLE 8
#define RET32_LONGDOUBLE 9
#define RET32_BYTE 10
#define RET32_HALF 11
#define RET32_MEMORY 12
#define RET32_COUNT 13

/* Bits 4 to 7: the convention, an index into ffi_conventions32.  Not always cif->abi:
   variadic functions take none of their arguments in registers.  */
#define FLAG32_CONVENTION_SHIFT 4
#define FLAG32_CONVENTION_MASK (15 << FLAG32_CONVENTION_SHIFT)

/* Bits 8 to 12: log2 of the stack arguments' alignment.  */
#define FLAG32_ALIGN_SHIFT 8

/* cif->bytes is the size of the arguments on the stack, a hidden pointer to the
   result among them.  */

/* --- Registers that carry arguments ----------------------------------------- */

/* In the order in which a trampoline saves them.  */
#define EAX 0
#define EDX 1
#define ECX 2
#define REGS 3

/* --- Public structures ------------------------------------------------------ */

#define CIF_FLAGS 20
#define CIF_BYTES 16
#define CLOSURE_MAP 8
#define CLOSURE_CIF 16
#define CLOSURE_FUN 20
#define CLOSURE_DATA 24
#define GO_CIF 4
#define GO_FUN 8

#ifndef LIBFFI_ASM
#include "ffi_common.h"

_Static_assert(offsetof (ffi_cif, flags) == CIF_FLAGS, "assembly");
_Static_assert(offsetof (ffi_cif, bytes) == CIF_BYTES, "assembly");
_Static_assert(offsetof (ffi_closure, cif) == CLOSURE_CIF, "assembly");
_Static_assert(offsetof (ffi_closure, fun) == CLOSURE_FUN, "assembly");
_Static_assert(offsetof (ffi_closure, user_data) == CLOSURE_DATA, "assembly");
_Static_assert(offsetof (ffi_raw_closure, cif) == CLOSURE_CIF, "assembly");
_Static_assert(offsetof (ffi_raw_closure, fun) == CLOSURE_FUN, "assembly");
_Static_assert(offsetof (ffi_raw_closure, user_data) == CLOSURE_DATA, "assembly");
_Static_assert(offsetof (ffi_go_closure, cif) == GO_CIF, "assembly");
_Static_assert(offsetof (ffi_go_closure, fun) == GO_FUN, "assembly");

/* A calling convention.  */
struct convention32
{
  unsigned char count; /* of registers for arguments */
  unsigned char regs[REGS];
  signed char chain;   /* register of the static chain; -1: none */
  bool descending;     /* the first stack argument has the highest address, and a
                          hidden pointer to the result is the last argument */
  bool by_address;     /* aggregates larger than a word are passed by address */
  bool pops;           /* the callee removes all stack arguments */
  bool pops_hidden;    /* the callee removes a hidden pointer */
  unsigned char small; /* sizes, a power of two each, of structs that are
                          returned in registers */
};

extern const struct convention32 ffi_conventions32[FFI_LAST_ABI]
    __attribute__ ((visibility ("hidden")));

/* The convention of a cif that has been prepared.  */
static inline const struct convention32 *
ffi_convention32 (const ffi_cif *cif)
{
  return &ffi_conventions32[(cif->flags & FLAG32_CONVENTION_MASK)
                            >> FLAG32_CONVENTION_SHIFT];
}

/* Walks over the arguments of a function in the order of their declaration, giving
   each its place.  A hidden pointer to the result is an argument too.  */
struct walk32
{
  const struct convention32 *convention;
  unsigned regs; /* used up so far */
  size_t stack;  /* bytes used so far */
  size_t align;  /* of the stack arguments */
};

struct place32
{
  bool by_address; /* the argument's address is there instead of it */
  int reg;         /* EAX, EDX or ECX; -1: on the stack */
  size_t offset;   /* there, from the first argument's end */
  size_t size;     /* there, whole words */
};

struct place32 ffi_next_place32 (struct walk32 *w, const ffi_type *type);

/* The place of the hidden pointer, when it is its turn.  */
struct place32 ffi_hidden_place32 (struct walk32 *w);

/* Where a place on the stack is, from the lowest address of BYTES of arguments.  */
static inline size_t
ffi_stack_offset32 (const struct convention32 *convention, const struct place32 *place,
                    size_t bytes)
{
  return convention->descending ? bytes - place->offset - place->size : place->offset;
}

/* Store the arguments of a call, and CHAIN: called by the assembly.  REGISTERS are eax,
   edx, ecx.  */
void ffi_marshal32 (const ffi_cif *cif, void **avalue, void *rvalue, void *chain,
                    uint32_t *registers, char *stack);

/* Make the call: marshal, call FN and store the result, if RVALUE is not null.  */
void ffi_call_general32 (const ffi_cif *cif, void (*fn) (void), void *rvalue,
                         void **avalue, void *chain);

/* How the entry code leaves: what the callers of a closure expect it to remove from
   the stack, and the RET32 code by which the result is loaded.  */
struct leave32
{
  uint32_t pop;
  uint32_t code;
};

/* Collect the arguments of a closure call and call its handler.  Called by the entry
   code with the saved registers, above which lie the return address and the stack
   arguments, and 16 bytes for the result.  */
uint64_t ffi_closure_inner32 (ffi_cif *cif, ffi_handler fun, void *user_data,
                              uint32_t *frame, void *result);

/* The same for raw closures.  */
typedef void (*ffi_raw_handler) (ffi_cif *, void *, ffi_raw *, void *);
uint64_t ffi_raw_inner32 (ffi_cif *cif, ffi_raw_handler fun, void *user_data,
                          uint32_t *frame, void *result);
#endif

#endif
