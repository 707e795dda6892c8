/* SPDX-License-Identifier: MIT */
/* For call.c: types that have not been checked, as far as a glance tells that they are
   sound, and of which members they consist.  */

#ifndef FFI_PLAIN_H
#define FFI_PLAIN_H

#include "classify.h"
#include "preset.h"
#include "scalar_class.h"

enum
{
  UNSURE = 8, /* not the MEMBERS of any type: it has to be checked */
  PLAIN_DEPTH = 8
};

static unsigned plain_struct (const ffi_type *type, unsigned depth);

/* The MEMBERS of a long double, TYPE.  */
FFI_INLINE unsigned
plain_quad (const ffi_type *type)
{
  return type->size == 16 && type->alignment == 16 ? MEMBERS_16 : UNSURE;
}

/* The MEMBERS of a complex number, TYPE.  */
FFI_INLINE unsigned
plain_complex (const ffi_type *type, const struct scalar_form *forms)
{
  const ffi_type *part = type->elements != NULL ? type->elements[0] : NULL;
  const struct scalar_form *form = scalar_form (part, forms);

  if (form != NULL)
    return form->class > CLASS_I64 && type->alignment == form->size
                   && type->size == 2u * form->size
               ? form->class - (CLASS_F32 - MEMBERS_4)
               : UNSURE;
  return part != NULL && part->type == FFI_TYPE_LONGDOUBLE
                 && plain_quad (part) == MEMBERS_16 && type->alignment == 16
                 && type->size == 32
             ? MEMBERS_16
             : UNSURE;
}
_Static_assert(CLASS_F64 - CLASS_F32 == MEMBERS_8 - MEMBERS_4, "classes and members");

/* The MEMBERS of TYPE, an element of a struct.  DEPTH is how much deeper structs may be
   nested.  */
FFI_INLINE unsigned
plain_element (const ffi_type *type, const struct scalar_form *forms, unsigned depth)
{
  const struct scalar_form *form = scalar_form (type, forms);

  if (form != NULL)
    return form->class > CLASS_I64 ? form->class - (CLASS_F32 - MEMBERS_4) : MEMBERS_NONE;
  switch (type->type)
    {
    case FFI_TYPE_STRUCT:
      return depth != 0 ? plain_struct (type, depth - 1) : UNSURE;
    case FFI_TYPE_LONGDOUBLE:
      return plain_quad (type);
    case FFI_TYPE_COMPLEX:
      return plain_complex (type, forms);
    default:
      return UNSURE;
    }
}

/* The MEMBERS of the struct TYPE, of at most FFI_MAX_CLASSIFIED bytes.  It has so few
   elements, as each has a size.  */
static __attribute__ ((noinline)) unsigned
plain_elements (const ffi_type *type, unsigned depth)
{
  const struct scalar_form *forms = scalar_forms;
  ffi_type **e = type->elements;
  size_t bytes = 0;
  unsigned all = UNSURE;

  FFI_ONCE (forms);
  for (; *e != NULL; e++)
    {
      unsigned members = plain_element (*e, forms, depth);
      bytes += (*e)->size;
      if (members == UNSURE || bytes > type->size)
        return UNSURE;
      all = all == members || all == UNSURE ? members : (unsigned) MEMBERS_NONE;
    }
  if (all == MEMBERS_NONE || all == UNSURE)
    return all;
  if (bytes != type->size || ffi_is_union (type))
    return UNSURE;
  return bytes >> (all + 1) <= 4 ? all : (unsigned) MEMBERS_NONE;
}

/* Likewise if one look does not tell.  */
static __attribute__ ((noinline)) unsigned
plain_nested (const ffi_type *type, unsigned depth)
{
  return ffi_is_other (type) ? MEMBERS_NONE : plain_elements (type, depth);
}

/* Those of the struct TYPE whose first element is FIRST, a float or double: it consists
   of that several times, or another scalar follows.  */
FFI_INLINE unsigned
plain_repeated (const ffi_type *type, const ffi_type *first, unsigned depth)
{
  const unsigned shift = first->type - FFI_TYPE_FLOAT + 2;
  const size_t natural = 1u << shift;
  ffi_type **e = type->elements;

  if (type->size > 4 * natural)
    return MEMBERS_NONE;
  while (*++e == first)
    ;
  if (*e != NULL)
    return ffi_is_other_kind (*e, first) && !ffi_is_aligned (type)
               ? MEMBERS_NONE
               : plain_nested (type, depth);
  return type->size == (size_t) (e - type->elements) << shift && first->size == natural
                 && first->alignment == natural && type->alignment == natural
             ? first->type - (FFI_TYPE_FLOAT - MEMBERS_4)
             : UNSURE;
}
_Static_assert(FFI_TYPE_DOUBLE - FFI_TYPE_FLOAT == MEMBERS_8 - MEMBERS_4, "members");

/* Those of the struct TYPE.  Its alignment is a power of two up to 16.  */
FFI_INLINE unsigned
plain_members (const ffi_type *type, unsigned depth)
{
  const unsigned alignment = type->alignment;

  if (type->elements == NULL || alignment - 1 >= 16 || (alignment & (alignment - 1)) != 0)
    return UNSURE;
  if (type->size - 1 >= FFI_MAX_CLASSIFIED)
    return type->size - 1 < FFI_MAX_ARG_SIZE ? MEMBERS_NONE : UNSURE;
  const ffi_type *first = type->elements[0];
  if (first == NULL)
    return UNSURE;
  if (ffi_is_word (first) && !ffi_is_aligned (type))
    return MEMBERS_NONE;
  return ffi_is_floating (first) ? plain_repeated (type, first, depth)
                                 : plain_nested (type, depth);
}

static unsigned
plain_struct (const ffi_type *type, unsigned depth)
{
  return plain_members (type, depth);
}

#endif
