/* SPDX-License-Identifier: MIT */
/* ffi_closure_free (NULL) does nothing.  */

#include "ffitest.h"

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  (void) cif, (void) result, (void) args;
  ++*(int *) data;
}

int
main (void)
{
  ffi_cif cif;
  void *code;
  int called = 0;
  ffi_closure_free (NULL);
  PREP_CIF (&cif, 0, &ffi_type_void, NULL);
  ffi_closure *closure = MAKE_CLOSURE (&cif, handle, &called, &code);
  ffi_closure_free (NULL);
  CODE_AS (void (*) (void), code) ();
  CHECK_INT (called, 1);
  ffi_closure_free (closure);
  return ffitest_done ();
}
