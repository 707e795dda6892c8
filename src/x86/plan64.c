/* SPDX-License-Identifier: MIT */
/* The steps of call plans.  */

#include "internal64.h"

static const void *
step (int offset)
{
  return ffi_plan_code64 + offset;
}

void
ffi_arch_plan (struct ffi_call_plan *plan)
{
  const ffi_cif *cif = &plan->cif;
  unsigned code = cif->flags & RET64_MASK, words = 0, sses = 0;
  const void **next = plan->steps;

  if ((cif->flags & FLAG64_FAST) == 0)
    {
      *next = step (ffi_plan_general64);
      return;
    }
  if (cif->flags & FLAG64_LADDER)
    {
      *next = step (
          ffi_plan_ladders64[cif->flags >> FLAG64_LADDER_SHIFT & FLAG64_LADDER_MASK]);
      return;
    }
  if (cif->flags & FLAG64_HIDDEN)
    {
      *next++ = step (ffi_plan_hidden64);
      words = 1;
    }
  for (unsigned classes = cif->bytes; classes != 0; classes <<= 4)
    {
      unsigned class = classes >> 28;
      bool vector = (class & 7) == CLASS64_OTHER || class == CLASS64_SSE2;
      *next++ = step (ffi_plan_steps64[class][vector ? sses++ : words++]);
    }
  *next = step (ffi_plan_calls64[code]);
  FFI_ASSERT (next < plan->steps + FFI_PLAN_STEPS);
}
