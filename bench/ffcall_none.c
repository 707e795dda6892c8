/* SPDX-License-Identifier: MIT */
/* In place of ffcall.c where GNU libffcall is not installed.  */

#include "bench.h"

const bool have_ffcall = false;
const call_fn ffcall_calls[N_SIGNATURES] = { NULL };

void *
ffcall_alloc (unsigned signature, void *data)
{
  (void) signature, (void) data;
  return NULL;
}

void
ffcall_free (void *code)
{
  (void) code;
}
