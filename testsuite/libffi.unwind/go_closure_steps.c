/* SPDX-License-Identifier: MIT */
/* { needs stepping nosan } */
/* { options -funwind-tables } */
/* At every instruction of ffi_call_go of a Go closure unwinding reaches main with
   main's stack pointer.  */

#include "ffitest.h"
#include "single_step.h"
#include "stepped.h"

static ffi_go_closure closure;

static void
act (void *data)
{
  ffi_call_go (&stepped.s.cif, CODE_AS (void (*) (void), closure.tramp), stepped.result,
               stepped.s.avalue, data);
}

int
main (void)
{
  for (size_t i = 0; i < ARRAY_SIZE (stepped_texts); i += STEPPED_BY)
    {
      stepped_prepare (stepped_texts[i]);
      CHECK_INT (ffi_prep_go_closure (&closure, &stepped.s.cif, stepped_handle), FFI_OK);
      CHECK_STEPPING (stepped_texts[i], act, &closure, stepped_sum);
    }
  return ffitest_done ();
}
