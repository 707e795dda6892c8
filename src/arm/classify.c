/* SPDX-License-Identifier: MIT */
/* Classification of values by the Procedure Call Standard for the Arm Architecture,
   section 6: base variant and VFP variant.  */

#include "aapcs.h"
#include "internal.h"

static bool
is_member (const ffi_type *type)
{
  return type->type == FFI_TYPE_FLOAT || type->type == FFI_TYPE_DOUBLE;
}

static struct place
place_of (const ffi_type *type, bool vfp)
{
  struct members m;

  if (type->size == 0 || type->type == FFI_TYPE_VOID)
    return (struct place){ IN_NOTHING, 0, 0 };
  if (vfp && is_homogeneous (type, &m))
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
