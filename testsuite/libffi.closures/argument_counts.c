/* SPDX-License-Identifier: MIT */
/* Closures with 0 to 40 arguments of four alternating types.  */

#include "ffitest.h"
#include "argument_list.h"

static double seen[41];
static unsigned called_with;

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  called_with = cif->nargs;
  CHECK_PTR (data, &called_with);
  for (unsigned i = 1; i <= cif->nargs; i++)
    {
      ffi_type *type = cif->arg_types[i - 1];
      if (type == &ffi_type_slong)
        seen[i] = *(long *) args[i - 1];
      else if (type == &ffi_type_double)
        seen[i] = *(double *) args[i - 1];
      else if (type == &ffi_type_schar)
        seen[i] = *(signed char *) args[i - 1];
      else
        seen[i] = *(float *) args[i - 1];
    }
  *(ffi_arg *) result = cif->nargs + 1000;
}

static int
call_0 (void *code)
{
  return CODE_AS (int (*) (void), code) ();
}

#define DEFINE(n)                                                                        \
  static int call_##n (void *code)                                                       \
  {                                                                                      \
    return CODE_AS (int (*) (TYPES (n)), code) (ARGUMENTS (n));                          \
  }
COUNTS_FROM_1 (DEFINE)

#define ENTRY(n) call_##n,
static int (*const callers[]) (void *) = { ENTRY (0) COUNTS_FROM_1 (ENTRY) };

int
main (void)
{
  for (unsigned n = 0; n <= 40; n++)
    {
      ffi_type *types[40];
      ffi_cif cif;
      void *code;
      for (unsigned i = 1; i <= n; i++)
        types[i - 1] = argument_type (i);
      PREP_CIF (&cif, n, &ffi_type_sint, n == 0 ? NULL : types);
      ffi_closure *closure = MAKE_CLOSURE (&cif, handle, &called_with, &code);
      called_with = 99;
      CHECK_INT (callers[n](code), n + 1000);
      CHECK_INT (called_with, n);
      for (int i = 1; i <= (int) n; i++)
        CHECK_MSG (seen[i] == VALUE (i), "argument %d of %u: expected %d, got %g", i, n,
                   VALUE (i), seen[i]);
      ffi_closure_free (closure);
    }
  return ffitest_done ();
}
