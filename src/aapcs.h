/* SPDX-License-Identifier: MIT */
/* What the procedure call standards of the two Arm architectures have in common.  For
   the one file of each that classifies, after its classify.h.  */

#ifndef FFI_AAPCS_H
#define FFI_AAPCS_H

#include "preset.h"
#include "scalar.h"

enum
{
  HOMOGENEOUS_MAX = 4
};

/* The members of an aggregate, as far as they are all of one kind; a size of 0: there
   are none yet.  */
struct members
{
  unsigned type, size, count;
};

/* Can a homogeneous aggregate consist of values of TYPE?  The architecture says it.  */
static bool is_member (const ffi_type *type);

static bool
collect_member (struct members *m, const ffi_type *type)
{
  if (m->size == 0)
    {
      m->type = type->type;
      m->size = type->size;
    }
  return m->type == type->type && m->size == type->size;
}

/* Is the struct TYPE, of which nothing but M was collected, made of such members?  Its
   elements have BYTES.  Its size says how many there are, whatever is listed; but none of
   it may be padding, nor may it be a union with something else in it.  */
static bool
has_only_members (const ffi_type *type, const struct members *m, size_t bytes)
{
  if (m->size == 0)
    return type->size == 0;
  if (ffi_is_union (type))
    return false;
  if (bytes == type->size)
    return true;
  size_t end = ffi_elements_end (type, FFI_NOT_PACKED);
  return type->size % m->size == 0
         && (end == SIZE_MAX || (end == bytes && !ffi_is_filled (type, end)));
}

/* Add what TYPE consists of to M.  False if that cannot be homogeneous.  */
static bool
collect (struct members *m, const ffi_type *type)
{
  if (type->type == FFI_TYPE_COMPLEX)
    return is_member (type->elements[0]) && collect_member (m, type->elements[0]);
  if (type->type != FFI_TYPE_STRUCT)
    return is_member (type) && collect_member (m, type);
  if (type->size > FFI_MAX_CLASSIFIED)
    return false;
  size_t bytes = 0;
  for (ffi_type **element = type->elements; *element != NULL; element++)
    {
      if (!(is_member (*element) ? collect_member (m, *element) : collect (m, *element)))
        return false;
      bytes += (*element)->size;
    }
  return has_only_members (type, m, bytes);
}

/* Is TYPE, at a glance, none?  What is larger has not been checked.  */
static inline bool
begins_with_integer (const ffi_type *type)
{
  return type->type == FFI_TYPE_STRUCT && type->size <= FFI_MAX_CLASSIFIED
         && type->elements[0] != NULL && ffi_is_word (type->elements[0]);
}

/* Is TYPE homogeneous, without padding?  If so M says of what.  */
static bool
is_homogeneous (const ffi_type *type, struct members *m)
{
  *m = (struct members){ 0, 0, 0 };
  if (begins_with_integer (type) || !collect (m, type) || m->size == 0)
    return false;
  m->count = type->size / m->size;
  return m->count <= HOMOGENEOUS_MAX;
}

/* The multiple of words at which a value of TYPE starts.  What counts is how far the
   members of a struct are aligned, not the struct itself.  */
static unsigned
alignment_in_words (const ffi_type *type)
{
  const size_t two = 2 * sizeof (void *);

  if (ffi_alignment_of (type) < two)
    return 1;
  if (type->type != FFI_TYPE_STRUCT || ffi_is_union (type))
    return 2;
  for (ffi_type **element = type->elements; *element != NULL; element++)
    if ((*element)->alignment >= two)
      return 2;
  return 1;
}

#endif
