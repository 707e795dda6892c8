/* SPDX-License-Identifier: MIT */
/* { needs native nosan } */
/* { cases } */
/* 100,000 closures are asked for in each of many sandboxes, entered before the first
   closure, before the first growth, and after it.  Where the library's file cannot be
   mapped any more the image's table serves, then there is null and ENOMEM; what has
   grown once grows on in any of them.  */

#include "ffitest.h"
#include "attack.h"
#include "lockdown.h"

static const char *
on_own_file_system (void)
{
  const char *reason = own_file_system ();
  if (reason != NULL)
    UNSUPPORTED (reason);
  own_library_copy ("libffi.so.8");
  return "libffi.so.8";
}

static const struct attack attacks[] = {
  { "mdwe", NULL, lock_mdwe, 1, NULL },
  { "write_execute_refused", NULL, lock_write_execute, 1, NULL },
  { "write_execute_kills", NULL, lock_write_execute_kill, 1, NULL },
  { "memfd_refused", NULL, lock_memfd, 1, NULL },
  { "memfd_kills", NULL, lock_memfd_kill, 1, NULL },
  { "execute_refused", NULL, lock_execute, 0, NULL },
  { "open_refused", NULL, lock_open, 0, NULL },
  { "no_call_since_2010", NULL, lock_young_calls, 1, NULL },
  { "no_proc", NULL, lock_proc, 1, NULL },
  { "pid_namespace", NULL, lock_pid_namespace, 1, NULL },
  { "foreign_proc", NULL, lock_foreign_proc, 1, NULL },
  { "chroot", NULL, lock_chroot, 0, NULL },
  { "noexec", on_own_file_system, lock_noexec, 0, NULL },
  { "unmounted", on_own_file_system, lock_unmounted, 0, NULL },
  { "unreadable", NULL, lock_unreadable, 0, NULL },
};

int
main (int argc, char **argv)
{
  return attack_main (argc, argv, attacks, ARRAY_SIZE (attacks));
}
