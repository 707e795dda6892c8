/* SPDX-License-Identifier: MIT */
/* Call plans of ports without steps of their own: what cif->flags describe ffi_call does,
   everything else the moves.  */

#include "port.h"
#include <stddef.h>

_Static_assert(offsetof (struct ffi_call_plan, cif) == 0, "a plan passes for its cif");

void
ffi_port_plan (struct ffi_call_plan *plan)
{
  (void) plan;
}
