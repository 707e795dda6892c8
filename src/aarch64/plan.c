/* SPDX-License-Identifier: MIT */
/* The steps of call plans.  */

#include "flags.h"

static const void *
load_step (unsigned class, unsigned reg)
{
  return ffi_plan_steps + PLAN_STEP_SIZE * (8 * (class - 1) + reg);
}

/* Have all moves of PLAN count from the FPRs, which the frame begins with, and copies
   aligned as far as any is: ffi_invoke_moves relies on it.  */
static FFI_COLD void
place_moves (struct ffi_call_plan *plan)
{
  for (struct ffi_move *m = plan->moves; m->op != MOVE_END; m++)
    {
      ffi_count_from_fprs (m, FPRS * FPR_SIZE, REGS_BYTES);
      if (m->align < 16)
        m->align = 16;
    }
}

FFI_COLD void
ffi_port_plan (struct ffi_call_plan *plan)
{
  const ffi_cif *cif = &plan->cif;
  const void **next = plan->steps;
  unsigned gprs = 0, fprs = 0;

  if ((cif->flags & FLAG_FAST) == 0)
    {
      *next = NULL;
      place_moves (plan);
      return;
    }
  if ((cif->flags & FLAG_WORDS) && cif->nargs != 0)
    *next++ = ffi_plan_ladder_end - (cif->nargs << RUNG_SHIFT);
  else
    for (unsigned classes = cif->bytes; classes != 0; classes >>= 4)
      {
        unsigned class = classes & 15;
        bool vector = class == CLASS_F32 || class == CLASS_F64 || class == CLASS_F64_F64;
        unsigned *used = vector ? &fprs : &gprs;
        *next++ = load_step (class, *used);
        *used += class == CLASS_GPR_GPR || class == CLASS_F64_F64 ? 2 : 1;
      }
  *next = ffi_plan_calls + PLAN_CALL_SIZE * (cif->flags & RET_MASK);
  FFI_ASSERT (next < plan->steps + FFI_PLAN_STEPS);
}
