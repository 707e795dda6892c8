/* SPDX-License-Identifier: MIT */
/* libffcall's closures.  Built only where the library is installed.  */

#include "sweep.h"
#include <callback.h>

const bool have_ffcall = true;

void *
sweep_ffcall_alloc (void *callback, void *data)
{
  return (void *) alloc_callback ((callback_function_t) callback, data);
}

void
sweep_ffcall_free (void *code)
{
  free_callback ((callback_t) code);
}
