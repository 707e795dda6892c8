/* SPDX-License-Identifier: MIT */
/* { needs native nosan } */
/* { sources trampfd_double.c } */
/* A program that runs with another user's rights than its caller's does not listen to
   its caller's environment.  */

#include "on_the_double.h"
#include <sys/auxv.h>
#include <sys/stat.h>
#include "../kernel/trampfd/uapi/linux/trampfd.h"

enum
{
  OTHER_USER = 65534,
  NOT_RAISED = 77,
  UNLOADABLE = 127
};

/* What a raised copy of this program finds, as an exit code.  */
static int
report (void)
{
  struct crowd_member m;
  if (getauxval (AT_SECURE) == 0)
    return NOT_RAISED;
  CHECK (crowd_join (&m, 1) && crowd_answers (&m));
  unsigned form = double_form (m.code);
  return form == 0 ? 10 : form == TRAMPFD_PAIR ? 11 : 12;
}

static void
copy_program (const char *path)
{
  static char buffer[65536];
  ssize_t n;
  int from = open ("/proc/self/exe", O_RDONLY | O_CLOEXEC);
  int to = open (path, O_WRONLY | O_TRUNC | O_CLOEXEC);
  CHECK (from >= 0 && to >= 0);
  while ((n = read (from, buffer, sizeof buffer)) > 0)
    CHECK_INT (write (to, buffer, (size_t) n), n);
  CHECK_INT (n, 0);
  CHECK_INT (fchown (to, OTHER_USER, OTHER_USER), 0);
  CHECK_INT (fchmod (to, 04755), 0);
  close (from);
  close (to);
}

/* The exit code of PATH with LIBFFI_TRAMPOLINES=CHOICE.  */
static int
run (const char *path, const char *choice)
{
  int status;
  fflush (stdout);
  pid_t child = fork ();
  if (child == 0)
    {
      setenv ("LIBFFI_TRAMPOLINES", choice, 1);
      execl (path, path, "report", (char *) NULL);
      _exit (UNLOADABLE);
    }
  CHECK (child > 0 && waitpid (child, &status, 0) == child);
  return WIFEXITED (status) ? WEXITSTATUS (status) : -1;
}

int
main (int argc, char **argv)
{
  char path[] = "/tmp/libffi-raised-XXXXXX";
  if (argc > 1 && strcmp (argv[1], "report") == 0)
    return report ();
  if (geteuid () != 0)
    UNSUPPORTED ("needs root, to make a program of another user");
  int fd = mkstemp (path);
  CHECK (fd >= 0);
  close (fd);
  copy_program (path);
  int image = run (path, "image"), trampfd = run (path, "trampfd");
  int secure = run (path, "secure");
  unlink (path);
  if (image == NOT_RAISED || image == UNLOADABLE)
    UNSUPPORTED ("/tmp has no set-user-id programs, or the other user cannot load this");
  CHECK_MSG (image >= 10 && image <= 12, "exit code %d", image);
  CHECK_INT (trampfd, image);
  CHECK_INT (secure, image);
  return ffitest_done ();
}
