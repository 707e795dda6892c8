/* SPDX-License-Identifier: MIT */
/* Homogeneous aggregates: structs whose members are all of one type, which conventions
   pass in a register each.  For the one file of a port that classifies, after its
   classify.h.  */

#ifndef FFI_HOMOGENEOUS_H
#define FFI_HOMOGENEOUS_H

#include "layout.h"
#include "preset.h"
#include "scalar.h"

/* The members of an aggregate, as far as they are all of one kind; a size of 0: there
   are none yet.  */
struct members
{
  unsigned type, size, count;
};

/* Whether a homogeneous aggregate can consist of values of TYPE.  The port says it, and
   with HOMOGENEOUS_MAX, how many of them.  */
static bool is_member (const ffi_type *type);

static bool
collect_value (struct members *m, unsigned type, unsigned size)
{
  if (m->size == 0)
    {
      m->type = type;
      m->size = size;
    }
  return m->type == type && m->size == size;
}

static bool
collect_member (struct members *m, const ffi_type *type)
{
  return collect_value (m, type->type, type->size);
}

/* Whether the struct TYPE, of which nothing but M was collected, is made of such members.
   Its elements have BYTES.  Its size says how many there are, whatever is listed; but
   none of it may be padding, nor may it be a union with something else in it.  */
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

static bool collect (struct members *m, const ffi_type *type);

/* Whether the struct TYPE is walked through.  Others are not homogeneous, and may not
   have been checked.  */
static inline bool
is_walked (const ffi_type *type)
{
  return type->size <= FFI_MAX_CLASSIFIED && ffi_port_looks_into (type);
}

/* Add the members of LAYOUT, that of a struct or union of SIZE bytes, to M; or LAYOUT
   itself if it is a number.  False if that cannot be homogeneous: also if a member is a
   bit-field, or none covers some place.  */
static bool
collect_layout (struct members *m, const ffi_layout *layout, size_t size)
{
  uint64_t covered = 0; /* a bit for each place */

  if (ffi_is_number (layout))
    return collect_value (m, layout->type.type, size);
  for (FFI_EACH_MEMBER (e, layout))
    {
      if (e->kind == FFI_MEMBER_BITS ? e->count != 0 : !collect (m, e->type))
        return false;
      if (e->kind == FFI_MEMBER_BITS || e->type->size == 0)
        continue;
      if (e->offset % m->size != 0)
        return false;
      size_t n = (ffi_member_end (e) - e->offset) / m->size;
      covered |= ((2ull << (n - 1)) - 1) << e->offset / m->size;
    }
  return m->size != 0 && size % m->size == 0
         && covered == (2ull << (size / m->size - 1)) - 1;
}

/* Add what TYPE consists of to M.  False if that cannot be homogeneous.  */
static bool
collect (struct members *m, const ffi_type *type)
{
  if (type->type == FFI_TYPE_COMPLEX)
    return is_member (type->elements[0]) && collect_member (m, type->elements[0]);
  if (type->type != FFI_TYPE_STRUCT)
    return is_member (type) && collect_member (m, type);
  if (!is_walked (type))
    return false;
  const ffi_layout *layout = ffi_layout_of (type);
  if (layout != NULL)
    return collect_layout (m, layout, type->size);
  size_t bytes = 0;
  for (ffi_type **element = type->elements; *element != NULL; element++)
    {
      if (!(is_member (*element) ? collect_member (m, *element) : collect (m, *element)))
        return false;
      bytes += (*element)->size;
    }
  return has_only_members (type, m, bytes);
}

/* The first scalar in TYPE, which all members of a homogeneous one are like; or null, if
   only a walk finds it.  A struct that is not walked stands for itself.  */
static inline const ffi_type *
first_scalar (const ffi_type *type)
{
  while (type->type == FFI_TYPE_STRUCT && is_walked (type))
    {
      type = type->elements[0];
      if (type == NULL || ffi_as_layout (type) != NULL)
        return NULL;
    }
  return type->type == FFI_TYPE_COMPLEX ? type->elements[0] : type;
}

static inline bool
is_like (const ffi_type *type, const ffi_type *first)
{
  return type->type == first->type && type->size == first->size;
}

/* Whether a scalar in the struct TYPE is not like FIRST, as far as is easily seen.  */
static bool
is_mixed (const ffi_type *type, const ffi_type *first)
{
  if (!is_walked (type))
    return true;
  for (ffi_type **e = type->elements; *e != NULL; e++)
    if (!is_like (*e, first)
        && ((*e)->type == FFI_TYPE_STRUCT    ? is_mixed (*e, first)
            : (*e)->type == FFI_TYPE_COMPLEX ? !is_like ((*e)->elements[0], first)
                                             : ffi_as_layout (*e) == NULL))
      return true;
  return false;
}

/* Whether TYPE, whose first scalar is FIRST, consists of such members only; M is for the
   walk, which structs of scalars do without.  */
static inline bool
is_alike (const ffi_type *type, const ffi_type *first, struct members *m)
{
  ffi_type **e = type->elements;
  size_t bytes = 0;

  if (type->type != FFI_TYPE_STRUCT)
    return true;
  for (; *e != NULL && is_like (*e, first); e++)
    bytes += first->size;
  if (*e == NULL && bytes == type->size)
    return !ffi_is_union (type);
  if (*e != NULL && (*e)->type != FFI_TYPE_STRUCT && (*e)->type != FFI_TYPE_COMPLEX)
    return false;
  return !is_mixed (type, first) && collect (m, type);
}

/* Whether TYPE is homogeneous, without padding; M says of what.  */
static bool
is_homogeneous (const ffi_type *type, struct members *m)
{
  const ffi_type *first = first_scalar (type);

  *m = (struct members){ 0, 0, 0 };
  if (first == NULL)
    {
      if (!collect (m, type) || m->size == 0)
        return false;
      m->count = type->size / m->size;
      return m->count <= HOMOGENEOUS_MAX;
    }
  if (!is_member (first) || type->size > HOMOGENEOUS_MAX * first->size
      || !is_alike (type, first, m))
    return false;
  *m = (struct members){ first->type, first->size, type->size / first->size };
  return true;
}

#endif
