/* SPDX-License-Identifier: MIT */
/* { needs stepping nosan } */
/* { options -funwind-tables } */
/* At every instruction of ffi_call_go of a Go closure unwinding reaches main with
   main's stack pointer.  */

#include "ffitest.h"
#include "single_step.h"
#include "signatures.h"

static ffi_go_closure closure;

static void
act (void *data)
{
  struct use *use = data;
  ffi_call_go (&use->cif, CODE_AS (void (*) (void), closure.tramp), use->result,
               use->values, &closure);
}

int
main (void)
{
  for (size_t i = 0; i < ARRAY_SIZE (signatures); i++)
    {
      struct use use;
      use_prepare (&use, &signatures[i]);
      CHECK_INT (ffi_prep_go_closure (&closure, &use.cif, signature_handle), FFI_OK);
      CHECK_STEPPING (signatures[i].name, act, &use, use_sum);
    }
  return ffitest_done ();
}
