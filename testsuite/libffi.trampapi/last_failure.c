/* SPDX-License-Identifier: MIT */
/* { needs nosan } */
/* ffi_tramp_last_failure: nothing at first, then which source was refused, at which step
   and with which error; what succeeds later, and a child of fork, leave it as it is.  */

#include "ffitest.h"
#include <ffi_tramp.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static ffi_tramp_failure
last_failure (int source)
{
  ffi_tramp_failure failure;
  memset (&failure, 0xaa, sizeof failure);
  ffi_tramp_last_failure ((ffi_tramp_source) source, &failure);
  return failure;
}

#define CHECK_FAILURE(asked, in, at, with)                                               \
  do                                                                                     \
    {                                                                                    \
      ffi_tramp_failure found = last_failure (asked);                                    \
      CHECK_INT (found.source, in);                                                      \
      CHECK_INT (found.step, at);                                                        \
      CHECK_INT (found.error, with);                                                     \
    }                                                                                    \
  while (0)

#define CHECK_NO_FAILURE(asked) CHECK_FAILURE (asked, FFI_TRAMP_NONE, 0, 0)

static void
check_no_descriptor (void)
{
  CHECK_FAILURE (FFI_TRAMP_GROWN, FFI_TRAMP_GROWN, FFI_TRAMP_STEP_OPEN, EMFILE);
  CHECK_FAILURE (FFI_TRAMP_NONE, FFI_TRAMP_GROWN, FFI_TRAMP_STEP_OPEN, EMFILE);
  /* Or ENODEV, where the kernel's module knows no such processor.  */
  CHECK_INT (last_failure (FFI_TRAMP_TRAMPFD).source, FFI_TRAMP_TRAMPFD);
  CHECK_INT (last_failure (FFI_TRAMP_TRAMPFD).step, FFI_TRAMP_STEP_OPEN);
  CHECK_NO_FAILURE (FFI_TRAMP_SECURE);
}

int
main (void)
{
  struct rlimit before, none;
  void *code;
  int status;

  unsetenv ("LIBFFI_TRAMPOLINES");
  for (int source = FFI_TRAMP_NONE - 1; source <= FFI_TRAMP_SECURE + 1; source++)
    CHECK_NO_FAILURE (source);

  CHECK_INT (getrlimit (RLIMIT_NOFILE, &before), 0);
  none = before;
  none.rlim_cur = 0;
  CHECK_INT (setrlimit (RLIMIT_NOFILE, &none), 0);
  errno = 0;
  CHECK_INT (ffi_tramp_reserve (50000), -1);
  CHECK_INT (errno, ENOMEM);
  CHECK_INT (setrlimit (RLIMIT_NOFILE, &before), 0);
  check_no_descriptor ();

  CHECK_INT (ffi_tramp_reserve (50000), 0);
  check_no_descriptor ();
  fflush (stdout);
  pid_t child = fork ();
  CHECK (child >= 0);
  if (child == 0)
    {
      check_no_descriptor ();
      _exit (ffitest_done ());
    }
  CHECK_INT (waitpid (child, &status, 0), child);
  CHECK_INT (status, 0);

  /* The memory of a large closure, of which no source knows.  */
  size_t too_large = (sizeof (void *) == 8 ? SIZE_MAX / 2 : SIZE_MAX) - (1 << 20);
  CHECK_PTR (ffi_closure_alloc (too_large, &code), NULL);
  CHECK_INT (errno, ENOMEM);
  CHECK_FAILURE (FFI_TRAMP_NONE, FFI_TRAMP_NONE, FFI_TRAMP_STEP_MEMORY, ENOMEM);
  CHECK_FAILURE (FFI_TRAMP_GROWN, FFI_TRAMP_GROWN, FFI_TRAMP_STEP_OPEN, EMFILE);
  for (int source = FFI_TRAMP_SECURE + 1; source < 1000; source++)
    CHECK_NO_FAILURE (source);
  return ffitest_done ();
}
