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
  { "mdwe", NULL, lock_mdwe, GROWS, NULL },
  { "write_execute_refused", NULL, lock_write_execute, GROWS, NULL },
  { "write_execute_kills", NULL, lock_write_execute_kill, GROWS, NULL },
  { "memfd_refused", NULL, lock_memfd, GROWS, NULL },
  { "memfd_kills", NULL, lock_memfd_kill, GROWS, NULL },
  { "execute_refused", NULL, lock_execute, GROWS_IF_GROWN, NULL },
  { "open_refused", NULL, lock_open, GROWS_IF_GROWN, NULL },
  { "no_call_since_2010", NULL, lock_young_calls, GROWS, NULL },
  { "no_proc", NULL, lock_proc, GROWS, NULL },
  { "pid_namespace", NULL, lock_pid_namespace, GROWS, NULL },
  { "foreign_proc", NULL, lock_foreign_proc, GROWS, NULL },
  { "no_mapping_no_file", NULL, lock_mappings, GROWS_NOT, NULL },
  { "chroot", NULL, lock_chroot, GROWS_IF_GROWN, NULL },
  { "noexec", on_own_file_system, lock_noexec, GROWS_IF_GROWN, NULL },
  { "unmounted", on_own_file_system, lock_unmounted, GROWS_IF_GROWN, NULL },
  { "unreadable", NULL, lock_unreadable, GROWS_IF_GROWN, NULL },
};

int
main (int argc, char **argv)
{
  return attack_main (argc, argv, attacks, ARRAY_SIZE (attacks));
}
