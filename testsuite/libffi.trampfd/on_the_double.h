/* SPDX-License-Identifier: MIT */
/* What the tests of this directory share.  */

#ifndef ON_THE_DOUBLE_H
#define ON_THE_DOUBLE_H

#include "ffitest.h"
#include "crowd.h"
#include "trampfd_double.h"
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

/* Run CHECKS in a child, for a library that has decided nothing yet, with
   LIBFFI_TRAMPOLINES=CHOICE, or without if that is null.  */
static FFITEST_UNUSED void
with_choice (const char *choice, void (*checks) (void))
{
  int status;
  fflush (stdout);
  pid_t child = fork ();
  CHECK (child >= 0);
  if (child == 0)
    {
      if (choice == NULL)
        unsetenv ("LIBFFI_TRAMPOLINES");
      else
        setenv ("LIBFFI_TRAMPOLINES", choice, 1);
      checks ();
      fflush (stdout);
      _exit (ffitest_done ());
    }
  CHECK_INT (waitpid (child, &status, 0), child);
  CHECK_MSG (WIFEXITED (status) && WEXITSTATUS (status) == 0, "with %s: wait status %#x",
             choice != NULL ? choice : "nothing", (unsigned) status);
}

/* Make M a closure that answers, and tell whether its code is the device's.  */
static FFITEST_UNUSED bool
joins_from_device (struct crowd_member *m, int number)
{
  CHECK_MSG (crowd_join (m, number), "closure %d: %s", number, strerror (errno));
  CHECK (crowd_answers (m));
  return double_maps (m->code);
}

static FFITEST_UNUSED int
open_descriptors (void)
{
  int count = 0;
  for (int fd = 0; fd < 1024; fd++)
    count += fcntl (fd, F_GETFD) >= 0;
  return count;
}

/* Trampolines of a page.  */
static FFITEST_UNUSED int
page_closures (void)
{
#ifdef __i386__
  return 4096 / 32;
#else
  return (int) sysconf (_SC_PAGESIZE) / 16;
#endif
}

#endif
