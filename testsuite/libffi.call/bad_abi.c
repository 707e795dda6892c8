/* SPDX-License-Identifier: MIT */
/* An ABI outside FFI_FIRST_ABI < abi < FFI_LAST_ABI is answered with FFI_BAD_ABI.  */

#include "ffitest.h"

int
main (void)
{
  const unsigned bad[]
      = { 0, FFI_FIRST_ABI, FFI_LAST_ABI, FFI_LAST_ABI + 1, 100, 0x7fffffff, 0xffffffff };
  ffi_type *types[] = { &ffi_type_sint };
  for (size_t i = 0; i < ARRAY_SIZE (bad); i++)
    {
      ffi_abi abi = (ffi_abi) bad[i];
      size_t offsets[2];
      ffi_cif cif;
      STRUCT_TYPE (type, &ffi_type_sint, &ffi_type_double);
      CHECK_INT (ffi_prep_cif (&cif, abi, 1, &ffi_type_void, types), FFI_BAD_ABI);
      CHECK_INT (ffi_prep_cif_var (&cif, abi, 1, 1, &ffi_type_void, types), FFI_BAD_ABI);
      CHECK_INT (ffi_get_struct_offsets (abi, &type, offsets), FFI_BAD_ABI);
    }
  return ffitest_done ();
}
