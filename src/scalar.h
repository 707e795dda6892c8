/* SPDX-License-Identifier: MIT */
/* Telling at a glance that a type needs no closer look.  */

#ifndef FFI_SCALAR_H
#define FFI_SCALAR_H

#include "bounds.h"

/* The size of a scalar and the alignment of a member of its type.  */
#define FFI_SCALAR(ctype) sizeof (ctype), _Alignof(struct { ctype x; })

/* By type code; a size of 0: no scalar.  */
struct ffi_scalar
{
  unsigned size, alignment;
};
extern const struct ffi_scalar ffi_scalars[FFI_TYPE_LAST + 1]
    __attribute__ ((visibility ("hidden")));

/* What a type code alone says.  */
static inline __attribute__ ((always_inline)) bool
ffi_is_integer (const ffi_type *type)
{
  return (type->type >= FFI_TYPE_UINT8 && type->type <= FFI_TYPE_SINT64)
         || type->type == FFI_TYPE_INT;
}

/* An integer or a pointer that one integer register holds.  */
static inline __attribute__ ((always_inline)) bool
ffi_is_word (const ffi_type *type)
{
  return (type->type >= FFI_TYPE_UINT8
          && type->type <= (sizeof (long) == 8 ? FFI_TYPE_SINT64 : FFI_TYPE_SINT32))
         || type->type == FFI_TYPE_POINTER || type->type == FFI_TYPE_INT;
}

static inline __attribute__ ((always_inline)) bool
ffi_is_floating (const ffi_type *type)
{
  return type->type == FFI_TYPE_FLOAT || type->type == FFI_TYPE_DOUBLE;
}

static inline bool
ffi_valid_alignment (size_t alignment)
{
  return alignment != 0 && (alignment & (alignment - 1)) == 0;
}

/* Keep the address P in a register: where code cannot address relatively to itself,
   compilers compute that of a table anew at each use.  */
#define FFI_ONCE(p) __asm__("" : "+r"(p))

static inline bool
ffi_has_scalar_size (const ffi_type *type, const struct ffi_scalar *table)
{
  return type->type <= FFI_TYPE_LAST && type->size == table[type->type].size
         && type->size != 0;
}

/* A scalar is as good as its basic type; clients build their own copies, so a
   size is checked, not an address.  */
static inline bool
ffi_is_scalar_of (const ffi_type *type, const struct ffi_scalar *table)
{
  return ffi_has_scalar_size (type, table)
         && (likely (type->alignment == table[type->type].alignment)
             || ffi_valid_alignment (type->alignment));
}

static inline bool
ffi_is_scalar (const ffi_type *type)
{
  return ffi_is_scalar_of (type, ffi_scalars);
}

/* Whether TYPE, of an argument or a result, is a scalar.  There its alignment may be 0,
   which stands for that of the basic type.  */
static inline bool
ffi_is_scalar_value (const ffi_type *type)
{
  return ffi_has_scalar_size (type, ffi_scalars)
         && (likely (type->alignment == ffi_scalars[type->type].alignment)
             || (type->alignment & (type->alignment - 1)) == 0);
}

/* Whether it is a scalar or void.  A void of size 0 is a mistake.  */
static inline bool
ffi_is_scalar_or_void (const ffi_type *type)
{
  return type->type == FFI_TYPE_VOID ? type->size != 0 : ffi_is_scalar_value (type);
}

/* The alignment of an argument or result of TYPE, which has been checked; 1 for void.
   That of a scalar is the basic type's: an attribute of C's does not move one, either. */
static inline size_t
ffi_alignment_of (const ffi_type *type)
{
  size_t natural = ffi_scalars[type->type].alignment;

  return natural != 0 ? natural : type->alignment;
}

#endif
