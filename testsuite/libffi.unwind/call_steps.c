/* SPDX-License-Identifier: MIT */
/* { needs stepping nosan } */
/* { options -funwind-tables } */
/* At every instruction of an ffi_call unwinding reaches main with main's stack
   pointer, with and without room for the result.  */

#include "ffitest.h"
#include "single_step.h"
#include "stepped.h"

static void
act (void *code)
{
  ffi_call (&stepped.s.cif, CODE_AS (void (*) (void), code), stepped.result,
            stepped.s.avalue);
}

int
main (void)
{
  for (size_t i = 0; i < ARRAY_SIZE (stepped_texts); i += STEPPED_BY)
    {
      void *code;
      stepped_prepare (stepped_texts[i]);
      ffi_closure *closure = MAKE_CLOSURE (&stepped.s.cif, stepped_handle, NULL, &code);
      CHECK_STEPPING (stepped_texts[i], act, code, stepped_sum);
      stepped.result = NULL;
      CHECK_STEPPING (stepped_texts[i], act, code, stepped_sum);
      ffi_closure_free (closure);
    }
  return ffitest_done ();
}
