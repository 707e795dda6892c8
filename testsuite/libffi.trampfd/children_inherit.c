/* SPDX-License-Identifier: MIT */
/* { sources support/trampfd_double.c } */
/* A child of fork calls and frees its parent's closures, prepares them again, makes its
   own, and its parent notices nothing.  */

#include "on_the_double.h"

static struct crowd_member members[300], own[1000];

static void
use_everything (void)
{
  for (int i = 0; i < 300; i++)
    CHECK (crowd_answers (&members[i]));
  for (int i = 0; i < 300; i += 2)
    {
      crowd_leave (&members[i]);
      CHECK (joins_from_device (&members[i], 1000 + i));
    }
  for (int i = 0; i < 1000; i++)
    CHECK (joins_from_device (&own[i], i));
  for (int i = 0; i < 300; i++)
    CHECK (crowd_answers (&members[i]));
  crowd_scatter (members, 300);
  crowd_scatter (own, 1000);
}

int
main (void)
{
  setenv ("LIBFFI_TRAMPOLINES", "trampfd", 1);
  for (int i = 0; i < 300; i++)
    CHECK (joins_from_device (&members[i], i));
  for (int round = 0; round < 3; round++)
    {
      with_choice ("image", use_everything);
      for (int i = 0; i < 300; i++)
        CHECK (crowd_answers (&members[i]));
    }
  return ffitest_done ();
}
