/* SPDX-License-Identifier: MIT */
/* Twelve arguments of one kind: more than there are registers for it.  */

#include "ffitest.h"

#define DEFINE(name, ctype)                                                              \
  static ctype seen_##name[12];                                                          \
  static ctype take_##name (ctype a, ctype b, ctype c, ctype d, ctype e, ctype f,        \
                            ctype g, ctype h, ctype i, ctype j, ctype k, ctype l)        \
  {                                                                                      \
    ctype all[] = { a, b, c, d, e, f, g, h, i, j, k, l };                                \
    memcpy (seen_##name, all, sizeof all);                                               \
    return l;                                                                            \
  }                                                                                      \
                                                                                         \
  static void test_##name (ffi_type *type)                                               \
  {                                                                                      \
    ctype values[12], result;                                                            \
    ffi_type *types[12];                                                                 \
    void *avalue[12];                                                                    \
    ffi_cif cif;                                                                         \
    for (int i = 0; i < 12; i++)                                                         \
      {                                                                                  \
        values[i] = (ctype) (1000001 * (i + 1));                                         \
        types[i] = type;                                                                 \
        avalue[i] = &values[i];                                                          \
      }                                                                                  \
    PREP_CIF (&cif, 12, type, types);                                                    \
    ffi_call (&cif, FFI_FN (take_##name), &result, avalue);                              \
    for (int i = 0; i < 12; i++)                                                         \
      CHECK_MSG (seen_##name[i] == values[i], #name " %d came out wrong", i);            \
    CHECK (result == values[11]);                                                        \
  }

DEFINE (sint64, int64_t)
DEFINE (pointer, uintptr_t)
DEFINE (float, float)
DEFINE (double, double)
DEFINE (longdouble, long double)

int
main (void)
{
  test_sint64 (&ffi_type_sint64);
  test_pointer (&ffi_type_pointer);
  test_float (&ffi_type_float);
  test_double (&ffi_type_double);
  test_longdouble (&ffi_type_longdouble);
  return ffitest_done ();
}
