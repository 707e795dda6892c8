/* SPDX-License-Identifier: MIT */
/* Where a sealed closure lies.  */

#ifndef SEALED_H
#define SEALED_H

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The permissions of the memory at ADDRESS, as in /proc/self/maps; only zeros if it is
   not there, as the stack is not where QEMU emulates pages larger than the host's.  */
static FFITEST_UNUSED const char *
permissions_at (const void *address)
{
  static char permissions[5];
  char line[4352];
  unsigned long start, end;
  FILE *maps = fopen ("/proc/self/maps", "re");
  CHECK (maps != NULL);
  memset (permissions, 0, sizeof permissions);
  while (fgets (line, sizeof line, maps) != NULL)
    if (sscanf (line, "%lx-%lx %4s", &start, &end, permissions) == 3
        && (unsigned long) (uintptr_t) address - start < end - start)
      break;
    else
      memset (permissions, 0, sizeof permissions);
  fclose (maps);
  return permissions;
}

/* The start of the page that ADDRESS is in: that of the cif that a sealed closure's
   handler gets begins with the closure's pair.  */
static FFITEST_UNUSED void **
page_of (const void *address)
{
  return (void **) ((uintptr_t) address & -(uintptr_t) sysconf (_SC_PAGESIZE));
}

#endif
