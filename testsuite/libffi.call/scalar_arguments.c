/* SPDX-License-Identifier: MIT */
/* Scalars of every type arrive with the value at their limits, and return.  */

#include "ffitest.h"
#include "scalars.h"

#define DEFINE(name, ctype, type, v1, v2, v3)                                            \
  static ctype seen_##name;                                                              \
  static FFITEST_CONVENTION void take_##name (ctype x) { seen_##name = x; }              \
  static FFITEST_CONVENTION ctype give_##name (ctype x) { return x; }                    \
                                                                                         \
  static void test_##name (void)                                                         \
  {                                                                                      \
    ctype values[] = { v1, v2, v3 };                                                     \
    ffi_type *types[] = { &type };                                                       \
    ffi_cif take, give;                                                                  \
    PREP_CIF (&take, 1, &ffi_type_void, types);                                          \
    PREP_CIF (&give, 1, &type, types);                                                   \
    for (size_t i = 0; i < ARRAY_SIZE (values); i++)                                     \
      {                                                                                  \
        union                                                                            \
        {                                                                                \
          ffi_arg wide;                                                                  \
          ctype value;                                                                   \
        } result;                                                                        \
        void *avalue[] = { &values[i] };                                                 \
        ffi_call (&take, FFI_FN (take_##name), NULL, avalue);                            \
        CHECK_MSG (seen_##name == values[i], #type ": argument %zu came out wrong", i);  \
        memset (&result, 0x5a, sizeof result);                                           \
        ffi_call (&give, FFI_FN (give_##name), &result, avalue);                         \
        CHECK_MSG (RESULT_AT (ctype, &result) == values[i],                              \
                   #type ": result %zu came out wrong", i);                              \
      }                                                                                  \
  }

SCALARS (DEFINE)

#define RUN(name, ...) test_##name ();

int
main (void)
{
  SCALARS (RUN)
  return ffitest_done ();
}
