/* SPDX-License-Identifier: MIT */
/* A call of a void function does not write to rvalue.  */

#include "ffitest.h"

static int called;

static void
nothing (void)
{
  called++;
}

int
main (void)
{
  unsigned char rvalue[32];
  ffi_cif cif;
  memset (rvalue, 0x42, sizeof rvalue);
  PREP_CIF (&cif, 0, &ffi_type_void, NULL);
  ffi_call (&cif, FFI_FN (nothing), rvalue, NULL);
  CHECK_INT (called, 1);
  CHECK_FILL (rvalue, 0x42, sizeof rvalue);
  return ffitest_done ();
}
