/* SPDX-License-Identifier: MIT */
/* No file descriptor is left open by growth.  */

#include "ffitest.h"
#include "crowd.h"
#include "descriptors.h"

static struct crowd_member members[FFITEST_MANY (100000, 5000)];

int
main (void)
{
  int before = open_descriptors (1024);
  crowd_gather (members, ARRAY_SIZE (members));
  CHECK_INT (open_descriptors (1024), before);
  crowd_scatter (members, ARRAY_SIZE (members));
  CHECK_INT (open_descriptors (1024), before);
  crowd_gather (members, ARRAY_SIZE (members));
  CHECK_INT (open_descriptors (1024), before);
  return ffitest_done ();
}
