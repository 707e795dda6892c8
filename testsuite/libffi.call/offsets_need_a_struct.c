/* SPDX-License-Identifier: MIT */
/* ffi_get_struct_offsets refuses what is not a struct.  */

#include "ffitest.h"

int
main (void)
{
  size_t offsets[4];
  ffi_type *types[] = { &ffi_type_void, &ffi_type_sint, &ffi_type_double,
                        &ffi_type_longdouble, &ffi_type_pointer };
  for (size_t i = 0; i < ARRAY_SIZE (types); i++)
    CHECK_INT (ffi_get_struct_offsets (FFI_DEFAULT_ABI, types[i], offsets),
               FFI_BAD_TYPEDEF);
  CHECK_INT (ffi_get_struct_offsets (FFI_DEFAULT_ABI, NULL, offsets), FFI_BAD_TYPEDEF);
  return ffitest_done ();
}
