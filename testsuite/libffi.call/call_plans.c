/* SPDX-License-Identifier: MIT */
/* A call plan calls as ffi_call does: every struct class, with and without room
   for the result, any number of times.  */

#include "ffitest.h"
#include "scalars.h"
#include "shapes.h"

#define DEFINE(name, ctype, type, v1, v2, v3)                                            \
  static ctype give_##name (ctype x) { return x; }                                       \
                                                                                         \
  static void test_##name (void)                                                         \
  {                                                                                      \
    ctype values[] = { v1, v2, v3 };                                                     \
    ffi_type *types[] = { &type };                                                       \
    ffi_cif cif;                                                                         \
    PREP_CIF (&cif, 1, &type, types);                                                    \
    ffi_call_plan *plan = ffi_call_plan_alloc (&cif);                                    \
    CHECK (plan != NULL);                                                                \
    for (size_t i = 0; i < ARRAY_SIZE (values); i++)                                     \
      {                                                                                  \
        union                                                                            \
        {                                                                                \
          ffi_arg wide;                                                                  \
          ctype value;                                                                   \
        } result, called;                                                                \
        void *avalue[] = { &values[i] };                                                 \
        memset (&result, 0x5a, sizeof result);                                           \
        memset (&called, 0x5a, sizeof called);                                           \
        ffi_call_plan_invoke (plan, FFI_FN (give_##name), &result, avalue);              \
        ffi_call (&cif, FFI_FN (give_##name), &called, avalue);                          \
        CHECK_MSG (RESULT_AT (ctype, &result) == values[i],                              \
                   #type ": result %zu came out wrong", i);                              \
        CHECK_MEM (&result, &called, sizeof result);                                     \
        ffi_call_plan_invoke (plan, FFI_FN (give_##name), NULL, avalue);                 \
      }                                                                                  \
    ffi_call_plan_free (plan);                                                           \
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
      _Alignas(16) unsigned char s[256], t[256], result[256];
      ffi_type *types[CROWD_ARGUMENTS];
      ffi_cif cif;
      shape_crowd_types (shape, types);
      PREP_CIF (&cif, CROWD_ARGUMENTS, shape->type, types);
      shape_fill (shape, s, 7 + (unsigned) i);
      shape_fill (shape, t, 7000 + (unsigned) i);
      long l[] = { 1, 2, 3, 4, 12, 14 };
      double d[] = { 5, 6, 7, 8, 9, 10, 11, 13 };
      void *avalue[] = { &l[0], &l[1], &l[2], &l[3], &d[0], &d[1], &d[2], &d[3],
                         &d[4], &d[5], &d[6], s,     &l[4], &d[7], t,     &l[5] };
      ffi_call_plan *plan = ffi_call_plan_alloc (&cif);
      CHECK (plan != NULL);
      CHECK (ffi_call_plan_size (plan) > 0);
      for (int round = 0; round < 3; round++)
        {
          shape_trouble = NULL;
          memset (result, 0x99, sizeof result);
          ffi_call_plan_invoke (plan, shape->crowd, result, avalue);
          CHECK_MSG (shape_trouble == NULL, "struct %s: a scalar beside it is wrong: %s",
                     shape->name, shape_trouble);
          shape_check (shape, shape_seen, s);
          shape_check (shape, result, t);
          CHECK_FILL (result + shape->size, 0x99, sizeof result - shape->size);
          ffi_call_plan_invoke (plan, shape->crowd, NULL, avalue);
        }
      ffi_call_plan_free (plan);
    }
  return ffitest_done ();
}
