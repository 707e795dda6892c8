/* SPDX-License-Identifier: MIT */
/* qsort calls a closure as its comparator.  */

#include "ffitest.h"

static void
compare (ffi_cif *cif, void *result, void **args, void *data)
{
  const int *a = *(const int **) args[0], *b = *(const int **) args[1];
  (void) cif;
  ++*(unsigned long *) data;
  *(ffi_arg *) result = (ffi_arg) (ffi_sarg) ((*a > *b) - (*a < *b));
}

int
main (void)
{
  static int numbers[10000];
  unsigned long calls = 0;
  unsigned seed = 1;
  ffi_type *types[] = { &ffi_type_pointer, &ffi_type_pointer };
  ffi_cif cif;
  void *code;
  for (size_t i = 0; i < ARRAY_SIZE (numbers); i++)
    numbers[i] = (int) (seed = seed * 1664525 + 1013904223);
  PREP_CIF (&cif, 2, &ffi_type_sint, types);
  ffi_closure *closure = MAKE_CLOSURE (&cif, compare, &calls, &code);
  qsort (numbers, ARRAY_SIZE (numbers), sizeof numbers[0],
         CODE_AS (int (*) (const void *, const void *), code));
  for (size_t i = 1; i < ARRAY_SIZE (numbers); i++)
    CHECK_MSG (numbers[i - 1] <= numbers[i], "not sorted at %zu", i);
  CHECK (calls >= ARRAY_SIZE (numbers) - 1);
  ffi_closure_free (closure);
  return ffitest_done ();
}
