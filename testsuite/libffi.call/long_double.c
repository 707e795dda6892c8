/* SPDX-License-Identifier: MIT */
/* long double keeps all its bits, aligned on the stack between other arguments.  */

#include "ffitest.h"
#include <float.h>

static long double
combine (int a, long double b, char c, long double d, double e, long double f)
{
  return a + b * 2 + c + d * 4 + (long double) e + f * 8;
}

int
main (void)
{
  int a = 3;
  long double b = 1 + LDBL_EPSILON, d = -1 - LDBL_EPSILON * 4, f = LDBL_EPSILON * 16;
  signed char c = 5;
  double e = -2;
  ffi_type *types[]
      = { &ffi_type_sint,       &ffi_type_longdouble, &ffi_type_schar,
          &ffi_type_longdouble, &ffi_type_double,     &ffi_type_longdouble };
  void *avalue[] = { &a, &b, &c, &d, &e, &f };
  struct
  {
    long double value;
    unsigned char guard[16];
  } result;
  ffi_cif cif;
  PREP_CIF (&cif, 6, &ffi_type_longdouble, types);
  memset (&result, 0x77, sizeof result);
  ffi_call (&cif, FFI_FN (combine), &result.value, avalue);
  CHECK_LDOUBLE (result.value, combine (a, b, c, d, e, f));
  CHECK_FILL (result.guard, 0x77, sizeof result.guard);
  return ffitest_done ();
}
