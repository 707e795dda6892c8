/* SPDX-License-Identifier: MIT */
/* A result that travels in memory is dropped if rvalue is null, whether the arguments
   are in registers or not.  */

#include "ffitest.h"

struct large
{
  long a[5];
};

static int calls;

static struct large
no_argument (void)
{
  struct large result = { { 1, 2, 3, 4, 5 } };
  calls++;
  return result;
}

static struct large
few_arguments (int a, double b)
{
  calls += a == -7 && b == 2.5;
  return no_argument ();
}

static struct large
many_arguments (int a, double b, long c, long d, long e, long f, long g, long h)
{
  calls += a == -7 && b == 2.5 && c == d && e == f && g == h && h == 9;
  return no_argument ();
}

static struct large
more_arguments (int a, double b, long c, long d, long e, long f, long g, long h, long i,
                struct large j)
{
  calls += i == 9 && j.a[4] == 5;
  return many_arguments (a, b, c, d, e, f, g, h);
}

int
main (void)
{
  STRUCT_TYPE (large, &ffi_type_slong, &ffi_type_slong, &ffi_type_slong, &ffi_type_slong,
               &ffi_type_slong);
  ffi_type *types[] = { &ffi_type_sint,  &ffi_type_double, &ffi_type_slong,
                        &ffi_type_slong, &ffi_type_slong,  &ffi_type_slong,
                        &ffi_type_slong, &ffi_type_slong,  &ffi_type_slong,
                        &large };
  int a = -7;
  double b = 2.5;
  long c = 9;
  struct large j = { { 1, 2, 3, 4, 5 } };
  void *avalue[] = { &a, &b, &c, &c, &c, &c, &c, &c, &c, &j };
  ffi_cif cif;

  PREP_CIF (&cif, 0, &large, NULL);
  ffi_call (&cif, FFI_FN (no_argument), NULL, NULL);
  CHECK_INT (calls, 1);
  PREP_CIF (&cif, 2, &large, types);
  ffi_call (&cif, FFI_FN (few_arguments), NULL, avalue);
  CHECK_INT (calls, 3);
  PREP_CIF (&cif, 8, &large, types);
  ffi_call (&cif, FFI_FN (many_arguments), NULL, avalue);
  CHECK_INT (calls, 5);
  PREP_CIF (&cif, 10, &large, types);
  ffi_call (&cif, FFI_FN (more_arguments), NULL, avalue);
  CHECK_INT (calls, 8);
  return ffitest_done ();
}
