/* SPDX-License-Identifier: MIT */
/* Call plans where ffi_call has nothing to gain from more than the cif.  */

#include "arch.h"

void
ffi_arch_plan (struct ffi_call_plan *plan)
{
  (void) plan;
}

void
ffi_call_plan_invoke (ffi_call_plan *plan, void (*fn) (void), void *rvalue, void **avalue)
{
  ffi_call (&plan->cif, fn, rvalue, avalue);
}
