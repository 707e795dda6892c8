/* SPDX-License-Identifier: MIT */
/* A test that runs itself with raised privileges: as a program of another user's that is
   set-user-id.  */

#ifndef RAISED_H
#define RAISED_H

#include <fcntl.h>
#include <sys/auxv.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum
{
  OTHER_USER = 65534,
  NOT_RAISED = 77,
  UNLOADABLE = 127
};

/* Make *PATH, a template for mkstemp, the raised copy of this program.  */
static FFITEST_UNUSED void
raised_copy (char *path)
{
  static char buffer[65536];
  ssize_t n;
  if (geteuid () != 0)
    UNSUPPORTED ("needs root, to make a program of another user");
  int from = open ("/proc/self/exe", O_RDONLY | O_CLOEXEC);
  int to = mkostemp (path, O_CLOEXEC);
  CHECK (from >= 0 && to >= 0);
  while ((n = read (from, buffer, sizeof buffer)) > 0)
    CHECK_INT (write (to, buffer, (size_t) n), n);
  CHECK_INT (n, 0);
  CHECK_INT (fchown (to, OTHER_USER, OTHER_USER), 0);
  CHECK_INT (fchmod (to, 04755), 0);
  close (from);
  close (to);
}

/* The exit code of `PATH report' with VARIABLE=VALUE.  */
static FFITEST_UNUSED int
raised_run (const char *path, const char *variable, const char *value)
{
  int status;
  fflush (stdout);
  pid_t child = fork ();
  if (child == 0)
    {
      setenv (variable, value, 1);
      execl (path, path, "report", (char *) NULL);
      _exit (UNLOADABLE);
    }
  CHECK (child > 0 && waitpid (child, &status, 0) == child);
  return WIFEXITED (status) ? WEXITSTATUS (status) : -1;
}

/* End the test as one that cannot run here if CODE says so.  */
static FFITEST_UNUSED void
raised_check (int code)
{
  if (code == NOT_RAISED || code == UNLOADABLE)
    UNSUPPORTED ("/tmp has no set-user-id programs, or the other user cannot load this");
}

#endif
