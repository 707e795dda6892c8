/* SPDX-License-Identifier: MIT */
/* 100,000 closures live at once: each is callable and has its own user data.  */

#include "ffitest.h"

enum
{
  COUNT = 100000
};

static ffi_closure *closures[COUNT];
static void *codes[COUNT];
static int numbers[COUNT];

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  (void) cif;
  *(ffi_arg *) result = (ffi_arg) (*(int *) data + *(int *) args[0]);
}

int
main (void)
{
  ffi_type *types[] = { &ffi_type_sint };
  ffi_cif cif;
  PREP_CIF (&cif, 1, &ffi_type_sint, types);
  for (int i = 0; i < COUNT; i++)
    {
      numbers[i] = i * 3;
      closures[i] = MAKE_CLOSURE (&cif, handle, &numbers[i], &codes[i]);
    }
  for (int i = 0; i < COUNT; i++)
    CHECK_INT (CODE_AS (int (*) (int), codes[i]) (7), i * 3 + 7);
  for (int i = 0; i < COUNT; i += 2)
    ffi_closure_free (closures[i]);
  for (int i = 1; i < COUNT; i += 2)
    CHECK_INT (CODE_AS (int (*) (int), codes[i]) (9), i * 3 + 9);
  for (int i = 1; i < COUNT; i += 2)
    ffi_closure_free (closures[i]);
  return ffitest_done ();
}
