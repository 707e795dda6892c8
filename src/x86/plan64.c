/* SPDX-License-Identifier: MIT */
/* The steps of call plans.  */

#include "internal64.h"

static const void *
step (int offset)
{
  return ffi_plan_code64 + offset;
}

/* The ladder for COUNT words whose classes are CLASSES, or null if they differ.  */
static const void *
ladder (unsigned classes, unsigned count)
{
  static const unsigned char of[] = { CLASS64_S32, CLASS64_I64, CLASS64_F64 };

  for (unsigned i = 0; i < sizeof of; i++)
    if (classes == (0x11111111u * of[i]) << 4 * (FAST_WORDS - count))
      return step (ffi_plan_ladders64[i][FAST_WORDS - count]);
  return NULL;
}

void
ffi_arch_plan (struct ffi_call_plan *plan)
{
  const ffi_cif *cif = &plan->cif;
  unsigned code = cif->flags & RET64_MASK, words = 0, sses = 0;
  const void **next = plan->steps, *all = NULL;

  if ((cif->flags & FLAG64_FAST) == 0)
    {
      *next = step (ffi_plan_general64);
      return;
    }
  if (cif->flags & FLAG64_HIDDEN)
    {
      *next++ = step (ffi_plan_hidden64);
      words = 1;
    }
  else if (cif->nargs != 0 && cif->nargs <= FAST_WORDS)
    all = ladder (cif->bytes, cif->nargs);
  for (unsigned classes = cif->bytes; classes != 0; classes <<= 4)
    {
      unsigned class = classes >> 28;
      bool vector = (class & 7) == CLASS64_OTHER || class == CLASS64_SSE2;
      *next++ = step (ffi_plan_steps64[class][vector ? sses++ : words++]);
    }
  if (all != NULL)
    {
      plan->steps[0] = all;
      next = plan->steps + 1;
    }
  *next = step (ffi_plan_calls64[code][sses != 0]);
  FFI_ASSERT (next < plan->steps + FFI_PLAN_STEPS);
}
