/* SPDX-License-Identifier: MIT */
/* A handler finds structs of floats that are aligned to 8 as aligned as they are, also
   behind other arguments in floating-point registers.  */

#include "ffitest.h"

struct pair
{
  float a, b;
} __attribute__ ((aligned (8)));

static int misaligned, seen;

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  (void) cif, (void) result, (void) data;
  for (int i = 1; i <= 2; i++)
    {
      const float *pair = args[i];
      misaligned += ((uintptr_t) pair & 7) != 0;
      seen += pair[0] == 10 * i + 0.5f && pair[1] == 10 * i + 1.5f;
    }
}

int
main (void)
{
  STRUCT_TYPE (pair, &ffi_type_float, &ffi_type_float);
  pair.size = sizeof (struct pair);
  pair.alignment = 8;
  ffi_type *types[] = { &ffi_type_double, &pair, &pair };
  void *code;
  ffi_cif cif;

  PREP_CIF (&cif, 3, &ffi_type_void, types);
  ffi_closure *closure = MAKE_CLOSURE (&cif, handle, NULL, &code);
  CODE_AS (void (*) (double, struct pair, struct pair), code)
  (1, (struct pair){ 10.5f, 11.5f }, (struct pair){ 20.5f, 21.5f });
  CHECK_INT (seen, 2);
  CHECK_INT (misaligned, 0);
  ffi_closure_free (closure);
  return ffitest_done ();
}
