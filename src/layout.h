/* SPDX-License-Identifier: MIT */
/* Layouts, which ffi_types.h describes, for those who look into structs.  */

#ifndef FFI_LAYOUT_H
#define FFI_LAYOUT_H

#include "bounds.h"
#include <ffi_types.h>

/* TYPE if it is a layout, or null.  */
static inline const ffi_layout *
ffi_as_layout (const ffi_type *type)
{
  return type->type >= FFI_TYPE_LAYOUT && type->type <= FFI_TYPE_FLOAT128
             ? (const ffi_layout *) type
             : NULL;
}

/* The layout of the struct TYPE, or null if it has elements.  */
static inline const ffi_layout *
ffi_layout_of (const ffi_type *type)
{
  const ffi_type *first = type->elements[0];

  return first != NULL ? ffi_as_layout (first) : NULL;
}

/* Whether LAYOUT is that of a floating-point number, which has no members.  */
static inline bool
ffi_is_number (const ffi_layout *layout)
{
  return layout->type.type >= FFI_TYPE_FLOAT16;
}

/* The bytes of such a number of CODE.  */
static inline size_t
ffi_number_size (unsigned code)
{
  return code == FFI_TYPE_FLOAT16 ? 2 : 16;
}

/* Whether TYPE, a struct with elements or a vector's lane, is a _Float16.  */
static inline bool
ffi_is_float16 (const ffi_type *type)
{
  return PORT_FLOAT16 && type->type == FFI_TYPE_STRUCT && type->elements[0] != NULL
         && type->elements[0]->type == FFI_TYPE_FLOAT16;
}

/* The following are for layouts that have been checked.  */

/* Where the first byte of M lies, and where it ends.  */
static inline size_t
ffi_member_start (const ffi_member *m)
{
  return m->kind == FFI_MEMBER_BITS ? m->offset / 8 : m->offset;
}

static inline size_t
ffi_member_end (const ffi_member *m)
{
  return m->kind == FFI_MEMBER_BITS ? (m->offset + m->count + 7) / 8
                                    : m->offset + m->count * m->type->size;
}

#define FFI_EACH_MEMBER(m, layout)                                                       \
  const ffi_member *m = (layout)->members, *end_##m = m + (layout)->count;               \
  m != end_##m;                                                                          \
  m++

/* The one member of LAYOUT if that is of a struct, and neither an array nor a bit-field;
   or null.  */
static inline const ffi_member *
ffi_only_member (const ffi_layout *layout)
{
  return layout->type.type == FFI_TYPE_LAYOUT && layout->count == 1
                 && layout->members->kind == FFI_MEMBER_ONE
             ? layout->members
             : NULL;
}

#endif
