/* SPDX-License-Identifier: MIT */
/* A null rvalue drops the result, whatever its class; the call takes place.  */

#include "ffitest.h"
#include "scalars.h"
#include "shapes.h"

static int called;

#define DEFINE(name, ctype, type, v1, v2, v3)                                            \
  static ctype give_##name (void)                                                        \
  {                                                                                      \
    called++;                                                                            \
    return v1;                                                                           \
  }                                                                                      \
                                                                                         \
  static void test_##name (void)                                                         \
  {                                                                                      \
    ffi_cif cif;                                                                         \
    PREP_CIF (&cif, 0, &type, NULL);                                                     \
    called = 0;                                                                          \
    ffi_call (&cif, FFI_FN (give_##name), NULL, NULL);                                   \
    CHECK_INT (called, 1);                                                               \
  }
SCALARS (DEFINE)

#define RUN(name, ...) test_##name ();

int
main (void)
{
  /* Many times: a value left on the x87 stack would overflow it.  */
  for (int i = 0; i < 20; i++)
    {
      SCALARS (RUN)
    }
  for (size_t i = 0; i < ARRAY_SIZE (shapes); i++)
    {
      const struct shape *shape = &shapes[i];
      _Alignas(16) unsigned char s[256];
      ffi_type *types[FN_ARGUMENTS];
      ffi_cif cif;
      shape_fn_types (shape, types);
      PREP_CIF (&cif, FN_ARGUMENTS, shape->type, types);
      shape_fill (shape, s, 5 + (unsigned) i);

      long a = -5;
      double b = 2.5;
      int c = 77;
      void *avalue[] = { &a, s, &b, s, &c };
      memset (shape_seen, 0, sizeof shape_seen);
      shape_trouble = NULL;
      ffi_call (&cif, shape->fn, NULL, avalue);
      CHECK_MSG (shape_trouble == NULL, "struct %s: a scalar beside it is wrong: %s",
                 shape->name, shape_trouble);
      shape_check (shape, shape_seen, s);
    }
  /* The x87 stack is empty: eight more values fit.  */
  volatile long double x = 1;
  long double product
      = ((x + 1) * (x + 2) + (x + 3) * (x + 4)) * ((x + 5) * (x + 6) - (x + 7) * (x + 8));
  CHECK_LDOUBLE (product, -780.0L);
  return ffitest_done ();
}
