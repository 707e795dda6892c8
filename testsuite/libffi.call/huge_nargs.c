/* SPDX-License-Identifier: MIT */
/* A number of arguments that no call can have is refused before the list, which
   is shorter, is read.  */

#include "ffitest.h"
#include "guarded.h"

int
main (void)
{
  const unsigned counts[] = { 0xffffffff, 0x80000000, 0x7fffffff, 0x10000000, 65536 };
  ffi_type **types = (ffi_type **) guarded_alloc (2 * sizeof *types);
  ffi_cif cif;
  types[0] = types[1] = &ffi_type_sint;
  for (size_t i = 0; i < ARRAY_SIZE (counts); i++)
    {
      CHECK_INT (ffi_prep_cif (&cif, FFI_DEFAULT_ABI, counts[i], &ffi_type_void, types),
                 FFI_BAD_TYPEDEF);
      CHECK_INT (
          ffi_prep_cif_var (&cif, FFI_DEFAULT_ABI, 1, counts[i], &ffi_type_void, types),
          FFI_BAD_TYPEDEF);
    }
  CHECK_INT (ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 2, &ffi_type_void, types), FFI_OK);
  return ffitest_done ();
}
