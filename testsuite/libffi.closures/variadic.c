/* SPDX-License-Identifier: MIT */
/* A closure prepared with ffi_prep_cif_var is called as a variadic function.  */

#include "ffitest.h"
#include "shapes.h"

static int good;

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  (void) data;
  const struct id *s = args[4];
  const struct l3 *big = args[5];
  good = cif->nargs == 13 && *(int *) args[0] == 1 && *(double *) args[1] == 2.5
         && *(long *) args[2] == -3 && *(long double *) args[3] == 4.25L && s->a == 5
         && s->b == 5.5 && big->a[0] == 6 && big->a[2] == 8
         && *(void **) args[6] == &good;
  for (int i = 7; i < 13; i++)
    good = good && *(double *) args[i] == i;
  *(double *) result = 0.5;
}

int
main (void)
{
  ffi_type *d = &ffi_type_double;
  ffi_type *types[] = { &ffi_type_sint,
                        d,
                        &ffi_type_slong,
                        &ffi_type_longdouble,
                        &type_id,
                        &type_l3,
                        &ffi_type_pointer,
                        d,
                        d,
                        d,
                        d,
                        d,
                        d };
  ffi_cif cif;
  void *code;
  PREP_CIF_VAR (&cif, 1, 13, d, types);
  ffi_closure *closure = MAKE_CLOSURE (&cif, handle, NULL, &code);
  double (*fn) (int, ...) = CODE_AS (double (*) (int, ...), code);
  struct id s = { 5, 5.5 };
  struct l3 big = { { 6, 7, 8 } };
  CHECK_DOUBLE (fn (1, 2.5, -3L, 4.25L, s, big, &good, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0),
                0.5);
  CHECK_MSG (good == 1, "a variadic argument came out wrong");
  ffi_closure_free (closure);
  return ffitest_done ();
}
