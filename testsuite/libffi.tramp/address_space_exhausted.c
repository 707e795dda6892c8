/* SPDX-License-Identifier: MIT */
/* { needs native nosan } */
/* Without memory to grow, ffi_closure_alloc returns null with ENOMEM, what is live
   keeps working, and once memory is back so are new closures.  */

#include "ffitest.h"
#include "crowd.h"
#include <sys/resource.h>

enum
{
  COUNT = 2000000
};

int
main (void)
{
  static struct crowd_member members[COUNT];
  struct rlimit unlimited, limit;
  int n = 0;
  memset (members, 1, sizeof members);
  CHECK_INT (getrlimit (RLIMIT_AS, &unlimited), 0);
  limit = unlimited;
  limit.rlim_cur = sizeof members + (100 << 20);
  CHECK_INT (setrlimit (RLIMIT_AS, &limit), 0);
  errno = 0;
  while (n < COUNT && crowd_join (&members[n], n))
    n++;
  int error = errno;
  CHECK_INT (setrlimit (RLIMIT_AS, &unlimited), 0);
  CHECK_MSG (n >= 1000 && n < COUNT, "%d closures before memory ran out", n);
  CHECK_INT (error, ENOMEM);
  for (int i = 0; i < n; i++)
    CHECK_MSG (crowd_answers (&members[i]), "closure %d does not answer", i);
  for (int i = 0; i < 20000 && n + i < COUNT; i++)
    CHECK_MSG (crowd_join (&members[n + i], n + i) && crowd_answers (&members[n + i]),
               "closure %d after recovery: %s", i, strerror (errno));
  crowd_scatter (members, n);
  return ffitest_done ();
}
