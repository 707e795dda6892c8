/* SPDX-License-Identifier: MIT */
/* { needs native nosan } */
/* After the first growth no further one needs a file descriptor, a file system or
   /proc: descriptors are exhausted and, if allowed, the root is an empty one.  */

#include "ffitest.h"
#include "crowd.h"
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static struct crowd_member members[100000];

int
main (void)
{
  char empty[] = "/tmp/ffitest-XXXXXX";
  struct rlimit none = { 0, 0 };
  crowd_gather (members, 30000);
  int tmp = open ("/tmp", O_RDONLY | O_DIRECTORY);
  if (mkdtemp (empty) != NULL)
    {
      /* Without the privilege, exhausted descriptors have to do.  */
      int jailed = chroot (empty) == 0 && chdir ("/") == 0;
      printf ("chroot: %s\n", jailed ? "yes" : "no");
      unlinkat (tmp, strrchr (empty, '/') + 1, AT_REMOVEDIR);
    }
  CHECK_INT (setrlimit (RLIMIT_NOFILE, &none), 0);
  for (int i = 30000; i < 100000; i++)
    CHECK_MSG (crowd_join (&members[i], i), "closure %d: %s", i, strerror (errno));
  for (int i = 0; i < 100000; i++)
    CHECK_MSG (crowd_answers (&members[i]), "closure %d does not answer", i);
  return ffitest_done ();
}
