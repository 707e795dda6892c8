/* SPDX-License-Identifier: MIT */
/* ffi_call of a closure's code: both sides are the library's and must agree; nothing
   beside the values changes.  */

#include "ffitest.h"
#include "shapes.h"

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  const struct shape *shape = data;
  (void) cif;
  memcpy (shape_seen, args[1], shape->size);
  memcpy (result, args[3], shape->size);
}

int
main (void)
{
  for (size_t i = 0; i < ARRAY_SIZE (shapes); i++)
    {
      const struct shape *shape = &shapes[i];
      _Alignas(16) unsigned char s[256], t[256], result[256];
      ffi_type *types[FN_ARGUMENTS];
      ffi_cif cif;
      void *code;
      long a = -5;
      double b = 2.5;
      int c = 77;
      void *avalue[] = { &a, s, &b, t, &c };
      shape_fn_types (shape, types);
      PREP_CIF (&cif, FN_ARGUMENTS, shape->type, types);
      shape_fill (shape, s, 10 + (unsigned) i);
      shape_fill (shape, t, 10000 + (unsigned) i);
      ffi_closure *closure
          = MAKE_CLOSURE (&cif, handle, (void *) (uintptr_t) shape, &code);
      memset (result, 0xc3, sizeof result);
      ffi_call (&cif, CODE_AS (void (*) (void), code), result, avalue);
      shape_check (shape, shape_seen, s);
      shape_check (shape, result, t);
      CHECK_FILL (result + shape->size, 0xc3, sizeof result - shape->size);
      ffi_call (&cif, CODE_AS (void (*) (void), code), NULL, avalue);
      ffi_closure_free (closure);
    }
  return ffitest_done ();
}
