/* SPDX-License-Identifier: MIT */
/* Classification of values by the Procedure Call Standard for AArch64, section
   6.8.2; and by Windows' variant of it for variadic functions, in which floating
   point and homogeneous aggregates are words like everything else, and a value may
   start in registers and continue on the stack.  */

#include "internal.h"

enum
{
  HOMOGENEOUS_MAX = 4,
  WORD_MAX = 16 /* larger values travel by reference */
};

/* The members of an aggregate, as far as they are all of one kind.  */
struct members
{
  unsigned type, size, count;
};

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
  switch (type->type)
    {
    case FFI_TYPE_FLOAT:
    case FFI_TYPE_DOUBLE:
    case FFI_TYPE_LONGDOUBLE:
      return add_member (m, type);
    case FFI_TYPE_VECTOR:
      return type->size <= FPR_SIZE && add_member (m, type);
    case FFI_TYPE_COMPLEX:
      return add_member (m, type->elements[0]) && add_member (m, type->elements[0]);
    case FFI_TYPE_STRUCT:
      if (type->size > FFI_MAX_CLASSIFIED)
        return false;
      for (ffi_type **element = type->elements; *element != NULL; element++)
        if (!collect (m, *element))
          return false;
      return true;
    default:
      return false;
    }
}

static struct place
words (size_t size)
{
  return (struct place){ IN_WORDS, (size + 7) / 8, 0 };
}

struct place
ffi_place (const ffi_type *type)
{
  struct members m = { 0, 0, 0 };

  if (type->size == 0 || type->type == FFI_TYPE_VOID)
    return (struct place){ IN_NOTHING, 0, 0 };
  if (collect (&m, type) && m.count * m.size == type->size)
    return (struct place){ IN_FPRS, m.count, m.size };
  if (type->size > WORD_MAX)
    return (struct place){ BY_REFERENCE, 1, 0 };
  return words (type->size);
}

/* The multiple of words at which a value of TYPE starts.  What counts is how far the
   members of a struct are aligned, not the struct itself.  */
static unsigned
alignment_in_words (const ffi_type *type)
{
  if (type->alignment < 16)
    return 1;
  if (type->type != FFI_TYPE_STRUCT)
    return 2;
  for (ffi_type **element = type->elements; *element != NULL; element++)
    if ((*element)->alignment >= 16)
      return 2;
  return 1;
}

/* The offset of COUNT words on the stack that start at a multiple of ALIGN words.  */
static size_t
stack_words (struct walk *w, size_t count, size_t align)
{
  size_t at = FFI_ALIGN_UP (w->stack, 8 * align);

  w->stack = at + 8 * count;
  return 8 * GPRS + at;
}

/* The same in registers, if that many are free.  */
static size_t
next_words (struct walk *w, unsigned count, unsigned align)
{
  unsigned gpr = FFI_ALIGN_UP (w->gprs, align);

  if (gpr + count <= GPRS)
    {
      w->gprs = gpr + count;
      return 8 * gpr;
    }
  if (w->no_fprs && gpr < GPRS)
    {
      w->stack = 8 * (gpr + count - GPRS);
      w->gprs = GPRS;
      return 8 * gpr;
    }
  w->gprs = GPRS;
  return stack_words (w, count, align);
}

struct place
ffi_next_place (struct walk *w, const ffi_type *type, size_t *at)
{
  struct place place = ffi_place (type);

  *at = 0;
  if (place.kind == IN_FPRS && w->no_fprs)
    place = type->size > WORD_MAX ? (struct place){ BY_REFERENCE, 1, 0 }
                                  : words (type->size);
  switch (place.kind)
    {
    case IN_NOTHING:
      break;
    case IN_FPRS:
      if (w->fprs + place.count <= FPRS)
        {
          *at = w->fprs;
          w->fprs += place.count;
          break;
        }
      w->fprs = FPRS;
      place = words (type->size);
      *at = stack_words (w, place.count, alignment_in_words (type));
      break;
    case BY_REFERENCE:
      w->copies += FFI_ALIGN_UP (type->size, (size_t) 16) + type->alignment;
      *at = next_words (w, 1, 1);
      break;
    case IN_WORDS:
      *at = next_words (w, place.count, alignment_in_words (type));
    }
  return place;
}
