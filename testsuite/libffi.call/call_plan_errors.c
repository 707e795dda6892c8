/* SPDX-License-Identifier: MIT */
/* No cif or one never prepared: null and EINVAL; null plans are ignored.  */

#include "ffitest.h"

int
main (void)
{
  ffi_cif cif;
  errno = 0;
  CHECK_PTR (ffi_call_plan_alloc (NULL), NULL);
  CHECK_INT (errno, EINVAL);
  memset (&cif, 0, sizeof cif);
  errno = 0;
  CHECK_PTR (ffi_call_plan_alloc (&cif), NULL);
  CHECK_INT (errno, EINVAL);
  CHECK_INT (ffi_call_plan_size (NULL), 0);
  ffi_call_plan_free (NULL);
  return ffitest_done ();
}
