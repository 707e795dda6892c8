/* SPDX-License-Identifier: MIT */
/* The memory of a closure may be zeroed, or filled, between allocation and
   preparation.  */

#include "ffitest.h"

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  (void) cif;
  *(ffi_arg *) result = (ffi_arg) (*(int *) args[0] + *(int *) data);
}

int
main (void)
{
  ffi_type *types[] = { &ffi_type_sint };
  const int fills[] = { 0, 0xff, 0xcc, 0x01 };
  const size_t sizes[] = { sizeof (ffi_closure), sizeof (ffi_closure) + 16, 200, 5000 };
  int offset = 100;
  ffi_cif cif;
  PREP_CIF (&cif, 1, &ffi_type_sint, types);
  for (size_t i = 0; i < ARRAY_SIZE (fills); i++)
    for (size_t k = 0; k < ARRAY_SIZE (sizes); k++)
      {
        void *code;
        ffi_closure *closure = ffi_closure_alloc (sizes[k], &code);
        CHECK (closure != NULL);
        memset (closure, fills[i], sizes[k]);
        CHECK_INT (ffi_prep_closure_loc (closure, &cif, handle, &offset, code), FFI_OK);
        CHECK_INT (CODE_AS (int (*) (int), code) (5), 105);
        ffi_closure_free (closure);
      }
  return ffitest_done ();
}
