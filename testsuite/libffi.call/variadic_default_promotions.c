/* SPDX-License-Identifier: MIT */
/* A variadic argument that C would promote is refused with FFI_BAD_ARGTYPE; the
   same types are fine among the fixed ones.  */

#include "ffitest.h"

int
main (void)
{
  ffi_type *promoted[] = { &ffi_type_float, &ffi_type_uint8, &ffi_type_sint8,
                           &ffi_type_uint16, &ffi_type_sint16 };
  ffi_type *kept[]
      = { &ffi_type_sint32, &ffi_type_uint32,  &ffi_type_sint64,    &ffi_type_uint64,
          &ffi_type_double, &ffi_type_pointer, &ffi_type_longdouble };
  ffi_cif cif;
  for (size_t i = 0; i < ARRAY_SIZE (promoted); i++)
    {
      ffi_type *types[] = { promoted[i], &ffi_type_sint, promoted[i] };
      CHECK_INT (ffi_prep_cif_var (&cif, FFI_DEFAULT_ABI, 1, 2, &ffi_type_void, types),
                 FFI_OK);
      CHECK_INT (ffi_prep_cif_var (&cif, FFI_DEFAULT_ABI, 1, 3, &ffi_type_void, types),
                 FFI_BAD_ARGTYPE);
      CHECK_INT (ffi_prep_cif_var (&cif, FFI_DEFAULT_ABI, 3, 3, &ffi_type_void, types),
                 FFI_OK);
    }
  for (size_t i = 0; i < ARRAY_SIZE (kept); i++)
    {
      ffi_type *types[] = { &ffi_type_pointer, kept[i] };
      CHECK_INT (ffi_prep_cif_var (&cif, FFI_DEFAULT_ABI, 1, 2, &ffi_type_void, types),
                 FFI_OK);
    }
  return ffitest_done ();
}
