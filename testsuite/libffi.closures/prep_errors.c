/* SPDX-License-Identifier: MIT */
/* Null arguments and code addresses that are not allocated: FFI_BAD_ABI.  */

#include "ffitest.h"

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  (void) cif, (void) args, (void) data;
  *(ffi_arg *) result = 7;
}

int
main (void)
{
  ffi_cif cif, strange;
  void *code;
  PREP_CIF (&cif, 0, &ffi_type_sint, NULL);
  ffi_closure *closure = ffi_closure_alloc (sizeof *closure, &code);
  CHECK (closure != NULL);
  CHECK_INT (ffi_prep_closure_loc (NULL, &cif, handle, NULL, code), FFI_BAD_ABI);
  CHECK_INT (ffi_prep_closure_loc (closure, NULL, handle, NULL, code), FFI_BAD_ABI);
  CHECK_INT (ffi_prep_closure_loc (closure, &cif, NULL, NULL, code), FFI_BAD_ABI);
  CHECK_INT (ffi_prep_closure_loc (closure, &cif, handle, NULL, NULL), FFI_BAD_ABI);
  strange = cif;
  strange.abi = FFI_LAST_ABI;
  CHECK_INT (ffi_prep_closure_loc (closure, &strange, handle, NULL, code), FFI_BAD_ABI);
  strange.abi = FFI_FIRST_ABI;
  CHECK_INT (ffi_prep_closure_loc (closure, &strange, handle, NULL, code), FFI_BAD_ABI);

  /* None of that spoilt it.  */
  CHECK_INT (ffi_prep_closure_loc (closure, &cif, handle, NULL, code), FFI_OK);
  CHECK_INT (CODE_AS (int (*) (void), code) (), 7);
  ffi_closure_free (closure);
  CHECK_INT (ffi_prep_closure_loc (closure, &cif, handle, NULL, code), FFI_BAD_ABI);
  return ffitest_done ();
}
