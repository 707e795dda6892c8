/* SPDX-License-Identifier: MIT */
/* { sources support/trampfd_double.c } */
/* The first allocation decides; what happens to the environment later does not.  */

#include "on_the_double.h"

static struct crowd_member members[3000];

int
main (void)
{
  setenv ("LIBFFI_TRAMPOLINES", "trampfd", 1);
  CHECK (joins_from_device (&members[0], 0));
  setenv ("LIBFFI_TRAMPOLINES", "image", 1);
  for (int i = 1; i < 3000; i++)
    CHECK_MSG (joins_from_device (&members[i], i), "closure %d is not the device's", i);
  return ffitest_done ();
}
