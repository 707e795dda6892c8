/* SPDX-License-Identifier: MIT */
/* A void argument takes no place: calls, plans and raw calls with some reach a function
   without, and avalue needs nothing for them.  */

#include "described.h"

static int
forty_two (void)
{
  return 42;
}

int
main (void)
{
  ffi_type *only[] = { &ffi_type_void };
  void *nothing[] = { NULL };
  ffi_arg result = 0;
  ffi_cif cif;

  PREP_CIF (&cif, 1, &ffi_type_sint, only);
  ffi_call (&cif, FFI_FN (forty_two), &result, nothing);
  CHECK_INT (result, 42);
  described_with_voids = 1;
  described_in_every_abi (described_check_calls);
  return ffitest_done ();
}
