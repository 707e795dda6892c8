/* SPDX-License-Identifier: MIT */
/* Linked with a test: every closure of it is sealed.  */

#include <stdlib.h>

__attribute__ ((constructor)) static void
seal_all (void)
{
  setenv ("LIBFFI_SEAL", "1", 1);
}
