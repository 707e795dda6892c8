/* SPDX-License-Identifier: MIT */
/* Call plans on i386: ffi_call's own code, as long as that looks at sizes and codes of
   types only.  */

#include "flags.h"
#include <stddef.h>

_Static_assert(offsetof (struct ffi_call_plan, cif) == 0, "a plan passes for its cif");

void
ffi_port_plan (struct ffi_call_plan *plan)
{
  plan->cif.flags |= FLAG_PLAN;
}
