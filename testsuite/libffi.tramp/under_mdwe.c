/* SPDX-License-Identifier: MIT */
/* { needs native nosan } */
/* 100,000 closures in a process that PR_SET_MDWE forbids to make executable what
   was ever writable.  */

#include "ffitest.h"
#include "crowd.h"
#include <sys/mman.h>
#include <sys/prctl.h>

/* Since Linux 6.3; older headers do not know them.  */
#define SET_MDWE 65
#define MDWE_REFUSE 1

static struct crowd_member members[100000];

int
main (void)
{
  if (prctl (SET_MDWE, MDWE_REFUSE, 0, 0, 0) != 0)
    UNSUPPORTED ("the kernel has no PR_SET_MDWE");
  void *page = mmap (NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
                     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  CHECK_MSG (page == MAP_FAILED, "PR_SET_MDWE has no effect");
  crowd_gather (members, ARRAY_SIZE (members));
  crowd_scatter (members, ARRAY_SIZE (members));
  crowd_gather (members, ARRAY_SIZE (members));
  return ffitest_done ();
}
