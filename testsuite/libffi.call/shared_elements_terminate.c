/* SPDX-License-Identifier: MIT */
/* Types whose nesting shares one inner type twice per level describe 2^n scalars;
   the answer comes at once, be it a refusal.  */

#include "ffitest.h"
#include <time.h>

static void
within_two_seconds (int depth, size_t size)
{
  static ffi_type types[101];
  static ffi_type *elements[101][3];
  types[0] = ffi_type_uint8;
  for (int i = 1; i <= depth; i++)
    {
      elements[i][0] = elements[i][1] = &types[i - 1];
      elements[i][2] = NULL;
      types[i] = (ffi_type){ size, size != 0, FFI_TYPE_STRUCT, elements[i] };
    }
  struct timespec start, end;
  ffi_type *top = &types[depth];
  ffi_cif cif;
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &start);
  ffi_status as_argument = ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 1, &ffi_type_void, &top);
  ffi_status as_result = ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 0, top, NULL);
  ffi_status offsets = ffi_get_struct_offsets (FFI_DEFAULT_ABI, top, NULL);
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &end);
  CHECK_MSG (end.tv_sec - start.tv_sec <= 2, "depth %d took %ld s", depth,
             (long) (end.tv_sec - start.tv_sec));
  CHECK (as_argument == FFI_OK || as_argument == FFI_BAD_TYPEDEF);
  CHECK (as_result == FFI_OK || as_result == FFI_BAD_TYPEDEF);
  CHECK (offsets == FFI_OK || offsets == FFI_BAD_TYPEDEF);
  if (depth <= 4)
    {
      CHECK_INT (as_argument, FFI_OK);
      CHECK_INT (as_result, FFI_OK);
    }
  if (size == 0 && depth >= 64)
    CHECK_INT (as_argument, FFI_BAD_TYPEDEF);
}

int
main (void)
{
  const int depths[] = { 1, 2, 4, 30, 40, 62, 64, 90, 100 };
  for (size_t i = 0; i < ARRAY_SIZE (depths); i++)
    {
      within_two_seconds (depths[i], 0);
      /* Sizes as a client would fill them in, and too small ones.  */
      within_two_seconds (depths[i], 8);
      within_two_seconds (depths[i], 16);
    }
  return ffitest_done ();
}
