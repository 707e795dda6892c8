/* SPDX-License-Identifier: MIT */
/* Linked with a test: no closure of it is sealed, however the library is configured.  */

#include <stdlib.h>

__attribute__ ((constructor)) static void
seal_none (void)
{
  setenv ("LIBFFI_SEAL", "0", 1);
}
