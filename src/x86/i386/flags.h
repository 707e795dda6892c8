/* SPDX-License-Identifier: MIT */
/* What the C and the assembly of the i386 port agree on.  */

#ifndef FFI_FLAGS_H
#define FFI_FLAGS_H

/* --- cif->flags ------------------------------------------------------------- */

/*  30   29    28    27    26    25   24   23-18 17    16  15-14 13   12-8  7-4        3-0
   +----+-----+-----+-----+-----+----+----+-----+-----+---+----+----+-----+----------+---+
   |PLAN|SPLIT|TYPED|WORDS|ONLY_|MORE|TWO_|STACK|LEFT_|EAX|REGS|FAST|ALIGN|CONVENTION|RET|
   |    |     |     |     |STACK|    |RUNS|     |TO_  |   |    |    |     |          |   |
   |    |     |     |     |     |    |    |     |RIGHT|   |    |    |     |          |   |
   +----+-----+-----+-----+-----+----+----+-----+-----+---+----+----+-----+----------+---+
   Others are 0.  The lowest are a RET code, the others are named FLAG_ ...  */

/* Bits 0 to 3: how the result travels.  Integers narrower than 32 bits are widened;
   BYTE and HALF are structs, which are not.  R (code, kind of result of specialised
   closure entries).  */
#define RET_MASK 15
#define RET_CODES                                                                        \
  R (VOID, KIND_WORDS)                                                                   \
  R (U8, KIND_ANY)                                                                       \
  R (S8, KIND_ANY)                                                                       \
  R (U16, KIND_ANY)                                                                      \
  R (S16, KIND_ANY)                                                                      \
  R (I32, KIND_WORDS)                                                                    \
  R (I64, KIND_WORDS)                                                                    \
  R (FLOAT, KIND_ANY)                                                                    \
  R (DOUBLE, KIND_DOUBLE)                                                                \
  R (LONGDOUBLE, KIND_ANY)                                                               \
  R (BYTE, KIND_ANY)                                                                     \
  R (HALF, KIND_ANY)                                                                     \
  R (MEMORY, KIND_MEMORY)                                                                \
  R (FLOAT16, KIND_ANY)

/* No result is smaller than what stores it.  */
#define FLAG_PARTIAL 0

/* Bits 4 to 7: the convention, an index into ffi_conventions.  Not always cif->abi:
   variadic functions take none of their arguments in registers.  */
#define FLAG_CONVENTION_SHIFT 4
#define FLAG_CONVENTION_MASK (15 << FLAG_CONVENTION_SHIFT)

/* Bits 8 to 12: log2 of the stack arguments' alignment.  */
#define FLAG_ALIGN_SHIFT 8
/* Bit 11: that is 256 bytes or more.  An alignment is at most 32768, so bit 12 is 0.  */
#define FLAG_OVERALIGNED (1 << 11)
#define FLAG_OVERALIGNED_FROM 256

/* Bit 13: ffi_call needs no more than flags and bytes: it pushes the arguments one
   after the other, then a hidden pointer, and then loads registers from the last that
   were pushed.  In this case cif->bytes is the arguments' classes, four bits each, the
   first to be pushed in the lowest, 0 after the last.  Otherwise it is the size of the
   arguments on the stack, a hidden pointer among them.  */
#define FLAG_FAST (1 << 13)
/* Bits 14 and 15: how many words go to registers.  */
#define FLAG_REGS_SHIFT 14
/* Bit 16: those are eax, edx, ecx, not ecx, edx.  */
#define FLAG_EAX (1 << 16)
/* Bit 17: the first argument is pushed first.  */
#define FLAG_LEFT_TO_RIGHT (1 << 17)
/* Bits 18 to 23: words that stay on the stack.  */
#define FLAG_STACK_SHIFT 18
#define FLAG_STACK_MASK (63 << FLAG_STACK_SHIFT)
/* Bit 24: by register, what stays on the stack is pushed first, from the first to the
   last; the classes of what goes to registers begin at RUN_SHIFT.  */
#define FLAG_TWO_RUNS (1 << 24)
#define RUN_SHIFT 20
/* Bit 25: something is pushed after the first run.  */
#define FLAG_MORE (1 << 25)
/* Bit 26: by the convention all arguments are on the stack, the first at the lowest
   address.  */
#define FLAG_ONLY_STACK (1 << 26)
/* Bit 27: all arguments have CLASS_WORD, and the last is pushed first.  */
#define FLAG_WORDS (1 << 27)
/* Bit 28, never with bit 13: ffi_call does the same, but as the arguments' types say:
   they are too many or too large for classes.  Bits 14 to 17 and 25 are as above;
   cif->bytes is the size of the arguments on the stack.  */
#define FLAG_TYPED (1 << 28)
/* Bit 29, with bits 24 and 28: first what stays on the stack is pushed, then what goes to
   registers, the last of it first.  The high half of cif->bytes has a bit for each
   argument of the latter, of SPLIT_ARGS.  */
#define FLAG_SPLIT (1 << 29)
#define SPLIT_ARGS 16
/* Bit 30: the cif is that of a plan, whose types have no elements.  */
#define FLAG_PLAN (1 << 30)
#define FAST_ARGS 8
#define FIRST_RUN 5 /* arguments */

/* Argument classes: numbers of two to four words that the callee will load in one or two
   pieces, which is slow if they are stored in more; one to four words; integers to be
   widened; the address of an aggregate.  Below CLASS_NARROW the lowest two bits are one
   less than the words.  */
#define CLASS_DOUBLE 1
#define CLASS_LONGDOUBLE 2
#define CLASS_DOUBLES 3
#define CLASS_WORD 4
#define CLASS_TWO 5
#define CLASS_THREE 6
#define CLASS_FOUR 7
#define CLASS_NARROW 8
#define CLASS_U8 8
#define CLASS_S8 9
#define CLASS_U16 10
#define CLASS_S16 11
#define CLASS_ADDRESS 12
/* One in each place of a class.  */
#define EACH_CLASS 0x11111111u

/* Families of specialised entry code.  Where an argument starts is one of these, as
   words of a frame.  */
#define AT_ECX 0
#define AT_EDX 1
#define AT_EBP 2 /* the caller's */
#define AT_EAX 3
#define AT_STACK 5
/* Shapes: up to four arguments of one word, the way a convention has them if nothing else
   is in its registers.  Of each convention: its name; words in registers; 8 if the first
   place goes, not the last, with one argument less, otherwise 0; for two and for four
   arguments the bytes that are removed, and where each argument starts, the first one's
   place in the lowest byte; which families one and three arguments have.  */
#define CDECL_SHAPES(C)                                                                  \
  C (CDECL, 0, 0, 0, 0x0605, 0, 0x08070605, SHAPE_CDECL_2, SHAPE_CDECL_4)
#define OTHER_SHAPES(C)                                                                  \
  C (STDCALL, 0, 0, 8, 0x0605, 16, 0x08070605, MAPPED_4_4, MAPPED_4_12)                  \
  C (THISCALL, 1, 0, 4, 0x0500, 12, 0x07060500, SHAPE_FASTCALL_2, MAPPED_4_8)            \
  C (FASTCALL, 2, 0, 0, 0x0100, 8, 0x06050100, SHAPE_FASTCALL_2, MAPPED_4_4)             \
  C (PASCAL, 0, 8, 8, 0x0506, 16, 0x05060708, MAPPED_4_4, MAPPED_4_12)                   \
  C (REGISTER, 3, 0, 0, 0x0103, 4, 0x05000103, SHAPE_REGISTER_2, MAPPED_4_0)
/* Their families: name, arguments, bytes removed, places.  */
#define SHAPED_PAIR(name, regs, shift, pop_2, places_2, pop_4, places_4, one, three)     \
  F (name##_2, 2, pop_2, places_2)                                                       \
  F (name##_4, 4, pop_4, places_4)
#define SHAPED_FAMILIES                                                                  \
  F (NONE, 0, 0, 0)                                                                      \
  CDECL_SHAPES (SHAPED_PAIR)                                                             \
  OTHER_SHAPES (SHAPED_PAIR)
/* For others, going by the closure's map: arguments, bytes removed.  A shaped family
   needs one of four arguments that removes as much.  */
#define MAPPED_FAMILIES                                                                  \
  F (4, 0)                                                                               \
  F (4, 4)                                                                               \
  F (4, 8)                                                                               \
  F (4, 12)                                                                              \
  F (4, 16)                                                                              \
  F (8, 0)                                                                               \
  F (8, 20)                                                                              \
  F (8, 24)                                                                              \
  F (8, 28)                                                                              \
  F (8, 32)
/* Kinds of results that they load: two words, which is harmless where there is but one
   or none; a double; nothing, as it is in the caller's memory; and whatever the cif's
   flags say.  Shaped families have the first.  */
#define KIND_WORDS 0
#define KIND_DOUBLE 1
#define KIND_MEMORY 2
#define KIND_ANY 3
#define KINDS 4

/* --- Registers that carry arguments ----------------------------------------- */

/* In the order in which entry code saves them.  */
#define ECX 0
#define EDX 1
#define EAX 2
#define REGS 3

#ifndef LIBFFI_ASM
#include "loc.h"
#include "port.h"
#include "ret_codes.h"

/* FFI_FIRST_ABI and the number after FFI_SYSV are nobody's: the second is a variadic
   function that would be thiscall or fastcall, of which GCC makes cdecl, but leaves
   the hidden pointer to the caller.  */
enum
{
  VARIADIC_KEEPING = FFI_SYSV + 1
};

/* A calling convention.  */
struct convention
{
  unsigned char count; /* of registers for arguments */
  unsigned char regs[REGS];
  signed char chain;     /* register of the static chain; -1: none */
  bool left_to_right;    /* the first stack argument has the highest address, and a
                         hidden pointer to the result is the last argument */
  bool by_address;       /* aggregates larger than a word are passed by address */
  bool callee_pops;      /* the callee removes all stack arguments */
  bool callee_pops_sret; /* the callee removes a hidden pointer */
  unsigned char small;   /* sizes, a power of two each, of structs that are
                            returned in registers */
};

extern const struct convention ffi_conventions[FFI_LAST_ABI]
    __attribute__ ((visibility ("hidden")));

/* The convention of a cif that has been prepared.  */
static inline const struct convention *
ffi_convention (const ffi_cif *cif)
{
  return &ffi_conventions[(cif->flags & FLAG_CONVENTION_MASK) >> FLAG_CONVENTION_SHIFT];
}

/* The words that an argument of CLASS takes.  */
static inline unsigned
ffi_class_words (unsigned class)
{
  return class < CLASS_NARROW ? 1 + (class & 3) : 1;
}

/* The size of the arguments on the stack.  */
static inline size_t
ffi_stack_bytes (const ffi_cif *cif)
{
  if (cif->flags & FLAG_FAST)
    return (cif->flags & FLAG_STACK_MASK) >> FLAG_STACK_SHIFT << 2;
  return cif->flags & FLAG_SPLIT ? cif->bytes & UINT16_MAX : cif->bytes;
}

/* Bytes that the callee removes.  */
static inline size_t
ffi_popped (const ffi_cif *cif)
{
  const struct convention *convention = ffi_convention (cif);

  if (convention->callee_pops)
    return ffi_stack_bytes (cif);
  return convention->callee_pops_sret && (cif->flags & RET_MASK) == RET_MEMORY ? 4 : 0;
}

/* Whether all its arguments are on the stack, the first at the lowest address.  */
static inline bool
ffi_only_stack (const struct convention *convention)
{
  return convention->count == 0 && !convention->left_to_right;
}

enum entry_family
{
#define F(name, args, pop, places) SHAPE_##name,
  SHAPED_FAMILIES
#undef F
#define F(args, pop) MAPPED_##args##_##pop,
      MAPPED_FAMILIES
#undef F
          TYPES_0, /* any number, as the types' sizes say, in ascending order */
  TYPES_4,         /* these, and the entry removes the address of the result */
  WORDS,           /* any number of words in ascending order, removed by the caller */
  FAMILIES
};

/* Entry code by family and kind of result: offsets from the table itself; 0 where there
   is none.  */
extern const int32_t ffi_fast_table[FAMILIES][KINDS]
    __attribute__ ((visibility ("hidden")));

static inline ffi_entry
ffi_fast_entry (unsigned family, unsigned kind)
{
  int32_t offset = ffi_fast_table[family][kind];

  return offset != 0 ? (ffi_entry) ((char *) ffi_fast_table + offset) : NULL;
}

/* By convention and the number of arguments: where up to four words lie that are all
   arguments, none of them on the stack before one in a register, and the family for them;
   and in the flags of such a cif, what SHAPE_FLAGS has.  */
enum
{
  SHAPE_ARGS = 4,
  SHAPE_FLAGS = FLAG_FAST | 3 << FLAG_REGS_SHIFT
};
struct shape
{
  uint32_t places;
  uint16_t flags;
  uint16_t family;
};
_Static_assert(SHAPE_FLAGS <= UINT16_MAX, "they fit");
extern const struct shape ffi_shapes[FFI_LAST_ABI][SHAPE_ARGS + 1]
    __attribute__ ((visibility ("hidden")));
#endif

#endif
