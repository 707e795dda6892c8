/* SPDX-License-Identifier: MIT */
/* Call plans: making them, of moves to locations, and freeing them.  The port invokes
   them.  */

#include "moves.h"
#include "port.h"
#include <errno.h>
#include <stdlib.h>

/* Note the moves of CIF's arguments at LIST, unless that is null, by VARIANT, a constant.
   Returns how many they are.  */
FFI_INLINE size_t
note_moves (const ffi_cif *cif, struct ffi_move *list, unsigned variant)
{
  char none[2 * MAX_REGS_BYTES]; /* Of the frame only the stride matters.  */
  const struct ffi_frame f
      = ffi_port_entry_frame (cif, none, none + MAX_REGS_BYTES, variant);
  struct mover m = { .frame = &f, .noted = list, .planning = true };
  struct ffi_assign a;

  ffi_port_start (&a, cif, variant);
  const unsigned order = a.sret;
  struct ffi_move sret = { .op = MOVE_SRET }, end = { .op = MOVE_END };
  if (order == SRET_FIRST)
    sret = move_to_word (ffi_port_sret (&a));
  if (order != SRET_NONE)
    take_move (&m, &sret);
  for (; m.arg < cif->nargs; m.arg++)
    move_value (&m, ffi_port_next (&a, cif->arg_types[m.arg], variant),
                cif->arg_types[m.arg]);
  if (order == SRET_LAST)
    sret = move_to_word (ffi_port_sret (&a));
  if (order != SRET_NONE && list != NULL)
    {
      *list = sret;
      list->op = MOVE_SRET;
    }
  take_move (&m, &end);
  return m.count;
}

/* note_moves by the variant of CIF.  */
static size_t
note_all_moves (const ffi_cif *cif, struct ffi_move *list)
{
  if (PORT_VARIANTS > 1 && ffi_port_variant (cif) != 0)
    return note_moves (cif, list, 1);
  return note_moves (cif, list, 0);
}

/* Have CIF refer to copies of its arguments' types, without their elements, at TO.  */
static void
keep_types (ffi_cif *cif, ffi_type *to)
{
  ffi_type **list = (ffi_type **) (to + cif->nargs);

  for (unsigned i = 0; i < cif->nargs; i++)
    {
      to[i] = *cif->arg_types[i];
      to[i].elements = NULL;
      list[i] = &to[i];
    }
  cif->arg_types = list;
}

ffi_call_plan *
ffi_call_plan_alloc (ffi_cif *cif)
{
  if (cif == NULL || cif->rtype == NULL || !ffi_port_has_abi (cif->abi)
      || (cif->nargs != 0 && cif->arg_types == NULL))
    {
      errno = EINVAL;
      return NULL;
    }
  const size_t count = note_all_moves (cif, NULL);
  size_t size = sizeof (ffi_call_plan) + count * sizeof (struct ffi_move);
  size += sizeof (void *) * PORT_PLAN_WORDS (count, cif->nargs);
  if (PORT_PLAN_TYPES)
    size += cif->nargs * (sizeof (ffi_type) + sizeof (ffi_type *));
  ffi_call_plan *plan = malloc (size);
  if (plan == NULL)
    return NULL;
  plan->cif = *cif;
  plan->size = size;
  note_all_moves (cif, plan->moves);
  if (PORT_PLAN_TYPES)
    keep_types (&plan->cif, (ffi_type *) (plan->moves + count));
  ffi_port_plan (plan);
  return plan;
}

void
ffi_call_plan_free (ffi_call_plan *plan)
{
  free (plan);
}

size_t
ffi_call_plan_size (ffi_call_plan *plan)
{
  return plan != NULL ? plan->size : 0;
}
