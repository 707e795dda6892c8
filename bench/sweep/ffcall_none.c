/* SPDX-License-Identifier: MIT */
/* Where libffcall is not installed.  */

#include "sweep.h"
#include <stddef.h>

const bool have_ffcall = false;

void *
sweep_ffcall_alloc (void *callback, void *data)
{
  (void) callback, (void) data;
  return NULL;
}

void
sweep_ffcall_free (void *code)
{
  (void) code;
}
