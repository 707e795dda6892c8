/* SPDX-License-Identifier: MIT */
/* { needs native shared nosan } */
/* With LIBFFI_PERF=1 every grown table is mapped from the library's file, as perf needs
   it, and a clone where that cannot be opened any more; otherwise only the first copy is.
   A program with raised privileges does not listen.  */

#include "ffitest.h"
#include "crowd.h"
#include "own_syscall.h"
#include "raised.h"

static unsigned opened; /* how often the library's file */
static int refuse;      /* to open any */

static int
is_library (const char *path)
{
  struct stat wanted, named;
  return stat (FFI_LIBRARY, &wanted) == 0 && stat (path, &named) == 0
         && wanted.st_dev == named.st_dev && wanted.st_ino == named.st_ino;
}

static int
refused (long number, const long *arguments)
{
  if (number != SYS_openat || !is_library ((const char *) arguments[1]))
    return 0;
  opened++;
  return refuse ? EACCES : 0;
}

enum
{
  MEMBERS = 14000 /* of three grown tables, at least */
};
static struct crowd_member members[MEMBERS];

static int missing; /* the file, from the middle on */

/* How often the library's file is opened while the tables grow.  */
static int
report (void)
{
  crowd_gather (members, MEMBERS / 2);
  refuse = missing;
  crowd_gather (members + MEMBERS / 2, MEMBERS / 2);
  return opened < 20 ? (int) opened : 20;
}

int
main (int argc, char **argv)
{
  if (argc > 1 && strcmp (argv[1], "report") == 0)
    return raised_report (report);
  missing = 1;
  CHECK_INT (unraised_run (report, "LIBFFI_PERF", "0"), 1);
  CHECK_INT (unraised_run (report, "LIBFFI_PERF", ""), 1);
  CHECK_INT (unraised_run (report, "LIBFFI_PERF", "yes"), 1);
  int asked = unraised_run (report, "LIBFFI_PERF", "1");
  CHECK_MSG (asked >= 3, "the missing file was asked for %d times", asked);
  missing = 0;
  asked = unraised_run (report, "LIBFFI_PERF", "1");
  CHECK_MSG (asked >= 4 && asked <= 15, "the file was opened %d times", asked);
  const char *path = raised_copy ();
  int raised = raised_run (path, "LIBFFI_PERF", "1");
  unlink (path);
  raised_check (raised);
  CHECK_INT (raised, 1);
  return ffitest_done ();
}
