/* SPDX-License-Identifier: MIT */
/* { needs aarch64 nosan } */
/* Where the processor knows landing pads, a jump past that of a trampoline in a grown
   table traps.  */

#include "ffitest.h"
#include "crowd.h"
#include <signal.h>
#include <sys/auxv.h>
#include <sys/wait.h>
#include <unistd.h>

static struct crowd_member members[6000];

/* How a child ends that calls CODE as a closure of the crowd: 0, or a signal.  */
static int
call_in_child (void *code, struct crowd_member *member)
{
  int status;
  pid_t child = fork ();
  CHECK (child >= 0);
  if (child == 0)
    {
      member->code = code;
      _exit (crowd_answers (member) ? 0 : 1);
    }
  CHECK (waitpid (child, &status, 0) == child);
  return WIFSIGNALED (status) ? WTERMSIG (status) : WEXITSTATUS (status);
}

int
main (void)
{
  if ((getauxval (AT_HWCAP2) & 1ul << 17) == 0)
    UNSUPPORTED ("the processor does not know landing pads");
  crowd_gather (members, ARRAY_SIZE (members));
  struct crowd_member *last = &members[ARRAY_SIZE (members) - 1];
  CHECK_INT (call_in_child (last->code, last), 0);
  CHECK_INT (call_in_child ((char *) last->code + 4, last), SIGILL);
  return ffitest_done ();
}
