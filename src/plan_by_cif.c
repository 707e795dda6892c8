/* SPDX-License-Identifier: MIT */
/* Call plans where ffi_call has nothing to gain from more than the cif: there
   ffi_call_plan_invoke is ffi_call itself.  */

#include "port.h"
#include <stddef.h>

_Static_assert(offsetof (struct ffi_call_plan, cif) == 0, "a plan passes for its cif");

void
ffi_port_plan (struct ffi_call_plan *plan)
{
  (void) plan;
}
