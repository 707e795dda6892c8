/* SPDX-License-Identifier: MIT */
/* The descriptors of this process.  */

#ifndef DESCRIPTORS_H
#define DESCRIPTORS_H

#include <fcntl.h>

/* How many below END are open, beside those for standard input and output.  */
static FFITEST_UNUSED int
open_descriptors (int end)
{
  int count = 0;
  for (int fd = 3; fd < end; fd++)
    count += fcntl (fd, F_GETFD) >= 0;
  return count;
}

#endif
