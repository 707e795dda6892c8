/* SPDX-License-Identifier: MIT */
/* void as an argument or as an element of a struct: FFI_BAD_TYPEDEF.  */

#include "ffitest.h"

int
main (void)
{
  ffi_type *only[] = { &ffi_type_void };
  ffi_type *second[] = { &ffi_type_sint, &ffi_type_void };
  STRUCT_TYPE (structure, &ffi_type_sint, &ffi_type_void);
  ffi_type *in_struct[] = { &structure };
  ffi_cif cif;
  CHECK_INT (ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 1, &ffi_type_void, only),
             FFI_BAD_TYPEDEF);
  CHECK_INT (ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 2, &ffi_type_void, second),
             FFI_BAD_TYPEDEF);
  CHECK_INT (ffi_prep_cif_var (&cif, FFI_DEFAULT_ABI, 1, 2, &ffi_type_void, second),
             FFI_BAD_TYPEDEF);
  CHECK_INT (ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 1, &ffi_type_void, in_struct),
             FFI_BAD_TYPEDEF);
  CHECK_INT (ffi_get_struct_offsets (FFI_DEFAULT_ABI, &structure, NULL), FFI_BAD_TYPEDEF);
  CHECK_INT (ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 0, &ffi_type_void, NULL), FFI_OK);
  return ffitest_done ();
}
