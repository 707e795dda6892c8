/* SPDX-License-Identifier: MIT */
/* No file descriptor is left open by growth.  */

#include "ffitest.h"
#include "crowd.h"
#include <fcntl.h>

static struct crowd_member members[100000];

static int
open_descriptors (void)
{
  int count = 0;
  for (int fd = 0; fd < 1024; fd++)
    count += fcntl (fd, F_GETFD) >= 0;
  return count;
}

int
main (void)
{
  int before = open_descriptors ();
  crowd_gather (members, ARRAY_SIZE (members));
  CHECK_INT (open_descriptors (), before);
  crowd_scatter (members, ARRAY_SIZE (members));
  CHECK_INT (open_descriptors (), before);
  crowd_gather (members, ARRAY_SIZE (members));
  CHECK_INT (open_descriptors (), before);
  return ffitest_done ();
}
