/* SPDX-License-Identifier: MIT */
/* { needs x86_64 } */
/* ffi_call_go hands the closure to the callee in the static chain register.  */

#include "ffitest.h"
#include "machine_call.h"

int
main (void)
{
  ffi_type *types[] = { &ffi_type_slong };
  long x = 99;
  void *avalue[] = { &x };
  ffi_arg result = 0;
  ffi_cif cif;
  int marker;
  PREP_CIF (&cif, 1, &ffi_type_slong, types);
  ffi_call_go (&cif, FFI_FN (machine_entry), &result, avalue, &marker);
  CHECK_INT (result, 99);
  CHECK_PTR ((void *) machine_entry_r10, &marker);
  CHECK_INT (machine_entry_rsp % 16, 8);
  ffi_call_go (&cif, FFI_FN (machine_entry), NULL, avalue, &result);
  CHECK_PTR ((void *) machine_entry_r10, &result);
  return ffitest_done ();
}
