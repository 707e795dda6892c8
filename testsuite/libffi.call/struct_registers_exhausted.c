/* SPDX-License-Identifier: MIT */
/* A struct that does not fit into the registers left goes to memory whole, and
   later scalars still get those registers.  */

#include "ffitest.h"
#include "shapes.h"

int
main (void)
{
  for (size_t i = 0; i < ARRAY_SIZE (shapes); i++)
    {
      const struct shape *shape = &shapes[i];
      _Alignas(16) unsigned char s[256], t[256], result[256];
      ffi_type *types[CROWD_ARGUMENTS];
      ffi_cif cif;
      shape_crowd_types (shape, types);
      PREP_CIF (&cif, CROWD_ARGUMENTS, shape->type, types);
      shape_fill (shape, s, 2 + (unsigned) i);
      shape_fill (shape, t, 2000 + (unsigned) i);

      long l[] = { 1, 2, 3, 4, 12, 14 };
      double d[] = { 5, 6, 7, 8, 9, 10, 11, 13 };
      void *avalue[] = { &l[0], &l[1], &l[2], &l[3], &d[0], &d[1], &d[2], &d[3],
                         &d[4], &d[5], &d[6], s,     &l[4], &d[7], t,     &l[5] };
      shape_trouble = NULL;
      ffi_call (&cif, shape->crowd, result, avalue);
      CHECK_MSG (shape_trouble == NULL, "struct %s: a scalar beside it is wrong: %s",
                 shape->name, shape_trouble);
      shape_check (shape, shape_seen, s);
      shape_check (shape, result, t);
    }
  return ffitest_done ();
}
