/* SPDX-License-Identifier: MIT */
/* Integer results narrower than ffi_arg are widened to one.  */
#include <ffi.h>
#include <stdio.h>

static signed char
negative (void)
{
  return -5;
}

int
main (void)
{
  ffi_arg result; /* not: signed char result */
  ffi_cif cif;

  if (ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 0, &ffi_type_schar, NULL) != FFI_OK)
    return 1;
  ffi_call (&cif, FFI_FN (negative), &result, NULL);
  printf ("%d\n", (signed char) result);
  printf ("%ld\n", (long) result);
  return 0;
}
