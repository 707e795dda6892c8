/* SPDX-License-Identifier: MIT */
/* A test that runs itself with raised privileges: as a copy of the program that is of
   another group and set-group-id.  The user stays, who may be the only one who can enter
   the directories of the program and of the library.  */

#ifndef RAISED_H
#define RAISED_H

#include "loaded_library.h"
#include <fcntl.h>
#include <limits.h>
#include <sys/auxv.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum
{
  OTHER_GROUP = 65534, /* for root, who may take any */
  NOT_RAISED = 77,
  UNLOADABLE = 127
};

/* A group that this user may give a file to, and that is not hers already.  */
static gid_t
raised_group (void)
{
  gid_t groups[1000];
  int n = getgroups (ARRAY_SIZE (groups), groups);
  if (geteuid () == 0)
    return OTHER_GROUP;
  for (int i = 0; i < n; i++)
    if (groups[i] != getegid ())
      return groups[i];
  UNSUPPORTED ("needs root or a user of two groups, for a program of another group");
}

/* Make the raised copy of this program, and beside it; returns its path.  */
static FFITEST_UNUSED const char *
raised_copy (void)
{
  static char buffer[65536], path[PATH_MAX];
  gid_t group = raised_group ();
  ssize_t n = readlink ("/proc/self/exe", path, sizeof path - 8);
  CHECK_MSG (n > 0, "readlink: %s", strerror (errno));
  strcpy (path + n, "-XXXXXX");
  int from = open ("/proc/self/exe", O_RDONLY | O_CLOEXEC);
  int to = mkostemp (path, O_CLOEXEC);
  CHECK_MSG (from >= 0 && to >= 0, "%s: %s", path, strerror (errno));
  while ((n = read (from, buffer, sizeof buffer)) > 0)
    CHECK_INT (write (to, buffer, (size_t) n), n);
  CHECK_INT (n, 0);
  if (fchown (to, (uid_t) -1, group) != 0 || fchmod (to, 02755) != 0)
    {
      unlink (path);
      UNSUPPORTED ("may not make a program of another group");
    }
  close (from);
  close (to);
  return path;
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

/* End the test if CODE, a raised program's, says that it could not run here, or with
   another library.  */
static FFITEST_UNUSED void
raised_check (int code)
{
  if (code == NOT_RAISED)
    UNSUPPORTED ("programs here are not raised: a mount with nosuid, or no_new_privs");
  CHECK_MSG (code != UNLOADABLE, "the raised program could not be started");
  CHECK_MSG (code != ANOTHER_LIBRARY, "the raised program has another libffi");
}

#endif
