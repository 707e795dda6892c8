/* SPDX-License-Identifier: MIT */
/* A handler may free its own closure and still return a result, even when the slot
   is given to another closure at once.  */

#include "ffitest.h"

struct state
{
  ffi_closure *closure;
  ffi_cif *cif;
};

static void
other (ffi_cif *cif, void *result, void **args, void *data)
{
  (void) cif, (void) args, (void) data;
  memset (result, 0x11, 16);
}

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  struct state *state = data;
  (void) cif;
  ffi_closure_free (state->closure);
  for (int i = 0; i < 64; i++)
    {
      void *code;
      ffi_closure *closure = MAKE_CLOSURE (state->cif, other, NULL, &code);
      if (closure == state->closure)
        break;
    }
  double *out = result;
  out[0] = *(double *) args[0];
  out[1] = *(int *) args[1];
}

struct pair
{
  double a, b;
};

int
main (void)
{
  STRUCT_TYPE (pair, &ffi_type_double, &ffi_type_double);
  STRUCT_TYPE (longs, &ffi_type_sint64, &ffi_type_sint64);
  ffi_type *types[] = { &ffi_type_double, &ffi_type_sint };
  ffi_cif cif, other_cif;
  PREP_CIF (&cif, 2, &pair, types);
  PREP_CIF (&other_cif, 2, &longs, types);
  for (int i = 0; i < 100; i++)
    {
      struct state state;
      void *code;
      state.cif = &other_cif;
      state.closure = MAKE_CLOSURE (&cif, handle, &state, &code);
      struct pair result = CODE_AS (struct pair (*) (double, int), code) (i + 0.5, -i);
      CHECK_DOUBLE (result.a, i + 0.5);
      CHECK_DOUBLE (result.b, -i);
    }
  return ffitest_done ();
}
