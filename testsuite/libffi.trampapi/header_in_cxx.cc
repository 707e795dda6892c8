/* SPDX-License-Identifier: MIT */
/* The header serves C++, and what it declares has C linkage.  */

#include <ffi_tramp.h>
#include "ffitest.h"
#include "targets.h"

int
main ()
{
  int number = 40;
  ffi_tramp *tramp = ffi_tramp_alloc ();
  ffi_tramp_count count;
  CHECK (tramp != nullptr);
  CHECK_INT (ffi_tramp_init (tramp, target_adds, &number), 0);
  CHECK_INT (call_adder (tramp, 2), 42);
  ffi_tramp_query (FFI_TRAMP_NONE, &count);
  CHECK_UINT (count.used, 1);
  CHECK_INT (ffi_tramp_reserve (1), 0);
  ffi_tramp_free (tramp);
  return ffitest_done ();
}
