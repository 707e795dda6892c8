/* SPDX-License-Identifier: MIT */
/* No byte beyond an argument's value is read: each value ends where a page that
   cannot be accessed begins.  */

#include "ffitest.h"
#include "guarded.h"
#include "scalars.h"
#include "shapes.h"

#define DEFINE(name, ctype, type, v1, v2, v3)                                            \
  static int same_##name (int a, ctype x, int b) { return x == v3 && a == 1 && b == 2; } \
                                                                                         \
  static void test_##name (void)                                                         \
  {                                                                                      \
    ffi_type *types[] = { &ffi_type_sint, &type, &ffi_type_sint };                       \
    ctype value = v3;                                                                    \
    int a = 1, b = 2;                                                                    \
    ctype *edge = (ctype *) guarded_alloc (sizeof value);                                \
    void *avalue[] = { &a, edge, &b };                                                   \
    ffi_arg result = 0;                                                                  \
    ffi_cif cif;                                                                         \
    *edge = value;                                                                       \
    PREP_CIF (&cif, 3, &ffi_type_sint, types);                                           \
    ffi_call (&cif, FFI_FN (same_##name), &result, avalue);                              \
    CHECK_MSG (result == 1, #type " came out wrong");                                    \
  }
SCALARS (DEFINE)

#define RUN(name, ...) test_##name ();

int
main (void)
{
  SCALARS (RUN)
  for (size_t i = 0; i < ARRAY_SIZE (shapes); i++)
    {
      const struct shape *shape = &shapes[i];
      _Alignas(16) unsigned char result[256];
      ffi_type *types[FN_ARGUMENTS];
      ffi_cif cif;
      shape_fn_types (shape, types);
      PREP_CIF (&cif, FN_ARGUMENTS, shape->type, types);
      unsigned char *edge = (unsigned char *) guarded_alloc (shape->size);
      shape_fill (shape, edge, 4 + (unsigned) i);

      long a = -5;
      double b = 2.5;
      int c = 77;
      void *avalue[] = { &a, edge, &b, edge, &c };
      ffi_call (&cif, shape->fn, result, avalue);
      shape_check (shape, shape_seen, edge);
      shape_check (shape, result, edge);
    }
  return ffitest_done ();
}
