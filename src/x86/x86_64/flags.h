/* SPDX-License-Identifier: MIT */
/* What the C and the assembly of the x86-64 port agree on.  */

#ifndef FFI_FLAGS_H
#define FFI_FLAGS_H

/* --- cif->flags ------------------------------------------------------------- */

/*  31     30 - 27  26 - 19   18      17    16    15 - 12  11 - 8  7 - 6  5        4 - 0
   +------+--------+---------+-------+-----+-----+--------+-------+------+--------+-----+
   |NAMED | FAMILY | LADDER: |LADDER |SRET |FAST | ALIGN  | SSE   | WIDE |PARTIAL | RET |
   |  0   |        | which   |   1   |     |     |        |       |      |        |     |
   |  0   | FAMILY | VECTORS |   0   |     |     |        |       |      |        |     |
   |  1   | how many have    |       |     |     |        |       |      |        |     |
   |      | names: 30 - 19   |   0   |     |  0  |        |       |      |        |     |
   +------+------------------+-------+-----+-----+--------+-------+------+--------+-----+
   The lowest bits are a RET code, the others are named FLAG_ ...  */

/* Bits 0 to 4: how the result travels, and how a scalar is widened.  R (code, kind of
   result of specialised closure entries).  */
#define RET_MASK 31
#define RET_CODES                                                                        \
  R (VOID, KIND_WORD)                                                                    \
  R (U8, KIND_ANY)                                                                       \
  R (S8, KIND_ANY)                                                                       \
  R (U16, KIND_ANY)                                                                      \
  R (S16, KIND_ANY)                                                                      \
  R (U32, KIND_WORD)                                                                     \
  R (S32, KIND_WORD)                                                                     \
  R (I64, KIND_WORD)                                                                     \
  R (FLOAT, KIND_FLOAT)                                                                  \
  R (DOUBLE, KIND_DOUBLE)                                                                \
  R (GPR_GPR, KIND_PAIR)                                                                 \
  R (SSE_SSE, KIND_PAIR)                                                                 \
  R (GPR_SSE, KIND_ANY)                                                                  \
  R (SSE_GPR, KIND_ANY)                                                                  \
  R (MEMORY, KIND_ANY)                                                                   \
  R (X87, KIND_ANY)                                                                      \
  R (X87_X87, KIND_LARGE)                                                                \
  R (VECTOR16, KIND_LARGE)                                                               \
  R (VECTOR32, KIND_NONE)                                                                \
  R (VECTOR64, KIND_NONE)

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
#define FLAG_SRET (1 << 17)
/* One of the ladders in invoke_plan.S makes the call; bits 19 to 26 say where it is
   entered: ((result * LADDER_CLASSES) + class) * LADDER_RUNGS + words missing to
   FAST_WORDS.  */
#define FLAG_LADDER (1 << 18)
#define FLAG_LADDER_SHIFT 19
#define FLAG_LADDER_MASK 255 /* after the shift */
#define LADDER_CLASSES 4     /* CLASS_S32, _I64, _F64; _S32, _U32 and _I64 mixed */
#define LADDER_RESULTS 5     /* RET_VOID, _U32, _S32, _I64, _DOUBLE */
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
/* A bit of the class of word N, counted from 0, where there are words only.  */
#define WORD_CLASS_BIT(bit, n) ((bit) << (4 * (FAST_WORDS - 1 - (n))))

/* --- Register areas --------------------------------------------------------- */

/* Arguments in registers: six integer registers, then eight vector registers,
   SSE_STRIDE bytes apart.  */
#define GPRS 6
#define SSES 8
#define GPR_BYTES 48
#define NARROW_STRIDE 8
#define WIDE_STRIDE 64

/* Families of specialised entry code: integer and vector registers saved, argument
   pointers made, and how: 0, to one register after the other, then to the words on the
   stack; 1, by the closure's map; 2, by that and with JOINS.  The order is what
   scalar_family and fast_family in call.c goes by.  */
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
  F (6, 8, 16, 1)                                                                        \
  F (6, 8, 12, 2)
#define FAMILY_GPRS 0    /* the family of no register, then one, two ... */
#define FAMILY_SSES 6    /* the first with vector registers */
#define FAMILY_MAPPED 10 /* the first with a map */
#define FAMILY_JOINED 13 /* with joins */
#define FAMILY_LAST 13
/* Argument pointers that a closure's map has room for.  */
#define MAP_SIZE 16
/* Arguments that a family with joins puts together of one word of each sort of register.
   Behind its pointers the map has both words of each.  */
#define JOINS 2
#define JOINED_ARGS (MAP_SIZE - 2 * JOINS)
/* Words of the stack that a map reaches.  */
#define MAPPED_WORDS 128
/* Words for the result in a frame of a family with a map, or without.  */
#define RESULT_WORDS(mapped) (2 + 2 * (((mapped) + 1) / 2))
/* Kinds of results that they load: a word in rax, which for void is harmless; a double; a
   float, as a load of more bytes than the handler stored would wait for them; two words
   in any registers of either sort; and whatever else the cif's flags say, but for
   KIND_NONE. What is of KIND_LARGE has room in a frame of a family with a map only, where
   KIND_ANY loads it.  */
#define KIND_WORD 0
#define KIND_DOUBLE 1
#define KIND_FLOAT 2
#define KIND_PAIR 3
#define KIND_ANY 4
#define KINDS 5
#define KIND_LARGE 254
#define KIND_NONE 255

/* The Microsoft convention's.  */
#define WIN_GPRS 4
/* Of its flags bits 0 to 5 and 12 to 15 are as above, and bit 6: each of up to WIN_MANY
   arguments is its word, or, of the first WIN_FEW, where that points to.  Then bits 7 to
   10 say which of the first words are in vector registers, and bits 24 to 31 which
   arguments are pointed to.  */
#define WIN_FEW 8
#define WIN_MANY 64
#define FLAG_WIN_WORDS (1 << 6)
#define FLAG_WIN_VECTORS_SHIFT 7
#define FLAG_WIN_VECTORS (15 << FLAG_WIN_VECTORS_SHIFT)
#define FLAG_WIN_POINTERS_SHIFT 24
/* Bit 17: ffi_call needs no more than flags and bytes, which are the classes of up to
   WIN_FEW arguments, none of them CLASS_OTHER.  FLAG_FAST is not set.  */
#define FLAG_WIN_CLASSES (1 << 17)

/* --- Plans ------------------------------------------------------------------ */

#define PLAN_STEPS 32
/* The frame of a plan's steps.  */
#define PLAN_ARGUMENTS 0
#define PLAN_RVALUE 16
#define PLAN_FN 24
#define PLAN_UNWANTED 32
#define PLAN_FRAME 64
/* What follows the last step if the result is smaller than its registers.  */
#define PLAN_PARTIAL(code, size) ((code) << PLAN_PARTIAL_SHIFT | (size))
#define PLAN_PARTIAL_SHIFT 4

#ifndef LIBFFI_ASM
#include "loc.h"
#include "port.h"
#include "ret_codes.h"

_Static_assert(offsetof (struct ffi_call_plan, steps) == PLAN_STEPS, "assembly");

/* The RET code of a result of each scalar type and void; 0 for the others.  */
extern const unsigned char ffi_scalar_result[FFI_TYPE_LAST + 1]
    __attribute__ ((visibility ("hidden")));

/* Make CALL: have its arguments stored by ffi_marshal, load the registers, call, and
   store the result.  The second is for signatures with vectors wider than 8 bytes, the
   third for the Microsoft convention.  */
void ffi_invoke_narrow (const struct ffi_call *call);
void ffi_invoke_wide (const struct ffi_call *call);
void ffi_invoke_win64 (const struct ffi_call *call);

/* Steps of call plans, as offsets from ffi_plan_code: by class and number of the
   register, or of the word on the stack behind all of them; ladders, as FLAG_LADDER
   says; the address of a result; ffi_call_plan_general; ffi_call_win64_few; the last
   step, by RET code, and for a result that is smaller than its registers.  */
extern const char ffi_plan_code[] __attribute__ ((visibility ("hidden")));
extern const int16_t ffi_plan_steps[16][FAST_WORDS]
    __attribute__ ((visibility ("hidden")));
extern const int16_t ffi_plan_ladders[LADDER_RESULTS * LADDER_CLASSES * LADDER_RUNGS]
    __attribute__ ((visibility ("hidden")));
extern const int16_t ffi_plan_sret __attribute__ ((visibility ("hidden")));
extern const int16_t ffi_plan_general __attribute__ ((visibility ("hidden")));
extern const int16_t ffi_plan_win64 __attribute__ ((visibility ("hidden")));
extern const int16_t ffi_plan_calls[RET_COUNT] __attribute__ ((visibility ("hidden")));
extern const int16_t ffi_plan_partial __attribute__ ((visibility ("hidden")));

/* Entry code by family and kind of result: offsets from ffi_fast_entries, 0 where
   there is none.  */
extern const char ffi_fast_entries[] __attribute__ ((visibility ("hidden")));
extern const uint16_t ffi_fast_table[][KINDS] __attribute__ ((visibility ("hidden")));

/* By RET code the kind of result, or KIND_LARGE or KIND_NONE.  */
extern const unsigned char ffi_fast_kinds[RET_COUNT]
    __attribute__ ((visibility ("hidden")));

/* The entry of FAMILY for KIND, which is one that it has.  */
static inline ffi_entry
ffi_fast_entry_at (unsigned family, unsigned kind)
{
  return (ffi_entry) (ffi_fast_entries + ffi_fast_table[family][kind]);
}

/* The entry of FAMILY for results of CODE, or null.  */
static inline ffi_entry
ffi_fast_entry (unsigned family, unsigned code)
{
  unsigned kind = ffi_fast_kinds[code];

  if (unlikely (kind >= KINDS || ffi_fast_table[family][kind] == 0))
    return NULL;
  return ffi_fast_entry_at (family, kind);
}
#endif

#endif
