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

/* The exit code of that copy: what REPORT finds.  */
static FFITEST_UNUSED int
raised_report (int (*report) (void))
{
  return getauxval (AT_SECURE) != 0 ? report () : NOT_RAISED;
}

/* A child with VARIABLE=VALUE, or without VARIABLE if VALUE is null, as fork returns it.
 */
static pid_t
raised_fork (const char *variable, const char *value)
{
  fflush (stdout);
  pid_t child = fork ();
  CHECK (child >= 0);
  if (child == 0 && value != NULL)
    setenv (variable, value, 1);
  else if (child == 0)
    unsetenv (variable);
  return child;
}

/* The exit code of CHILD, or -1.  */
static int
raised_wait (pid_t child)
{
  int status;
  CHECK_INT (waitpid (child, &status, 0), child);
  return WIFEXITED (status) ? WEXITSTATUS (status) : -1;
}

/* The exit code of `PATH report' with VARIABLE=VALUE.  */
static FFITEST_UNUSED int
raised_run (const char *path, const char *variable, const char *value)
{
  pid_t child = raised_fork (variable, value);
  if (child == 0)
    {
      execl (path, path, "report", (char *) NULL);
      _exit (UNLOADABLE);
    }
  return raised_wait (child);
}

/* What REPORT finds without raised privileges.  */
static FFITEST_UNUSED int
unraised_run (int (*report) (void), const char *variable, const char *value)
{
  pid_t child = raised_fork (variable, value);
  if (child == 0)
    _exit (report ());
  return raised_wait (child);
}

/* End the test as one that cannot run here if CODE says so.  */
static FFITEST_UNUSED void
raised_check (int code)
{
  if (code == NOT_RAISED || code == UNLOADABLE)
    UNSUPPORTED ("/tmp has no set-user-id programs, or the other user cannot load this");
}

#endif
