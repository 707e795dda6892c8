/* SPDX-License-Identifier: MIT */
/* 100 levels of structs are accepted, 101 are not.  */

#include "ffitest.h"

static ffi_status
prepare_nested (int depth)
{
  static ffi_type types[200];
  static ffi_type *elements[200][2];
  types[0] = ffi_type_double;
  for (int i = 1; i <= depth; i++)
    {
      elements[i][0] = &types[i - 1];
      types[i] = (ffi_type){ 0, 0, FFI_TYPE_STRUCT, elements[i] };
    }
  ffi_cif cif;
  ffi_type *top = &types[depth];
  return ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 1, &ffi_type_void, &top);
}

int
main (void)
{
  CHECK_INT (prepare_nested (1), FFI_OK);
  CHECK_INT (prepare_nested (100), FFI_OK);
  CHECK_INT (prepare_nested (101), FFI_BAD_TYPEDEF);
  CHECK_INT (prepare_nested (199), FFI_BAD_TYPEDEF);
  return ffitest_done ();
}
