/* SPDX-License-Identifier: MIT */
/* { needs native shared nosan } */
/* Without privilege, and with a limit of 8 MiB on locked memory, as systems have it, a
   process may lock all that it has mapped, and what it will map; closures go on.  */

#include "ffitest.h"
#include "crowd.h"
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

static struct crowd_member members[4000];

int
main (void)
{
  struct rlimit limit = { 8 << 20, 8 << 20 };
  if (setrlimit (RLIMIT_MEMLOCK, &limit) != 0
      || (geteuid () == 0 && (setgid (65534) != 0 || setuid (65534) != 0)))
    UNSUPPORTED ("the limit or the privilege cannot be changed");
  crowd_gather (members, 10);
  CHECK_MSG (mlockall (MCL_CURRENT) == 0, "mlockall (MCL_CURRENT): %s", strerror (errno));
  CHECK_INT (munlockall (), 0);
  CHECK_MSG (mlockall (MCL_CURRENT | MCL_FUTURE) == 0,
             "mlockall (MCL_CURRENT | MCL_FUTURE): %s", strerror (errno));
  crowd_gather (members + 10, ARRAY_SIZE (members) - 10);
  crowd_scatter (members, ARRAY_SIZE (members));
  return ffitest_done ();
}
