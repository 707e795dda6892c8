/* SPDX-License-Identifier: MIT */
/* { needs stepping nosan } */
/* { options -funwind-tables } */
/* At every instruction of an ffi_call unwinding reaches main with main's stack
   pointer, with and without room for the result.  */

#include "ffitest.h"
#include "single_step.h"
#include "signatures.h"

static void
act (void *data)
{
  struct use *use = data;
  ffi_call (&use->cif, use->signature->fn, use->result, use->values);
}

int
main (void)
{
  for (size_t i = 0; i < ARRAY_SIZE (signatures); i++)
    {
      struct use use;
      use_prepare (&use, &signatures[i]);
      CHECK_STEPPING (signatures[i].name, act, &use, use_sum);
      use.result = NULL;
      CHECK_STEPPING (signatures[i].name, act, &use, use_sum);
    }
  return ffitest_done ();
}
