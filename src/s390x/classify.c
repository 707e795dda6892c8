/* SPDX-License-Identifier: MIT */
/* Classification of values by the s390x ELF ABI.  */

#include "classify.h"
#include "layout.h"
#include "preset.h"

enum
{
  WORD_MAX = 8,   /* larger values travel by reference */
  VECTOR_MAX = 16 /* but for vectors in vector registers */
};

bool
ffi_port_looks_into (const ffi_type *type)
{
  return type->size <= VECTOR_MAX;
}

/* The one member of the struct TYPE, or null.  The member of a union is none.  */
static const ffi_type *
only_member (const ffi_type *type)
{
  ffi_type **e = type->elements;

  if (e[0] == NULL)
    return NULL;
  const ffi_layout *layout = ffi_layout_of (type);
  if (layout != NULL)
    {
      const ffi_member *m = ffi_only_member (layout);
      return m != NULL ? m->type : NULL;
    }
  if (e[1] == NULL)
    return ffi_is_union (type) ? NULL : e[0];
  /* See preset.h: one member, and an alignment of the struct's own.  */
  return e[2] == NULL && e[1]->size == 0 && e[0]->alignment < type->alignment ? e[0]
                                                                              : NULL;
}

/* The class of a scalar that a struct may pass for, or that is none; 0: no such.  */
static unsigned
scalar_class (const ffi_type *type)
{
  if (type->type == FFI_TYPE_FLOAT || type->type == FFI_TYPE_DOUBLE)
    return LOC_CLASS (LOC_FPR, 1, type->size);
  if (VECTOR_ABI && type->type == FFI_TYPE_VECTOR && type->size <= VECTOR_MAX)
    return LOC_CLASS (LOC_FPR, 2, 8);
  return 0;
}

/* The class of the struct TYPE, if it travels as its only member does.  */
static unsigned
member_class (const ffi_type *type)
{
  const size_t size = type->size;
  const ffi_type *member = type;
  bool padded = false;

  while (member->type == FFI_TYPE_STRUCT)
    {
      const ffi_type *inner = only_member (member);
      if (inner == NULL || !ffi_is_filled (member, inner->size))
        return 0;
      padded |= inner->size != member->size;
      member = inner;
    }
  unsigned class = scalar_class (member);
  if (class == 0 || member->type == FFI_TYPE_VECTOR)
    return padded ? 0 : class;
  return size <= WORD_MAX ? LOC_CLASS (LOC_FPR, 1, size) : 0;
}

unsigned
ffi_classify (const ffi_type *type)
{
  const size_t size = type->size;
  unsigned class;

  switch (type->type)
    {
    case FFI_TYPE_VOID:
      return LOC_NONE;
    case FFI_TYPE_COMPLEX:
      return LOC_BY_ADDRESS;
    case FFI_TYPE_VECTOR:
      class = scalar_class (type);
      return class != 0 ? class : LOC_BY_ADDRESS;
    case FFI_TYPE_STRUCT:
      class = ffi_port_looks_into (type) ? member_class (type) : 0;
      if (class != 0)
        return class;
      break;
    default:
      class = scalar_class (type);
      if (class != 0)
        return class;
    }
  return size == 1 || size == 2 || size == 4 || size == WORD_MAX
             ? LOC_CLASS (LOC_GPR, 1, 0)
             : LOC_BY_ADDRESS;
}
