/* SPDX-License-Identifier: MIT */
/* { options -Wno-deprecated-declarations } */
/* ffi_prep_closure, the old entry, uses the code address that belongs to a closure
   from ffi_closure_alloc.  */

#include "ffitest.h"

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  (void) cif, (void) args;
  *(ffi_arg *) result = *(unsigned *) data;
}

int
main (void)
{
  unsigned number = 5;
  ffi_cif cif;
  void *code;
  PREP_CIF (&cif, 0, &ffi_type_uint, NULL);
  ffi_closure *closure = ffi_closure_alloc (sizeof *closure, &code);
  CHECK (closure != NULL);
  CHECK_INT (ffi_prep_closure (closure, &cif, handle, &number), FFI_OK);
  CHECK_INT (CODE_AS (unsigned (*) (void), code) (), 5);
  ffi_closure_free (closure);
  return ffitest_done ();
}
