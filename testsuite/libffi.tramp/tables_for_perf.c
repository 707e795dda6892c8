/* SPDX-License-Identifier: MIT */
/* { needs native shared nosan } */
/* With LIBFFI_PERF=1 every grown table is mapped from the library's file, as perf needs
   it, and a clone where that cannot be opened any more; otherwise only the first copy is.
   A program with raised privileges does not listen.  */

#include "ffitest.h"
#include "crowd.h"
#include "raised.h"
#include <dlfcn.h>
#include <stdarg.h>
#include <sys/syscall.h>

static unsigned opened; /* files of the library's name */
static int refuse;      /* to open any */

long
syscall (long number, ...)
{
  static long (*real) (long, ...);
  long a[6];
  va_list list;
  va_start (list, number);
  for (int i = 0; i < 6; i++)
    a[i] = va_arg (list, long);
  va_end (list);
  if (real == NULL)
    real = (long (*) (long, ...)) dlsym (RTLD_NEXT, "syscall");
  if (number == SYS_openat && strstr ((const char *) a[1], "/libffi.so") != NULL)
    {
      opened++;
      if (refuse)
        {
          errno = EACCES;
          return -1;
        }
    }
  return real (number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

enum
{
  MEMBERS = 14000 /* of three grown tables, at least */
};
static struct crowd_member members[MEMBERS];

/* How often the library's file is opened while the tables grow; from the middle on it
   cannot be, if MISSING.  */
static int
report (int missing)
{
  crowd_gather (members, MEMBERS / 2);
  refuse = missing;
  crowd_gather (members + MEMBERS / 2, MEMBERS / 2);
  return opened < 20 ? (int) opened : 20;
}

static int
raised_report (void)
{
  return getauxval (AT_SECURE) != 0 ? report (0) : NOT_RAISED;
}

/* The same in a process of its own.  */
static int
with (const char *value, int missing)
{
  int status;
  fflush (stdout);
  pid_t child = fork ();
  if (child == 0)
    {
      setenv ("LIBFFI_PERF", value, 1);
      _exit (report (missing));
    }
  CHECK (child > 0 && waitpid (child, &status, 0) == child);
  return WIFEXITED (status) ? WEXITSTATUS (status) : -1;
}

int
main (int argc, char **argv)
{
  char path[] = "/tmp/libffi-raised-XXXXXX";
  if (argc > 1 && strcmp (argv[1], "report") == 0)
    return raised_report ();
  CHECK_INT (with ("0", 1), 1);
  CHECK_INT (with ("", 1), 1);
  CHECK_INT (with ("yes", 1), 1);
  int asked = with ("1", 0);
  CHECK_MSG (asked >= 4 && asked <= 15, "the file was opened %d times", asked);
  int missing = with ("1", 1);
  CHECK_MSG (missing >= 3, "the missing file was asked for %d times", missing);
  raised_copy (path);
  int raised = raised_run (path, "LIBFFI_PERF", "1");
  unlink (path);
  raised_check (raised);
  CHECK_INT (raised, 1);
  return ffitest_done ();
}
