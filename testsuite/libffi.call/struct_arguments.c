/* SPDX-License-Identifier: MIT */
/* Structs of every class by value between scalars, and one as the result.  */

#include "ffitest.h"
#include "shapes.h"

int
main (void)
{
  for (size_t i = 0; i < ARRAY_SIZE (shapes); i++)
    {
      const struct shape *shape = &shapes[i];
      _Alignas(16) unsigned char s[256], t[256], result[256];
      ffi_type *types[FN_ARGUMENTS];
      ffi_cif cif;
      shape_fn_types (shape, types);
      PREP_CIF (&cif, FN_ARGUMENTS, shape->type, types);
      CHECK_MSG (
          shape->type->size == shape->size && shape->type->alignment == shape->alignment,
          "struct %s: expected size %zu alignment %zu, got %zu, %u", shape->name,
          shape->size, shape->alignment, shape->type->size, shape->type->alignment);
      shape_fill (shape, s, 1 + (unsigned) i);
      shape_fill (shape, t, 1000 + (unsigned) i);

      long a = -5;
      double b = 2.5;
      int c = 77;
      void *avalue[] = { &a, s, &b, t, &c };
      shape_trouble = NULL;
      memset (result, 0x99, sizeof result);
      ffi_call (&cif, shape->fn, result, avalue);
      CHECK_MSG (shape_trouble == NULL, "struct %s: a scalar beside it is wrong: %s",
                 shape->name, shape_trouble);
      shape_check (shape, shape_seen, s);
      shape_check (shape, result, t);
    }
  return ffitest_done ();
}
