/* SPDX-License-Identifier: MIT */
/* More named arguments than arguments: FFI_BAD_TYPEDEF.  */

#include "ffitest.h"

int
main (void)
{
  ffi_type *types[] = { &ffi_type_sint, &ffi_type_sint };
  ffi_cif cif;
  CHECK_INT (ffi_prep_cif_var (&cif, FFI_DEFAULT_ABI, 3, 2, &ffi_type_void, types),
             FFI_BAD_TYPEDEF);
  CHECK_INT (ffi_prep_cif_var (&cif, FFI_DEFAULT_ABI, 1, 0, &ffi_type_void, NULL),
             FFI_BAD_TYPEDEF);
  CHECK_INT (
      ffi_prep_cif_var (&cif, FFI_DEFAULT_ABI, 0xffffffff, 2, &ffi_type_void, types),
      FFI_BAD_TYPEDEF);
  return ffitest_done ();
}
