/* SPDX-License-Identifier: MIT */
/* A struct result is written to exactly its size: rvalue may end where a page
   that cannot be accessed begins, and the bytes before it stay.  */

#include "ffitest.h"
#include "guarded.h"
#include "shapes.h"

int
main (void)
{
  for (size_t i = 0; i < ARRAY_SIZE (shapes); i++)
    {
      const struct shape *shape = &shapes[i];
      _Alignas(16) unsigned char s[256], t[256];
      ffi_type *types[FN_ARGUMENTS];
      ffi_cif cif;
      shape_fn_types (shape, types);
      PREP_CIF (&cif, FN_ARGUMENTS, shape->type, types);
      shape_fill (shape, s, 3 + (unsigned) i);
      shape_fill (shape, t, 3000 + (unsigned) i);

      long a = -5;
      double b = 2.5;
      int c = 77;
      void *avalue[] = { &a, s, &b, t, &c };
      unsigned char *block = (unsigned char *) guarded_alloc (1024);
      unsigned char *result = block + 1024 - shape->size;
      memset (block, 0x66, 1024);
      ffi_call (&cif, shape->fn, result, avalue);
      shape_check (shape, result, t);
      CHECK_FILL (block, 0x66, (size_t) (result - block));
    }
  return ffitest_done ();
}
