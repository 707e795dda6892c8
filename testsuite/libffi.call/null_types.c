/* SPDX-License-Identifier: MIT */
/* Null pointers where a type or a list of types must be: FFI_BAD_TYPEDEF.  */

#include "ffitest.h"

int
main (void)
{
  ffi_type *types[] = { &ffi_type_sint, NULL };
  ffi_type no_elements = { 0, 0, FFI_TYPE_STRUCT, NULL };
  ffi_type *in_list[] = { &no_elements };
  STRUCT_TYPE (outer, &ffi_type_sint, &no_elements);
  ffi_type *nested[] = { &outer };
  ffi_type complex_nothing = { 16, 8, FFI_TYPE_COMPLEX, NULL };
  ffi_type *null_element[] = { NULL };
  ffi_type complex_null = { 16, 8, FFI_TYPE_COMPLEX, null_element };
  ffi_type vector_nothing = { 16, 16, FFI_TYPE_VECTOR, NULL };
  ffi_type vector_null = { 16, 16, FFI_TYPE_VECTOR, null_element };
  ffi_type *elemental[]
      = { &complex_nothing, &complex_null, &vector_nothing, &vector_null };
  ffi_cif cif;

  CHECK_INT (ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 0, NULL, NULL), FFI_BAD_TYPEDEF);
  CHECK_INT (ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 1, &ffi_type_void, NULL),
             FFI_BAD_TYPEDEF);
  CHECK_INT (ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 2, &ffi_type_void, types),
             FFI_BAD_TYPEDEF);
  CHECK_INT (ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 0, &no_elements, NULL),
             FFI_BAD_TYPEDEF);
  CHECK_INT (ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 1, &ffi_type_void, in_list),
             FFI_BAD_TYPEDEF);
  CHECK_INT (ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 1, &ffi_type_void, nested),
             FFI_BAD_TYPEDEF);
  CHECK_INT (ffi_prep_cif_var (&cif, FFI_DEFAULT_ABI, 1, 2, &ffi_type_void, types),
             FFI_BAD_TYPEDEF);
  CHECK_INT (ffi_prep_cif_var (&cif, FFI_DEFAULT_ABI, 1, 1, NULL, types),
             FFI_BAD_TYPEDEF);
  CHECK_INT (ffi_get_struct_offsets (FFI_DEFAULT_ABI, &no_elements, NULL),
             FFI_BAD_TYPEDEF);
  CHECK_INT (ffi_get_struct_offsets (FFI_DEFAULT_ABI, &outer, NULL), FFI_BAD_TYPEDEF);
  for (size_t i = 0; i < ARRAY_SIZE (elemental); i++)
    {
      ffi_type *list[] = { elemental[i] };
      STRUCT_TYPE (structure, elemental[i]);
      ffi_type *in_struct[] = { &structure };
      CHECK_INT (ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 0, elemental[i], NULL),
                 FFI_BAD_TYPEDEF);
      CHECK_INT (ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 1, &ffi_type_void, list),
                 FFI_BAD_TYPEDEF);
      CHECK_INT (ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 1, &ffi_type_void, in_struct),
                 FFI_BAD_TYPEDEF);
    }
  return ffitest_done ();
}
