/* SPDX-License-Identifier: MIT */
/* Classification of values by the Procedure Call Standard for AArch64, section
   6.8.2; and by Windows' variant of it for variadic functions, in which floating
   point and homogeneous aggregates are words like everything else, and a value may
   start in registers and continue on the stack.  */

#include "aapcs.h"
#include "internal.h"

enum
{
  WORD_MAX = 16 /* larger values travel by reference */
};

static bool
is_member (const ffi_type *type)
{
  return type->type == FFI_TYPE_FLOAT || type->type == FFI_TYPE_DOUBLE
         || type->type == FFI_TYPE_LONGDOUBLE
         || (type->type == FFI_TYPE_VECTOR && (type->size == 8 || type->size == 16));
}

static struct place
words (size_t size)
{
  return (struct place){ IN_WORDS, (size + 7) / 8, 0 };
}

struct place
ffi_place (const ffi_type *type)
{
  struct members m;

  if (type->size == 0 || type->type == FFI_TYPE_VOID)
    return (struct place){ IN_NOTHING, 0, 0 };
  if (is_homogeneous (type, &m))
    return (struct place){ IN_FPRS, m.count, m.size };
  if (type->size > WORD_MAX)
    return (struct place){ BY_REFERENCE, 1, 0 };
  return words (type->size);
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
      w->copies += FFI_ALIGN_UP (type->size + type->alignment, (size_t) 16);
      *at = next_words (w, 1, 1);
      break;
    case IN_WORDS:
      *at = next_words (w, place.count, alignment_in_words (type));
    }
  return place;
}
