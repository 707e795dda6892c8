/* SPDX-License-Identifier: MIT */
/* What the library reports of itself is what the header says.  */

#include "ffitest.h"

int
main (void)
{
  unsigned major, minor, patch;
  CHECK_MSG (strcmp (ffi_get_version (), FFI_VERSION_STRING) == 0,
             "expected \"%s\", got \"%s\"", FFI_VERSION_STRING, ffi_get_version ());
  CHECK_INT (ffi_get_version_number (), FFI_VERSION_NUMBER);
  CHECK_INT (sscanf (ffi_get_version (), "%u.%u.%u", &major, &minor, &patch), 3);
  CHECK_INT (ffi_get_version_number (), major * 10000 + minor * 100 + patch);
  CHECK_INT (ffi_get_closure_size (), sizeof (ffi_closure));
  CHECK_INT (ffi_get_default_abi (), FFI_DEFAULT_ABI);
  return ffitest_done ();
}
