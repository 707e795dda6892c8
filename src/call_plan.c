/* SPDX-License-Identifier: MIT */
/* Call plans.  ffi_prep_cif already decides how each argument travels, so a plan
   is a copy of the cif that nobody can change between its calls.  */

#include "arch.h"
#include <errno.h>
#include <stdlib.h>

struct ffi_call_plan
{
  ffi_cif cif;
};

ffi_call_plan *
ffi_call_plan_alloc (ffi_cif *cif)
{
  if (cif == NULL || cif->rtype == NULL || !ffi_arch_has_abi (cif->abi)
      || (cif->nargs != 0 && cif->arg_types == NULL))
    {
      errno = EINVAL;
      return NULL;
    }
  ffi_call_plan *plan = malloc (sizeof *plan);
  if (plan != NULL)
    plan->cif = *cif;
  return plan;
}

void
ffi_call_plan_invoke (ffi_call_plan *plan, void (*fn) (void), void *rvalue, void **avalue)
{
  ffi_call (&plan->cif, fn, rvalue, avalue);
}

void
ffi_call_plan_free (ffi_call_plan *plan)
{
  free (plan);
}

size_t
ffi_call_plan_size (ffi_call_plan *plan)
{
  return plan != NULL ? sizeof *plan : 0;
}
