/* SPDX-License-Identifier: MIT */
/* { sources support/seal_none.c } */
/* The handler gets its closure's user data and cif; the members of ffi_closure show
   them, and user_data may be changed between calls.  Unless the closure is sealed:
   libffi.seal/copies_in_handler.c.  */

#include "ffitest.h"

static void *seen_data;
static ffi_cif *seen_cif;

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  (void) result, (void) args;
  seen_cif = cif;
  seen_data = data;
}

int
main (void)
{
  ffi_cif cif;
  int a, b;
  void *code;
  PREP_CIF (&cif, 0, &ffi_type_void, NULL);
  ffi_closure *closure = MAKE_CLOSURE (&cif, handle, &a, &code);
  CHECK_PTR (closure->cif, &cif);
  CHECK (closure->fun == handle);
  CHECK_PTR (closure->user_data, &a);
  CODE_AS (void (*) (void), code) ();
  CHECK_PTR (seen_data, &a);
  CHECK_PTR (seen_cif, &cif);
  closure->user_data = &b;
  CODE_AS (void (*) (void), code) ();
  CHECK_PTR (seen_data, &b);
  closure->user_data = NULL;
  CODE_AS (void (*) (void), code) ();
  CHECK_PTR (seen_data, NULL);
  ffi_closure_free (closure);
  return ffitest_done ();
}
