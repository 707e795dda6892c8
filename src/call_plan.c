/* SPDX-License-Identifier: MIT */
/* Call plans: making and freeing them.  The architecture invokes them.  */

#include "port.h"
#include <errno.h>
#include <stdlib.h>

ffi_call_plan *
ffi_call_plan_alloc (ffi_cif *cif)
{
  if (cif == NULL || cif->rtype == NULL || !ffi_port_has_abi (cif->abi)
      || (cif->nargs != 0 && cif->arg_types == NULL))
    {
      errno = EINVAL;
      return NULL;
    }
  ffi_call_plan *plan = malloc (sizeof *plan);
  if (plan == NULL)
    return NULL;
  plan->cif = *cif;
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
  return plan != NULL ? sizeof *plan : 0;
}
