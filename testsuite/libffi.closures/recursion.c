/* SPDX-License-Identifier: MIT */
/* A handler calls its own closure, through ffi_call and directly, 1,000 deep.  */

#include "ffitest.h"

static void *code;

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  long n = *(long *) args[0];
  double d = *(double *) args[1];
  CHECK_PTR (data, &code);
  CHECK_DOUBLE (d, n * 0.5);
  double below = 0;
  if (n > 0 && n % 2)
    {
      long next = n - 1;
      double half = next * 0.5;
      void *avalue[] = { &next, &half };
      ffi_call (cif, CODE_AS (void (*) (void), code), &below, avalue);
    }
  else if (n > 0)
    below = CODE_AS (double (*) (long, double), code) (n - 1, (n - 1) * 0.5);
  CHECK_INT (*(long *) args[0], n);
  CHECK_DOUBLE (*(double *) args[1], d);
  *(double *) result = below + n;
}

int
main (void)
{
  ffi_type *types[] = { &ffi_type_slong, &ffi_type_double };
  ffi_cif cif;
  PREP_CIF (&cif, 2, &ffi_type_double, types);
  ffi_closure *closure = MAKE_CLOSURE (&cif, handle, &code, &code);
  CHECK_DOUBLE (CODE_AS (double (*) (long, double), code) (1000, 500), 500500);
  ffi_closure_free (closure);
  return ffitest_done ();
}
