/* SPDX-License-Identifier: MIT */
/* A closure may be prepared again with another signature, handler and data, also
   from its own handler.  */

#include "ffitest.h"

static void
add_ints (ffi_cif *cif, void *result, void **args, void *data)
{
  (void) cif, (void) data;
  *(ffi_arg *) result = (ffi_arg) (*(int *) args[0] + *(int *) args[1]);
}

static void
scale (ffi_cif *cif, void *result, void **args, void *data)
{
  (void) cif;
  *(double *) result = *(double *) args[0] * *(double *) data;
}

static void *again_code;
static ffi_closure *again_closure;
static ffi_cif int_cif;

static void
replace_self (ffi_cif *cif, void *result, void **args, void *data)
{
  (void) cif, (void) args, (void) data;
  CHECK_INT (ffi_prep_closure_loc (again_closure, &int_cif, add_ints, NULL, again_code),
             FFI_OK);
  *(long double *) result = 9.5L;
}

int
main (void)
{
  ffi_type *ints[] = { &ffi_type_sint, &ffi_type_sint };
  ffi_type *doubles[] = { &ffi_type_double };
  ffi_cif double_cif, ld_cif;
  double factor = 2.5;
  void *code;
  PREP_CIF (&int_cif, 2, &ffi_type_sint, ints);
  PREP_CIF (&double_cif, 1, &ffi_type_double, doubles);
  PREP_CIF (&ld_cif, 0, &ffi_type_longdouble, NULL);
  ffi_closure *closure = MAKE_CLOSURE (&int_cif, add_ints, NULL, &code);
  for (int i = 0; i < 10; i++)
    {
      CHECK_INT (CODE_AS (int (*) (int, int), code) (i, 10), i + 10);
      CHECK_INT (ffi_prep_closure_loc (closure, &double_cif, scale, &factor, code),
                 FFI_OK);
      CHECK_DOUBLE (CODE_AS (double (*) (double), code) (i), i * 2.5);
      again_closure = closure;
      again_code = code;
      CHECK_INT (ffi_prep_closure_loc (closure, &ld_cif, replace_self, NULL, code),
                 FFI_OK);
      CHECK_LDOUBLE (CODE_AS (long double (*) (void), code) (), 9.5L);
    }
  ffi_closure_free (closure);
  return ffitest_done ();
}
