/* SPDX-License-Identifier: MIT */
/* ffi_types.h - aggregates of C that a list of elements cannot describe: unions, arrays
   by element and count, structs whose members lie where the program says (packed,
   over-aligned, with holes), bit-fields, and the empty classes of C++; and _Float16 and
   __float128.

   An aggregate is an ffi_type with the code FFI_TYPE_STRUCT, whose only element is a
   layout: an ffi_type with a code of its own, which a list of members follows.

        union number { long i; double d; };
        static const ffi_member members[] = {
          FFI_MEMBER (&ffi_type_slong, 0),
          FFI_MEMBER (&ffi_type_double, 0),
        };
        static ffi_aggregate number = FFI_UNION_OF (number, union number, members);

   From then on &number.type is a type like any other, of arguments and results, of calls,
   plans, closures and raw calls: and one that other aggregates and structs contain.

   Nothing is allocated here.  The program keeps the aggregate and its members in memory,
   unchanged, as long as a cif refers to them.  An initialiser that gives the size leaves
   nothing to write; any number of threads may then prepare it.

   ffi_prep_cif returns FFI_BAD_TYPEDEF for a member that reaches beyond the size or is of
   no valid type, for a bit-field that is wider than its type, or of no integer type; and
   FFI_BAD_ARGTYPE for what this version does not pass: see FFI_EMPTY_CLASS, FFI_BITS,
   FFI_FLOAT16 and FFI_FLOAT128.
   Versions of the library that do not know layouts return FFI_BAD_TYPEDEF.  */

#ifndef LIBFFI_TYPES_H
#define LIBFFI_TYPES_H

#include <ffi.h>

#ifdef __cplusplus
extern "C"
{
#endif

/* The type codes of layouts, far from those of ffi.h.  */
#define FFI_TYPE_LAYOUT 0x4000 /* of a struct */
#define FFI_TYPE_UNION 0x4001
#define FFI_TYPE_FLOAT16 0x4002 /* of a number */
#define FFI_TYPE_FLOAT128 0x4003

  typedef enum
  {
    FFI_MEMBER_ONE,
    FFI_MEMBER_ARRAY,
    FFI_MEMBER_BITS
  } ffi_member_kind;

  /* A member.  Initialise it by one of the macros below.  */
  typedef struct
  {
    ffi_type *type;
    size_t offset;        /* bytes; of FFI_MEMBER_BITS, bits */
    unsigned count;       /* elements of an array; bits of a bit-field; otherwise 1 */
    ffi_member_kind kind; /* one value and an array of one are not the same everywhere */
  } ffi_member;

/* A value of TYPE, OFFSET bytes into the aggregate.  */
#define FFI_MEMBER(type, offset)                                                         \
  {                                                                                      \
    type, offset, 1, FFI_MEMBER_ONE                                                      \
  }

/* An array of COUNT values of TYPE, at least 1, which have a size.  */
#define FFI_ARRAY(type, offset, count)                                                   \
  {                                                                                      \
    type, offset, count, FFI_MEMBER_ARRAY                                                \
  }

/* A bit-field of the integer TYPE and WIDTH bits, whose first is bit FIRST_BIT of the
   aggregate.  Bits count from the first byte on, in a byte in the order in which C
   allocates them: from the lowest on little-endian targets, otherwise from the highest.
   For GCC an unnamed bit-field is passed like a named one; for clang it is a hole, and
   left out here.  One of width 0 keeps a struct on s390x from travelling as its only
   member would; elsewhere GCC passes arguments as if it were not there, and POWER, where
   results differ, refuses it with FFI_BAD_ARGTYPE.  */
#define FFI_BITS(type, first_bit, width)                                                 \
  {                                                                                      \
    type, first_bit, width, FFI_MEMBER_BITS                                              \
  }

  /* What an aggregate has in the place of elements.  */
  typedef struct
  {
    ffi_type type; /* size 0, alignment 1, the code of the layout */
    size_t count;
    const ffi_member *members;
  } ffi_layout;

  typedef struct
  {
    ffi_type type;
    ffi_type *elements[2];
    ffi_layout layout;
  } ffi_aggregate;

/* Initialise an ffi_aggregate of static storage.  NAME is the variable's; CODE one of the
   codes above; MEMBERS an array of COUNT.  With a SIZE of 0, both size and ALIGNMENT are
   computed when the type is prepared: the end of the last member, rounded up to the
   largest alignment of one.  */
#define FFI_AGGREGATE(name, code, size, alignment, count, members)                       \
  {                                                                                      \
    { size, alignment, FFI_TYPE_STRUCT, (name).elements }, { &(name).layout.type, 0 },   \
    {                                                                                    \
      { 0, 1, code, 0 }, count, members                                                  \
    }                                                                                    \
  }

/* Initialise one for CTYPE, a struct or a union, whose size and alignment the compiler
   knows; MEMBERS is an array whose length it knows.  */
#define FFI_STRUCT_OF(name, ctype, members)                                              \
  FFI_AGGREGATE (name, FFI_TYPE_LAYOUT, sizeof (ctype), FFI_ALIGNMENT_OF (ctype),        \
                 sizeof (members) / sizeof (members)[0], members)
#define FFI_UNION_OF(name, ctype, members)                                               \
  FFI_AGGREGATE (name, FFI_TYPE_UNION, sizeof (ctype), FFI_ALIGNMENT_OF (ctype),         \
                 sizeof (members) / sizeof (members)[0], members)
#define FFI_ALIGNMENT_OF(ctype) ((unsigned short) __alignof__(ctype))

/* An empty class of C++, of size 1, as an argument or result by GCC's rules.  In a class
   that contains one, leave it out: it is a hole.  But if no other member begins at offset
   0, the type is refused with FFI_BAD_ARGTYPE, as is an FFI_EMPTY_CLASS in another type.
   A class that C++ passes by invisible reference is a pointer here.  */
#define FFI_EMPTY_CLASS(name) FFI_AGGREGATE (name, FFI_TYPE_LAYOUT, 1, 1, 0, 0)

/* A _Float16, in IEEE's format: on x86-64, i386 with SSE2, AArch64 and 32-bit Arm; other
   targets refuse it with FFI_BAD_ARGTYPE, and so does Arm's FFI_VFP, as compilers
   disagree, for a struct or union of one to four of them and nothing else.  A vector may
   have such lanes, one of 4 bytes only on x86-64.  Complex numbers of either kind are no
   types here.

        static ffi_aggregate half = FFI_FLOAT16 (half);

   &half.type is then the type, by itself and in aggregates.  It looks like a struct of 2
   bytes to what else looks at types: raw calls pass its address where they pass that of
   structs, and by a convention for which no compiler has such numbers, like those of
   Delphi, it travels like one.  */
#define FFI_FLOAT16(name) FFI_AGGREGATE (name, FFI_TYPE_FLOAT16, 2, 2, 0, 0)

/* Likewise a __float128 or _Float128: on x86-64, i386 and little-endian POWER.  Where
   long double has that format, it is the type of long double.  */
#if __LDBL_MANT_DIG__ == 113
#define FFI_FLOAT128(name)                                                               \
  {                                                                                      \
    { 16, FFI_ALIGNMENT_OF (long double), FFI_TYPE_LONGDOUBLE, 0 }, { 0, 0 },            \
    {                                                                                    \
      { 0, 1, FFI_TYPE_LAYOUT, 0 }, 0, 0                                                 \
    }                                                                                    \
  }
#else
#define FFI_FLOAT128(name) FFI_AGGREGATE (name, FFI_TYPE_FLOAT128, 16, 16, 0, 0)
#endif

#ifdef __cplusplus
}
#endif

#endif
