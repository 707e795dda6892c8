/* SPDX-License-Identifier: MIT */
/* { options -Wno-deprecated-declarations } */
/* Java raw closures get every scalar type in Java's words and return it.  */

#include "ffitest.h"
#include "scalars.h"

#if !FFI_NATIVE_RAW_API
static int calls;

#define DEFINE(name, ctype, type, v1, v2, v3)                                            \
  static void handle_##name (ffi_cif *cif, void *result, ffi_java_raw *raw, void *data)  \
  {                                                                                      \
    ctype const *values = data;                                                          \
    void *pointers[3];                                                                   \
    ffi_java_raw_to_ptrarray (cif, raw, pointers);                                       \
    for (int i = 0; i < 3; i++)                                                          \
      CHECK_MSG (*(ctype *) pointers[i] == values[i], #type ": argument %d is wrong",    \
                 i);                                                                     \
    STORE_RESULT (ctype, result, values[2]);                                             \
    calls++;                                                                             \
  }                                                                                      \
                                                                                         \
  static void test_##name (void)                                                         \
  {                                                                                      \
    ctype values[] = { v1, v2, v3 };                                                     \
    ffi_type *types[] = { &type, &type, &type };                                         \
    ffi_cif cif;                                                                         \
    void *code;                                                                          \
    PREP_CIF (&cif, 3, &type, types);                                                    \
    ffi_java_raw_closure *closure = ffi_closure_alloc (sizeof *closure, &code);          \
    CHECK (closure != NULL);                                                             \
    CHECK_INT (                                                                          \
        ffi_prep_java_raw_closure_loc (closure, &cif, handle_##name, values, code),      \
        FFI_OK);                                                                         \
    ctype got = CODE_AS (ctype (*) (ctype, ctype, ctype), code) (v1, v2, v3);            \
    CHECK_MSG (got == values[2], #type ": the result is wrong");                         \
    ffi_closure_free (closure);                                                          \
  }
INTEGER_SCALARS (DEFINE)
FLOATING_SCALARS (DEFINE)
POINTER_SCALARS (DEFINE)

#define RUN(name, ...) test_##name ();
#define COUNT(name, ...) +1
#endif

int
main (void)
{
#if FFI_NATIVE_RAW_API
  UNSUPPORTED ("no java raw closures here");
#else
  SCALARS (RUN)
  CHECK_INT (calls, SCALARS (COUNT));
#endif
  return ffitest_done ();
}
