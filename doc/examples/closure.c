/* SPDX-License-Identifier: MIT */
/* Two functions made at run time, each with a count of its own.  */
#include <ffi.h>
#include <stdio.h>

/* What every call of such a function comes to.  */
static void
count (ffi_cif *cif, void *result, void **args, void *user_data)
{
  int *total = user_data;

  (void) cif;
  *total += *(int *) args[0];
  *(ffi_arg *) result = *total; /* an int is narrower than ffi_arg */
}

int
main (void)
{
  ffi_type *types[] = { &ffi_type_sint };
  int totals[2] = { 100, 200 };
  ffi_closure *closures[2];
  int (*functions[2]) (int);
  ffi_cif cif; /* one signature for both */

  if (ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 1, &ffi_type_sint, types) != FFI_OK)
    return 1;
  for (int i = 0; i < 2; i++)
    {
      void *code;
      closures[i] = ffi_closure_alloc (sizeof (ffi_closure), &code);
      if (closures[i] == NULL
          || ffi_prep_closure_loc (closures[i], &cif, count, &totals[i], code) != FFI_OK)
        return 1;
      functions[i] = (int (*) (int)) code; /* not: closures[i] */
    }

  functions[0](1);
  functions[1](2);
  printf ("%d\n", functions[0](10));
  printf ("%d\n", functions[1](20));

  ffi_closure_free (closures[0]);
  ffi_closure_free (closures[1]);
  return 0;
}
