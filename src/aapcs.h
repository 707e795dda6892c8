/* SPDX-License-Identifier: MIT */
/* What the procedure call standards of the two Arm architectures have in common.  For
   the one file of each that classifies.  */

#ifndef FFI_AAPCS_H
#define FFI_AAPCS_H

#include "scalar.h"

enum
{
  HOMOGENEOUS_MAX = 4
};

/* The members of an aggregate, as far as they are all of one kind.  */
struct members
{
  unsigned type, size, count;
};

/* Can a homogeneous aggregate consist of values of TYPE?  The architecture says it.  */
static bool is_member (const ffi_type *type);

static bool
add_member (struct members *m, const ffi_type *type)
{
  if (m->count == 0)
    {
      m->type = type->type;
      m->size = type->size;
    }
  return m->type == type->type && m->size == type->size && ++m->count <= HOMOGENEOUS_MAX;
}

/* Add what TYPE consists of to M.  False if that cannot be homogeneous.  */
static bool
collect (struct members *m, const ffi_type *type)
{
  if (type->type == FFI_TYPE_COMPLEX)
    return collect (m, type->elements[0]) && collect (m, type->elements[0]);
  if (type->type != FFI_TYPE_STRUCT)
    return is_member (type) && add_member (m, type);
  if (type->size > FFI_MAX_CLASSIFIED)
    return false;
  for (ffi_type **element = type->elements; *element != NULL; element++)
    if (!collect (m, *element))
      return false;
  return true;
}

/* Is TYPE homogeneous, without padding?  If so M says of what.  */
static bool
is_homogeneous (const ffi_type *type, struct members *m)
{
  *m = (struct members){ 0, 0, 0 };
  return collect (m, type) && m->count * m->size == type->size;
}

/* The multiple of words at which a value of TYPE starts.  What counts is how far the
   members of a struct are aligned, not the struct itself.  */
static unsigned
alignment_in_words (const ffi_type *type)
{
  const size_t two = 2 * sizeof (void *);

  if (ffi_alignment_of (type) < two)
    return 1;
  if (type->type != FFI_TYPE_STRUCT)
    return 2;
  for (ffi_type **element = type->elements; *element != NULL; element++)
    if ((*element)->alignment >= two)
      return 2;
  return 1;
}

#endif
