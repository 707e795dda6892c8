/* SPDX-License-Identifier: MIT */
/* A prepared cif shows its ABI, count, argument types and result type, by address.  */

#include "ffitest.h"

int
main (void)
{
  ffi_type *types[] = { &ffi_type_sint, &ffi_type_double, &ffi_type_pointer };
  ffi_cif cif;
  memset (&cif, 0xff, sizeof cif);
  PREP_CIF (&cif, 3, &ffi_type_sint8, types);
  CHECK_INT (cif.abi, FFI_DEFAULT_ABI);
  CHECK_INT (cif.nargs, 3);
  CHECK_PTR (cif.arg_types, types);
  CHECK_PTR (cif.rtype, &ffi_type_sint8);
  CHECK_PTR (cif.arg_types[1], &ffi_type_double);

  memset (&cif, 0xff, sizeof cif);
  PREP_CIF_VAR (&cif, 1, 3, &ffi_type_void, types);
  CHECK_INT (cif.abi, FFI_DEFAULT_ABI);
  CHECK_INT (cif.nargs, 3);
  CHECK_PTR (cif.arg_types, types);
  CHECK_PTR (cif.rtype, &ffi_type_void);
  return ffitest_done ();
}
