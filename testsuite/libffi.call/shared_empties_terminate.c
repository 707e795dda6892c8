/* SPDX-License-Identifier: MIT */
/* { timeout 20 } */
/* Empty structs that share their elements, as every one of the most arguments there can
   be: the paths through all of them together are what is limited, so that the answer
   comes at once.  */

#include "ffitest.h"

enum
{
  LEVELS = 19,
  ARGS = 65535
};

int
main (void)
{
  static ffi_type types[LEVELS], *elements[LEVELS][3], *arguments[ARGS];
  ffi_cif cif;
  for (int i = 0; i < LEVELS; i++)
    {
      types[i].type = FFI_TYPE_STRUCT;
      types[i].elements = elements[i];
      if (i > 0)
        elements[i][0] = elements[i][1] = &types[i - 1];
    }
  for (int i = 0; i < ARGS; i++)
    arguments[i] = &types[LEVELS - 1];
  CHECK_INT (ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 1, &ffi_type_void, arguments), FFI_OK);
  CHECK_INT (ffi_prep_cif (&cif, FFI_DEFAULT_ABI, ARGS, &ffi_type_void, arguments),
             FFI_BAD_TYPEDEF);
  return ffitest_done ();
}
