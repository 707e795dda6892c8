/* SPDX-License-Identifier: MIT */
/* Where no vectors are passed, cifs with one, also in structs, are refused with
   FFI_BAD_TYPEDEF as by released libffi, by every function and for every ABI.  The type
   is left as it was.  */

#include "ffitest.h"

#ifndef FFI_TARGET_HAS_VECTOR_TYPE
static void
check_refused (ffi_abi abi, ffi_type *vector)
{
  STRUCT_TYPE (inner, vector);
  STRUCT_TYPE (around, &ffi_type_sint, &inner);
  ffi_type *types[] = { &ffi_type_sint, vector }, *structs[] = { &around };
  size_t offsets[2];
  ffi_cif cif;

  CHECK_INT (ffi_prep_cif (&cif, abi, 0, vector, NULL), FFI_BAD_TYPEDEF);
  CHECK_INT (ffi_prep_cif (&cif, abi, 2, &ffi_type_void, types), FFI_BAD_TYPEDEF);
  CHECK_INT (ffi_prep_cif (&cif, abi, 1, &ffi_type_void, structs), FFI_BAD_TYPEDEF);
  CHECK_INT (ffi_prep_cif (&cif, abi, 0, &around, NULL), FFI_BAD_TYPEDEF);
  CHECK_INT (ffi_get_struct_offsets (abi, &around, offsets), FFI_BAD_TYPEDEF);
  if (abi == FFI_DEFAULT_ABI)
    CHECK_INT (ffi_prep_cif_var (&cif, abi, 1, 2, &ffi_type_void, types),
               FFI_BAD_TYPEDEF);
}

static void
check_abi (ffi_abi abi)
{
  ffi_type *lanes[] = { &ffi_type_float, &ffi_type_float, NULL };

  for (size_t size = 0; size <= 64; size = size == 0 ? 8 : 2 * size)
    {
      ffi_type vector = { size, (unsigned short) size, FFI_TYPE_VECTOR, lanes };

      check_refused (abi, &vector);
      CHECK_UINT (vector.size, size);
      CHECK_UINT (vector.alignment, size);
    }
}
#endif

int
main (void)
{
#ifdef FFI_TARGET_HAS_VECTOR_TYPE
  UNSUPPORTED ("vectors are passed here");
#else
  ffi_cif cif;
  int abis = 0;

  for (int abi = FFI_FIRST_ABI; abi < FFI_LAST_ABI; abi++)
    if (ffi_prep_cif (&cif, (ffi_abi) abi, 0, &ffi_type_void, NULL) == FFI_OK)
      {
        check_abi ((ffi_abi) abi);
        abis++;
      }
  CHECK (abis > 0);
  return ffitest_done ();
#endif
}
