/* SPDX-License-Identifier: MIT */
/* Classification of values by the Procedure Call Standard for the Arm Architecture,
   section 6: base variant and VFP variant.  */

#include "internal.h"

enum
{
  HOMOGENEOUS_MAX = 4
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
  return m->type == type->type && ++m->count <= HOMOGENEOUS_MAX;
}

/* Add what TYPE consists of to M.  False if that cannot be homogeneous.  */
static bool
collect (struct members *m, const ffi_type *type)
{
  switch (type->type)
    {
    case FFI_TYPE_FLOAT:
    case FFI_TYPE_DOUBLE:
      return add_member (m, type);
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
place_of (const ffi_type *type, bool vfp)
{
  struct members m = { 0, 0, 0 };

  if (type->size == 0 || type->type == FFI_TYPE_VOID)
    return (struct place){ IN_NOTHING, 0, 0 };
  if (vfp && collect (&m, type) && m.count * m.size == type->size)
    return (struct place){ IN_VFP, m.count, m.size };
  return (struct place){ IN_WORDS, (type->size + 3) / 4, 0 };
}

struct place
ffi_result_place (const ffi_type *type, bool vfp)
{
  struct place place = place_of (type, vfp);

  if ((type->type == FFI_TYPE_STRUCT || type->type == FFI_TYPE_COMPLEX)
      && place.kind == IN_WORDS && place.count > 1)
    place.kind = IN_MEMORY;
  return place;
}

/* The multiple of words at which a value of TYPE starts.  What counts is how far the
   members of a struct are aligned, not the struct itself.  */
static unsigned
alignment_in_words (const ffi_type *type)
{
  if (type->alignment < 8)
    return 1;
  if (type->type != FFI_TYPE_STRUCT)
    return 2;
  for (ffi_type **element = type->elements; *element != NULL; element++)
    if ((*element)->alignment >= 8)
      return 2;
  return 1;
}

/* The offset of COUNT words on the stack that start at a multiple of ALIGN words.  */
static size_t
stack_words (struct walk *w, size_t count, size_t align)
{
  size_t at = FFI_ALIGN_UP (w->stack, 4 * align);

  w->stack = at + 4 * count;
  return 4 * GPRS + at;
}

/* The same in registers, as long as there are some; a value may continue on the stack
   if it is the first one there.  */
static size_t
next_words (struct walk *w, size_t count, unsigned align)
{
  unsigned gpr = FFI_ALIGN_UP (w->gprs, align);

  if (gpr + count <= GPRS)
    w->gprs = gpr + count;
  else if (gpr < GPRS && w->stack == 0)
    {
      w->gprs = GPRS;
      w->stack = 4 * (gpr + count - GPRS);
    }
  else
    {
      w->gprs = GPRS;
      return stack_words (w, count, align);
    }
  return 4 * gpr;
}

/* Take COUNT adjacent free registers of SIZE bytes, the lowest there are, also between
   those that are taken.  The first, in single registers, or -1.  */
static int
take_vfp (struct walk *w, unsigned count, unsigned size)
{
  unsigned step = size / 4, run = count * step;
  unsigned mask = (1u << run) - 1;

  for (unsigned at = 0; at + run <= VFPS; at += step)
    if ((w->vfp_free >> at & mask) == mask)
      {
        w->vfp_free &= ~(mask << at);
        return at;
      }
  return -1;
}

void
ffi_walk_start (struct walk *w, unsigned flags)
{
  w->gprs = (flags & RET_MASK) == RET_MEMORY;
  w->vfp = flags & FLAG_VFP;
  w->vfp_free = (1u << VFPS) - 1;
  w->stack = 0;
}

struct place
ffi_next_place (struct walk *w, const ffi_type *type, size_t *at)
{
  struct place place = place_of (type, w->vfp);
  int first;

  *at = 0;
  if (place.kind == IN_VFP)
    {
      first = take_vfp (w, place.count, place.size);
      if (first >= 0)
        {
          *at = first;
          return place;
        }
      w->vfp_free = 0;
      place = place_of (type, false);
      *at = stack_words (w, place.count, alignment_in_words (type));
    }
  else if (place.kind == IN_WORDS)
    *at = next_words (w, place.count, alignment_in_words (type));
  return place;
}
