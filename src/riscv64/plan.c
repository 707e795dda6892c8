/* SPDX-License-Identifier: MIT */
/* Call plans: what cif->flags describe ffi_call does, everything else the moves.  */

#include "classify.h"

/* The move that does what M does and takes ffi_invoke_moves the least, of an argument
   that is aligned to ALIGNMENT.  */
static unsigned
fastest (const struct ffi_move *m, size_t alignment)
{
  switch (m->op)
    {
    case MOVE_4:
      if (m->base == MOVE_TO_FPR)
        return m->from == 0 ? MOVE_FLOAT : MOVE_LATER_FLOAT;
      return alignment < 4 ? MOVE_BYTES : MOVE_4;
    case MOVE_8:
      return alignment < 8 ? MOVE_BYTES : m->from == 0 ? MOVE_FIRST_8 : MOVE_8;
    case MOVE_16:
      return alignment < 8 ? MOVE_BYTES : MOVE_16;
    default:
      return m->op;
    }
}

/* Whether M and the move behind it are of two floats next to each other.  */
static bool
are_floats (const struct ffi_move *m)
{
  return m->op == MOVE_FLOAT && m[1].op == MOVE_LATER_FLOAT && m[1].from == 4
         && m[1].arg == m->arg && m[1].to == m->to + 8;
}

/* Have all moves of PLAN count from the FPRs, which the frame begins with, copies aligned
   as far as any is, and others with the place of their argument in avalue instead:
   ffi_invoke_moves relies on it.  C knows MOVE_BYTES in the operations that are only for
   that.  FLAG_TYPES becomes whether it may make the moves.  */
FFI_COLD void
ffi_port_plan (struct ffi_call_plan *plan)
{
  ffi_cif *cif = &plan->cif;

  if (cif->flags & FLAG_FAST)
    return;
  cif->flags &= ~FLAG_TYPES;
  if (cif->bytes > FFI_UNPROBED || cif->nargs > UINT16_MAX / 8
      || !ffi_is_partly_stored (cif->flags))
    return;
  cif->flags |= FLAG_TYPES;
  for (struct ffi_move *m = plan->moves; m->op != MOVE_END; m++)
    {
      if (m->op == MOVE_8)
        m->size = 8;
      if (m->op != MOVE_SRET)
        m->op = fastest (m, ffi_alignment_of (cif->arg_types[m->arg]));
      ffi_count_from_fprs (m, FPRS_BYTES, FPRS_BYTES + GPRS_BYTES);
      if (m->op != MOVE_COPY)
        m->align = 8 * m->arg;
      else if (m->align < 16)
        m->align = 16;
    }
  for (struct ffi_move *m = plan->moves; m->op != MOVE_END; m++)
    if (are_floats (m))
      m->op = MOVE_FLOATS;
}
