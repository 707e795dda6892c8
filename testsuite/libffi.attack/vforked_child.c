/* SPDX-License-Identifier: MIT */
/* { needs native } */
/* A child of vfork, in its parent's memory, allocates, calls and frees closures, its
   parent's too, and the parent goes on with them.  */

#include "ffitest.h"
#include "crowd.h"
#include <sys/wait.h>
#include <unistd.h>

static struct crowd_member members[20000];

/* What the child does: tables grow, and of every four closures one goes.  */
static int
child_trouble (int round)
{
  int n = 1000 * (round + 1);
  for (int i = n - 1000; i < n; i++)
    if (!crowd_join (&members[i], i))
      return 10;
  for (int i = 0; i < n; i++)
    if (members[i].closure != NULL && !crowd_answers (&members[i]))
      return 11;
  for (int i = round % 4; i < n; i += 4)
    if (members[i].closure != NULL)
      crowd_leave (&members[i]);
  return 0;
}

int
main (void)
{
  static int live;
  crowd_cif ();
  for (int round = 0; round < 20; round++)
    {
      int status;
      pid_t child = vfork ();
      CHECK (child >= 0);
      if (child == 0)
        _exit (child_trouble (round));
      CHECK_INT (waitpid (child, &status, 0), child);
      CHECK_INT (status, 0);
    }
  for (int i = 0; i < (int) ARRAY_SIZE (members); i++)
    if (members[i].closure != NULL)
      {
        live++;
        CHECK_MSG (crowd_answers (&members[i]), "closure %d does not answer", i);
        crowd_leave (&members[i]);
      }
  CHECK (live > 0);
  crowd_gather (members, ARRAY_SIZE (members));
  return ffitest_done ();
}
