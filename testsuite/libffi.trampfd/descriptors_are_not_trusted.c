/* SPDX-License-Identifier: MIT */
/* { sources support/trampfd_double.c } */
/* The program may close every descriptor and open others with the same numbers between
   any two calls.  */

#include "on_the_double.h"

static struct crowd_member members[2000];

int
main (void)
{
  int fds[20], zero = open ("/dev/zero", O_RDONLY | O_CLOEXEC);
  setenv ("LIBFFI_TRAMPOLINES", "trampfd", 1);
  for (int i = 0; i < 2000; i++)
    {
      if (i % 50 == 0)
        {
          for (int fd = 3; fd < 40; fd++)
            close (fd);
          zero = open ("/dev/zero", O_RDONLY | O_CLOEXEC);
          for (int j = 0; j < 20; j++)
            fds[j] = dup (zero);
        }
      CHECK (joins_from_device (&members[i], i));
      if (i % 50 == 49)
        for (int j = 0; j < 20; j++)
          CHECK_MSG (close (fds[j]) == 0, "descriptor %d was closed", fds[j]);
    }
  for (int i = 0; i < 2000; i++)
    CHECK (crowd_answers (&members[i]));
  CHECK (!double_record.inheritable);
  return ffitest_done ();
}
