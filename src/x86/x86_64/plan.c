/* SPDX-License-Identifier: MIT */
/* The steps of call plans.  */

#include "flags.h"

static const void *
step (int offset)
{
  return ffi_plan_code + offset;
}

FFI_COLD void
ffi_port_plan (struct ffi_call_plan *plan)
{
  const ffi_cif *cif = &plan->cif;
  unsigned code = cif->flags & RET_MASK, words = 0, sses = 0;
  const void **next = plan->steps;

  if ((cif->flags & FLAG_FAST) == 0)
    {
      *next = step (cif->flags & FLAG_WIN_CLASSES ? ffi_plan_win64 : ffi_plan_general);
      return;
    }
  if (cif->flags & FLAG_LADDER)
    {
      *next = step (ffi_plan_ladders[cif->flags >> FLAG_LADDER_SHIFT & FLAG_LADDER_MASK]);
      return;
    }
  if (cif->flags & FLAG_SRET)
    {
      *next++ = step (ffi_plan_sret);
      words = 1;
    }
  unsigned vectors = cif->flags >> FLAG_VECTORS_SHIFT & ((1 << FAST_WORDS) - 1);
  /* The classes of the others follow those of vectors.  */
  uint64_t of_vectors = (uint64_t) cif->bytes << 32, of_others = of_vectors;
  for (unsigned v = vectors; v != 0; v &= v - 1)
    of_others <<= 4;
  for (unsigned i = 0; i < cif->nargs; i++)
    {
      bool vector = vectors >> i & 1;
      uint64_t *classes = vector ? &of_vectors : &of_others;
      unsigned *used = vector ? &sses : &words, class = *classes >> 60;
      *next++ = step (ffi_plan_steps[class][*used]);
      *used += class == CLASS_GPR_GPR || class == CLASS_SSE_SSE ? 2 : 1;
      *classes <<= 4;
    }
  if (cif->flags & FLAG_PARTIAL)
    {
      *next++ = step (ffi_plan_partial);
      *next = (const void *) (uintptr_t) PLAN_PARTIAL (code, cif->rtype->size);
    }
  else
    *next = step (ffi_plan_calls[code]);
  FFI_ASSERT (next < plan->steps + FFI_PLAN_STEPS);
}
