/* SPDX-License-Identifier: MIT */
/* Unknown type codes, as result, argument or element: FFI_BAD_TYPEDEF.  */

#include "ffitest.h"

int
main (void)
{
  const unsigned short bad[]
      = { FFI_TYPE_LAST + 1, FFI_TYPE_LAST + 2, 100, 0x7fff, 0xffff };
  for (size_t i = 0; i < ARRAY_SIZE (bad); i++)
    {
      ffi_type odd = { 4, 4, bad[i], NULL };
      ffi_type odd0 = { 0, 0, bad[i], NULL };
      ffi_type *types[] = { &ffi_type_sint, &odd };
      ffi_type *types0[] = { &odd0, &ffi_type_sint };
      STRUCT_TYPE (structure, &ffi_type_sint, &odd);
      ffi_type *in_struct[] = { &structure };
      ffi_cif cif;
      CHECK_INT (ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 0, &odd, NULL), FFI_BAD_TYPEDEF);
      CHECK_INT (ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 0, &odd0, NULL), FFI_BAD_TYPEDEF);
      CHECK_INT (ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 2, &ffi_type_void, types),
                 FFI_BAD_TYPEDEF);
      CHECK_INT (ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 2, &ffi_type_void, types0),
                 FFI_BAD_TYPEDEF);
      CHECK_INT (ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 1, &ffi_type_void, in_struct),
                 FFI_BAD_TYPEDEF);
      CHECK_INT (ffi_prep_cif_var (&cif, FFI_DEFAULT_ABI, 1, 2, &ffi_type_void, types),
                 FFI_BAD_TYPEDEF);
      CHECK_INT (ffi_get_struct_offsets (FFI_DEFAULT_ABI, &structure, NULL),
                 FFI_BAD_TYPEDEF);
    }
  return ffitest_done ();
}
