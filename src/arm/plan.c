/* SPDX-License-Identifier: MIT */
/* Call plans: what cif->flags describe ffi_call does, everything else the moves.  */

#include "flags.h"

/* Have all moves of PLAN count from the VFP registers, which the frame begins with, and
   those of values that need not be at a multiple of four copy bytes: ffi_invoke_moves
   relies on it.  FLAG_TYPES becomes whether it may make them.  */
FFI_COLD void
ffi_port_plan (struct ffi_call_plan *plan)
{
  plan->cif.flags &= ~FLAG_TYPES;
  if (plan->cif.bytes <= FFI_UNPROBED)
    plan->cif.flags |= FLAG_TYPES;
  for (struct ffi_move *m = plan->moves; m->op != MOVE_END; m++)
    {
      ffi_count_from_fprs (m, VFP_BYTES, REGS_BYTES);
      if (m->op < MOVE_U32 || plan->cif.arg_types[m->arg]->alignment >= 4)
        continue;
      if (m->op != MOVE_BYTES)
        m->size = m->op == MOVE_16 ? 16 : m->op == MOVE_8 ? 8 : 4;
      m->op = MOVE_BYTES;
    }
}
