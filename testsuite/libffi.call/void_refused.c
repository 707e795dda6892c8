/* SPDX-License-Identifier: MIT */
/* Where void makes no sense: as an element of a struct and with a size of 0,
   FFI_BAD_TYPEDEF; as an argument without a name, FFI_BAD_ARGTYPE.  */

#include "ffitest.h"

int
main (void)
{
  ffi_type *second[] = { &ffi_type_sint, &ffi_type_void };
  STRUCT_TYPE (structure, &ffi_type_sint, &ffi_type_void);
  ffi_type *in_struct[] = { &structure };
  ffi_cif cif;

  CHECK_INT (ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 1, &ffi_type_void, in_struct),
             FFI_BAD_TYPEDEF);
  CHECK_INT (ffi_get_struct_offsets (FFI_DEFAULT_ABI, &structure, NULL), FFI_BAD_TYPEDEF);
  CHECK_INT (ffi_prep_cif_var (&cif, FFI_DEFAULT_ABI, 1, 2, &ffi_type_void, second),
             FFI_BAD_ARGTYPE);
  CHECK_INT (ffi_prep_cif_var (&cif, FFI_DEFAULT_ABI, 2, 2, &ffi_type_void, second),
             FFI_OK);
  for (unsigned short alignment = 0; alignment <= 4; alignment++)
    {
      ffi_type sizeless = { 0, alignment, FFI_TYPE_VOID, NULL };
      ffi_type *types[] = { &ffi_type_sint, &sizeless };
      for (int abi = FFI_FIRST_ABI; abi < FFI_LAST_ABI; abi++)
        {
          if (ffi_prep_cif (&cif, (ffi_abi) abi, 0, &ffi_type_void, NULL) != FFI_OK)
            continue;
          CHECK_INT (ffi_prep_cif (&cif, (ffi_abi) abi, 0, &sizeless, NULL),
                     FFI_BAD_TYPEDEF);
          CHECK_INT (ffi_prep_cif (&cif, (ffi_abi) abi, 2, &ffi_type_void, types),
                     FFI_BAD_TYPEDEF);
          CHECK_INT (ffi_prep_cif (&cif, (ffi_abi) abi, 1, &sizeless, types),
                     FFI_BAD_TYPEDEF);
        }
    }
  return ffitest_done ();
}
