/* SPDX-License-Identifier: MIT */
/* Classification of values by the Procedure Call Standard for the Arm Architecture,
   section 6: base variant and VFP variant.  */

#include "classify.h"
#include "aapcs.h"

/* Numbers of ffi_types.h are members, too.  */
static bool
is_member (const ffi_type *type)
{
  return type->type == FFI_TYPE_FLOAT || type->type == FFI_TYPE_DOUBLE;
}

static inline bool
is_integer_or_pointer (const ffi_type *type)
{
  return (type->type >= FFI_TYPE_UINT8 && type->type <= FFI_TYPE_SINT64)
         || type->type == FFI_TYPE_POINTER || type->type == FFI_TYPE_INT;
}

/* Whether an element of the struct TYPE is aligned to two words; false as well if one may
   have to be laid out first.  */
static bool
has_aligned_element (const ffi_type *type)
{
  for (ffi_type **e = type->elements; *e != NULL; e++)
    {
      if ((*e)->size == 0 || (*e)->type > FFI_TYPE_LAST)
        return false;
      if ((*e)->alignment >= 8)
        return true;
    }
  return false;
}

/* Whether the struct TYPE, which has elements, is no homogeneous one as what it begins
   with tells.  A walk over the members sees that as well, before it comes to what
   follows.  */
static bool
begins_otherwise (const ffi_type *type)
{
  const ffi_type *first = type->elements[0];

  if (first != NULL && is_member (first))
    {
      ffi_type **e = type->elements;
      while (*e != NULL && is_like (*e, first))
        e++;
      return *e != NULL && (is_member (*e) || is_integer_or_pointer (*e));
    }
  for (unsigned depth = 0; first != NULL && depth < 8; depth++)
    {
      if (first->type != FFI_TYPE_STRUCT)
        return is_integer_or_pointer (first);
      if (first->size == 0 || first->elements == NULL)
        return false;
      if (first->size > STRUCT_CLASSIFIED)
        return true;
      first = first->elements[0];
    }
  return false;
}

/* The alignment of its members decides where a struct of any size starts.  */
bool
ffi_port_looks_into (const ffi_type *type)
{
  if (type->size <= 8)
    return true;
  if (type->alignment >= 8 && type->elements != NULL && !has_aligned_element (type))
    return true;
  return type->size <= STRUCT_CLASSIFIED
         && (type->elements == NULL || !begins_otherwise (type));
}

/* The class of the struct TYPE of scalars, or LOC_NONE.  */
static unsigned
class_of_scalars (const ffi_type *type)
{
  const struct ffi_scalar *table = ffi_scalars;
  const ffi_type *first = type->elements[0];
  ffi_type **e = type->elements;

  if (first == NULL || !ffi_is_scalar_of (first, table))
    return LOC_NONE;
  while (*e != NULL && is_like (*e, first) && (*e)->alignment == first->alignment)
    e++;
  const size_t count = e - type->elements;
  for (; *e != NULL; e++)
    if (!ffi_is_scalar_of (*e, table))
      return LOC_NONE;
  if (!is_member (first) || type->elements[count] != NULL)
    return LOC_GPR;
  return count <= HOMOGENEOUS_MAX && count * first->size == type->size
                 && !ffi_is_union (type)
             ? LOC_CLASS (LOC_FPR, count, first->size)
             : LOC_NONE;
}

/* Likewise that of a complex number.  */
static unsigned
class_of_complex (const ffi_type *type)
{
  const ffi_type *part = type->elements[0];

  return part != NULL && is_member (part) && ffi_is_scalar (part)
                 && type->size == 2 * part->size
             ? LOC_CLASS (LOC_FPR, 2, part->size)
             : LOC_NONE;
}

unsigned
ffi_plain_class (const ffi_type *type)
{
  if (type->type == FFI_TYPE_COMPLEX && type->elements != NULL
      && ffi_valid_alignment (type->alignment))
    return class_of_complex (type);
  if (type->type != FFI_TYPE_STRUCT)
    return LOC_NONE;
  if (type->elements == NULL || type->size == 0 || type->size > FFI_MAX_ARG_SIZE
      || !ffi_valid_alignment (type->alignment)
      || (type->alignment >= 8 && !has_aligned_element (type)))
    return LOC_NONE;
  if (type->size > STRUCT_CLASSIFIED || (type->size > 8 && begins_otherwise (type)))
    return LOC_GPR;
  return class_of_scalars (type);
}

/* A sealed closure's copy of a struct has no elements if it is not looked into and is not
   sound.  */
unsigned
ffi_vfp_class (const ffi_type *type)
{
  struct members m;

  if (type->elements == NULL && type->type == FFI_TYPE_STRUCT)
    return LOC_GPR;
  return is_homogeneous (type, &m) ? LOC_CLASS (LOC_FPR, m.count, m.size) : LOC_GPR;
}

unsigned
ffi_vfp_singles (const ffi_type *type)
{
  return ffi_singles_of (ffi_vfp_class (type));
}

unsigned
ffi_words_alignment (const ffi_type *type)
{
  return type->elements == NULL ? 2 : alignment_in_words (type);
}
