/* SPDX-License-Identifier: MIT */
/* { needs native shared nosan } */
/* { cases } */
/* Where growth is refused ffi_tramp_last_failure says at which step, and with which
   error.  */

#include "ffitest.h"
#include "own_library.h"
#include "lockdown.h"
#include <ffi_tramp.h>
#include <sys/resource.h>

static const char *
unlinked (void)
{
  CHECK_INT (unlink ("libffi.so.8"), 0);
  return NULL;
}

static const char *
replaced (void)
{
  own_library_copy ("new");
  CHECK_INT (rename ("new", "libffi.so.8"), 0);
  return NULL;
}

static const char *
cut_off (void)
{
  int fd = open ("new", O_WRONLY | O_CREAT | O_CLOEXEC, 0755);
  CHECK (fd >= 0 && write (fd, "\177ELF", 4) == 4);
  close (fd);
  CHECK_INT (rename ("new", "libffi.so.8"), 0);
  return NULL;
}

static const char *
short_of_addresses (void)
{
  struct rlimit limit;
  CHECK_INT (getrlimit (RLIMIT_AS, &limit), 0);
  limit.rlim_cur = 1 << 20;
  CHECK_INT (setrlimit (RLIMIT_AS, &limit), 0);
  return NULL;
}

static const char *
on_own_file_system (void)
{
  const char *reason = own_file_system ();
  if (reason != NULL)
    UNSUPPORTED (reason);
  own_library_copy ("libffi.so.8");
  return "libffi.so.8";
}

static const char *
in_directory (void)
{
  own_library_copy ("libffi.so.8");
  return "libffi.so.8";
}

static const struct reason
{
  const char *name;
  const char *(*before_load) (void);
  const char *(*lock) (void);
  ffi_tramp_step step;
  int error;
} reasons[] = {
  { "execute_refused", in_directory, lock_execute, FFI_TRAMP_STEP_MAP, EPERM },
  { "noexec", on_own_file_system, lock_noexec, FFI_TRAMP_STEP_MAP, EPERM },
  { "open_refused", in_directory, lock_open, FFI_TRAMP_STEP_OPEN, EPERM },
  { "chroot", in_directory, lock_chroot, FFI_TRAMP_STEP_OPEN, ENOENT },
  { "unreadable", in_directory, lock_unreadable, FFI_TRAMP_STEP_OPEN, EACCES },
  { "unlinked", in_directory, unlinked, FFI_TRAMP_STEP_OPEN, ENOENT },
  { "replaced", in_directory, replaced, FFI_TRAMP_STEP_CHECK, EPERM },
  { "cut_off", in_directory, cut_off, FFI_TRAMP_STEP_CHECK, EPERM },
  { "address_space", in_directory, short_of_addresses, FFI_TRAMP_STEP_MAP, ENOMEM },
};

static const struct reason *reason;

static const char *
prepare (void)
{
  return reason->before_load ();
}

int
main (int argc, char **argv)
{
  ffi_tramp_failure failure;
  for (size_t i = 0; i < ARRAY_SIZE (reasons); i++)
    if (argc != 2 || strcmp (argv[1], "--cases") == 0)
      printf ("%s\n", reasons[i].name);
    else if (strcmp (argv[1], reasons[i].name) == 0)
      reason = &reasons[i];
  if (reason == NULL)
    return 0;
  own_library_run (argv, prepare);
  const char *why_not = reason->lock ();
  if (why_not != NULL)
    UNSUPPORTED (why_not);
  CHECK_INT (ffi_tramp_reserve (200000), -1);
  ffi_tramp_last_failure (FFI_TRAMP_GROWN, &failure);
  CHECK_INT (failure.source, FFI_TRAMP_GROWN);
  CHECK_INT (failure.step, reason->step);
  CHECK_INT (failure.error, reason->error);
  return ffitest_done ();
}
