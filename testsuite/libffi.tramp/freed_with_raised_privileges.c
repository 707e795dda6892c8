/* SPDX-License-Identifier: MIT */
/* { needs native nosan } */
/* A program that runs with another group's rights than its caller's aborts when it calls
   a freed closure, whatever LIBFFI_FREED says.  */

#include "ffitest.h"
#include "crowd.h"
#include "raised.h"

enum
{
  RETURNED = 10,
  ABORTED = -1
};

/* How a call of a freed closure ends.  */
static int
report (void)
{
  struct crowd_member member;
  CHECK (crowd_join (&member, 5));
  CHECK (crowd_answers (&member));
  crowd_leave (&member);
  CHECK_INT (CODE_AS (int (*) (int), member.code) (3), 0);
  return RETURNED;
}

int
main (int argc, char **argv)
{
  if (argc > 1 && strcmp (argv[1], "report") == 0)
    return raised_report (report);
  CHECK_INT (unraised_run (report, "LIBFFI_FREED", "return"), RETURNED);
  CHECK_INT (unraised_run (report, "LIBFFI_FREED", NULL), ABORTED);
  const char *path = raised_copy ();
  int returning = raised_run (path, "LIBFFI_FREED", "return");
  unlink (path);
  raised_check (returning);
  CHECK_INT (returning, ABORTED);
  return ffitest_done ();
}
