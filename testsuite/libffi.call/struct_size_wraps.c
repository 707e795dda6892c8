/* SPDX-License-Identifier: MIT */
/* A struct whose size does not fit in size_t, or that is too large to pass:
   FFI_BAD_TYPEDEF.  */

#include "ffitest.h"

int
main (void)
{
  const size_t sizes[] = { SIZE_MAX, SIZE_MAX - 7, SIZE_MAX / 2 + 1, (size_t) 1 << 31 };
  for (size_t i = 0; i < ARRAY_SIZE (sizes); i++)
    {
      ffi_type *huge_elements[] = { &ffi_type_sint64, NULL };
      ffi_type huge = { sizes[i], 8, FFI_TYPE_STRUCT, huge_elements };
      STRUCT_TYPE (wraps, &huge, &huge, &ffi_type_sint64);
      ffi_type *types[] = { &wraps };
      ffi_cif cif;
      CHECK_INT (ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 1, &ffi_type_void, types),
                 FFI_BAD_TYPEDEF);
      if (sizes[i] >= SIZE_MAX / 2)
        {
          STRUCT_TYPE (again, &huge, &huge, &ffi_type_sint64);
          CHECK_INT (ffi_get_struct_offsets (FFI_DEFAULT_ABI, &again, NULL),
                     FFI_BAD_TYPEDEF);
          ffi_type *alone[] = { &huge };
          CHECK_INT (ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 1, &ffi_type_void, alone),
                     FFI_BAD_TYPEDEF);
        }
    }
  return ffitest_done ();
}
