/* SPDX-License-Identifier: MIT */
/* A void argument takes no place: closures, Go and raw closures with some are called as
   functions without.  In a raw block it has a word, except in an image of the stack.  */

#include "described.h"

int
main (void)
{
  ffi_type *types[] = { &ffi_type_void, &ffi_type_sint, &ffi_type_void };
  const size_t words = FFI_NATIVE_RAW_API ? 1 : 3;
  ffi_cif cif;

  PREP_CIF (&cif, 3, &ffi_type_sint, types);
  CHECK_UINT (ffi_raw_size (&cif), words * sizeof (ffi_raw));
  described_with_voids = 1;
  described_in_every_abi (described_check_closures);
  return ffitest_done ();
}
