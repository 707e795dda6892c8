/* SPDX-License-Identifier: MIT */
/* ffi_closure_alloc without a place for the code address: null and EINVAL.  */

#include "ffitest.h"

int
main (void)
{
  errno = 0;
  CHECK_PTR (ffi_closure_alloc (sizeof (ffi_closure), NULL), NULL);
  CHECK_INT (errno, EINVAL);
  return ffitest_done ();
}
