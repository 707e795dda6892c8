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

enum finding
{
  MIXED,
  ALIKE,
  UNKNOWN
};

/* A look at what a struct consists of, checked or not.  */
struct scan
{
  const ffi_type *first; /* the first floating-point number; others are like it */
  unsigned looks;        /* at so many elements more */
  bool regular;          /* all so far is as the library lays it out, without padding */
};

static enum finding
scan (struct scan *s, const ffi_type *type)
{
  size_t bytes = 0;

  for (ffi_type **e = type->elements; *e != NULL; e++)
    {
      const ffi_type *part = *e;
      if (part->type == FFI_TYPE_COMPLEX && part->elements != NULL)
        part = part->elements[0];
      if (part == NULL || s->looks-- == 0)
        return UNKNOWN;
      bytes += (*e)->size;
      if (is_member (part))
        {
          if (s->first == NULL)
            {
              s->first = part;
              s->regular = ffi_is_scalar (part);
            }
          else if (!is_like (part, s->first))
            return MIXED;
          else if (part->alignment != s->first->alignment)
            s->regular = false;
          if (part != *e
              && ((*e)->size != 2 * part->size || (*e)->alignment != part->alignment))
            s->regular = false;
          continue;
        }
      if (is_integer_or_pointer (part))
        return MIXED;
      if (part != *e || part->type != FFI_TYPE_STRUCT || part->size == 0
          || part->elements == NULL)
        return UNKNOWN;
      if (part->size > STRUCT_CLASSIFIED)
        return MIXED;
      const enum finding found = scan (s, part);
      if (found != ALIKE)
        return found;
    }
  if (s->first == NULL)
    return UNKNOWN;
  if (bytes != type->size || type->alignment != s->first->alignment)
    s->regular = false;
  return ALIKE;
}

/* The first scalar in the struct TYPE, which has elements, or part of a complex number;
   null if it is none that is found soon.  What is too large to be looked into stands for
   itself.  */
static const ffi_type *
begins_with (const ffi_type *type)
{
  for (unsigned depth = 0; depth < 8; depth++)
    {
      type = type->elements[0];
      if (type == NULL)
        return NULL;
      if (type->type != FFI_TYPE_STRUCT && type->type != FFI_TYPE_COMPLEX)
        return type;
      if (type->size == 0 || type->elements == NULL)
        return NULL;
      if (type->size > STRUCT_CLASSIFIED)
        return type;
    }
  return NULL;
}

/* What S, of which nothing is set, finds about the struct TYPE, which has elements.
   MIXED: it is not homogeneous.  A walk over all of it sees that as well, before it comes
   to what follows.  */
static enum finding
look_at (struct scan *s, const ffi_type *type)
{
  const ffi_type *first = begins_with (type);

  if (first == NULL)
    return UNKNOWN;
  if (!is_member (first))
    return is_integer_or_pointer (first) || first->type == FFI_TYPE_STRUCT ? MIXED
                                                                           : UNKNOWN;
  *s = (struct scan){ NULL, 10, false };
  const enum finding found = scan (s, type);
  return found == ALIKE && type->size > HOMOGENEOUS_MAX * s->first->size ? MIXED : found;
}

static bool
is_never_homogeneous (const ffi_type *type)
{
  struct scan s;

  return look_at (&s, type) == MIXED;
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
         && (type->elements == NULL || !is_never_homogeneous (type));
}

/* Whether the struct TYPE has elements, all of them scalars.  */
static bool
has_scalars (const ffi_type *type)
{
  const struct ffi_scalar *table = ffi_scalars;
  ffi_type **e = type->elements;

  for (; *e != NULL; e++)
    if (!ffi_is_scalar_of (*e, table))
      return false;
  return e != type->elements;
}

/* The class of the struct TYPE, of at most STRUCT_CLASSIFIED bytes, or LOC_NONE.  */
static unsigned
class_of_struct (const ffi_type *type)
{
  struct scan s;
  const enum finding found = look_at (&s, type);

  if (found == MIXED)
    return type->size > 8 || has_scalars (type) ? LOC_GPR : LOC_NONE;
  return found == ALIKE && s.regular ? LOC_CLASS (
             LOC_FPR, type->size / (s.first->size == 8 ? 8 : 4), s.first->size)
                                     : LOC_NONE;
}

/* That of a complex number.  */
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
  return type->size > STRUCT_CLASSIFIED ? LOC_GPR : class_of_struct (type);
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
