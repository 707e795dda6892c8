/* SPDX-License-Identifier: MIT */
/* A scalar result is written to its size, or to one ffi_arg if it is a narrower
   integer, and no further.  */

#include "ffitest.h"
#include "guarded.h"
#include "scalars.h"

#define DEFINE(name, ctype, type, v1, v2, v3)                                            \
  static ctype give_##name (void) { return v2; }                                         \
                                                                                         \
  static void test_##name (void)                                                         \
  {                                                                                      \
    int narrow = &type != &ffi_type_float && sizeof (ctype) < sizeof (ffi_arg);          \
    size_t size = narrow ? sizeof (ffi_arg) : sizeof (ctype);                            \
    unsigned char *block = (unsigned char *) guarded_alloc (64);                         \
    unsigned char *rvalue = block + 64 - size;                                           \
    ffi_cif cif;                                                                         \
    PREP_CIF (&cif, 0, &type, NULL);                                                     \
    memset (block, 0x33, 64);                                                            \
    ffi_call (&cif, FFI_FN (give_##name), rvalue, NULL);                                 \
    CHECK_FILL (block, 0x33, 64 - size);                                                 \
    CHECK_MSG (RESULT_AT (ctype, rvalue) == (ctype) v2, #type ": the result is wrong");  \
  }
SCALARS (DEFINE)

#define RUN(name, ...) test_##name ();

int
main (void)
{
  SCALARS (RUN)
  return ffitest_done ();
}
