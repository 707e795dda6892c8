/* SPDX-License-Identifier: MIT */
/* A handler sees scalars of every type at their limits, and what it returns
   comes back.  */

#include "ffitest.h"
#include "scalars.h"

#define DEFINE(name, ctype, type, v1, v2, v3)                                            \
  static ctype seen_##name[9];                                                           \
                                                                                         \
  static void handle_##name (ffi_cif *cif, void *result, void **args, void *data)        \
  {                                                                                      \
    for (unsigned i = 0; i < cif->nargs; i++)                                            \
      seen_##name[i] = *(ctype *) args[i];                                               \
    CHECK_PTR (data, &seen_##name);                                                      \
    STORE_RESULT (ctype, result, *(ctype *) args[8]);                                    \
  }                                                                                      \
                                                                                         \
  static void test_##name (void)                                                         \
  {                                                                                      \
    typedef ctype T;                                                                     \
    ctype values[] = { v1, v2, v3 };                                                     \
    ffi_type *types[9];                                                                  \
    ffi_cif cif;                                                                         \
    void *code;                                                                          \
    for (int i = 0; i < 9; i++)                                                          \
      types[i] = &type;                                                                  \
    PREP_CIF (&cif, 9, &type, types);                                                    \
    ffi_closure *closure = MAKE_CLOSURE (&cif, handle_##name, &seen_##name, &code);      \
    T (FFITEST_CONVENTION *fn)                                                           \
    (T, T, T, T, T, T, T, T, T) = CODE_AS (__typeof__ (fn), code);                       \
    for (int i = 0; i < 3; i++)                                                          \
      {                                                                                  \
        T a = values[i], b = values[(i + 1) % 3], c = values[(i + 2) % 3];               \
        T sent[9] = { a, b, c, b, a, c, c, a, b };                                       \
        T got = fn (a, b, c, b, a, c, c, a, b);                                          \
        CHECK_MSG (got == b, #type ": the result came out wrong");                       \
        for (int k = 0; k < 9; k++)                                                      \
          CHECK_MSG (seen_##name[k] == sent[k], #type ": argument %d came out wrong",    \
                     k);                                                                 \
      }                                                                                  \
    ffi_closure_free (closure);                                                          \
  }

SCALARS (DEFINE)

#define RUN(name, ...) test_##name ();

int
main (void)
{
  SCALARS (RUN)
  return ffitest_done ();
}
