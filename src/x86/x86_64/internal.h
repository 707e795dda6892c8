/* SPDX-License-Identifier: MIT */
/* What the C and the assembly of the x86-64 port agree on.  */

#ifndef FFI_INTERNAL_H
#define FFI_INTERNAL_H

/* --- cif->flags ------------------------------------------------------------- */

/* Bits 0 to 4: how the result travels, and how a scalar is widened.  */
#define RET_MASK 31
#define RET_VOID 0
#define RET_U8 1
#define RET_S8 2
#define RET_U16 3
#define RET_S16 4
#define RET_U32 5
#define RET_S32 6
#define RET_I64 7
#define RET_FLOAT 8
#define RET_DOUBLE 9
#define RET_GPR_GPR 10
#define RET_SSE_SSE 11
#define RET_GPR_SSE 12
#define RET_SSE_GPR 13
#define RET_MEMORY 14
#define RET_X87 15
#define RET_X87_X87 16
#define RET_VECTOR16 17
#define RET_VECTOR32 18
#define RET_VECTOR64 19
#define RET_COUNT 20

/* The result is smaller than the registers that carry it.  */
#define FLAG_PARTIAL (1 << 5)

/* Bits 6 and 7: the widest vector register that an argument or the result needs
   beyond 8 bytes: 0 none, 1 xmm, 2 ymm, 3 zmm.  */
#define FLAG_WIDE_SHIFT 6
#define FLAG_WIDE_MASK (3 << FLAG_WIDE_SHIFT)

/* Bits 8 to 11: vector registers used.  */
#define FLAG_SSE_SHIFT 8

/* Bits 12 to 15: log2 of the stack arguments' alignment.  */
#define FLAG_ALIGN_SHIFT 12
#define FLAG_ALIGN_MASK 15 /* after the shift */
/* Bit 15: that is 256 bytes or more.  */
#define FLAG_OVERALIGNED (1 << 15)
#define FLAG_OVERALIGNED_FROM 256

/* Bit 16: ffi_call needs no more than flags and bytes.  Then bytes is not the size
   of the stack arguments, which are at most FAST_STACK bytes, but the classes of up to
   FAST_WORDS arguments, four bits each, the first in the highest bits: those in vector
   registers, then those in integer registers and on the stack.  */
#define FLAG_FAST (1 << 16)
#define FAST_WORDS 8
#define FAST_STACK 16
/* The result's address is the first argument.  */
#define FLAG_HIDDEN (1 << 17)
/* One of the ladders in invoke_plan.S makes the call; bits 19 to 26 say where it is
   entered: ((result * LADDER_CLASSES) + class) * LADDER_RUNGS + words missing to
   FAST_WORDS.  */
#define FLAG_LADDER (1 << 18)
#define FLAG_LADDER_SHIFT 19
#define FLAG_LADDER_MASK 255 /* after the shift */
#define LADDER_CLASSES 3     /* CLASS_S32, _I64, _F64 */
#define LADDER_RESULTS 4     /* RET_VOID, _S32, _I64, _DOUBLE */
#define LADDER_RUNGS (FAST_WORDS + 1)

/* If it is FLAG_FAST and none does, they say which arguments are in vector registers,
   the first in the lowest bit.  */
#define FLAG_VECTORS_SHIFT 19

/* Bits 27 to 30: the family of specialised closure entries, 0 if there is none.  */
#define FLAG_FAMILY_SHIFT 27

/* Bit 31: an argument without a name is a vector of 32 or 64 bytes, which is then in
   memory.  Bits 19 to 30 count the arguments with names, and there is nothing else in
   them; what is shifted down by FLAG_FAMILY_SHIFT is no family.  */
#define FLAG_NAMED (1u << 31)
#define FLAG_NAMED_SHIFT 19
#define FLAG_NAMED_LIMIT (1 << 12)

/* Classes of arguments, made so that the assembly has each bit in a processor flag when
   it decides on it.  In vector registers: the lowest bit is 0 for double.  */
#define CLASS_F64 8
#define CLASS_F32 3
#define CLASS_SSE_SSE 11
#define VECTOR_CLASSES (1 << CLASS_F64 | 1 << CLASS_F32 | 1 << CLASS_SSE_SSE)
/* Others; the lower three bits are never all 0.  */
#define CLASS_LONG 8  /* with one of the next, below */
#define CLASS_OTHER 4 /* neither an int nor a 64-bit integer */
#define CLASS_S32 1
#define CLASS_U32 2
#define CLASS_I64 (CLASS_LONG | 1)
#define CLASS_GPR_GPR (CLASS_OTHER | 1)
#define CLASS_U8 (CLASS_OTHER | 2)
#define CLASS_S8 (CLASS_LONG | CLASS_OTHER | 2)
#define CLASS_U16 (CLASS_OTHER | 3)
#define CLASS_S16 (CLASS_LONG | CLASS_OTHER | 3)

/* --- Register areas --------------------------------------------------------- */

/* Arguments in registers: six integer registers, then eight vector registers,
   SSE_STRIDE bytes apart.  */
#define GPRS 6
#define SSES 8
#define GPR_BYTES 48
#define NARROW_STRIDE 8
#define WIDE_STRIDE 64

/* Families of specialised entry code: integer and vector registers saved, argument
   pointers made, and whether those go by the closure's map or to one register after
   the other, then to the words on the stack.  The order is what scalar_family and
   fast_family in call.c goes by.  */
#define FAST_FAMILIES                                                                    \
  F (0, 0, 0, 0)                                                                         \
  F (1, 0, 1, 0)                                                                         \
  F (2, 0, 2, 0)                                                                         \
  F (4, 0, 4, 0)                                                                         \
  F (6, 0, 6, 0)                                                                         \
  F (6, 0, 8, 0)                                                                         \
  F (0, 1, 1, 0)                                                                         \
  F (0, 2, 2, 0)                                                                         \
  F (0, 4, 4, 0)                                                                         \
  F (0, 8, 8, 0)                                                                         \
  F (4, 4, 4, 1)                                                                         \
  F (4, 4, 8, 1)                                                                         \
  F (6, 8, 16, 1)
#define FAMILY_GPRS 0    /* the family of no register, then one, two ... */
#define FAMILY_SSES 6    /* the first with vector registers */
#define FAMILY_MAPPED 10 /* the first with a map */
#define FAMILY_LAST 12
/* Argument pointers that a closure's map has room for.  */
#define MAP_SIZE 16
/* Kinds of results that they load: a word in rax, which for void is harmless; a double;
   two words in any registers of either sort; and any code below FAST_RESULTS, which
   only families with a map have.  */
#define KIND_WORD 0
#define KIND_DOUBLE 1
#define KIND_PAIR 2
#define KIND_ANY 3
#define KINDS 4
#define KIND_NONE 255
#define FAST_RESULTS 15

/* --- Public structures ------------------------------------------------------ */

#define CIF_FLAGS 28
#define CIF_BYTES 24
#define CLOSURE_MAP 16
#define CLOSURE_CIF 32
#define CLOSURE_FUN 40
#define CLOSURE_DATA 48
#define PLAN_STEPS 32
/* The frame of a plan's steps.  */
#define PLAN_ARGUMENTS 0
#define PLAN_RVALUE 16
#define PLAN_FN 24
#define PLAN_UNWANTED 32
#define PLAN_FRAME 40
#define GO_CIF 8
#define GO_FUN 16

#ifndef LIBFFI_ASM
#include "port.h"

_Static_assert(offsetof (ffi_cif, flags) == CIF_FLAGS, "assembly");
_Static_assert(offsetof (ffi_cif, bytes) == CIF_BYTES, "assembly");
_Static_assert(offsetof (ffi_closure, cif) == CLOSURE_CIF, "assembly");
_Static_assert(offsetof (ffi_closure, fun) == CLOSURE_FUN, "assembly");
_Static_assert(offsetof (ffi_closure, user_data) == CLOSURE_DATA, "assembly");
_Static_assert(offsetof (struct ffi_call_plan, steps) == PLAN_STEPS, "assembly");
_Static_assert(offsetof (ffi_go_closure, cif) == GO_CIF, "assembly");
_Static_assert(offsetof (ffi_go_closure, fun) == GO_FUN, "assembly");

/* The registers of one call.  */
struct regs
{
  uint64_t gpr[GPRS];
  char sse[];
};

/* How a value travels by the psABI.  */
enum place
{
  PLACE_NONE, /* an empty struct: nowhere */
  PLACE_MEMORY,
  PLACE_GPR,
  PLACE_SSE,
  PLACE_GPR_GPR,
  PLACE_SSE_SSE,
  PLACE_GPR_SSE,
  PLACE_SSE_GPR,
  PLACE_VECTOR16,
  PLACE_VECTOR32,
  PLACE_VECTOR64,
  PLACE_X87, /* as a result; as an argument it is in memory */
  PLACE_X87_X87
};

/* The RET code of a result of each scalar type and void; 0 for the others.  */
extern const unsigned char ffi_scalar_result[FFI_TYPE_LAST + 1]
    __attribute__ ((visibility ("hidden")));

/* The place of a value of TYPE, which has been checked.  */
enum place ffi_place (const ffi_type *type);

/* Registers that a value takes in each place.  */
struct needs
{
  unsigned char gprs, sses;
};
extern const struct needs ffi_needs[] __attribute__ ((visibility ("hidden")));

/* Walks over arguments in order, giving each its place.  */
struct walk
{
  unsigned gprs, sses; /* used so far */
  unsigned named;      /* named arguments still to come */
  size_t stack;        /* bytes used so far */
  size_t align;        /* of the stack arguments */
  unsigned wide;       /* as in FLAG_WIDE */
};

/* What a walk over the arguments of CIF, which is prepared, starts with.  */
struct walk ffi_start_walk (const ffi_cif *cif);

/* The place of the next argument.  If it is PLACE_MEMORY, *OFFSET gets where it lies
   among the stack arguments; W has moved past it.  */
enum place ffi_next_place (struct walk *w, const ffi_type *type, size_t *offset);

/* The value of up to 8 bytes of TYPE at VALUE, which need not be aligned, as it fills
   a word: integers are widened, as the compilers do.  */
uint64_t ffi_load_word (const ffi_type *type, const void *value);

/* Store the arguments of a call: called by the assembly.  */
void ffi_marshal (const ffi_cif *cif, void **avalue, struct regs *regs, char *stack,
                  void *rvalue);
void ffi_marshal_win64 (const ffi_cif *cif, void **avalue, struct regs *regs, char *stack,
                        void *rvalue);

/* Make the call: marshal, call FN with CHAIN in the static chain register and
   store the result.  RVALUE has room for whole registers.  The second form is
   for signatures with vectors wider than 8 bytes, the third for the Microsoft
   convention.  */
void ffi_invoke_narrow (const ffi_cif *cif, void (*fn) (void), void *rvalue,
                        void **avalue, void *chain);
void ffi_invoke_wide (const ffi_cif *cif, void (*fn) (void), void *rvalue, void **avalue,
                      void *chain);
void ffi_invoke_win64 (const ffi_cif *cif, void (*fn) (void), void *rvalue, void **avalue,
                       void *chain);

/* ffi_port_prep_cif for the Microsoft convention.  */
ffi_status ffi_prep_win64 (ffi_cif *cif);

/* ffi_call for every cif that is not FLAG_FAST.  */
void ffi_call_general (ffi_cif *cif, void (*fn) (void), void *rvalue, void **avalue);

/* Steps of call plans, as offsets from ffi_plan_code: by class and number of the
   register, or of the word on the stack behind all of them; ladders, as FLAG_LADDER
   says; the address of a result; ffi_call; and by RET code the last step.  */
extern const char ffi_plan_code[] __attribute__ ((visibility ("hidden")));
extern const int16_t ffi_plan_steps[16][FAST_WORDS]
    __attribute__ ((visibility ("hidden")));
extern const int16_t ffi_plan_ladders[LADDER_RESULTS * LADDER_CLASSES * LADDER_RUNGS]
    __attribute__ ((visibility ("hidden")));
extern const int16_t ffi_plan_hidden __attribute__ ((visibility ("hidden")));
extern const int16_t ffi_plan_general __attribute__ ((visibility ("hidden")));
extern const int16_t ffi_plan_calls[RET_X87 + 1] __attribute__ ((visibility ("hidden")));

/* Entry code by family and kind of result: offsets from ffi_fast_entries, 0 where
   there is none.  */
extern const char ffi_fast_entries[] __attribute__ ((visibility ("hidden")));
extern const uint16_t ffi_fast_table[][KINDS] __attribute__ ((visibility ("hidden")));

/* By RET code the kind of result, or KIND_NONE.  */
extern const unsigned char ffi_fast_kinds[RET_COUNT]
    __attribute__ ((visibility ("hidden")));

/* The entry of FAMILY for results of CODE, or null.  */
static inline ffi_entry
ffi_fast_entry (unsigned family, unsigned code)
{
  unsigned kind = ffi_fast_kinds[code];

  if (unlikely (kind == KIND_NONE || ffi_fast_table[family][kind] == 0))
    return NULL;
  return (ffi_entry) (ffi_fast_entries + ffi_fast_table[family][kind]);
}

/* Collect the arguments of a closure call and call its handler.  Called by the
   entry code with the saved registers, the first stack argument and 64 bytes for
   the result, which get its address if it is in memory.  Returns a RET code: where
   to load the result from there.  */
unsigned ffi_closure_inner (ffi_cif *cif, ffi_handler fun, void *user_data,
                            struct regs *regs, size_t stride, char *stack, void *result);

/* The same for the Microsoft convention: the words of all arguments, and those of
   the first four as they are if float or double.  */
unsigned ffi_closure_inner_win64 (ffi_cif *cif, ffi_handler fun, void *user_data,
                                  uint64_t *words, uint64_t *floats, void *result);
#endif

#endif
