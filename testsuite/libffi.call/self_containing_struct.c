/* SPDX-License-Identifier: MIT */
/* A struct that contains itself, directly or through others, size given or not:
   FFI_BAD_TYPEDEF, and no endless descent.  */

#include "ffitest.h"

static void
refused (ffi_type *type)
{
  ffi_type *types[] = { &ffi_type_sint, type };
  ffi_cif cif;
  CHECK_INT (ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 0, type, NULL), FFI_BAD_TYPEDEF);
  CHECK_INT (ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 2, &ffi_type_void, types),
             FFI_BAD_TYPEDEF);
  CHECK_INT (ffi_prep_cif_var (&cif, FFI_DEFAULT_ABI, 1, 2, &ffi_type_void, types),
             FFI_BAD_TYPEDEF);
  CHECK_INT (ffi_get_struct_offsets (FFI_DEFAULT_ABI, type, NULL), FFI_BAD_TYPEDEF);
}

int
main (void)
{
  const size_t sizes[] = { 0, 8, 16, 64 };
  for (size_t i = 0; i < ARRAY_SIZE (sizes); i++)
    {
      unsigned short alignment = sizes[i] == 0 ? 0 : 8;
      ffi_type direct = { sizes[i], alignment, FFI_TYPE_STRUCT, NULL };
      ffi_type *direct_elements[] = { &ffi_type_sint, &direct, NULL };
      direct.elements = direct_elements;
      refused (&direct);

      ffi_type a = { sizes[i], alignment, FFI_TYPE_STRUCT, NULL };
      ffi_type b = { sizes[i], alignment, FFI_TYPE_STRUCT, NULL };
      ffi_type c = { sizes[i], alignment, FFI_TYPE_STRUCT, NULL };
      ffi_type *a_elements[] = { &b, NULL };
      ffi_type *b_elements[] = { &ffi_type_double, &c, NULL };
      ffi_type *c_elements[] = { &a, &ffi_type_sint, NULL };
      a.elements = a_elements;
      b.elements = b_elements;
      c.elements = c_elements;
      refused (&a);
      refused (&b);
      refused (&c);
    }
  return ffitest_done ();
}
